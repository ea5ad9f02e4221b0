"""Diagnostics → what a terminal shows, or JSON for programs."""

import json
from collections.abc import Iterable, Mapping
from typing import TextIO
from unicodedata import category, combining, east_asian_width

from formkit.diagnostics import Diagnostic, Example, Place, Severity
from formkit.expressions import UNKNOWN
from formkit.locales import diagnostic_hint, diagnostic_sentence, sentence

_TAB = 4
_SHOWN_BEFORE, _SHOWN_AFTER = 60, 60


def print_diagnostics(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], language: str, out: TextIO
) -> None:
    """Write each finding with its line of the file, a caret below it and the mend, in the order of the files.

    `sources` maps the file name that places carry to its text; a finding in another file is shown without its line.
    """
    lines = {file: text.replace("\r\n", "\n").replace("\r", "\n").split("\n") for file, text in sources.items()}
    for diagnostic in _in_order(diagnostics):
        place = diagnostic.place
        word = sentence("diagnostics", f"severity.{diagnostic.severity}", {}, language)
        # The code is there to be looked up; that a near word was found says the mend itself.
        code = diagnostic.code.removesuffix(".near")
        out.write(f"{place}  {word} {code}  {diagnostic_sentence(diagnostic, language)}\n")
        margin = " " * (len(str(place.line)) + 2)
        if 0 < place.line <= len(lines.get(place.file, ())):
            shown, carets = _excerpt(lines[place.file][place.line - 1], place)
            out.write(f" {place.line} | {shown}\n{margin}| {carets}\n")
        hint = diagnostic_hint(diagnostic, language)
        indented = hint.replace("\n", f"\n{margin}  ")
        out.write(f"{margin}= {indented}\n\n" if hint else "\n")


def diagnostics_json(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """One JSON object with the list `diagnostics`, in the order of the files."""
    found = [_as_json(diagnostic, language) for diagnostic in _in_order(diagnostics)]
    return json.dumps({"diagnostics": found}, ensure_ascii=False, indent=2)


def summary(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """How many errors and warnings there are, in a sentence."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counts = {"errors": severities.count(Severity.ERROR), "warnings": severities.count(Severity.WARNING)}
    return sentence("diagnostics", "summary" if severities else "summary.clean", counts, language)


def _in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda diagnostic: diagnostic.place)


def _as_json(diagnostic: Diagnostic, language: str) -> dict[str, object]:
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "message": diagnostic_sentence(diagnostic, language),
        "hint": diagnostic_hint(diagnostic, language),
    } | ({"example": _example_json(diagnostic.example)} if diagnostic.example is not None else {})


def _example_json(example: Example) -> dict[str, object]:
    """An example with the keys of a file of cases."""
    unknown = [name for name, value in example.facts.items() if value is UNKNOWN]
    facts = {name: value for name, value in example.facts.items() if value is not UNKNOWN}
    told: dict[str, object] = {"today": example.today, "answers": example.answers}
    told |= {"record": example.record} if example.record is not None else {}
    return told | {"facts": facts, "unknown_facts": unknown}


def _excerpt(line: str, place: Place) -> tuple[str, str]:
    """The line as a terminal shows it, cut around the place when it is long, and the carets that go below."""
    start = min(place.column - 1, len(line))
    end = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line.rstrip())
    first = start - _SHOWN_BEFORE if start > 2 * _SHOWN_BEFORE else 0
    last = max(start, min(end, start + _SHOWN_AFTER)) + _SHOWN_AFTER
    before = _visible(line[first:start], "…" if first else "")
    marked = _visible(line[start : min(end, last)], before)
    after = _visible(line[min(end, last) if end > start else start : last], marked)
    carets = " " * _width(before) + "^" * max(1, _width(marked) - _width(before))
    return after + ("…" if last < len(line) else ""), carets


def _visible(text: str, before: str) -> str:
    """`before` and `text`, tabs as blanks up to the next stop, characters that would steer the terminal replaced."""
    shown = before
    for character in text:
        if character == "\t":
            shown += " " * (_TAB - _width(shown) % _TAB)
        else:
            shown += "\ufffd" if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character
    return shown


def _width(text: str) -> int:
    """The columns a terminal takes for `text`: East Asian wide characters two, marks that combine none."""
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in ("W", "F") else 1 for character in text
    )
