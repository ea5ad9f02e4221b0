"""What a candidate claims, read by the form's own field types and held against a file: verdicts, never values."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from formkit import Field, Form
from formkit.errors import FormkitError
from formkit.fields.base import Refused, Shape

NUMBER, NAME, DOCUMENT_TYPE = "id_number", "name", "document_type"
"""The fields of the form that say who somebody is: they stand beside the items."""
IDENTITY = (NAME, DOCUMENT_TYPE)
NOT_CLAIMED = frozenset({"consent", "email", "mobile", "password"})
"""Types of fields that no exam asks about: a tick, and how to reach somebody."""


class Verdict(StrEnum):
    """What is said of one claim."""

    MATCH = "match"
    NO_MATCH = "no_match"
    NOT_ON_RECORD = "not_on_record"


class ClaimsRefused(FormkitError):  # noqa: N818 - read as a sentence: except ClaimsRefused
    """Claims that cannot be compared; `items` says of each why, None of one that the form does not have."""

    def __init__(self, items: Mapping[str, Refused | None]) -> None:
        self.items = dict(items)
        super().__init__(f"claims refused: {len(self.items)}")

    @property
    def unknown(self) -> bool:
        """Whether there is one that the form does not have."""
        return None in self.items.values()


def claimable(form: Form) -> dict[str, Field]:
    """The fields that may be claimed, by their paths; rows are claimed as a whole."""
    rows = {path for path, field in form.fields.items() if field.shape is Shape.ROWS}
    return {
        path: field
        for path, field in form.fields.items()
        if path != NUMBER and path.rpartition(".")[0] not in rows and (path in rows or _is_comparable(field))
    }


def columns_of(rows: Field) -> dict[str, Field]:
    """The columns of rows that may be claimed."""
    return {column.id: column for column in rows.fields if _is_comparable(column)}


def read_claims(form: Form, claims: Mapping[str, Any]) -> dict[str, Any]:
    """The values of claims; raises `ClaimsRefused` with all of those that have none."""
    fields, read, refused = claimable(form), dict[str, Any](), dict[str, Refused | None]()
    for path, raw in claims.items():
        if path not in fields:
            refused[path] = None
        elif fields[path].shape is Shape.ROWS:
            read[path] = _read_rows(fields[path], raw, refused)
        else:
            read[path] = _read(path, fields[path], raw, refused)
    if refused:
        raise ClaimsRefused(refused)
    return read


def compare(form: Form, claims: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Verdict]:
    """A verdict on each claim that was read."""
    fields = claimable(form)
    return {path: _verdict(fields[path], claim, _recorded(form, path, values)) for path, claim in claims.items()}


def _is_comparable(field: Field) -> bool:
    kind = field.type
    return field.shape is Shape.VALUE and kind.stored and not kind.attachment and kind.name not in NOT_CLAIMED


def _read(path: str, field: Field, raw: Any, refused: dict[str, Refused | None]) -> Any:
    try:
        value = None if field.type.is_blank(raw) else field.type.parse(raw)
    except Refused as why:
        refused[path] = why
        return None
    if value is None:
        refused[path] = Refused("required", label=field.label)
    return value


def _read_rows(field: Field, raw: Any, refused: dict[str, Refused | None]) -> list[dict[str, Any]]:
    columns = columns_of(field)
    if type(raw) is not list or not all(type(row) is dict and row for row in raw):
        refused[field.path] = Refused("wrong_type", expected=field.label)
        return []
    if not raw:
        refused[field.path] = Refused("required", label=field.label)
    if len(raw) > field.type.max_rows:
        refused[field.path] = Refused("too_many_rows", max=field.type.max_rows, count=len(raw))
        return []
    refused.update({f"{field.path}.{name}": None for row in raw for name in row if name not in columns})
    return [
        {
            name: _read(f"{field.path}.{name}", columns[name], one, refused)
            for name, one in row.items()
            if name in columns
        }
        for row in raw
    ]


def _verdict(field: Field, claim: Any, recorded: Any) -> Verdict:
    if field.type.is_blank(recorded):
        return Verdict.NOT_ON_RECORD
    same = _all_found if field.shape is Shape.ROWS else _same
    fits = same(field, claim, recorded)
    return Verdict.MATCH if fits else Verdict.NO_MATCH


def _same(field: Field, claim: Any, recorded: Any) -> bool:
    return bool(claim == _as_read(field, recorded))


def _recorded(form: Form, path: str, values: Mapping[str, Any]) -> Any:
    """A value of a file, also one that is kept under a name its field once had."""
    outer, _, inner = path.partition(".")
    found = _named(form.fields[outer], values)
    return _named(form.fields[path], found) if inner and isinstance(found, Mapping) else None if inner else found


def _named(field: Field, values: Mapping[str, Any]) -> Any:
    return next((values[name] for name in (field.id, *field.renamed_from) if values.get(name) is not None), None)


def _as_read(field: Field, recorded: Any) -> Any:
    """A recorded value as it would be read today: a choice may have another name by now."""
    try:
        return field.type.parse(recorded)
    except Refused:
        return recorded


def _all_found(field: Field, claimed: Sequence[Mapping[str, Any]], recorded: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each claimed row is a recorded row of its own; of a row only the claimed columns are compared."""
    columns = columns_of(field)
    fitting = [
        [
            position
            for position, row in enumerate(recorded)
            if all(_as_read(columns[name], _named(columns[name], row)) == value for name, value in claim.items())
        ]
        for claim in claimed
    ]
    taken: dict[int, int] = {}
    return all(_seat(number, fitting, taken, set()) for number in range(len(claimed)))


def _seat(claim: int, fitting: Sequence[Sequence[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Gives a claim a row, moving claims that can go elsewhere: two claims never rest on one row."""
    for row in fitting[claim]:
        if row not in tried:
            tried.add(row)
            if row not in taken or _seat(taken[row], fitting, taken, tried):
                taken[row] = claim
                return True
    return False
