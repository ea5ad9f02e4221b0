"""The small values a form file is written with: ids, texts, rules, days."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from formkit.expressions import RESERVED_WORDS
from formkit.texts import LANGUAGES, Text

ID_PATTERN = r"^[a-z\u4e00-\u9fff][a-z0-9_\u4e00-\u9fff]*$"
RESERVED = RESERVED_WORDS | {"facts", "record", "row", "today", "date", "kb", "mb", "none", "null"}

PAGES = frozenset({"check", "record"})
"""Pages that every form has besides its steps."""


def _id(value: object) -> str:
    if not isinstance(value, str) or not re.match(ID_PATTERN, value) or len(value) > 60:
        raise PydanticCustomError("bad-id", "not an id", {"value": str(value)[:80]})
    if value in RESERVED:
        raise PydanticCustomError("reserved-id", "a reserved word", {"value": value})
    return value


def _step_id(value: object) -> str:
    if value in PAGES:
        raise PydanticCustomError("page-id", "a page of the wizard", {"value": str(value)})
    return _id(value)


def _text(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        return Text(_words(value))
    if isinstance(value, Mapping) and value:
        for language, words in value.items():
            if language not in LANGUAGES:
                raise PydanticCustomError(
                    "unknown-language", "no such language", {"value": str(language), "known": ", ".join(LANGUAGES)}
                )
            if not isinstance(words, str):
                raise PydanticCustomError("wrong-text", "not a text", {"value": str(words)[:80]})
        return Text({language: _words(words) for language, words in value.items()})
    raise PydanticCustomError("wrong-text", "not a text", {"value": str(value)[:80]})


def _words(written: str) -> str:
    words = written.strip()
    if not words:
        raise PydanticCustomError("empty-text", "an empty text", {"value": ""})
    return words


def _rule(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, Mapping)) and value:
        return value
    raise PydanticCustomError("wrong-rule", "not a rule", {"value": str(value)[:80]})


def _expression(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str) and value.strip():
        return value
    raise PydanticCustomError("wrong-expression", "not an expression", {"value": str(value)[:80]})


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise PydanticCustomError("wrong-day", "not a day", {"value": str(value)[:80]}) from None


_UNITS = {"b": 1, "byte": 1, "bytes": 1, "kb": 1024, "kib": 1024, "mb": 1024**2, "mib": 1024**2, "": 1}
# A smaller number without a unit was meant to be megabytes.
_LEAST_BYTES = 1000


def _size(value: object) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-zA-Z]*)", str(value).strip()) if not isinstance(value, bool) else None
    if not found or found[2].lower() not in _UNITS:
        raise PydanticCustomError("wrong-size", "not a size", {"value": str(value)[:80]})
    if not found[2] and float(found[1]) < _LEAST_BYTES:
        raise PydanticCustomError("size-without-unit", "a size without its unit", {"value": str(value)[:80]})
    return int(float(found[1]) * _UNITS[found[2].lower()])


def _time_zone(value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError("wrong-time-zone", "no time zone", {"value": str(value)[:80]}) from None


def _list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class _TextSchema:
    """Lets pydantic hold a `Text` and shows editors what may be written for one."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_text)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        languages = {language: {"type": "string"} for language in LANGUAGES}
        by_language = {"type": "object", "properties": languages, "additionalProperties": False, "minProperties": 1}
        return {"anyOf": [{"type": "string"}, by_language]}


Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
StepId = Annotated[str, BeforeValidator(_step_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
TextSpec = Annotated[Text, _TextSchema]
RuleSpec = Annotated[
    Any,
    BeforeValidator(_rule),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "object", "minProperties": 1}]}),
]
"""A condition: an expression, or the short form {field: value}."""
ExpressionSpec = Annotated[
    str, BeforeValidator(_expression), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})
]
Day = Annotated[str, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
TimeZone = Annotated[str, BeforeValidator(_time_zone), WithJsonSchema({"type": "string"})]
Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})]
"""A number of bytes, written as `2 MB` (1 KB is 1024 bytes)."""
Words = Annotated[
    list[str],
    BeforeValidator(_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One string or a list of them."""
