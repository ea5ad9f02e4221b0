"""Form files → JSON Schema: what an editor with a YAML language server completes and checks.

`python -m formkit.fields.editor_schema` rewrites `formkit/schemas/form.schema.json`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from formkit import schemas
from formkit.fields import FIELD_TYPES
from formkit.fields.base import FieldType, Shape
from formkit.fields.variant_schema import VARIANT, differences
from formkit.registry import Registry
from formkit.schemas.cases_spec import CasesFileSpec, ExpectedIssueSpec
from formkit.schemas.form_spec import (
    CalendarSpec,
    ChoiceListSpec,
    ChoicesFileSpec,
    FieldSpec,
    FormSpec,
    TreatmentSpec,
    WhenTextSpec,
)
from formkit.schemas.values import TextSpec

SCHEMA_FILE = Path(schemas.__path__[0]) / "form.schema.json"

_KINDS: Mapping[str, type[BaseModel]] = {
    "form": FormSpec,
    "calendar": CalendarSpec,
    "cases": CasesFileSpec,
    "choices": ChoicesFileSpec,
}
_REFERRED: tuple[type[BaseModel], ...] = (
    FieldSpec,
    ChoiceListSpec,
    WhenTextSpec,
    ExpectedIssueSpec,
    TreatmentSpec,
)  # named only in short forms' schemas
_TEXT = TypeAdapter(TextSpec).json_schema()
_DIALECT = "http://json-schema.org/draft-07/schema#"  # the newest that YAML language servers know whole


def editor_schema(field_types: Registry[type[FieldType[Any]]] = FIELD_TYPES) -> dict[str, Any]:
    """The schema of form files whose fields are of these types; a host with types of its own passes its registry."""
    definitions = _definitions()
    common = definitions["FieldSpec"]
    for name, kind in field_types.items():
        options = kind.Options.model_json_schema(by_alias=True)
        definitions |= options.pop("$defs", {})
        definitions[_keys_of(name)] = _own_keys(kind, options, common["properties"])
    common["properties"]["type"] = _type_key(field_types)
    del common["additionalProperties"]
    common["allOf"] = [_where_type_is(name) for name in field_types]
    definitions |= differences(definitions, field_types)
    return {
        "$schema": _DIALECT,
        "title": "formkit",
        "description": "A form file: a form, choice lists, a working-day calendar, or cases of a form.",
        "type": "object",
        "anyOf": [{"required": [key]} for key in _KINDS],
        "allOf": [_where_first_key_is(key, model.__name__) for key, model in _KINDS.items() if key != "choices"],
        **_else_choices(),
        "$defs": {name: _plain(definitions[name]) if name != "text" else _TEXT for name in sorted(definitions)},
    }


def schema_text(field_types: Registry[type[FieldType[Any]]] = FIELD_TYPES) -> str:
    """The schema as it is kept on disk."""
    return json.dumps(editor_schema(field_types), ensure_ascii=False, indent=1, default=str) + "\n"


def _definitions() -> dict[str, Any]:
    _, models = models_json_schema([(model, "validation") for model in (*_KINDS.values(), *_REFERRED)], by_alias=True)
    choice = models["$defs"]["ChoiceListSpec"]["properties"]["choices"]["additionalProperties"]
    return {**models["$defs"], "ChoiceValue": choice, "text": _TEXT}


def _plain(schema: Any) -> Any:
    """The schema with each text by reference, and without the titles and defaults that only repeat what is there."""
    if isinstance(schema, list):
        return [_plain(inner) for inner in schema if inner != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    if schema.get("anyOf") == _TEXT["anyOf"]:
        return {"$ref": "#/$defs/text"}
    kept = {key: _plain(value) for key, value in schema.items() if not _repeats(key, value)}
    alternatives = kept.get("anyOf", ())
    if len(alternatives) == 1:
        return {**alternatives[0], **{key: value for key, value in kept.items() if key != "anyOf"}}
    return kept


def _repeats(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value is None)


def _keys_of(name: str) -> str:
    return f"{name}_keys"


def _type_key(field_types: Mapping[str, type[FieldType[Any]]]) -> dict[str, Any]:
    described = [{"const": name, "description": _summary(kind)} for name, kind in field_types.items()]
    return {"description": "The field type.", "anyOf": described}


def _summary(kind: type[FieldType[Any]]) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]


def _own_keys(kind: type[FieldType[Any]], options: dict[str, Any], common: Mapping[str, Any]) -> dict[str, Any]:
    """What a field of one type may say: the keys every field has, and its own."""
    holds_fields = kind.shape in (Shape.GROUP, Shape.ROWS)
    shared = {key: True for key in common if key != "fields" or holds_fields}
    needed = [*options.get("required", ()), *(["fields"] if holds_fields else ())]
    described = {"description": _summary(kind), "properties": {**shared, **options.get("properties", {})}}
    return described | {"additionalProperties": False} | ({"required": needed} if needed else {})


def _where_type_is(name: str) -> dict[str, Any]:
    condition = {"properties": {"type": {"const": name}}, "required": ["type"]}
    return {"if": condition, "then": {"$ref": f"#/$defs/{_keys_of(name)}"}}


def _where_first_key_is(key: str, model: str) -> dict[str, Any]:
    whole: dict[str, Any] = {"$ref": f"#/$defs/{model}"}
    if model == FormSpec.__name__:
        whole = {"if": {"required": ["extends"]}, "then": {"$ref": f"#/$defs/{VARIANT}"}, "else": whole}
    return {"if": {"required": [key]}, "then": whole}


def _else_choices() -> dict[str, Any]:
    others = [{"required": [key]} for key in _KINDS if key != "choices"]
    return {"if": {"not": {"anyOf": others}}, "then": {"$ref": f"#/$defs/{ChoicesFileSpec.__name__}"}}


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), "utf-8")
