"""Working days: what is a working day, which day comes after how many, and calendars with a slip of the pen."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from formkit.calendars import CalendarYear, WorkingDays
from formkit.compiler import Compiler
from formkit.compiler.calendars import compile_calendar, load_calendar
from formkit.errors import FormInvalid, UnknownName

CHINA = Path(__file__).parent.parent / "forms" / "calendars" / "china.yaml"
SMALL = "calendar: small\nyears:\n  2026:\n    source: 通知\n    holidays: [2026-10-01]\n    workdays: [2026-10-10]\n"


@pytest.fixture(scope="module")
def china() -> WorkingDays:
    return load_calendar(CHINA)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2026-09-30", True),
        ("2026-10-01", False),  # a Thursday off
        ("2026-10-03", False),
        ("2026-10-10", True),  # a Saturday worked
        ("2026-10-11", False),
        ("2025-01-26", True),
        ("2024-10-07", False),
        ("2023-09-29", False),
        ("2022-10-10", None),
        ("2027-01-04", None),
    ],
)
def test_what_is_a_working_day(china: WorkingDays, text: str, working: bool | None) -> None:
    assert china.is_working(day(text)) is working


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),  # Friday → Monday
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday before the Spring Festival is worked
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-04", 1, "2026-10-08"),
        ("2025-12-31", 1, "2026-01-04"),  # over the turn of the year, to a Sunday that is worked
        ("2026-03-01", 0, "2026-03-01"),
    ],
)
def test_the_day_after_so_many_working_days(china: WorkingDays, start: str, count: int, expected: str) -> None:
    assert china.after(day(start), count) == day(expected)


def test_a_year_nobody_announced_is_never_guessed(china: WorkingDays) -> None:
    assert china.after(day("2026-12-30"), 1) == day("2026-12-31")
    assert china.after(day("2026-12-31"), 1) is None
    assert china.after(day("2026-12-01"), 9999) is None
    assert WorkingDays("last", {9999: CalendarYear()}).after(date.max, 1) is None


def test_the_official_calendar_names_the_notice_of_every_year(china: WorkingDays) -> None:
    assert sorted(china.years) == [2023, 2024, 2025, 2026]
    for number, year in china.years.items():
        assert year.source is not None
        assert f"{number}年" in year.source
        assert f"〔{number - 1}〕" in year.source


# As counted in the notices: every free weekday less every worked weekend day is a day people have off on top of
# the weekends; the law gives 11 days of holidays (13 since 2025), some of which fall on weekends.
@pytest.mark.parametrize(
    ("number", "holidays", "workdays"), [(2023, 18, 7), (2024, 19, 8), (2025, 18, 5), (2026, 19, 6)]
)
def test_the_official_calendar_is_whole(china: WorkingDays, number: int, holidays: int, workdays: int) -> None:
    year = china.years[number]
    assert (len(year.holidays), len(year.workdays)) == (holidays, workdays)
    days = (date(number, 1, 1) + timedelta(days=count) for count in range(366))
    working = sum(bool(china.is_working(each)) for each in days if each.year == number)
    assert working == {2023: 249, 2024: 251, 2025: 248, 2026: 248}[number]


def test_a_calendar_is_read_from_a_text() -> None:
    year = CalendarYear(frozenset({day("2026-10-01")}), frozenset({day("2026-10-10")}), "通知")
    assert compile_calendar(SMALL) == WorkingDays("small", {2026: year})


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("[2026-10-01]", "[2025-10-01]", "day-of-another-year", 5),
        ("[2026-10-01]", "[2026-10-03]", "holiday-on-weekend", 5),
        ("[2026-10-10]", "[2026-10-09]", "workday-not-on-weekend", 6),
        ("  2026:", "  二零二六:", "wrong-calendar-year", 3),
    ],
)
def test_a_slip_of_the_pen_is_told(old: str, new: str, code: str, line: int) -> None:
    text = SMALL.replace(old, new)
    with pytest.raises(FormInvalid) as raised:
        compile_calendar(text)
    assert [(each.code, each.place.line) for each in raised.value.diagnostics] == [(code, line)]
    assert [each.code for each in Compiler().compile_text(text).diagnostics] == [code]


def test_a_file_that_is_no_calendar_is_refused() -> None:
    with pytest.raises(UnknownName, match="calendar"):
        compile_calendar("choices: {a: {b: 乙}}\n")
    with pytest.raises(FormInvalid):
        load_calendar(CHINA.parent / "nowhere.yaml")
    with pytest.raises(FormInvalid):
        compile_calendar("calendar: small\nyears: {2026: {holidays: [2026-02-30]}}\n")
