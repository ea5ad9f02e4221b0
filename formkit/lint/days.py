"""Days and years nobody can have meant."""

import re
from collections.abc import Iterator, Mapping

from formkit.compiler.reading import kind_of
from formkit.compiler.reporting import YamlPath
from formkit.diagnostics import Diagnostic, Severity
from formkit.lint.rule import Linted, LintRule
from formkit.schemas.positions import Node
from formkit.schemas.source import Document, Route

EARLIEST, LATEST = 1900, 2099
"""Years outside are a slip of the pen, whatever the form."""
AHEAD = 50
"""How many years ahead of its edition a form may speak of."""
FOR_EVER = "9999"

_IN_TEXT = re.compile(r"(?<!\d)(\d{4})(?:-(?:0\d|1[0-2])-[0-3]\d(?!\d)| ?年)")
_MONTH = re.compile(r"(\d{4})-(?:0\d|1[0-2])")


def implausible_year(linted: Linted) -> Iterator[Diagnostic]:
    """Years before 1900, or long after the edition: most likely a digit is wrong."""
    edition = int(linted.form.edition[:4])
    latest = min(LATEST, edition + AHEAD) if edition <= LATEST else LATEST
    for document in _documents(linted):
        for path, year, start, end in _years(document.root, ()):
            if not EARLIEST <= int(year) <= latest and year != FOR_EVER:
                params = {"value": year, "earliest": EARLIEST, "latest": latest}
                yield Diagnostic("implausible-year", document.place_in(path, start, end), params, Severity.WARNING)


def _documents(linted: Linted) -> Iterator[Document]:
    """The form's own document and those of the lists it uses."""
    yield linted.document
    files = {each.place.file for known in linted.form.choices.values() for each in known.choices if each.place}
    for file in sorted(files - {linted.form.place.file}):
        yield from (each for each in linted.compiled.sources[file].documents if kind_of(each) == "choices")


def _years(node: Node, path: Route) -> Iterator[tuple[Route, str, int, int]]:
    """Every year that is written, with its path and its span in the text there."""
    if node.entries is not None:
        of_years = isinstance(node.value, Mapping) and node.value.get("type") == "year"
        for key, (_, _, inner) in node.entries.items():
            if of_years and key in ("min", "max") and isinstance(inner.value, int):
                yield (*path, key), str(inner.value), 0, 4
            else:
                yield from _years(inner, (*path, key))
    for index, inner in enumerate(node.items or ()):
        yield from _years(inner, (*path, index))
    if isinstance(node.value, str):
        whole = _MONTH.fullmatch(node.value)
        for found in [whole] if whole else _IN_TEXT.finditer(node.value):
            yield path, found[1], found.start(1), found.end(1)


def before_edition(linted: Linted) -> Iterator[Diagnostic]:
    """Last days that are over before the edition begins."""
    form = linted.form
    days: list[tuple[YamlPath, str | None]] = [(("drafts", "until"), form.drafts.until)]
    days += [(("changes", each.path, "keep_until"), each.until) for each in form.treatments.values()]
    for path, until in days:
        if until is not None and until < form.edition:
            params = {"value": until, "edition": form.edition}
            yield Diagnostic("before-edition", linted.place(path), params, Severity.WARNING)


_FORM = """\
form: leave
title: 请假
edition: 2026-01-01
steps:
  only:
    title: 请假
    note: {note}
    fields:
      first_day: {{type: date, min: {first}, label: 第一天, required: true}}{mark}
"""
IMPLAUSIBLE_YEAR = LintRule(
    "implausible-year",
    implausible_year,
    passing=_FORM.format(note="2026年5月26日起改为网上办理。", first="2026-01-01", mark=""),
    failing=_FORM.format(note="2123年5月26日起改为网上办理。 # <-", first="2926-01-01", mark=" # <-"),
)
_DRAFTS = """\
form: leave
title: 请假
edition: 2026-01-01
drafts: {{when_published: keep, until: {until}}}{mark}
steps:
  only:
    title: 请假
    fields:
      days: {{type: integer, label: 天数, required: true}}
"""
BEFORE_EDITION = LintRule(
    "before-edition",
    before_edition,
    passing=_DRAFTS.format(until="2026-03-31", mark=""),
    failing=_DRAFTS.format(until="2025-03-31", mark=" # <-"),
)
