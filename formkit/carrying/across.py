"""One set of answers on its way across."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from formkit.carrying.ways import Way, Ways
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID

_NOTHING: Mapping[str, JSON] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that stands elsewhere now, or says it otherwise: instance paths (`awards.r2.name`) and values."""

    source: str
    path: str
    old: JSON
    new: JSON


@dataclass(frozen=True, slots=True)
class Carried:
    """Answers as the new edition reads them, and what became of the others.

    `asked_again` are the instance paths of answers to be given anew; `aside` is, by instance path, what the new
    edition has no field for.
    """

    answers: dict[str, JSON]
    asked_again: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    aside: Mapping[str, JSON] = field(default_factory=lambda: _NOTHING)


class Across:
    """Carries answers along the ways; `keeps_all`: what the new edition has no field for stays among them."""

    def __init__(self, ways: Ways, today: str, *, keeps_all: bool) -> None:
        self._ways, self._today, self._keeps_all = ways, today, keeps_all
        self._moved: list[Moved] = []
        self._aside: dict[str, JSON] = {}

    def carried(self, answers: Mapping[str, JSON]) -> Carried:
        """The answers, carried."""
        known = answers if isinstance(answers, Mapping) else {}
        return Carried(self._inside(self._ways, known, ""), (), tuple(self._moved), self._aside)

    def _inside(self, ways: Ways, answers: Mapping[str, JSON], prefix: str) -> dict[str, JSON]:
        """The answers of one scope: the form's, a group's or a row's."""
        taken = dict(self._taken(ways, answers))
        found: dict[str, JSON] = {}
        for name, value in answers.items():
            if name in ways.by_id or name == ROW_ID:
                found[name] = value
            elif name not in taken.values():
                self._aside[f"{prefix}{name}"] = value
                if self._keeps_all:
                    found[name] = value
        for id_, name in taken.items():
            self._moved.append(Moved(f"{prefix}{name}", f"{prefix}{id_}", answers[name], answers[name]))
            found[id_] = answers[name]
        return {
            name: self._value(ways.by_id[name], value, f"{prefix}{name}") if name in ways.by_id else value
            for name, value in found.items()
        }

    def _taken(self, ways: Ways, answers: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
        """The fields whose answer stands under an earlier id, with that id."""
        for id_, way in ways.by_id.items():
            if answers.get(id_) is None:
                earlier = next((name for name in way.earlier if answers.get(name) is not None), None)
                if earlier is not None:
                    yield id_, earlier

    def _value(self, way: Way, value: JSON, path: str) -> JSON:
        shape = way.field.shape
        if shape is Shape.GROUP and isinstance(value, Mapping):
            return self._inside(way.inner, value, f"{path}.")
        if shape is Shape.ROWS and isinstance(value, list):
            return [self._row(way, row, f"{path}.{position}") for position, row in enumerate(value)]
        if shape is Shape.VALUE and way.renamed_choices:
            return self._chosen(way, value, path)
        return value

    def _row(self, way: Way, row: JSON, path: str) -> JSON:
        if not isinstance(row, Mapping):
            return row
        named = row.get(ROW_ID)
        here = f"{path.rpartition('.')[0]}.{named}" if isinstance(named, str) else path
        return self._inside(way.inner, row, f"{here}.")

    def _chosen(self, way: Way, value: JSON, path: str) -> JSON:
        """A choice, or several, by the values they have now."""
        new = [self._choice(way, each) for each in value] if isinstance(value, list) else self._choice(way, value)
        if new != value:
            self._moved.append(Moved(path, path, value, new))
        return new

    def _choice(self, way: Way, value: JSON) -> JSON:
        return way.renamed_choices.get(value, value) if isinstance(value, str) else value
