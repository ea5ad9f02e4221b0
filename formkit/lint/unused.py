"""Facts and choice lists that nothing in the form asks for."""

from collections.abc import Iterator

from formkit.diagnostics import Diagnostic, Severity
from formkit.explain.uses import Uses
from formkit.expressions.types import Choice
from formkit.lint.rule import Linted, LintRule


def unused_facts(linted: Linted) -> Iterator[Diagnostic]:
    """Facts that no rule and no value reads."""
    uses = Uses(linted.form)
    for fact in linted.form.facts.values():
        if not uses.of(f"facts.{fact.id}"):
            params = {"value": fact.id, "label": fact.label}
            yield Diagnostic("unused-fact", fact.place, params, Severity.WARNING)


def unused_choices(linted: Linted) -> Iterator[Diagnostic]:
    """Lists of the form's own file that no field and no fact has."""
    form = linted.form
    used = {field.type.choice_list.id for field in form.fields.values() if field.type.choice_list is not None}
    of_facts = [set(fact.type.values) for fact in form.facts.values() if isinstance(fact.type, Choice)]
    for known in form.choices.values():
        place = known.choices[0].place if known.choices else None
        if (
            known.id not in used
            and known.leaves not in of_facts
            and place is not None
            and place.file == form.place.file
        ):
            yield Diagnostic("unused-choices", place, {"value": known.id}, Severity.WARNING)


UNUSED_FACT = LintRule(
    code="unused-fact",
    check=unused_facts,
    passing="""\
form: leave
title: 请假
edition: 2026-01-01
facts:
  days_left: {type: integer, label: 剩余天数}
steps:
  only:
    title: 请假
    fields:
      days: {type: integer, label: 天数, checks: [{rule: days <= facts.days_left, message: 天数不够}]}
""",
    failing="""\
form: leave
title: 请假
edition: 2026-01-01
facts:
  days_left: {type: integer, label: 剩余天数} # <-
steps:
  only:
    title: 请假
    fields:
      days: {type: integer, label: 天数}
""",
)
UNUSED_CHOICES = LintRule(
    code="unused-choices",
    check=unused_choices,
    passing="""\
form: leave
title: 请假
edition: 2026-01-01
choices:
  kind: {annual: 年假, sick: 病假}
steps:
  only:
    title: 请假
    fields:
      kind: {type: choice, label: 类别, choices: kind}
""",
    failing="""\
form: leave
title: 请假
edition: 2026-01-01
choices:
  kind: {annual: 年假, sick: 病假} # <-
steps:
  only:
    title: 请假
    fields:
      days: {type: integer, label: 天数}
""",
)
