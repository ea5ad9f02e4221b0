"""What a rule is: a code, a function over a form, and a form that passes and one that fails it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from formkit.compiler import Compiled
from formkit.diagnostics import Diagnostic
from formkit.form import Form
from formkit.lint.look import Look


@dataclass(frozen=True, slots=True)
class Linted:
    """A form that loads, with everything that was compiled with it, and with what can be so of it."""

    form: Form
    compiled: Compiled
    look: Look


@dataclass(frozen=True, slots=True)
class LintRule:
    """One rule; `check` finds everything its `code` stands for, in warnings (an error only where it is one for sure).

    `passing` and `failing` are whole YAML files: in the first no rule finds anything, in the second this one finds
    something on each line that ends with `# <-`, and nothing else.
    """

    code: str
    check: Callable[[Linted], Iterator[Diagnostic]]
    passing: str
    failing: str
