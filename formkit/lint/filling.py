"""Fields that nobody can fill in: required ones, and those whose limits exclude everything."""

import re
from collections.abc import Iterator
from itertools import combinations

from formkit.diagnostics import Diagnostic, Example, Severity
from formkit.fields.base import Moment, Shape
from formkit.form import Check, Field
from formkit.issues import Level
from formkit.lint.look import Look
from formkit.lint.rule import Linted, LintRule
from formkit.lint.visit import VISIT
from formkit.search import Breaks, Claim, Filled, Holds, Stands


def nobody_can_fill(linted: Linted) -> Iterator[Diagnostic]:
    """Required fields of which no value passes their own checks."""
    look = linted.look
    for field in linted.form.fields.values():
        own = [check for check in field.checks if check.level is Level.ERROR]
        if not own or field.shape is not Shape.VALUE:
            continue
        example = _asked(look, field)
        if example is None or not all(
            look.example(*_passed(field, *two)) for two in combinations(own, min(2, len(own)))
        ):
            continue  # what one check, or two, exclude is told of these
        if look.never(field.place, *_passed(field, *own)):
            params = {"name": look.name(field.path), "when": look.told(example, "when")}
            yield Diagnostic("nobody-can-fill", field.place, params, Severity.WARNING, example)


def limits_exclude_all(linted: Linted) -> Iterator[Diagnostic]:
    """Fields that take nothing at all on the day their form comes into force."""
    form = linted.form
    for field in form.fields.values():
        if field.shape is Shape.VALUE and _takes_nothing(field, form.edition):
            params = {"name": linted.look.name(field.path), "day": form.edition}
            yield Diagnostic("limits-exclude-all", field.place, params, Severity.WARNING)


def _asked(look: Look, field: Field) -> Example | None:
    """Answers with which the field must be filled in by the person."""
    required = field.required.always or field.required.condition is not None
    return look.example(*_required(field)) if required else None


def _required(field: Field) -> Iterator[Claim]:
    yield Stands(field.path, locked=False, calculated=False)
    if field.required.condition is not None:
        yield Holds(field.required.condition, True, field.path.rpartition(".")[0])


def _passed(field: Field, *own: Check) -> tuple[Claim, ...]:
    holder = field.path.rpartition(".")[0]
    return (*_required(field), Filled(field.path), *(Breaks(check, False, holder) for check in own))


def _takes_nothing(field: Field, day: str) -> bool:
    kind, moment = field.type, Moment(day)
    listed = kind.choice_list
    if listed is not None:
        offered = [value for value in listed.leaves if all(each.valid_on(day) for each in listed.ancestry(value))]
        return len(offered) < max(1, getattr(kind.options, "min_choices", 0))
    limits = [getattr(kind.options, key, None) for key in ("min", "max")]
    if "today" not in limits:
        return False
    tried = [limit for limit in limits if limit not in (None, "today")]
    return bool(tried) and all(any(True for _ in kind.check(limit, moment)) for limit in tried)


_DAY = """\
      day:{mark}
        type: choice
        choices: day
        label: {{zh: 参观日, en: Day}}
        visible_when: {{visitor: child}}
        required: true
        checks:
          - {{rule: day != 'monday', message: {{zh: 星期一闭馆, en: Closed on Mondays}}}}
          - {{rule: day != 'saturday', message: {{zh: 星期六不接待, en: Not on Saturdays}}}}
          - {{rule: day != 'sunday', {when}message: {{zh: 星期日不接待, en: Not on Sundays}}}}
choices:
  visitor: {{adult: {{zh: 成人, en: Adult}}, child: {{zh: 儿童, en: Child}}}}
  day: {{monday: {{zh: 一, en: Mon}}, saturday: {{zh: 六, en: Sat}}, sunday: {{zh: 日, en: Sun}}}}
"""
_WITHOUT_CHOICES = re.sub(r"(?m)^choices:\n.*\n", "", VISIT)

NOBODY_CAN_FILL = LintRule(
    "nobody-can-fill",
    nobody_can_fill,
    passing=_WITHOUT_CHOICES + _DAY.format(mark="", when="when: age < 14, "),
    failing=_WITHOUT_CHOICES + _DAY.format(mark=" # <-", when=""),
)

LIMITS_EXCLUDE_ALL = LintRule(
    "limits-exclude-all",
    limits_exclude_all,
    passing=VISIT
    + """\
      day: {type: date, min: 2024-09-01, max: today, label: {zh: 参观日期, en: Day of the visit}}
""",
    failing=VISIT
    + """\
      day: {type: date, min: 2042-09-01, max: today, label: {zh: 参观日期, en: Day of the visit}} # <-
""",
)
