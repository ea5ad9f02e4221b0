"""Days, months, years beyond their examples."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from formkit.fields.base import OptionsInvalid
from formkit.issues import Issue
from formkit.locales import issue_sentence
from tests.fields.making import findings, make, verdicts


@given(st.dates(min_value=datetime.date(1, 1, 1)))
def test_every_day_survives_however_it_is_written(day: datetime.date) -> None:
    field, iso = make("date"), day.isoformat()
    year, month, number = iso.split("-")
    for written in (
        iso,
        f"{year}年{day.month}月{day.day}日",
        f"{year}/{month}/{number}",
        f"{year}. {day.month}. {day.day}",
    ):
        assert field.parse(written) == iso
    assert make("month").parse(iso[:7]) == iso[:7]


def test_people_read_days_in_their_language() -> None:
    assert make("date").format("2024-09-01", "zh") == "2024年9月1日"
    assert make("date").format("2024-09-01", "en") == "1 September 2024"
    assert make("month").format("2024-09", "zh") == "2024年9月"
    assert make("month").format("2024-09", "en") == "September 2024"
    assert (make("year").format(2024, "zh"), make("year").format(2024, "en")) == ("2024年", "2024")


def test_a_limit_is_told_in_the_reader_s_language() -> None:
    (late,) = findings(make("date", max="2024-09-01"), "2024-09-02")
    issue = Issue(late.code, "day", late.params)
    assert issue_sentence(issue, "zh") == "不能晚于 2024年9月1日，请检查。"
    assert issue_sentence(issue, "en") == "This cannot be after 1 September 2024; please check it."


def test_today_is_the_day_that_is_passed_in() -> None:
    for kind, now, later in (
        ("date", "2024-02-29", "2024-03-01"),
        ("month", "2024-02", "2024-03"),
        ("year", 2024, 2025),
    ):
        field = make(kind, max="today")
        assert verdicts(field, now, "2024-02-29") == []
        assert verdicts(field, later, "2024-02-29") == ["in_the_future"]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("date", {"min": "2024-02-02", "max": "2024-02-01"}),
        ("month", {"min": "2024-02", "max": "2024-01"}),
        ("year", {"min": 2024, "max": 2023}),
    ],
)
def test_limits_that_cross_are_the_author_s_fault(kind: str, options: dict[str, object]) -> None:
    with pytest.raises(OptionsInvalid, match="limits-crossed"):
        make(kind, options)


@pytest.mark.parametrize(
    ("kind", "limit"), [("date", "2024-02-30"), ("month", "2024-13"), ("year", "soon"), ("date", 5)]
)
def test_a_limit_that_is_no_day_is_the_author_s_fault(kind: str, limit: object) -> None:
    with pytest.raises(ValidationError) as caught:
        make(kind, min=limit)
    assert caught.value.errors()[0]["type"] in ("wrong-day", "wrong-month", "wrong-year")


def test_the_browser_is_told_the_limits_that_stand_fast() -> None:
    assert make("date", min="1900-01-01", max="today").attributes() == {
        "type": "date",
        "max": "9999-12-31",
        "min": "1900-01-01",
    }
    assert make("month", max="2024-9").attributes() == {"type": "month", "max": "2024-09"}
