"""The arithmetic of identity numbers and credit codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.fields import id_numbers
from formkit.fields.counties import known_county


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(digits: str, place: int, other: str) -> None:
    whole = digits + id_numbers.check_digit(digits)
    changed = whole[:place] + other + whole[place + 1 :]
    assert id_numbers.has_right_check_digit(changed) is (changed == whole)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 15))
def test_two_exchanged_places_of_a_credit_code_are_always_found(text: str, place: int) -> None:
    whole = text + id_numbers.credit_check_digit(text)
    changed = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert id_numbers.has_right_credit_check_digit(changed) is (changed == whole)


def test_the_example_of_the_standard_holds() -> None:
    assert id_numbers.has_right_credit_check_digit("91350100M000100Y43")
    assert not id_numbers.has_right_credit_check_digit("91350100M000100Y44")


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("440106", True),
        ("440183", True),
        ("440102", True),
        ("440199", False),
        ("441900", True),
        ("442000", True),
        ("110101", True),
        ("113401", False),
        ("123456", False),
        ("500381", True),
        ("429004", True),
        ("659001", True),
        ("510000", False),
        ("510100", False),
        ("110100", False),
        ("460400", True),
    ],
)
def test_a_county_is_known_or_possible(code: str, known: bool) -> None:
    assert known_county(code) is known


@pytest.mark.parametrize(
    ("birth", "today", "problem"),
    [
        ("20240229", "2024-02-29", None),
        ("20240301", "2024-02-29", "birth_in_the_future"),
        ("20230229", "2024-02-29", "no_such_birth_date"),
        ("18940301", "2025-02-28", None),
        ("18940228", "2025-02-28", "birth_too_long_ago"),
        ("00000101", "2025-02-28", "no_such_birth_date"),
    ],
)
def test_the_birth_date_must_be_one(birth: str, today: str, problem: str | None) -> None:
    assert id_numbers.birth_date_problem(f"440106{birth}9990", today) == problem
