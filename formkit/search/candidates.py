"""Values a field may take, found by asking its type: its JSON Schema, its examples, and its own verdict."""

from collections.abc import Iterator, Mapping
from itertools import islice

from formkit.expressions import Type
from formkit.expressions.types import Choice, Date, Month, Number, YesNo
from formkit.fields.base import JSON, Finding, Moment, Refused
from formkit.form import Field
from formkit.issues import Level

_RUN = 24
_MOST_OF_A_LIST = 12


def good_values(field: Field, moment: Moment) -> Iterator[JSON]:
    """Values the field takes at a moment, typical ones first."""
    seen: list[JSON] = []
    for raw in _guesses(field):
        value = taken(field, raw, moment)
        if value is not None and value not in seen:
            seen.append(value)
            yield value


def bad_answers(field: Field) -> Iterator[JSON]:
    """Raw answers that the field's type calls bad in its examples, and some that suit no type."""
    yield from (raw for example in field.type.examples for raw, _ in example.bad)
    yield from (["x"], {"x": "y"}, 1e308, "x" * 5000, -1, "\u0000")


def taken(field: Field, raw: JSON, moment: Moment) -> JSON:
    """The value of a raw answer that the type takes without complaint; else None."""
    try:
        value = field.type.parse(raw)
    except Refused:
        return None
    if value is None or any(map(_stops, field.type.check(value, moment))):
        return None
    return value


def sample_fact(kind: Type) -> JSON:
    """Something a fact of this type may be."""
    match kind:
        case YesNo():
            return False
        case Number():
            return max(0, kind.low) if kind.scale == 0 else None
        case Choice():
            return kind.values[0]
        case Date():
            return "2000-01-01"
        case Month():
            return "2000-01"
        case _:
            return None


def _stops(finding: Finding) -> bool:
    return finding.level is Level.ERROR


def _guesses(field: Field) -> Iterator[JSON]:
    schema = field.type.json_schema()
    if _is_free_text(schema):
        yield field.label.in_("zh")[: schema.get("maxLength", 200)]
    yield from islice(from_schema(schema), _MOST_OF_A_LIST)
    yield from (raw for example in field.type.examples for raw, _ in example.good)
    for sign in ("1", "a", "A", "字", "A1"):
        yield from (sign * length for length in range(1, _RUN))


def _is_free_text(schema: Mapping[str, JSON]) -> bool:
    return schema.get("type") == "string" and "pattern" not in schema and not schema.get("writeOnly")


def from_schema(schema: Mapping[str, JSON]) -> Iterator[JSON]:
    """Some values a JSON Schema allows, as far as it is simple; patterns are left to the examples of types."""
    kind = schema.get("type")
    if "enum" in schema:
        yield from schema["enum"]
    elif "const" in schema:
        yield schema["const"]
    elif kind == "boolean":
        yield from (True, False)
    elif kind in ("integer", "number"):
        yield from _numbers(schema)
    elif kind == "array":
        items = list(islice(from_schema(schema.get("items", {})), _MOST_OF_A_LIST))
        least = max(1, schema.get("minItems", 0))
        yield from (items[:length] for length in range(least, len(items) + 1))
    elif kind == "object":
        yield from _objects(schema)


def _numbers(schema: Mapping[str, JSON]) -> Iterator[int]:
    low, high = schema.get("minimum"), schema.get("maximum")
    usual = max(1, low if low is not None else 1)
    yield usual if high is None or usual <= high else high
    yield from (bound for bound in (low, high) if bound is not None)


def _objects(schema: Mapping[str, JSON]) -> Iterator[dict[str, JSON]]:
    """One object for each value of its widest property, with the first value of every other."""
    parts = {name: list(islice(from_schema(part), 4)) for name, part in schema.get("properties", {}).items()}
    texts = {name: [_text(name, part)] for name, part in schema.get("properties", {}).items() if not parts[name]}
    parts = {name: found or texts[name] for name, found in parts.items() if name in schema.get("required", ())}
    for number in range(max(map(len, parts.values()), default=0)):
        yield {name: found[min(number, len(found) - 1)] for name, found in parts.items()}


def _text(name: str, schema: Mapping[str, JSON]) -> str:
    return f"sample-{name}"[: schema.get("maxLength", 64)]
