"""One set of answers on its way across."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from formkit.carrying.ways import Way, Ways
from formkit.evaluation import valid_row_id
from formkit.expressions.types import Choice, Choices
from formkit.fields.base import JSON, Refused, Shape
from formkit.form import ROW_ID, Field, Treatment, TreatmentKind

_NOTHING: Mapping[str, JSON] = MappingProxyType({})
_LEFT_OUT = object()


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
    edition has no field for, or cannot read.
    """

    answers: dict[str, JSON]
    asked_again: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    aside: Mapping[str, JSON] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an answer stands, and where it stood."""

    path: str
    source: str

    def inside(self, name: str, earlier: str) -> "_Spot":
        return _Spot(f"{self.path}.{name}".lstrip("."), f"{self.source}.{earlier}".lstrip("."))


class Across:
    """Carries answers along the ways, once.

    `on_record`: what is asked again stays where it is, and what cannot be read does not. `keeps_all`: what the new
    edition has no field for stays among the answers. `asked` are paths at which the answers are asked again already.
    """

    def __init__(
        self, ways: Ways, today: str, *, on_record: bool, keeps_all: bool, asked: Collection[str] = ()
    ) -> None:
        self._ways, self._today, self._on_record, self._keeps_all = ways, today, on_record, keeps_all
        self._asked_before = frozenset(asked)
        self._asked: dict[str, None] = {}
        self._moved: list[Moved] = []
        self._aside: dict[str, JSON] = {}

    def carried(self, answers: Mapping[str, JSON]) -> Carried:
        """The answers, carried."""
        found = self._inside(self._ways, answers, _Spot("", ""))
        return Carried(found, tuple(self._asked), tuple(self._moved), self._aside)

    def _inside(self, ways: Ways, answers: Mapping[str, JSON], spot: _Spot) -> dict[str, JSON]:
        """The answers of one scope: the form's, a group's or a row's."""
        found: dict[str, JSON] = {}
        taken = {ROW_ID} if spot.path else set()
        for id_, way in ways.by_id.items():
            for name in (id_, *way.earlier):
                if name in taken or answers.get(name) is None:
                    continue
                taken.add(name)
                value = self._value(way, answers[name], spot.inside(id_, name))
                if value is not _LEFT_OUT:
                    self._tell_moved(spot.inside(id_, name), answers[name])
                    found[id_] = value
                    break
            else:
                if self._on_record and self._asks(way.treatment):
                    self._ask_for_what_is_not_there(way, spot.inside(id_, id_).path)
        return {**dict(self._others(ways, answers, taken, spot)), **found}

    def _others(
        self, ways: Ways, answers: Mapping[str, JSON], taken: Collection[str], spot: _Spot
    ) -> Iterable[tuple[str, JSON]]:
        """Blanks, a row's id, and what stands aside."""
        for name, value in answers.items():
            if (name == ROW_ID and spot.path) or (name in ways.by_id and value is None):
                yield name, value
            elif name not in taken and name not in ways.by_id:
                here = spot.inside(name, name)
                self._aside[here.path] = value
                if self._keeps_all:
                    yield name, value

    def _tell_moved(self, spot: _Spot, value: JSON) -> None:
        if spot.path.rpartition(".")[2] != spot.source.rpartition(".")[2]:
            self._moved.append(Moved(spot.source, spot.path, value, value))

    def _value(self, way: Way, value: JSON, spot: _Spot) -> JSON:
        if way.field.type.is_blank(value):
            return value if not self._on_record or not way.retyped or _readable(way.field, value) else _LEFT_OUT
        if spot.source in self._asked_before or self._asks(way.treatment):
            return self._ask(way, value, spot)
        shape = way.field.shape
        if shape is Shape.VALUE:
            return self._read(way, self._chosen(way, value, spot), spot)
        if way.retyped and not _has_shape(way.field, value):
            return self._put_aside(value, spot)
        if shape is Shape.GROUP and isinstance(value, Mapping):
            return self._inside(way.inner, value, spot)
        if shape is Shape.ROWS and isinstance(value, list):
            return [self._row(way, row, spot, position) for position, row in enumerate(value)]
        return value

    def _row(self, way: Way, row: JSON, spot: _Spot, position: int) -> JSON:
        if not isinstance(row, Mapping):
            return row
        name = row[ROW_ID] if isinstance(row.get(ROW_ID), str) else str(position)
        return self._inside(way.inner, row, spot.inside(name, name))

    def _asks(self, treatment: Treatment | None) -> bool:
        if treatment is None:
            return False
        over = treatment.kind is TreatmentKind.KEEP_UNTIL and self._today > (treatment.until or "")
        return over or treatment.kind is TreatmentKind.ASK_AGAIN

    def _ask_for_what_is_not_there(self, way: Way, path: str) -> None:
        """A field that is new, or was left blank, and by declaration is to be answered on the next change."""
        inner = (f"{path}.{each}" for each in way.inner.by_id) if way.field.shape is Shape.GROUP else (path,)
        self._asked.update(dict.fromkeys(inner))

    def _ask(self, way: Way, value: JSON, spot: _Spot) -> JSON:
        """What is asked again: gone from a draft; on record it stays until it is answered, as far as it can be read."""
        if way.field.shape is Shape.GROUP and isinstance(value, Mapping):
            self._asked.update(dict.fromkeys(f"{spot.path}.{inner}" for inner in way.inner.by_id))
        else:
            self._asked[spot.path] = None
        if not self._on_record:
            return _LEFT_OUT
        if way.retyped and not _has_shape(way.field, value):
            return self._put_aside(value, spot)
        return self._read(way, value, spot) if way.field.shape is Shape.VALUE else value

    def _chosen(self, way: Way, value: JSON, spot: _Spot) -> JSON:
        """A value, or each of several, as it is now; those asked again are told, and gone from a draft."""
        if not way.becomes and not way.of_choices:
            return value
        several = isinstance(value, list)
        now = [self._becomes(way, each) for each in (value if several else [value])]
        asked = [each for each in now if isinstance(each, str) and self._asks(way.of_choices.get(each))]
        if asked:
            self._asked[spot.path] = None
        if asked and not self._on_record:
            now = [each for each in now if each not in asked]
        new = now if several else now[0] if now else _LEFT_OUT
        if new is not _LEFT_OUT and new != value:
            self._moved.append(Moved(spot.path, spot.path, value, new))
        return new

    def _becomes(self, way: Way, value: JSON) -> JSON:
        key = str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else value
        return way.becomes.get(key, value) if isinstance(key, str) else value

    def _read(self, way: Way, value: JSON, spot: _Spot) -> JSON:
        """A value on record that rules will read: of the type it has now, or aside and asked again."""
        if value is _LEFT_OUT or not self._on_record or not way.retyped or _fits(way.field, value):
            return value
        try:
            read = way.field.type.parse(value)
        except Refused:
            return self._put_aside(value, spot)
        self._moved.append(Moved(spot.path, spot.path, value, read))
        return read

    def _put_aside(self, value: JSON, spot: _Spot) -> JSON:
        self._aside[spot.path] = value
        self._asked[spot.path] = None
        return _LEFT_OUT


def _has_shape(field: Field, value: JSON) -> bool:
    """Whether a value can be walked as the field is: a group's, or rows' with their ids."""
    if field.shape is Shape.GROUP:
        return isinstance(value, Mapping)
    if field.shape is Shape.ROWS:
        return isinstance(value, list) and all(
            isinstance(row, Mapping) and valid_row_id(row.get(ROW_ID)) for row in value
        )
    return True


def _readable(field: Field, value: JSON) -> bool:
    return _fits(field, value) if field.shape is Shape.VALUE else _has_shape(field, value)


def _fits(field: Field, value: JSON) -> bool:
    """Whether rules may read a value; a choice may be one that is not offered any more."""
    kind = field.type.rule_type()
    if isinstance(kind, Choice):
        return isinstance(value, str)
    if isinstance(kind, Choices):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return kind.fits(value)
