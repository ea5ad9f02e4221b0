"""All rules over all forms of a compilation."""

from formkit.compiler import Compiled
from formkit.diagnostics import Diagnostic, has_errors
from formkit.lint.always import ALWAYS_HOLDS, NEVER_HOLDS, NEVER_SHOWN
from formkit.lint.blanks import NOT_WHEN_BLANK
from formkit.lint.failing import CHECK_ALWAYS_FAILS, CHECK_NEVER_FAILS, CHECKS_CONTRADICT
from formkit.lint.filling import LIMITS_EXCLUDE_ALL, NOBODY_CAN_FILL
from formkit.lint.look import Look
from formkit.lint.offered import CHOICE_NEVER_OFFERED, RETIRED_CHOICE_NAMED
from formkit.lint.rule import Linted, LintRule
from formkit.lint.unused import UNUSED_CHOICES, UNUSED_FACT
from formkit.registry import Registry

_RULES = (
    UNUSED_FACT,
    UNUSED_CHOICES,
    NEVER_SHOWN,
    NEVER_HOLDS,
    ALWAYS_HOLDS,
    CHECK_NEVER_FAILS,
    CHECK_ALWAYS_FAILS,
    CHECKS_CONTRADICT,
    NOBODY_CAN_FILL,
    LIMITS_EXCLUDE_ALL,
    NOT_WHEN_BLANK,
    CHOICE_NEVER_OFFERED,
    RETIRED_CHOICE_NAMED,
)
RULES: Registry[LintRule] = Registry("lint rule", {rule.code: rule for rule in _RULES})


def lint(compiled: Compiled, *, rules: Registry[LintRule] = RULES, thorough: bool = False) -> tuple[Diagnostic, ...]:
    """Everything the rules find in the forms of a compilation; nothing where a form does not load.

    `thorough` looks longer, and tells what cannot be decided.
    """
    if has_errors(compiled.diagnostics):
        return ()
    linted = [Linted(form, compiled, Look(form, thorough)) for form in compiled.forms.values()]
    found = [finding for one in linted for rule in rules.values() for finding in rule.check(one)]
    found += [undecided for one in linted if thorough for undecided in one.look.undecided]
    return tuple({(each.place, each.code): each for each in found}.values())
