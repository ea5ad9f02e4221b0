"""Walks over nested answers along a form's fields: what changed, what may be kept, which attachments are named."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from formkit.fields.base import Shape
from formkit.form import ROW_ID, Field, Form
from formkit.records.model import JSON, Answers, Change

LEAVE_OUT: Final = object()
"""What a `Keep` returns for an answer that shall not be there."""
Keep = Callable[[Field, str, JSON], JSON]
"""Takes a field that holds a value, its path and its answer; returns what to keep of it."""


def differences(form: Form, old: Answers, new: Answers) -> tuple[Change, ...]:
    """Every value that differs, by its path; a row that came or went is one change at the row's path."""
    return tuple(_differences(form.top_fields, old, new, ""))


def rebuilt(form: Form, answers: Answers, keep: Keep) -> dict[str, JSON]:
    """The answers with `keep` asked about every value.

    Left out are undeclared names, and groups and rows of a shape that no page of the form sends.
    """
    return _rebuilt(form.top_fields, answers, "", keep)


def without_unstored(form: Form, answers: Answers) -> dict[str, JSON]:
    """The answers without those whose type may not be kept, such as passwords."""
    return rebuilt(form, answers, lambda field, _, value: value if field.type.stored else LEAVE_OUT)


def without_paths(answers: Answers, paths: Iterable[str]) -> dict[str, JSON]:
    """The answers without those at `paths`; where a path leads to no answer, without its whole top-level answer.

    (A refused row that was left out is such a path: what was typed around it cannot be trusted either.)
    """
    unwanted = set(paths)
    found: set[str] = set()
    kept = _pruned(answers, "", unwanted, found)
    roots = {path.partition(".")[0] for path in unwanted - found}
    return {name: value for name, value in kept.items() if name not in roots}


def same_json(one: JSON, other: JSON) -> bool:
    """Whether two JSON values are the same, `1` and `true` being two things."""
    return one is other or json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def attachment_ids(form: Form, answers: Answers) -> frozenset[str]:
    """The ids of all attachments that the answers name."""
    found: set[str] = set()

    def collect(field: Field, _: str, value: JSON) -> JSON:
        if field.type.attachment:
            found.update(filter(None, map(named_attachment, as_list(value))))
        return value

    rebuilt(form, answers, collect)
    return frozenset(found)


def named_attachment(value: JSON) -> str | None:
    """The id in an answer that names an attachment: an object with `id`, or the id itself."""
    named = value.get("id") if isinstance(value, Mapping) else value
    return named if isinstance(named, str) else None


def as_list(value: JSON) -> list[JSON]:
    """One thing or a list of them as a list."""
    return value if isinstance(value, list) else [value]


def _rebuilt(fields: Mapping[str, Field], answers: Mapping[str, JSON], path: str, keep: Keep) -> dict[str, JSON]:
    kept = {
        name: _rebuilt_value(fields[name], value, f"{path}{name}", keep)
        for name, value in answers.items()
        if name in fields
    }
    return {name: value for name, value in kept.items() if value is not LEAVE_OUT}


def _rebuilt_value(field: Field, value: JSON, path: str, keep: Keep) -> JSON:
    if field.shape is Shape.NOTE:
        return LEAVE_OUT
    if field.shape is Shape.VALUE:
        return keep(field, path, value)
    if value is None or value == "":
        return None
    columns = _by_id(field)
    if field.shape is Shape.GROUP and isinstance(value, Mapping):
        return _rebuilt(columns, value, f"{path}.", keep)
    if field.shape is Shape.ROWS and isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        return [_rebuilt_row(columns, row, _row_path(path, row, at), keep) for at, row in enumerate(value)]
    return LEAVE_OUT


def _rebuilt_row(columns: Mapping[str, Field], row: Mapping[str, JSON], path: str, keep: Keep) -> dict[str, JSON]:
    identity = {ROW_ID: row[ROW_ID]} if isinstance(row.get(ROW_ID), str) else {}
    return {**identity, **_rebuilt(columns, row, f"{path}.", keep)}


def _row_path(path: str, row: Mapping[str, JSON], position: int) -> str:
    return f"{path}.{row.get(ROW_ID, position)}"


def _pruned(answers: Mapping[str, JSON], path: str, unwanted: set[str], found: set[str]) -> dict[str, JSON]:
    kept: dict[str, JSON] = {}
    for name, value in answers.items():
        here = f"{path}{name}"
        if here in unwanted:
            found.add(here)
        elif isinstance(value, Mapping):
            kept[name] = _pruned(value, f"{here}.", unwanted, found)
        else:
            kept[name] = _pruned_rows(value, here, unwanted, found) if isinstance(value, list) else value
    return kept


def _pruned_rows(rows: list[JSON], path: str, unwanted: set[str], found: set[str]) -> list[JSON]:
    kept: list[JSON] = []
    for position, row in enumerate(rows):
        here = _row_path(path, row, position) if isinstance(row, Mapping) else ""
        if here in unwanted:
            found.add(here)
        else:
            kept.append(_pruned(row, f"{here}.", unwanted, found) if isinstance(row, Mapping) else row)
    return kept


def _differences(fields: Mapping[str, Field], old: Answers, new: Answers, path: str) -> Iterator[Change]:
    names = [*fields, *(name for name in {**old, **new} if name not in fields and name != ROW_ID)]
    for name in names:
        yield from _value_differences(fields.get(name), old.get(name), new.get(name), f"{path}{name}")


def _value_differences(field: Field | None, old: JSON, new: JSON, path: str) -> Iterator[Change]:
    if same_json(old, new):
        return
    shape = field.shape if field else Shape.VALUE
    if field and shape is Shape.GROUP:
        yield from _differences(_by_id(field), old or {}, new or {}, f"{path}.")
    elif field and shape is Shape.ROWS:
        yield from _row_differences(_by_id(field), old or [], new or [], path)
    else:
        yield Change(path, old, new)


def _row_differences(columns: Mapping[str, Field], old: JSON, new: JSON, path: str) -> Iterator[Change]:
    before, after = {row[ROW_ID]: row for row in old}, {row[ROW_ID]: row for row in new}
    for row_id in {**before, **after}:
        row_path = f"{path}.{row_id}"
        if row_id in before and row_id in after:
            yield from _differences(columns, before[row_id], after[row_id], f"{row_path}.")
        else:
            yield Change(row_path, before.get(row_id), after.get(row_id))
    order_before, order_after = [i for i in before if i in after], [i for i in after if i in before]
    if order_before != order_after:
        yield Change(path, order_before, order_after)


def _by_id(field: Field) -> dict[str, Field]:
    return {inner.id: inner for inner in field.fields}
