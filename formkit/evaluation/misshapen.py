"""Whether what is on record can be what a form of any edition put there."""

from collections.abc import Iterable, Iterator, Mapping

from formkit.evaluation.settled import recorded_value, valid_row_id
from formkit.expressions import Choice, Choices, Group, Rows, Type
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Field
from formkit.texts import Text


def misshapen(fields: Iterable[Field], values: Mapping[str, JSON], prefix: str = "") -> Iterator[tuple[str, Text]]:
    """The paths at which something stands that is no value of its field, and what should stand there."""
    for field in fields:
        value, path = recorded_value(field, values), f"{prefix}{field.id}"
        if value is None or field.shape is Shape.NOTE:
            continue
        if field.shape is Shape.VALUE:
            kind = field.value_type
            if not (_is_listed(kind, value) or kind.fits(value)):
                yield path, kind.called
        elif field.shape is Shape.GROUP and isinstance(value, Mapping):
            yield from misshapen(field.fields, value, f"{path}.")
        elif field.shape is Shape.ROWS and isinstance(value, list) and all(map(_is_row, value)):
            for row in value:
                yield from misshapen(field.fields, row, f"{path}.{row[ROW_ID]}.")
        else:
            yield path, (Rows if field.shape is Shape.ROWS else Group).called


def _is_listed(kind: Type, value: object) -> bool:
    """Whether it is a choice or several, though they may be gone from the list by now."""
    if isinstance(kind, Choices):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(kind, Choice) and isinstance(value, str)


def _is_row(value: object) -> bool:
    return isinstance(value, Mapping) and valid_row_id(value.get(ROW_ID))
