"""Comments that say a finding is meant: `# formkit: allow CODE reason`, on its line or in a line above it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from formkit.compiler.meaning import meant
from formkit.diagnostics import Diagnostic, Place, Severity
from formkit.schemas.source import Source

_ALLOWED = re.compile(r"(?:^|(?<=\s))#\s*formkit:\s*allow\b[ \t]*(?P<code>[\w.-]*)[ \t]*(?P<reason>.*)")
_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Allowance:
    """A finding that is meant: its code, the line it is found on, why, and where that is said."""

    code: str
    line: int
    reason: str
    place: Place

    def covers(self, found: Diagnostic) -> bool:
        """Whether this finding is meant; an error never is."""
        at = found.place
        told = found.severity is not Severity.ERROR
        return told and (found.code, at.file, at.line) == (self.code, self.place.file, self.line)


def unless_allowed(
    found: Iterable[Diagnostic], sources: Mapping[str, Source], whole: Collection[str], known: Collection[str]
) -> Iterator[Diagnostic]:
    """The findings that nobody allowed, and what is wrong with the allowances.

    One that allows nothing is told in the files that are looked at as a `whole`; `known` are the codes there are.
    """
    by_file = {file: tuple(allowances(source)) for file, source in sources.items() if "formkit:" in source.text}
    used: set[Allowance] = set()
    for each in found:
        covering = [allowance for allowance in by_file.get(each.place.file, ()) if allowance.covers(each)]
        used.update(covering)
        if not covering:
            yield each
    for file, of_file in by_file.items():
        for allowance in of_file:
            yield from _faults(allowance, known, unused=file in whole and allowance not in used)


def allowances(source: Source) -> Iterator[Allowance]:
    """Every allowance of a file; one that has a line of its own is for the next line that is no comment."""
    lines = _BREAK.split(source.text)
    for number, line in enumerate(lines, 1):
        written = _ALLOWED.search(line)
        if written is None:
            continue
        about = number
        if not _says(line[: written.start()]):
            about = next((n for n, below in enumerate(lines, 1) if n > number and _says(below)), 0)
        place = Place(source.file, number, written.start() + 1, number, len(line.rstrip()) + 1)
        yield Allowance(written["code"], about, written["reason"].strip(), place)


def _says(line: str) -> bool:
    """Whether a line is neither blank nor only a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _faults(allowance: Allowance, known: Collection[str], *, unused: bool) -> Iterator[Diagnostic]:
    params: dict[str, object] = {"value": allowance.code}
    if allowance.code not in known:
        near = meant(allowance.code, known)
        code = "unknown-allowance.near" if near else "unknown-allowance"
        params |= {"near": near, "known": ", ".join(known)}
    elif not allowance.reason:
        code = "allowance-without-reason"
    elif unused:
        code = "unused-allowance"
    else:
        return
    yield Diagnostic(code, allowance.place, params, Severity.WARNING)
