"""Where the compiler puts what it finds: paths of one document become places, and everything is kept."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from formkit.choices import ChoiceList
from formkit.compiler.meaning import meant
from formkit.diagnostics import Diagnostic, Place, Severity
from formkit.schemas.source import Document

YamlPath = tuple[str | int, ...]
_NOT_THERE = object()
_MOST_NAMED, _MOST_QUOTED = 40, 40
_RULE_KEY = re.compile(r"\w+_(?:when|unless)|when|rule").fullmatch


class Reporter:
    """The diagnostics of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.diagnostics: list[Diagnostic] = []
        self.broken: set[str] = set()
        """Names that are there and could not be made: what names them is not to blame."""
        self.labels: dict[str, str] = {}
        """What people call a field → its id."""
        self.choice_lists: tuple[ChoiceList, ...] = ()

    def report(
        self,
        code: str,
        path: YamlPath,
        params: Mapping[str, object] | None = None,
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
        place: Place | None = None,
    ) -> None:
        """Keeps a finding at `path` (its key, with `key`), or at `place`."""
        self.diagnostics.append(Diagnostic(code, place or self.place(path, key=key), params or {}, severity))

    def place(self, path: YamlPath, *, key: bool = False) -> Place:
        """The place of a path of the spec, which may name a level that the author left out by writing short."""
        return self.document.place(written_path(self.document.value, path), key=key)

    def report_unknown(
        self,
        code: str,
        path: YamlPath,
        value: str,
        known: Iterable[str],
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
        params: Mapping[str, object] | None = None,
    ) -> None:
        """Keeps a name nobody gave, with the nearest that somebody did."""
        names = list(known)
        near = meant(value, names)
        variant = f"{code}.near" if near else code
        told = {**(params or {}), "value": value, "near": near, "known": _listed(names)}
        self.report(variant, path, told, key=key, severity=severity)

    def report_empty(self) -> None:
        """Keeps every key and dash that nothing is written after: nobody can tell what was meant."""
        for path in _empty(self.document.value, ()):
            name = str(path[-1]) if isinstance(path[-1], str) else "-"
            code = "full-width-colon" if "：" in name else "no-space-after-colon" if ":" in name else "empty-value"
            self.report(code, path, {"value": name}, key=True)

    def value_at(self, path: YamlPath) -> object:
        """What is written at a path of the spec; something that is not None where nothing is."""
        value = self.document.value
        for step in written_path(value, path):
            value = _step_into(value, step)
        return value

    def quoted(self, path: YamlPath) -> str:
        """The words at `path` as they are written, as far as they stand in one line."""
        place, line = self.place(path), self.document.line_at(written_path(self.document.value, path))
        shown = line[place.column - 1 : place.end_column - 1 if place.end_line == place.line else None].strip()
        return shown if len(shown) <= _MOST_QUOTED else f"{shown[:_MOST_QUOTED]}…"


def written_path(value: object, path: YamlPath) -> YamlPath:
    """The path without the levels that are not there: `hint: x` stands for `hint: [{when: …, text: x}]`."""
    written: list[str | int] = []
    for position, step in enumerate(path):
        inner = _step_into(value, step)
        if inner is _NOT_THERE:
            if position == len(path) - 1 and isinstance(value, Mapping):
                written.append(step)
            continue
        value = inner
        written.append(step)
    return tuple(written)


def _step_into(value: object, step: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(step, _NOT_THERE)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return _NOT_THERE


def _empty(value: object, path: YamlPath) -> Iterator[YamlPath]:
    """The paths of keys and dashes with nothing after them; rules in the short form have their own words for it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if inner is None:
                yield (*path, key)
            elif not (isinstance(inner, Mapping) and _RULE_KEY(key)):
                yield from _empty(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from [(*path, index)] if inner is None else _empty(inner, (*path, index))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")
