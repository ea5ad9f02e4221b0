"""Conditions that are the same whatever is filled in."""

from collections.abc import Iterator

from formkit.diagnostics import Diagnostic, Severity
from formkit.lint.look import Look
from formkit.lint.rule import Linted, LintRule
from formkit.lint.visit import VISIT
from formkit.lint.written import WrittenCondition
from formkit.search import Claim


def never_shown(linted: Linted) -> Iterator[Diagnostic]:
    """Steps, sections and fields that nobody can reach."""
    look = linted.look
    for written in look.conditions:
        if written.about == "visible" and _counts(look, written) and look.never(written.place, *_when(written, True)):
            yield _told(look, "never-shown", written)


def never_holds(linted: Linted) -> Iterator[Diagnostic]:
    """Conditions without effect."""
    look = linted.look
    for written in look.conditions:
        if written.about != "visible" and _counts(look, written) and look.never(written.place, *_when(written, True)):
            yield _told(look, "never-holds", written)


def always_holds(linted: Linted) -> Iterator[Diagnostic]:
    """Conditions that say nothing."""
    look = linted.look
    for written in look.conditions:
        if _counts(look, written) and look.never(written.place, *_when(written, False)):
            yield _told(look, "always-holds", written)


def _counts(look: Look, written: WrittenCondition) -> bool:
    """Whether the condition is ever asked: of what is never shown only that is told."""
    return not written.given or look.example(*written.given) is not None


def _when(written: WrittenCondition, yes: bool) -> tuple[Claim, ...]:
    return (*written.given, written.holds(yes))


def _told(look: Look, code: str, written: WrittenCondition) -> Diagnostic:
    params = {"name": look.name(written.path), "about": look.about(written)}
    return Diagnostic(code, written.place, params, Severity.WARNING)


NEVER_SHOWN = LintRule(
    "never-shown",
    never_shown,
    passing=VISIT
    + """\
      school:
        type: text
        label: {zh: 学校, en: School}
        visible_when: visitor == 'child' and age >= 6
""",
    failing=VISIT
    + """\
      school:
        type: text
        label: {zh: 学校, en: School}
        visible_when: visitor == 'child' and visitor == 'adult' # <-
""",
)

NEVER_HOLDS = LintRule(
    "never-holds",
    never_holds,
    passing=VISIT
    + """\
      escort:
        type: text
        label: {zh: 陪同人, en: Escort}
        required_when: visitor == 'child' and age < 14
""",
    failing=VISIT
    + """\
      escort:
        type: text
        label: {zh: 陪同人, en: Escort}
        required_when: visitor == 'child' and age > 120 # <-
""",
)

ALWAYS_HOLDS = LintRule(
    "always-holds",
    always_holds,
    passing=VISIT
    + """\
      escort:
        type: text
        label: {zh: 陪同人, en: Escort}
        required_unless: visitor == 'adult' or age >= 14
""",
    failing=VISIT
    + """\
      escort:
        type: text
        label: {zh: 陪同人, en: Escort}
        required_unless: visitor == 'adult' and age < 0 # <-
""",
)
