"""Answers settled: each visible field with its state, its value and what surrounds it."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property

from formkit.diagnostics import Place
from formkit.expressions import Context
from formkit.fields.base import JSON, Finding, Shape
from formkit.form import ROW_ID, Check, Field, Form
from formkit.issues import Issue, Level
from formkit.texts import Text


@dataclass(frozen=True, slots=True)
class FieldState:
    """How one field of one person's form stands."""

    visible: bool
    required: bool = False
    locked: bool = False
    calculated: bool = False
    lock_reason: Text | None = None


_ROW_ID = re.compile(r"[A-Za-z0-9]{1,32}")

HIDDEN = FieldState(False)
OPTIONAL = FieldState(True)
REQUIRED = FieldState(True, required=True)
CALCULATED = FieldState(True, calculated=True)
CALCULATED_REQUIRED = FieldState(True, required=True, calculated=True)


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a field: its group or row (`holder`, at instance path `path`), the values beside it in there."""

    holder: Field | None = None
    path: str = ""
    row: dict[str, JSON] | None = None
    on_record: bool = False

    def absolute(self, name: str) -> str:
        """A name as rules say it (`row.level`, `email`) → the path of what it stands for."""
        return f"{self.path}.{name[4:]}" if name[:4] == "row." else name


@dataclass(slots=True)
class Instance:
    """One visible field of one person's form, with its value and the one on record; not changed once settled."""

    field: Field
    path: str
    state: FieldState
    value: JSON
    recorded: JSON
    setting: Setting


@dataclass
class Evaluation:
    """A form with answers, settled.

    `values` are the visible answers that could be read (blanks left out), nested as the form is; `instances` are the
    visible fields, `unjudged` those of rows that were left wholly empty; `unreadable` are the paths whose answer is
    no value. Paths are instance paths (`awards.r2.name`).
    """

    form: Form
    context: Context
    values: dict[str, JSON]
    answers: Mapping[str, JSON]
    record: Mapping[str, JSON] | None
    asked_again: frozenset[str] = frozenset()
    """Paths whose value on record does not count any more, unless it is locked."""
    carried: dict[str, JSON] = field(default_factory=dict)
    """Locked values on record of fields that are hidden now, by path: kept, and blank to every rule."""
    instances: list[Instance] = field(default_factory=list)
    unjudged: list[Instance] = field(default_factory=list)
    visible_steps: tuple[str, ...] = ()
    visible_sections: frozenset[str] = frozenset()
    issues: list[Issue] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    row_values: dict[str, list[dict[str, JSON]]] = field(default_factory=dict)
    """The rows of each rows field as they stand on the page, blank ones too."""

    @cached_property
    def states(self) -> Mapping[str, FieldState]:
        """The state of every visible field by its instance path."""
        states = {instance.path: instance.state for instance in (*self.instances, *self.unjudged)}
        for instance in self.instances:
            if instance.state.locked:
                states.update(dict.fromkeys(self._paths_inside(instance), instance.state))
        return states

    def _paths_inside(self, instance: Instance) -> Iterator[str]:
        path, field = instance.path, instance.field
        rows = self.row_values.get(path, ()) if field.type.shape is Shape.ROWS else None
        holders = [path] if rows is None else [f"{path}.{row[ROW_ID]}" for row in rows]
        return (f"{holder}.{inner.id}" for holder in holders for inner in field.fields)

    @property
    def kept_values(self) -> dict[str, JSON]:
        """The values to store: the visible ones, and what locks keep of the hidden ones."""
        if not self.carried:
            return self.values
        kept = deepcopy(self.values)
        for path, value in self.carried.items():
            _put(kept, path.split("."), value)
        return kept

    def state(self, path: str) -> FieldState:
        """The state at an instance path; hidden if the form has no such place."""
        return self.states.get(path, HIDDEN)


def hidden_notice(path: str) -> Issue:
    """An answer to a hidden field is dropped, which stops nobody."""
    return Issue("hidden", path, level=Level.NOTICE)


def broken_check(check: Check, path: str) -> Issue:
    """A check that definitely fails, told at `path`."""
    return Issue("check", path, level=check.level, place=check.place, message=check.message)


def finding_issue(finding: Finding, path: str, place: Place) -> Issue:
    """What a field type says of the value at `path`."""
    return Issue(finding.code, path, finding.params, finding.level, place)


def worked_out_from_facts(field: Field) -> bool:
    """Whether a calculated field follows from facts alone, so that no answer can be to blame for its being blank."""
    names = field.calculation.rule.names if field.calculation else ()
    return all(name.startswith("facts.") for name in names)


def reading_order(form: Form, path: str, rows: Mapping[str, JSON]) -> tuple[int, int, int]:
    """Sorts instance paths as the page is read; `rows` are those of each rows field, as they stand on the page."""
    parts, position = path.split("."), form.reading_position
    top = position.get(parts[0], len(position))
    if len(parts) < 3:
        return top, -1, position.get(path, -1)
    ids = [row[ROW_ID] for row in rows.get(parts[0], ())]
    number = ids.index(parts[1]) if parts[1] in ids else len(ids)
    return top, number, position.get(f"{parts[0]}.{parts[2]}", -1)


def valid_row_id(id_: object) -> bool:
    """Whether it may name a row: 1 to 32 ASCII letters and digits."""
    return isinstance(id_, str) and _ROW_ID.fullmatch(id_) is not None


def recorded_value(field: Field, record: Mapping[str, JSON] | None) -> JSON:
    """What a record holds for a field, under its present id or an earlier one."""
    if record is None:
        return None
    value = record.get(field.id)
    if value is None:
        for name in field.renamed_from:
            if record.get(name) is not None:
                return record[name]
    return value


def _put(values: dict[str, JSON], path: list[str], value: JSON) -> None:
    if len(path) == 1:
        values[path[0]] = value
    elif len(path) == 2:
        values.setdefault(path[0], {})[path[1]] = value
    else:
        rows = values.setdefault(path[0], [])
        row = next((row for row in rows if row[ROW_ID] == path[1]), None)
        if row is None:
            rows.append(row := {ROW_ID: path[1]})
        row[path[2]] = value
