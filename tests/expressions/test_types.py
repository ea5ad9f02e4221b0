"""Types: which JSON values belong to them, and the bounds of numbers."""

from decimal import Decimal
from typing import Any

import pytest

from formkit.expressions import Choice, Choices, Date, File, Group, Month, Number, Rows, Text, Type, YesNo
from formkit.expressions.types import UNBOUNDED


@pytest.mark.parametrize(
    ("kind", "fitting", "others"),
    [
        (YesNo(), [True, False], ["true", 1, 0]),
        (Number(), [0, -3, 10**12], [True, "3", 3.0]),
        (Number(scale=2), ["0.00", "-12.50"], ["12.5", 12, 12.5, "1e2", "１.00"]),
        (Text(), ["", "a"], [3, None, ["a"]]),
        (Date(), ["2024-02-29"], ["2023-02-29", "2024-2-29", "20240229", "２０２４-02-29", 20240229]),
        (Month(), ["2024-12"], ["2024-13", "2024-00", "0000-01", "2024-1"]),
        (Choice(("a",)), ["a"], ["b", ["a"], None]),
        (Choices(("a", "b")), [[], ["a", "b"]], ["a", ["c"]]),
        (File(), [{"id": "f1"}], ["f1", []]),
        (Group({"n": Number()}), [{}, {"n": None}, {"n": 3}, {"x": 1}], [[], {"n": "3"}]),
        (Rows({"n": Number()}), [[], [{"n": 3}, {}]], [{}, [3], [{"n": "3"}]]),
    ],
)
def test_which_values_fit(kind: Type, fitting: list[Any], others: list[Any]) -> None:
    assert [value for value in fitting if not kind.fits(value)] == []
    assert [value for value in others if kind.fits(value)] == []


def test_bounds_count_in_the_last_place() -> None:
    assert Number.between(0, Decimal("99.99"), 2) == Number(0, 9999, 2)
    assert Number.between(Decimal("-0.005"), None, 2) == Number(-1, None, 2)


def test_a_number_without_bounds_lies_within_ten_digits() -> None:
    assert (Number().low, Number().high) == (-UNBOUNDED, UNBOUNDED)
    assert Number(scale=2).high == UNBOUNDED * 100
