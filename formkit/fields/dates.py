"""Days, months and years, written the ways people write them, kept as ISO text (a year as a number)."""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from formkit.expressions.types import Date, Month, Number, Type
from formkit.fields.base import (
    JSON,
    Examples,
    FieldType,
    Finding,
    Moment,
    Options,
    OptionsInvalid,
    Own,
    Refused,
    Surroundings,
)
from formkit.fields.clean import clean_line, narrow
from formkit.locales import sentence
from formkit.texts import LANGUAGES, Text

TODAY = "today"

_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?").fullmatch
_SOLID_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})").fullmatch
_MONTH = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})月?").fullmatch
_SOLID_MONTH = re.compile(r"([0-9]{4})([0-9]{2})").fullmatch
_YEAR = re.compile(r"([1-9][0-9]{3})年?").fullmatch
_ISO_MONTH = re.compile(r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])").fullmatch
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


def read_day(raw: JSON) -> str:
    """A day as ISO text, from any way of writing it in the order year, month, day. Raises `Refused`."""
    try:
        if type(raw) is str and _ISO_DAY(raw):
            date.fromisoformat(raw)
            return raw
        text = _squeezed(raw)
        found = _DAY(text) or _SOLID_DAY(text)
        if found is None:
            raise Refused("wrong_date")
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        raise Refused("no_such_day") from None


def read_month(raw: JSON) -> str:
    """A month as ISO text, such as 2024-09. Raises `Refused`."""
    if type(raw) is str and _ISO_MONTH(raw):
        return raw
    text = _squeezed(raw)
    found = _MONTH(text) or _SOLID_MONTH(text)
    if found is None:
        raise Refused("wrong_month")
    if not (1 <= int(found[2]) <= 12 and int(found[1]) >= 1):
        raise Refused("no_such_month")
    return f"{found[1]}-{int(found[2]):02d}"


def read_year(raw: JSON) -> int:
    """A year of four digits. Raises `Refused`."""
    if type(raw) is int and 1000 <= raw <= 9999:
        return int(raw)
    found = None if type(raw) is int else _YEAR(_squeezed(raw))
    if found is None:
        raise Refused("wrong_year")
    return int(found[1])


def _limit(read: Callable[[JSON], JSON], code: str) -> BeforeValidator:
    def check(value: object) -> object:
        if value == TODAY:
            return TODAY
        try:
            return read(value)
        except Refused:
            raise PydanticCustomError(code, "not a limit", {"value": str(value)[:80]}) from None

    return BeforeValidator(check)


_WORD: dict[str, Any] = {"type": "string", "description": "2024-09-01, 2024-09 or 2024, or the word today"}
DayLimit = Annotated[str, _limit(read_day, "wrong-day"), WithJsonSchema(_WORD)]
MonthLimit = Annotated[str, _limit(read_month, "wrong-month"), WithJsonSchema(_WORD)]
YearLimit = Annotated[
    int | str, _limit(read_year, "wrong-year"), WithJsonSchema({"anyOf": [{"type": "integer"}, {"const": TODAY}]})
]


class DateOptions(Options):
    """The keys of `date`."""

    min: DayLimit | None = Field(None, description="The first day allowed: a day, or today.")
    max: DayLimit | None = Field(None, description="The last day allowed: a day, or today.")


class MonthOptions(Options):
    """The keys of `month`."""

    min: MonthLimit | None = Field(None, description="The first month allowed: a month, or today.")
    max: MonthLimit | None = Field(None, description="The last month allowed: a month, or today.")


class YearOptions(Options):
    """The keys of `year`."""

    min: YearLimit | None = Field(None, description="The first year allowed: a year, or today.")
    max: YearLimit | None = Field(None, description="The last year allowed: a year, or today.")


