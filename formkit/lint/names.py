"""Names that people or records cannot tell apart."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from formkit.choices import Choice
from formkit.diagnostics import Diagnostic, Place, Severity
from formkit.form import Field
from formkit.lint.rule import Linted, LintRule

_LAST = "9999-99-99"


def same_label(linted: Linted) -> Iterator[Diagnostic]:
    """Choices beside each other that people read the same words for, on the same day."""
    for known in linted.form.choices.values():
        for beside in (known.choices, *(each.children for each in known.by_value.values())):
            for first, second in _same(beside, linted.form.edition):
                params = {"value": second.value, "first": first.value, "label": second.label, "list": known.id}
                if second.place is not None:
                    yield Diagnostic("same-label", second.place, params, Severity.WARNING)


def _same(choices: Sequence[Choice], edition: str) -> Iterator[tuple[Choice, Choice]]:
    by_label: dict[tuple[str, str], list[Choice]] = {}
    for choice in choices:
        for language, words in choice.label.items():
            by_label.setdefault((language, words), []).append(choice)
    for alike in by_label.values():
        yield from (pair for pair in combinations(alike, 2) if _on_one_day(*pair, edition))


def _on_one_day(one: Choice, other: Choice, edition: str) -> bool:
    """Whether there is a day, from that of the edition on, on which both are offered."""
    return max(edition, one.since or "", other.since or "") <= min(one.until or _LAST, other.until or _LAST)


def renamed_from_present(linted: Linted) -> Iterator[Diagnostic]:
    """Earlier ids that something else has now, or that two have: what is held under one would be taken for another."""
    form = linted.form
    yield from _renamed(form.top_fields.values())
    for field in form.fields.values():
        yield from _renamed(field.fields)
    for known in form.choices.values():
        choices = [(each.value, each.renamed_from, each.place or form.place) for each in known.by_value.values()]
        yield from _taken(choices)


def _renamed(fields: Iterable[Field]) -> Iterator[Diagnostic]:
    return _taken([(field.id, field.renamed_from, field.place) for field in fields])


def _taken(parts: Sequence[tuple[str, Sequence[str], Place]]) -> Iterator[Diagnostic]:
    by: dict[str, str] = {id_: id_ for id_, _, _ in parts}
    for id_, earlier, place in parts:
        for each in earlier:
            if each in by:
                params = {"value": each, "name": id_, "by": by[each]}
                yield Diagnostic("renamed-from-present", place, params, Severity.WARNING)
            by.setdefault(each, id_)


_CHOICES = """\
form: leave
title: 请假
edition: 2026-01-01
choices:
  kind:
    annual: 年假
    sick: 病假
    {third}
steps:
  only:
    title: 请假
    fields:
      kind: {{type: choice, label: 类别, choices: kind, required: true}}
"""
SAME_LABEL = LintRule(
    "same-label",
    same_label,
    passing=_CHOICES.format(third="sick_old: {label: 病假, until: 2020-12-31}").replace(
        "sick: 病假", "sick: {label: 病假, since: 2021-01-01}"
    ),
    failing=_CHOICES.format(third="illness: 病假 # <-"),
)
_FIELDS = """\
form: leave
title: 请假
edition: 2026-01-01
steps:
  only:
    title: 请假
    fields:
      days: {{type: integer, label: 天数, required: true}}
      reason: {{type: text, label: 事由, renamed_from: [{earlier}]}}{mark}
"""
RENAMED_FROM_PRESENT = LintRule(
    "renamed-from-present",
    renamed_from_present,
    passing=_FIELDS.format(earlier="cause", mark=""),
    failing=_FIELDS.format(earlier="days", mark=" # <-"),
)
