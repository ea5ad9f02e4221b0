"""All rules over all forms of a compilation."""

from formkit.compiler import Compiled
from formkit.diagnostics import Diagnostic, has_errors
from formkit.lint.allowances import unless_allowed
from formkit.lint.always import ALWAYS_HOLDS, NEVER_HOLDS, NEVER_SHOWN
from formkit.lint.blanks import NOT_WHEN_BLANK
from formkit.lint.calendar_years import MISSING_CALENDAR_YEAR
from formkit.lint.days import BEFORE_EDITION, IMPLAUSIBLE_YEAR
from formkit.lint.failing import CHECK_ALWAYS_FAILS, CHECK_NEVER_FAILS, CHECKS_CONTRADICT
from formkit.lint.filling import LIMITS_EXCLUDE_ALL, NOBODY_CAN_FILL
from formkit.lint.later_steps import READS_LATER_STEP
from formkit.lint.look import Look
from formkit.lint.names import RENAMED_FROM_PRESENT, SAME_LABEL
from formkit.lint.offered import CHOICE_NEVER_OFFERED, RETIRED_CHOICE_NAMED
from formkit.lint.rule import Linted, LintRule
from formkit.lint.translations import MISSING_TRANSLATION
from formkit.lint.unused import UNUSED_CHOICES, UNUSED_FACT
from formkit.lint.ways import LEFT_AT_ONCE, NEVER_ENDS, NEVER_TAKEN
from formkit.registry import Registry

_RULES = (
    UNUSED_FACT,
    UNUSED_CHOICES,
    READS_LATER_STEP,
    MISSING_TRANSLATION,
    IMPLAUSIBLE_YEAR,
    BEFORE_EDITION,
    SAME_LABEL,
    RENAMED_FROM_PRESENT,
    NEVER_ENDS,
    LEFT_AT_ONCE,
    NEVER_TAKEN,
    MISSING_CALENDAR_YEAR,
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
    unique = {(each.place, each.code): each for each in found}.values()
    whole = {each.form.place.file for each in linted}
    return tuple(unless_allowed(unique, compiled.sources, whole, rules))
