"""What is odd about a form as a whole, though every line of it is right: one rule a file, each with its own example."""

from formkit.lint.linting import RULES, lint
from formkit.lint.rule import Linted, LintRule

__all__ = ["RULES", "LintRule", "Linted", "lint"]