class _Calendar(FieldType[Own]):
    """A span of the calendar with a first and a last value allowed; `today` is known only when it is judged."""

    def __init__(self, options: Own, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        self._first: JSON = getattr(options, "min", None)
        self._last: JSON = getattr(options, "max", None)
        fixed = [limit for limit in (self._first, self._last) if limit not in (None, TODAY)]
        if len(fixed) == 2 and fixed[0] > fixed[1]:
            raise OptionsInvalid("limits-crossed", "min", min=self._first, max=self._last)

    @abstractmethod
    def _of(self, today: str) -> JSON:
        """The value that means an ISO day."""

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        if self._last is not None:
            last = self._of(moment.today) if self._last == TODAY else self._last
            if value > last:
                return (Finding("in_the_future" if self._last == TODAY else "too_late", {"max": self._shown(last)}),)
        if self._first is not None:
            first = self._of(moment.today) if self._first == TODAY else self._first
            if value < first:
                return (Finding("in_the_past" if self._first == TODAY else "too_early", {"min": self._shown(first)}),)
        return ()

    def _shown(self, value: JSON) -> Text:
        return Text({language: self.format(value, language) for language in LANGUAGES})

    def format(self, value: JSON, language: str) -> str:
        year, *rest = (int(part) for part in str(value).split("-"))
        params = {"year": year, "month": rest[0] if rest else "", "day": rest[-1] if rest else ""}
        if rest:
            params["month_name"] = sentence("fields", f"month.{rest[0]}", {}, language)
        return sentence("fields", f"{self.name}.format", params, language)

    def hint(self, language: str) -> str:
        return sentence("fields", f"{self.name}.hint", {}, language)


class DateField(_Calendar[DateOptions]):
    """A day."""

    name = "date"
    Options = DateOptions
    examples = (
        Examples(
            good=[
                ("2024-09-01", "2024-09-01"),
                ("2024-9-1", "2024-09-01"),
                ("2024年9月1日", "2024-09-01"),
                ("２０２４／９／１", "2024-09-01"),
                ("2024.9.1", "2024-09-01"),
                ("20240901", "2024-09-01"),
                ("2000-02-29", "2000-02-29"),
            ],
            bad=[
                ("2023-02-29", "no_such_day"),
                ("0000-01-01", "no_such_day"),
                ("1/9/2024", "wrong_date"),
                ("2024-W01-1", "wrong_date"),
                ("昨天", "wrong_date"),
                (20240901, "wrong_type"),
                ({"year": 2024, "month": 9, "day": 1}, "wrong_type"),
            ],
        ),
        Examples(
            {"min": "1900-01-01", "max": "today"},
            good=[("1900-01-01", "1900-01-01"), ("2026-11-23", "2026-11-23")],
            bad=[("1899-12-31", "too_early"), ("2026-11-24", "in_the_future")],
        ),
        Examples(
            {"min": "today", "max": "2026-12-31"}, bad=[("2026-11-22", "in_the_past"), ("2027-01-01", "too_late")]
        ),
    )

    def parse(self, raw: JSON) -> JSON:
        return read_day(raw)

    def _of(self, today: str) -> JSON:
        return today

    def rule_type(self) -> Type:
        return Date()

    def json_schema(self) -> dict[str, JSON]:
        return {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

    def attributes(self) -> Mapping[str, str | int | bool]:
        # Without an upper limit browsers take years of six digits.
        last = "9999-12-31" if self._last in (None, TODAY) else self._last
        return {"type": "date", "max": last} | _first_attribute(self._first)


class MonthField(_Calendar[MonthOptions]):
    """A month of a year."""

    name = "month"
    Options = MonthOptions
    examples = (
        Examples(
            good=[("2024-09", "2024-09"), ("2024年9月", "2024-09"), ("２０２４／９", "2024-09"), ("202409", "2024-09")],
            bad=[
                ("2024-13", "no_such_month"),
                ("9月", "wrong_month"),
                ("2024-09-01", "wrong_month"),
                (202409, "wrong_type"),
            ],
        ),
        Examples({"max": "today"}, good=[("2026-11", "2026-11")], bad=[("2026-12", "in_the_future")]),
        Examples({"min": "2020-01", "max": "2020-12"}, bad=[("2019-12", "too_early"), ("2021-01", "too_late")]),
    )

    def parse(self, raw: JSON) -> JSON:
        return read_month(raw)

    def _of(self, today: str) -> JSON:
        return today[:7]

    def rule_type(self) -> Type:
        return Month()

    def json_schema(self) -> dict[str, JSON]:
        return {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$"}

    def attributes(self) -> Mapping[str, str | int | bool]:
        last = "9999-12" if self._last in (None, TODAY) else self._last
        return {"type": "month", "max": last} | _first_attribute(self._first)


class YearField(_Calendar[YearOptions]):
    """A year, a number of four digits."""

    name = "year"
    Options = YearOptions
    examples = (
        Examples(
            good=[("2024", 2024), (2024, 2024), ("２０２４年", 2024)],
            bad=[
                ("24", "wrong_year"),
                (999, "wrong_year"),
                ("0999", "wrong_year"),
                (True, "wrong_type"),
                (2024.0, "wrong_type"),
            ],
        ),
        Examples(
            {"min": 1950, "max": "today"}, good=[(2026, 2026)], bad=[(1949, "too_early"), (2027, "in_the_future")]
        ),
    )

    @property
    def widget(self) -> str:
        return "input"

    def parse(self, raw: JSON) -> JSON:
        return read_year(raw)

    def _of(self, today: str) -> JSON:
        return int(today[:4])

    def rule_type(self) -> Type:
        return Number(1000, 9999)

    def json_schema(self) -> dict[str, JSON]:
        low = 1000 if self._first in (None, TODAY) else self._first
        return {"type": "integer", "minimum": low, "maximum": 9999 if self._last in (None, TODAY) else self._last}

    def attributes(self) -> Mapping[str, str | int | bool]:
        return {"type": "text", "inputmode": "numeric", "autocomplete": "off", "maxlength": 5}


def _first_attribute(first: JSON) -> dict[str, str | int | bool]:
    return {} if first in (None, TODAY) else {"min": first}


def _squeezed(raw: JSON) -> str:
    return narrow(clean_line(raw)).replace(" ", "")
