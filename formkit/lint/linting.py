"""All rules over all forms of a compilation."""

from formkit.compiler import Compiled
from formkit.diagnostics import Diagnostic, has_errors
from formkit.lint.rule import Linted, LintRule
from formkit.lint.unused import UNUSED_CHOICES, UNUSED_FACT
from formkit.registry import Registry

RULES: Registry[LintRule] = Registry("lint rule", {rule.code: rule for rule in (UNUSED_FACT, UNUSED_CHOICES)})


def lint(compiled: Compiled, *, rules: Registry[LintRule] = RULES) -> tuple[Diagnostic, ...]:
    """Everything the rules find in the forms of a compilation; nothing where a form does not load."""
    if has_errors(compiled.diagnostics):
        return ()
    linted = [Linted(form, compiled) for form in compiled.forms.values()]
    found = (finding for one in linted for rule in rules.values() for finding in rule.check(one))
    return tuple({(each.place, each.code): each for each in found}.values())
