"""The page of field types."""

from collections.abc import Iterator
from typing import Any

from docs.generating.form_file import HEADINGS
from docs.generating.keys import keys_table
from docs.generating.markdown import code, page, table, value
from formkit.fields import FIELD_TYPES, Examples, FieldType
from formkit.fields.base import Shape
from formkit.schemas.form_spec import FieldSpec

_ABOUT = """\
What may be written after `type:`. Every field has [the keys below](#keys-of-every-field); a type adds its own. In the
tables of examples, “posted” is what a browser or a program sends and “value” is what is kept; a code is the
[issue](issue-codes.md) that the person gets instead."""

_SHAPES = {
    Shape.GROUP: "Its `fields` are written inside; its value is an object of their values.",
    Shape.ROWS: "Its `fields` are the columns; its value is a list of objects, each with the row's id as `_id`.",
    Shape.NOTE: "It asks nothing and has no value.",
}


def field_types() -> str:
    """Every field type with its own keys and its examples."""
    index = table(
        ("Type", "What it asks for"),
        ((f"[{code(name)}](#{name})", _summary(kind)) for name, kind in FIELD_TYPES.items()),
    )
    sections = [part for name, kind in FIELD_TYPES.items() for part in _section(name, kind)]
    return page(
        "Field types",
        _ABOUT,
        index,
        "## Keys of every field",
        keys_table(FieldSpec, HEADINGS, on="form-file.md"),
        *sections,
    )


def _section(name: str, kind: type[FieldType[Any]]) -> Iterator[str]:
    yield f"## {name}"
    told = (_summary(kind), _SHAPES.get(kind.shape, ""), "" if kind.stored else "It is never stored or shown.")
    yield " ".join(filter(None, told))
    yield keys_table(kind.Options) or "It has no keys of its own."
    yield table(("Keys", "Posted", "Value, or issue"), (row for each in kind.examples for row in _examples(each)))


def _examples(examples: Examples) -> Iterator[tuple[str, str, str]]:
    keys = ", ".join(code(f"{key}: {_option(found)}") for key, found in examples.options.items())
    for raw, kept in examples.good:
        yield keys, value(raw), value(kept)
    for raw, issue in examples.bad:
        yield keys, value(raw), f"[{issue}](issue-codes.md#{issue})"


def _option(found: object) -> str:
    return str(found).lower() if isinstance(found, bool) else str(found)


def _summary(kind: type[FieldType[Any]]) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]
