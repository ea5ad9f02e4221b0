"""The types a name of a rule may have, and which JSON values belong to each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import ClassVar

from formkit.texts import Text as Words

LARGEST = 2**53 - 1
"""The largest whole number that Python and JavaScript both hold exactly."""

UNBOUNDED = 9_999_999_999
"""What a number without a declared bound is taken to lie within (in whole units, either sign)."""

DEFAULT_MAX_ROWS = 200

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Type:
    """The parent of all types; `called` is the word people read for it."""

    called: ClassVar[Words] = Words({"zh": "值", "en": "a value"})

    def fits(self, value: object) -> bool:
        """Whether a JSON value that is not blank belongs to the type; for records kept by an older form."""
        raise TypeError(f"{type(self).__name__} holds no values such as {value!r}")


@dataclass(frozen=True, slots=True)
class YesNo(Type):
    """true or false."""

    called: ClassVar[Words] = Words({"zh": "是或否", "en": "a yes or no"})

    def fits(self, value: object) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Number(Type):
    """A whole number, or with `scale` > 0 a decimal text of exactly `scale` places ("12.50").

    `minimum` and `maximum` count in the last place: `Number(0, 9999, scale=2)` holds "0.00" to "99.99".
    `Number.between` takes them in whole units instead.
    """

    minimum: int | None = None
    maximum: int | None = None
    scale: int = 0
    called: ClassVar[Words] = Words({"zh": "数字", "en": "a number"})

    @classmethod
    def between(cls, minimum: Decimal | int | None, maximum: Decimal | int | None, scale: int = 0) -> "Number":
        """The number type with its bounds as people write them: `between(0, Decimal("99.99"), 2)`."""
        low = None if minimum is None else int(Decimal(minimum).scaleb(scale).to_integral_value(ROUND_FLOOR))
        high = None if maximum is None else int(Decimal(maximum).scaleb(scale).to_integral_value(ROUND_CEILING))
        return cls(low, high, scale)

    @property
    def low(self) -> int:
        """The least the scaled whole number can be."""
        return -UNBOUNDED * 10**self.scale if self.minimum is None else self.minimum

    @property
    def high(self) -> int:
        """The most the scaled whole number can be."""
        return UNBOUNDED * 10**self.scale if self.maximum is None else self.maximum

    def fits(self, value: object) -> bool:
        if self.scale == 0:
            return isinstance(value, int) and not isinstance(value, bool)
        return isinstance(value, str) and re.fullmatch(rf"-?[0-9]+\.[0-9]{{{self.scale}}}", value) is not None


@dataclass(frozen=True, slots=True)
class Text(Type):
    """Any text."""

    called: ClassVar[Words] = Words({"zh": "文字", "en": "a text"})

    def fits(self, value: object) -> bool:
        return isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Date(Type):
    """A day, as ISO text: "2024-09-01"."""

    called: ClassVar[Words] = Words({"zh": "日期", "en": "a date"})

    def fits(self, value: object) -> bool:
        return isinstance(value, str) and is_date(value)


@dataclass(frozen=True, slots=True)
class Month(Type):
    """A month, as ISO text: "2024-09"."""

    called: ClassVar[Words] = Words({"zh": "年月", "en": "a month"})

    def fits(self, value: object) -> bool:
        return isinstance(value, str) and is_month(value)


@dataclass(frozen=True, slots=True)
class Choice(Type):
    """One of these texts."""

    values: tuple[str, ...]
    called: ClassVar[Words] = Words({"zh": "选项", "en": "a choice"})

    def fits(self, value: object) -> bool:
        return value in self.values


@dataclass(frozen=True, slots=True)
class Choices(Type):
    """Several of these texts, as a list."""

    values: tuple[str, ...]
    called: ClassVar[Words] = Words({"zh": "多个选项", "en": "several choices"})

    def fits(self, value: object) -> bool:
        return isinstance(value, list) and all(item in self.values for item in value)


@dataclass(frozen=True, slots=True)
class File(Type):
    """One uploaded file or image; a field that takes several is `Rows(FILE_COLUMNS)`."""

    called: ClassVar[Words] = Words({"zh": "文件", "en": "a file"})

    def fits(self, value: object) -> bool:
        return isinstance(value, dict)


@dataclass(frozen=True, slots=True)
class Rows(Type):
    """A list of rows with these columns, at most `max_rows` of them."""

    columns: Mapping[str, Type]
    max_rows: int = DEFAULT_MAX_ROWS
    called: ClassVar[Words] = Words({"zh": "多行信息", "en": "a list of rows"})

    def fits(self, value: object) -> bool:
        return isinstance(value, list) and all(fits_all(self.columns, row) for row in value)


@dataclass(frozen=True, slots=True)
class Group(Type):
    """Fields that stand together under one name."""

    fields: Mapping[str, Type]
    called: ClassVar[Words] = Words({"zh": "一组信息", "en": "a group of fields"})

    def fits(self, value: object) -> bool:
        return fits_all(self.fields, value)


FILE_COLUMNS: Mapping[str, Type] = {
    "name": Text(),
    "size": Number(0, 2**42),
    "width": Number(0, 10**6),
    "height": Number(0, 10**6),
}
"""What a rule may ask of a file."""


def fits_all(types: Mapping[str, Type], values: object) -> bool:
    """Whether `values` is a mapping in which everything that is filled in belongs to its type."""
    return isinstance(values, dict) and all(
        values.get(name) is None or kind.fits(values[name]) for name, kind in types.items()
    )


def is_date(text: str) -> bool:
    """Whether this is a real day of the calendar, written like 2024-09-01."""
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_month(text: str) -> bool:
    """Whether this is a month, written like 2024-09."""
    return _MONTH.fullmatch(text) is not None and text >= "0001"
