"""Columns of a table → the values of a record: by the fields' ids, their earlier ids or their labels."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from formkit.fields.base import JSON, FieldType, Refused, Shape
from formkit.form import Field, Form
from formkit.impact.entries import Batch, Entry, SourceUnreadable, Unreadable

_ABOUT = {"id": "id", "record": "id", "edition": "edition", "state": "state"}
"""Columns that say something of the record, in a form that has no field of that name."""
_FACT = "facts."
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: for a field of this type (`holder` is the id of its group), else for what `role` says."""

    position: int
    role: str
    name: str
    holder: str | None = None
    type: FieldType[Any] | None = None


class Rows:
    """Makes entries of a table's rows; what its columns are for is found out once, from its head."""

    def __init__(self, head: Sequence[str], editions: Sequence[Form]) -> None:
        columns = [_column(position, name.strip(), editions) for position, name in enumerate(head)]
        self.columns = tuple(column for column in columns if column is not None)
        self.unused = tuple(name for name, column in zip(head, columns, strict=True) if column is None)
        if not any(column.type for column in self.columns):
            raise SourceUnreadable("no_column", columns=", ".join(head[:_MOST_NAMED]))
        self._width = len(head)

    def __call__(self, batch: Batch) -> Iterator[Entry | Unreadable]:
        """The entry of each row; a blank cell is no answer."""
        for position, cells in batch:
            if isinstance(cells, Unreadable):
                yield cells
            elif len(cells) != self._width:
                yield Unreadable(position, "wrong_width", {"cells": len(cells), "columns": self._width})
            else:
                yield self._entry(position, cells)

    def _entry(self, position: int, cells: Sequence[JSON]) -> Entry | Unreadable:
        values: dict[str, JSON] = {}
        facts: dict[str, JSON] = {}
        about: dict[str, str] = {}
        for column in self.columns:
            cell = _plain(cells[column.position])
            if cell is None or (isinstance(cell, str) and not cell.strip()):
                continue
            if column.type is not None:
                try:
                    value = _value(column.type, cell)
                except ValueError:
                    return Unreadable(position, "cell_not_json", {"column": column.name})
                scope = values if column.holder is None else values.setdefault(column.holder, {})
                scope[column.name] = value
            elif column.role == "fact":
                facts[column.name] = _fact(cell)
            else:
                about[column.role] = str(cell)
        return Entry(position, values, about.get("id"), facts, about.get("edition"), about.get("state"))


def _plain(value: object) -> JSON:
    """A value of a table as JSON has it: days as text, blanks left out of what holds several."""
    if isinstance(value, dict):
        return {name: inner for name, each in value.items() if (inner := _plain(each)) is not None} or None
    if isinstance(value, list):
        return [inner for each in value if (inner := _plain(each)) is not None] or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if value.is_integer() else str(value)
    return str(value) if isinstance(value, Decimal) else value


def _value(kind: FieldType[Any], cell: JSON) -> JSON:
    """The value of a cell: text is read as the field reads it, and stays what it is if the field cannot."""
    structured = kind.shape is not Shape.VALUE or kind.attachment
    if isinstance(cell, str) and (structured or cell.lstrip().startswith("[")):
        try:
            cell = json.loads(cell)
        except (ValueError, RecursionError):
            if structured:
                raise ValueError(cell) from None
    if isinstance(cell, dict | list) or (not isinstance(cell, str) and kind.rule_type().fits(cell)):
        return cell
    try:
        return kind.parse(str(cell))
    except Refused:
        return str(cell).strip()


def _fact(cell: JSON) -> JSON:
    """A fact's value: what the cell says as JSON, else its text."""
    if not isinstance(cell, str):
        return cell
    try:
        return json.loads(cell.lower() if cell.lower() in ("true", "false") else cell)
    except (ValueError, RecursionError):
        return cell


def _column(position: int, name: str, editions: Sequence[Form]) -> Column | None:
    for form in editions:
        for field, holder in _fields(form):
            prefix = f"{holder.id}." if holder else ""
            for id_ in (field.id, *field.renamed_from):
                if name == f"{prefix}{id_}":
                    return Column(position, "field", id_, holder.id if holder else None, field.type)
    if name.startswith(_FACT):
        return Column(position, "fact", name.removeprefix(_FACT))
    if name in _ABOUT:
        return Column(position, _ABOUT[name], name)
    return _labelled(position, name, editions)


def _labelled(position: int, name: str, editions: Sequence[Form]) -> Column | None:
    for form in editions:
        found = [(field, holder) for field, holder in _fields(form) if name in _labels(field, holder)]
        if len(found) > 1:
            known = ", ".join(field.path for field, _ in found)
            raise SourceUnreadable("column_of_several", name=name, known=known)
        for field, holder in found:
            return Column(position, "field", field.id, holder.id if holder else None, field.type)
    return None


def _fields(form: Form) -> Iterator[tuple[Field, Field | None]]:
    """The fields that a column can be for, each with its group; a group can be a column as a whole too."""
    for field in form.top_fields.values():
        if field.shape is Shape.NOTE:
            continue
        yield field, None
        if field.shape is Shape.GROUP:
            yield from ((inner, field) for inner in field.fields if inner.shape is Shape.VALUE)


def _labels(field: Field, holder: Field | None) -> set[str]:
    own = set(field.label.values())
    if holder is None:
        return own
    return own | {f"{outer}{mark}{inner}" for outer in holder.label.values() for inner in own for mark in (".", " ")}
