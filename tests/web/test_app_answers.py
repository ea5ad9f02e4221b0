"""What a page posts becomes raw answers, nested as the form is."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from formkit.validation import validate
from formkit.web.answers import (
    answer_at,
    answers_from_pairs,
    over,
    pairs_from_answers,
    with_answer,
    with_new_row,
    without_row,
)
from tests.forms import form_of
from tests.web.people import SMALL

FORM = form_of(SMALL)


@pytest.mark.parametrize(
    ("pairs", "answers"),
    [
        ([("name", "Ada")], {"name": "Ada"}),
        ([("news", ""), ("news", "low")], {"news": "low"}),
        ([("news", ""), ("news", "low"), ("news", "high")], {"news": ["low", "high"]}),
        ([("news", "")], {"news": ""}),
        ([("name", "a"), ("name", "b")], {"name": ["a", "b"]}),
        ([("school.title", "S"), ("school.ended", "")], {"school": {"title": "S", "ended": ""}}),
        ([("awards", "")], {"awards": ""}),
        (
            [("awards", ""), ("awards.r2._id", "r2"), ("awards.r2.prize", "x"), ("awards.r1.prize", "y")],
            {"awards": [{"_id": "r2", "prize": "x"}, {"_id": "r1", "prize": "y"}]},
        ),
        ([("awards.r1.prize", "x"), ("awards", "")], {"awards": [{"_id": "r1", "prize": "x"}]}),
        ([("awards.r1._id", "r9")], {"awards": [{"_id": "r9"}]}),
        ([("awards.r1", "x")], {"awards": ["x"]}),
        ([("_action", "next"), ("_csrf", "x"), ("_version", "1")], {}),
        ([("stranger", "x"), ("strange.r", "y")], {"stranger": "x", "strange": {"r": "y"}}),
        ([("name.first", "x")], {"name": {"first": "x"}}),
        ([("school.title.x", "y")], {"school": {"title.x": "y"}}),
    ],
)
def test_names_are_paths(pairs: list[tuple[str, str]], answers: dict[str, Any]) -> None:
    assert answers_from_pairs(FORM, "about", pairs) == answers


def test_what_the_page_showed_and_did_not_send_is_blank() -> None:
    shown = ["level", "photo", "school.ended", "awards.r1.proof", "awards.r2.proof", "name"]
    pairs = [("school.title", "S"), ("awards.r1.prize", "x")]
    assert answers_from_pairs(FORM, "more", pairs, shown) == {
        "photo": None,
        "school": {"title": "S", "ended": None},
        "awards": [{"_id": "r1", "prize": "x", "proof": None}],
    }


def test_what_a_page_does_not_show_is_kept() -> None:
    old = {"name": "Ada", "school": {"title": "S", "ended": "low"}, "awards": [{"_id": "r1", "prize": "x", "proof": 1}]}
    new = {"school": {"title": "T"}, "awards": [{"_id": "r2", "prize": "y"}, {"_id": "r1", "prize": "z"}]}
    assert over(old, new, FORM) == {
        "name": "Ada",
        "school": {"title": "T", "ended": "low"},
        "awards": [{"_id": "r2", "prize": "y"}, {"_id": "r1", "prize": "z", "proof": 1}],
    }


def test_single_answers_are_read_and_replaced_by_path() -> None:
    answers = {"school": {"title": "S"}, "awards": [{"_id": "r1", "prize": "x"}, {"_id": "r2"}]}
    assert answer_at(answers, "awards.r1.prize") == "x"
    assert answer_at(answers, "awards.r3.prize") is None
    assert answer_at(answers, "name.first") is None
    assert with_answer(answers, "awards.r2.prize", "y")["awards"] == [
        {"_id": "r1", "prize": "x"},
        {"_id": "r2", "prize": "y"},
    ]
    assert with_answer(answers, "school.title", "T")["school"] == {"title": "T"}
    assert with_answer({}, "photo", None) == {"photo": None}


def test_a_new_row_has_an_id_nobody_had() -> None:
    rows, fresh = with_new_row([{"_id": "r1"}, {"_id": "r3"}], ["r2"])
    assert fresh == "r4"
    assert [row["_id"] for row in rows] == ["r1", "r3", "r4"]
    assert without_row(rows, "r3") == [{"_id": "r1"}, {"_id": "r4"}]
    assert with_new_row("") == ([{"_id": "r1"}], "r1")


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=5)
ROWS = st.lists(st.tuples(st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True), TEXTS), unique_by=lambda row: row[0])


@given(title=TEXTS, rows=ROWS, files=st.lists(TEXTS, min_size=2, max_size=3))
def test_answers_posted_again_are_the_same(title: str, rows: list[tuple[str, str]], files: list[str]) -> None:
    answers: dict[str, Any] = {
        "photo": None,
        "papers": files,
        "school": {"title": title, "ended": None},
        "awards": [{"_id": row_id, "prize": prize} for row_id, prize in rows],
    }
    read = answers_from_pairs(FORM, "more", pairs_from_answers(FORM, "more", answers))
    read = {**read, "awards": read["awards"] or [], "photo": read["photo"] or None}
    assert read == answers | {"school": {"title": title, "ended": ""}}


NAMES = st.lists(st.sampled_from([*FORM.fields, "r1", "_id", "", "x", "awards", "school"]), min_size=1, max_size=5)


@example([("awards._id._id.x", "1")], "more")
@given(st.lists(st.tuples(NAMES.map(".".join), TEXTS), max_size=12), st.sampled_from(["about", "more"]))
def test_whatever_is_posted_can_be_judged(pairs: list[tuple[str, str]], step: str) -> None:
    answers = answers_from_pairs(FORM, step, pairs, list(FORM.fields))
    validate(FORM, over({"awards": [{"_id": "r1"}]}, answers, FORM), facts={"staff": True}, today="2026-01-01")
    pairs_from_answers(FORM, step, answers)
