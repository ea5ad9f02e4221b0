"""Working days by the official notices; a year nobody has announced is not known, and never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year: weekdays that are free, and days of weekends that are worked."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    source: str | None = None
    """The notice it comes from."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar of working days; every answer is None where it would need a year that is not in it."""

    id: str
    years: Mapping[int, CalendarYear]
    source: str | None = None

    def is_working(self, day: date) -> bool | None:
        """Whether people work on this day."""
        year = self.years.get(day.year)
        if year is None:
            return None
        if day in year.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in year.holidays

    def after(self, day: date, count: int) -> date | None:
        """The working day that is `count` working days after a day, which itself does not count."""
        while count > 0:
            if day == date.max:
                return None
            day += timedelta(days=1)
            working = self.is_working(day)
            if working is None:
                return None
            count -= working
        return day
