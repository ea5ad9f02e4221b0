"""The calendar of the rule functions: days and months as ISO text, in and out."""

import re
from datetime import date, timedelta

_RESIDENT_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")


def years_between(first: str, second: str) -> int:
    """Whole years from `first` to `second`; negative where `second` is earlier."""
    return _towards_zero(months_between(first, second), 12)


def months_between(first: str, second: str) -> int:
    """Whole months between two days or two months; negative where `second` is earlier."""
    if second < first:
        return -months_between(second, first)
    months = 12 * (int(second[:4]) - int(first[:4])) + int(second[5:7]) - int(first[5:7])
    return months - (second[8:] < first[8:])


def days_between(first: str, second: str) -> int:
    """Days from `first` to `second`."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def age_on(birth: str, on: str) -> int | None:
    """Age in whole years on a day; blank before birth."""
    return None if on < birth else years_between(birth, on)


def year(day: str) -> int:
    """The year of a day or month."""
    return int(day[:4])


def month(day: str) -> int:
    """The number of the month, 1 to 12, of a day or month."""
    return int(day[5:7])


def month_of(day: str) -> str:
    """The month a day lies in."""
    return day[:7]


def first_day(of: str) -> str:
    """The first day of a month."""
    return f"{of}-01"


def date_add_days(day: str, number: int) -> str | None:
    """The day `number` days later; blank beyond the calendar's years 1 to 9999."""
    try:
        return (date.fromisoformat(day) + timedelta(days=number)).isoformat()
    except OverflowError:
        return None


def id_birth_date(number: str) -> str | None:
    """The birth date in an 18-digit resident number; blank where there is none."""
    if _RESIDENT_NUMBER.fullmatch(number) is None:
        return None
    written = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return None


def id_sex(number: str) -> str | None:
    """The sex in an 18-digit resident number, "1" male or "2" female; blank where there is none."""
    if _RESIDENT_NUMBER.fullmatch(number) is None:
        return None
    return "1" if int(number[16]) % 2 else "2"


def _towards_zero(number: int, by: int) -> int:
    return number // by if number >= 0 else -(-number // by)
