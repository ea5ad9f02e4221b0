"""Numbers: whole, decimal, money. Never a binary float: a decimal is text of exactly its places."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from formkit.expressions.types import LARGEST, UNBOUNDED, Number, Type
from formkit.fields.base import JSON, Examples, FieldType, Options, OptionsInvalid, Own, Refused, Surroundings
from formkit.fields.clean import clean_line, narrow
from formkit.locales import sentence
from formkit.schemas.values import TextSpec
from formkit.texts import Text

Limit = Annotated[Decimal, Field(allow_inf_nan=False)]

_WRITTEN = re.compile(r"([+-]?)([0-9]{1,40})(?:\.([0-9]{0,40}))?").fullmatch
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?").fullmatch
_NUMBER = Text({"zh": "数字", "en": "a number"})


class IntegerOptions(Options):
    """The keys of `integer`."""

    min: int = Field(-UNBOUNDED, description="The least number.")
    max: int = Field(UNBOUNDED, description="The greatest number.")
    unit: TextSpec | None = Field(None, description="What is counted, shown behind the box.")


class DecimalOptions(Options):
    """The keys of `decimal`."""

    min: Limit = Field(Decimal(-UNBOUNDED), description="The least number.")
    max: Limit = Field(Decimal(UNBOUNDED), description="The greatest number.")
    places: int = Field(2, ge=1, le=5, description="How many decimals it is kept with.")
    unit: TextSpec | None = Field(None, description="What is counted, shown behind the box.")


class MoneyOptions(Options):
    """The keys of `money`."""

    min: Limit = Field(Decimal(0), description="The least amount.")
    max: Limit = Field(Decimal(UNBOUNDED), description="The greatest amount.")
    places: int = Field(2, ge=1, le=5, description="How many decimals it is kept with.")
    currency: Literal["CNY"] = Field("CNY", description="The currency; CNY is written 元.")


class _Count(FieldType[Own]):
    """A number, read as a whole count of its last place."""

    def __init__(self, options: Own, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        self._places = int(getattr(options, "places", 0))
        self._low, self._high = (_scaled(options, key, self._places) for key in ("min", "max"))
        if self._low > self._high:
            raise OptionsInvalid("limits-crossed", "min", min=self._shown(self._low), max=self._shown(self._high))

    def _counted(self, raw: JSON) -> int:
        count = _counted(raw, self._places)
        if count > self._high:
            raise Refused("too_large", max=self._shown(self._high))
        if count < self._low:
            raise Refused("too_small", min=self._shown(self._low))
        return count

    def _shown(self, count: int) -> str:
        return grouped(_written(count, self._places))

    @property
    def widget(self) -> str:
        return "input"

    def rule_type(self) -> Type:
        return Number(self._low, self._high, self._places)

    def attributes(self) -> Mapping[str, str | int | bool]:
        # Not type=number: it drops what it cannot read, changes with the mouse wheel and hides full-width digits.
        keyboard = "decimal" if self._places else "numeric"
        return {"type": "text", "inputmode": keyboard if self._low >= 0 else "text", "autocomplete": "off"}


class IntegerField(_Count[IntegerOptions]):
    """A whole number."""

    name = "integer"
    Options = IntegerOptions
    examples = (
        Examples(
            good=[
                (5, 5),
                ("１２", 12),
                (" -7 ", -7),
                ("1,234,567", 1234567),
                ("１，２３４", 1234),
                (5.0, 5),
                ("3.00", 3),
                ("007", 7),
            ],
            bad=[
                ("12,34", "not_a_number"),
                ("1e3", "not_a_number"),
                ("一", "not_a_number"),
                (1.5, "not_whole"),
                ("1.5", "not_whole"),
                (True, "wrong_type"),
                ([1], "wrong_type"),
                (10**5000, "too_large"),
                ("9" * 5000, "not_a_number"),
                (float("nan"), "not_a_number"),
            ],
        ),
        Examples({"min": 1, "max": 9}, good=[(1, 1), (9, 9)], bad=[(0, "too_small"), (10, "too_large")]),
    )

    def parse(self, raw: JSON) -> JSON:
        return self._counted(raw)

    def format(self, value: JSON, language: str) -> str:
        return grouped(str(value)) + _behind(self.suffix(language))

    def suffix(self, language: str) -> str:
        return self.options.unit.in_(language) if self.options.unit else ""

    def json_schema(self) -> dict[str, JSON]:
        return {"type": "integer", "minimum": self._low, "maximum": self._high}


class _Decimal(_Count[Own]):
    def parse(self, raw: JSON) -> JSON:
        return _written(self._counted(raw), self._places)

    def json_schema(self) -> dict[str, JSON]:
        sign = "-?" if self._low < 0 else ""
        return {"type": "string", "pattern": rf"^{sign}(?:0|[1-9][0-9]*)\.[0-9]{{{self._places}}}$"}


class DecimalField(_Decimal[DecimalOptions]):
    """A number with a fixed number of decimals."""

    name = "decimal"
    Options = DecimalOptions
    examples = (
        Examples(
            good=[
                ("12.5", "12.50"),
                (12, "12.00"),
                (0.1, "0.10"),
                ("-0", "0.00"),
                ("１，２３４．５", "1234.50"),
                ("1.500", "1.50"),
            ],
            bad=[
                ("1.005", "too_many_decimals"),
                (0.1 + 0.2, "too_many_decimals"),
                ("1.2.3", "not_a_number"),
                (False, "wrong_type"),
            ],
        ),
        Examples(
            {"places": 1, "min": "0.5", "max": 100},
            good=[("0.5", "0.5")],
            bad=[("0.4", "too_small"), (100.1, "too_large")],
        ),
    )

    def format(self, value: JSON, language: str) -> str:
        return grouped(value) + _behind(self.suffix(language))

    def suffix(self, language: str) -> str:
        return self.options.unit.in_(language) if self.options.unit else ""


class MoneyField(_Decimal[MoneyOptions]):
    """An amount of money."""

    name = "money"
    Options = MoneyOptions
    examples = (
        Examples(
            good=[("1,234.5", "1234.50"), ("￥100", "100.00"), ("100元", "100.00"), (0, "0.00")],
            bad=[("-1", "too_small"), ("1.001", "too_many_decimals"), ("12,34", "not_a_number"), ({}, "wrong_type")],
        ),
    )

    def parse(self, raw: JSON) -> JSON:
        return super().parse(raw.strip().lstrip("¥￥").removesuffix("元") if type(raw) is str else raw)

    def format(self, value: JSON, language: str) -> str:
        return grouped(value) + _behind(self.suffix(language))

    def suffix(self, language: str) -> str:
        return sentence("fields", "money.suffix", {}, language)


def grouped(number: str) -> str:
    """A number as people read it: `1234567.50` → `1,234,567.50`."""
    whole, point, fraction = number.partition(".")
    return f"{int(whole):,}{point}{fraction}" if not whole.startswith("-0") else number


def _scaled(options: Options, key: str, places: int) -> int:
    limit = Decimal(getattr(options, key)).scaleb(places)
    if limit != limit.to_integral_value():
        raise OptionsInvalid("limit-too-fine", key, places=places)
    if abs(limit) > LARGEST:
        raise OptionsInvalid("limit-too-large", key, max=grouped(str(LARGEST // 10**places)))
    return int(limit)


def _counted(raw: JSON, places: int) -> int:
    scale: int = 10**places
    if type(raw) is int:
        return raw * scale
    if type(raw) is str:
        if raw.isascii() and raw.isdigit() and len(raw) < 16:
            return int(raw) * scale
        return _read(narrow(clean_line(raw)).replace(" ", ""), places)
    if type(raw) is float:
        # repr() of a float is the shortest decimal that means it: 0.1 is 0.1. It has no other place to go wrong.
        return _read(format(Decimal(repr(raw)), "f"), places)
    raise Refused("wrong_type", expected=_NUMBER)


def _read(text: str, places: int) -> int:
    if "," in text and _GROUPED(text):
        text = text.replace(",", "")
    found = _WRITTEN(text)
    if found is None:
        raise Refused("not_a_number")
    sign, whole, fraction = found[1], found[2], (found[3] or "").rstrip("0")
    if len(fraction) > places:
        raise Refused("too_many_decimals", places=places) if places else Refused("not_whole")
    count = int(whole + fraction.ljust(places, "0"))
    return -count if sign == "-" else count


def _written(count: int, places: int) -> str:
    if not places:
        return str(count)
    digits = str(abs(count)).rjust(places + 1, "0")
    return f"{'-' if count < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _behind(unit: str) -> str:
    return f" {unit}" if unit else ""
