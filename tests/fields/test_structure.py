"""Groups, rows, notes."""

import pytest

from formkit.fields import FIELD_TYPES, Shape
from formkit.fields.base import OptionsInvalid
from tests.fields.making import make


def test_the_shapes_are_declared_by_the_types() -> None:
    shapes = {name: kind.shape for name, kind in FIELD_TYPES.items() if kind.shape is not Shape.VALUE}
    assert shapes == {"group": Shape.GROUP, "rows": Shape.ROWS, "note": Shape.NOTE}


def test_a_row_without_an_id_gets_the_first_that_is_free() -> None:
    rows = make("rows").parse([{"_id": "r2"}, {"x": 1}, {"_id": None, "x": 2}])
    assert rows == [{"_id": "r2"}, {"_id": "r1", "x": 1}, {"_id": "r3", "x": 2}]


def test_rows_say_what_a_template_needs() -> None:
    field = make("rows", add_label="新增", row_label={"zh": "奖项", "en": "Award"}, min_rows=1, max_rows=9)
    assert (field.add_label["zh"], field.row_label["en"], field.min_rows, field.max_rows) == ("新增", "Award", 1, 9)
    assert field.format([{}, {}], "en") == "2 rows"


def test_limits_that_cross_are_the_author_s_fault() -> None:
    with pytest.raises(OptionsInvalid, match="limits-crossed"):
        make("rows", min_rows=3, max_rows=2)


def test_a_group_may_be_all_or_nothing() -> None:
    assert make("group", all_or_nothing=True).all_or_nothing is True
    assert make("group").all_or_nothing is False


def test_a_note_has_a_text() -> None:
    assert make("note", text="**注意**").text["zh"] == "**注意**"
