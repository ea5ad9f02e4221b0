"""Years that a workflow counts working days in, and the calendar does not have."""

from collections.abc import Iterator

from formkit.compiler.calendars import calendar_of
from formkit.compiler.reading import kind_of
from formkit.diagnostics import Diagnostic, Severity
from formkit.lint.rule import Linted, LintRule


def missing_calendar_year(linted: Linted) -> Iterator[Diagnostic]:
    """Years of the calendar, from that of the edition on, that are missing: time limits there stay open."""
    workflow = linted.form.workflow
    counting = (
        [way for way in workflow.transitions.values() if way.after and way.after.working_days] if workflow else []
    )
    if not counting:
        return
    for source in linted.compiled.sources.values():
        for document in source.documents:
            calendar = calendar_of(document)[0] if kind_of(document) == "calendar" else None
            if calendar is None or not calendar.years:
                continue
            first = int(linted.form.edition[:4])
            for year in range(first, max(first, *calendar.years) + 1):
                if year not in calendar.years:
                    params = {"value": year, "form": linted.form.title, "name": linted.look.name(counting[0].id)}
                    place = document.place(("years",), key=True)
                    yield Diagnostic("missing-calendar-year", place, params, Severity.WARNING)


_FORM = """\
form: leave
title: 请假
edition: 2025-01-01
steps:
  only:
    title: 请假
    fields:
      days: {type: integer, label: 天数, required: true}
workflow:
  start: pending
  states:
    pending: {label: 待审核}
    agreed: {label: 同意, final: true}
  transitions:
    agree: {from: pending, to: agreed, by: system, after: 3 working_days}
---
calendar: china
"""
MISSING_CALENDAR_YEAR = LintRule(
    "missing-calendar-year",
    missing_calendar_year,
    passing=_FORM
    + """\
years:
  2025: {holidays: [2025-01-01], workdays: [2025-01-26]}
  2026: {holidays: [2026-01-01], workdays: [2026-01-04]}
""",
    failing=_FORM
    + """\
years: # <-
  2024: {holidays: [2024-01-01], workdays: [2024-02-04]}
  2026: {holidays: [2026-01-01], workdays: [2026-01-04]}
""",
)
