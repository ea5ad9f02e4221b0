"""What a rule reads while it runs, and the operations that blank and unknown pass through.

Every value is a JSON value, None for blank, or UNKNOWN; numbers are whole numbers, scaled where they have decimals.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Unknown(Enum):
    """The type of UNKNOWN."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN
"""The value of a fact whose source is down; and a condition that is neither definitely true nor definitely false."""
UNKNOWN_MARK: Final = {"$unknown": True}
"""How JSON says that a fact is unknown."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may ask about besides the answers: the record, the facts, and the day (ISO text)."""

    record: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    facts: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    today: str = "1970-01-01"


def reach(start: Any, path: Sequence[str]) -> Any:
    """The value at `path`: blank where something on the way is missing, unknown where it is unknown."""
    for key in path:
        if start is UNKNOWN:
            return UNKNOWN
        start = None if start is None else start.get(key)
    return start


def fact(facts: Mapping[str, Any], path: Sequence[str]) -> Any:
    """The fact at `path`; one that is not there is unknown."""
    return reach(facts.get(path[0], UNKNOWN), path[1:])


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """The function's answer: unknown if an argument is unknown, else blank if one is blank."""
    for argument in arguments:
        if argument is UNKNOWN:
            return UNKNOWN
    return None if None in arguments else function(*arguments)


def divide(number: int, by: int, up: int = 1, down: int = 1) -> int | None:
    """number·up ÷ (by·down), halves away from zero; blank where it divides by zero."""
    top, bottom = number * up, by * down
    if bottom == 0:
        return None
    whole = (2 * abs(top) + abs(bottom)) // (2 * abs(bottom))
    return whole if (top < 0) == (bottom < 0) else -whole


def scaled(text: str, scale: int) -> int:
    """ "12.50" with two places → 1250."""
    whole, _, places = text.partition(".")
    return int(whole + places[:scale].ljust(scale, "0"))


def decimal_text(number: int, scale: int) -> str:
    """1250 with two places → "12.50"."""
    digits = str(abs(number)).rjust(scale + 1, "0")
    return f"{'-' if number < 0 else ''}{digits[:-scale]}.{digits[-scale:]}"


def total(values: Sequence[Any]) -> Any:
    """The sum of what is filled in: 0 over nothing, unknown if anything is."""
    if UNKNOWN in values:
        return UNKNOWN
    return sum(value for value in values if value is not None)


def extreme(choose: Callable[[Sequence[Any]], Any], values: Sequence[Any]) -> Any:
    """The least or greatest of what is filled in: blank over nothing, unknown if anything is."""
    if UNKNOWN in values:
        return UNKNOWN
    filled = [value for value in values if value is not None]
    return choose(filled) if filled else None


def unique(keys: Sequence[tuple[Any, ...]]) -> Any:
    """Whether no two rows have the same key; a row with a blank in its key is left out."""
    filled = [key for key in keys if None not in key]
    known = [key for key in filled if UNKNOWN not in key]
    if len(set(known)) < len(known):
        return False
    return True if len(known) == len(filled) else UNKNOWN
