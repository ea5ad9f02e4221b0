"""The keys of a field type: limits that are closer or wider, forms of answer, and looks."""

from collections.abc import Iterator
from decimal import Decimal

from formkit.diff.change import Change, Severity
from formkit.diff.people import word
from formkit.expressions.types import UNBOUNDED
from formkit.fields.base import JSON
from formkit.fields.limits import LOOKS, is_closer
from formkit.form import Field
from formkit.texts import Text

_ELSEWHERE = frozenset({"choices", "statement", "text"})
"""Told of as choices and as texts."""
_BYTES = frozenset({"min_size", "max_size"})


def limit_changes(path: str, name: Text, old: Field, new: Field) -> Iterator[Change]:
    """What changed about the own keys of a field's type."""
    for key in type(new.type.options).model_fields:
        before, after = getattr(old.type.options, key), getattr(new.type.options, key)
        if key in _ELSEWHERE or before == after:
            continue
        code, severity = _judged(key, before, after)
        params = {"what": word(f"key.{key}", default=key), "old": _shown(key, before), "new": _shown(key, after)}
        yield Change(code, severity, path, name, params, old.place, new.place)


def _judged(key: str, before: JSON, after: JSON) -> tuple[str, Severity]:
    if key in LOOKS:
        return "look-changed", Severity.SAFE
    closer = is_closer(key, before, after)
    if closer is None:
        return "format-changed", Severity.ASKS_AGAIN
    return ("limit-tightened", Severity.ASKS_AGAIN) if closer else ("limit-loosened", Severity.SAFE)


def _shown(key: str, value: JSON) -> Text | str:
    if value is None and key in LOOKS:
        return word("unset")
    if value is None or (isinstance(value, Decimal | int) and not -UNBOUNDED < value < UNBOUNDED):
        return word("unlimited")
    if value == 0 and key.startswith("min_"):
        return word("unlimited")
    if isinstance(value, bool):
        return word("on" if value else "off")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if key in _BYTES:
        return _size(value)
    if value == "today":
        return word("today")
    return Text(value) if isinstance(value, Text) else f"{value:,}" if isinstance(value, int | Decimal) else str(value)


def _size(count: int) -> str:
    for unit, size in (("MB", 1024**2), ("KB", 1024)):
        if count >= size:
            return f"{count / size:g} {unit}"
    return f"{count} B"
