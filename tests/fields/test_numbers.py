"""Numbers: exact, and read the ways people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.expressions.types import Number
from formkit.fields.base import OptionsInvalid
from formkit.fields.numbers import grouped
from tests.fields.making import make, verdicts


@given(st.decimals(min_value=Decimal("-9999999999"), max_value=Decimal("9999999999"), places=2))
def test_every_amount_survives_to_the_last_place(amount: Decimal) -> None:
    value = make("decimal").parse(f"{amount:f}")
    assert Decimal(value) == amount
    assert make("decimal").parse(grouped(value)) == value


@given(st.integers(min_value=-9_999_999_999, max_value=9_999_999_999))
def test_every_whole_number_survives(number: int) -> None:
    field = make("integer")
    assert field.parse(str(number)) == field.parse(f"{number:,}") == field.parse(number) == number


def test_the_limits_of_the_rules_are_the_limits_of_the_values() -> None:
    assert make("integer", min=1, max=9).rule_type() == Number(1, 9)
    assert make("money", max="99.99").rule_type() == Number(0, 9999, 2)
    assert make("decimal", places=1).rule_type() == Number(-99_999_999_990, 99_999_999_990, 1)


@pytest.mark.parametrize(
    ("kind", "options", "fault"),
    [
        ("integer", {"min": 2, "max": 1}, ("limits-crossed", "min")),
        ("integer", {"max": 2**60}, ("limit-too-large", "max")),
        ("decimal", {"min": "0.001"}, ("limit-too-fine", "min")),
        ("money", {"max": -1}, ("limits-crossed", "min")),
    ],
)
def test_limits_that_make_no_sense_are_the_author_s_fault(
    kind: str, options: dict[str, object], fault: tuple[str, str]
) -> None:
    with pytest.raises(OptionsInvalid) as caught:
        make(kind, options)
    assert (caught.value.code, caught.value.key) == fault


def test_people_read_numbers_in_groups_with_their_unit() -> None:
    assert make("money").format("1234567.50", "zh") == "1,234,567.50 元"
    assert make("money").format("0.50", "en") == "0.50 yuan"
    assert make("integer", unit={"zh": "年", "en": "years"}).format(-1200, "en") == "-1,200 years"
    assert make("decimal").format("-0.50", "zh") == "-0.50"
    assert make("decimal").format("-1234.50", "zh") == "-1,234.50"


def test_a_float_is_taken_for_the_decimal_it_was_written_as() -> None:
    assert make("money").parse(19.99) == "19.99"
    assert verdicts(make("money"), 1e-9) == ["too_many_decimals"]
    assert verdicts(make("money"), float("inf")) == ["not_a_number"]
    assert verdicts(make("integer"), 1e300) == ["not_a_number"]


def test_a_phone_gets_a_keyboard_that_has_a_minus_sign_where_one_is_needed() -> None:
    assert make("money").attributes()["inputmode"] == "decimal"
    assert make("integer", min=0).attributes()["inputmode"] == "numeric"
    assert make("integer").attributes()["inputmode"] == "text"
