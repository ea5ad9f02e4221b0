from typing import Any

import pytest

from formkit.records.changes import attachment_ids, differences, same_json, without_paths, without_unstored
from formkit.records.model import Change
from tests.records.sample import FORM

ROWS = [{"_id": "r1", "title": "a"}, {"_id": "r2", "title": "b"}]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ({}, {}, []),
        ({"name": "王"}, {"name": "王"}, []),
        ({"name": None}, {}, []),
        ({}, {"name": "王"}, [Change("name", None, "王")]),
        ({"name": "王"}, {}, [Change("name", "王", None)]),
        ({"name": 1}, {"name": True}, [Change("name", 1, True)]),
        ({"home": {"city": "a"}}, {"home": {"city": "b"}}, [Change("home.city", "a", "b")]),
        ({"home": None}, {"home": {"city": "b"}}, [Change("home.city", None, "b")]),
        ({"home": {"city": "b"}}, {}, [Change("home.city", "b", None)]),
        ({"photo": {"id": "1"}}, {"photo": {"id": "2"}}, [Change("photo", {"id": "1"}, {"id": "2"})]),
        ({"awards": ROWS}, {"awards": ROWS[:1]}, [Change("awards.r2", ROWS[1], None)]),
        ({"awards": ROWS[:1]}, {"awards": ROWS}, [Change("awards.r2", None, ROWS[1])]),
        ({"awards": ROWS}, {}, [Change("awards.r1", ROWS[0], None), Change("awards.r2", ROWS[1], None)]),
        ({"awards": ROWS}, {"awards": ROWS[::-1]}, [Change("awards", ["r1", "r2"], ["r2", "r1"])]),
        ({"awards": ROWS}, {"awards": [{"_id": "r1"}, ROWS[1]]}, [Change("awards.r1.title", "a", None)]),
        ({"old_field": [1]}, {"old_field": [2]}, [Change("old_field", [1], [2])]),
    ],
)
def test_differences(old: Any, new: Any, changes: list[Change]) -> None:
    assert differences(FORM, old, new) == tuple(changes)


@pytest.mark.parametrize(
    ("answers", "paths", "left"),
    [
        ({"name": "a", "division": "b"}, ["name"], {"division": "b"}),
        ({"home": {"city": "a", "x": 1}}, ["home.x"], {"home": {"city": "a"}}),
        ({"awards": ROWS}, ["awards.r1.title"], {"awards": [{"_id": "r1"}, ROWS[1]]}),
        ({"awards": ROWS}, ["awards.r1"], {"awards": [ROWS[1]]}),
        ({"awards": [{"title": "a"}, "odd"]}, ["awards.0.title"], {"awards": [{}, "odd"]}),
        ({"awards": ROWS, "name": "a"}, ["awards.gone"], {"name": "a"}),
        ({"name": "a"}, ["", "other"], {"name": "a"}),
    ],
)
def test_without_paths(answers: Any, paths: list[str], left: Any) -> None:
    assert without_paths(answers, paths) == left


def test_passwords_and_undeclared_names_are_left_out_at_every_depth() -> None:
    answers = {
        "name": "王",
        "password": "geheim",
        "nobody": 1,
        "home": {"city": "a", "code": "geheim", "nobody": 1},
        "awards": [{"_id": "r1", "title": "a", "secret": "geheim", "nobody": 1}],
    }
    kept = {"name": "王", "home": {"city": "a"}, "awards": [{"_id": "r1", "title": "a"}]}
    assert without_unstored(FORM, answers) == kept


@pytest.mark.parametrize("blank", [None, ""])
def test_a_blank_group_stays_a_blank(blank: Any) -> None:
    assert without_unstored(FORM, {"home": blank, "awards": blank}) == {"home": None, "awards": None}


def test_attachments_are_found_wherever_they_stand() -> None:
    answers = {
        "photo": [{"id": "1"}, "2", None],
        "awards": [{"_id": "r1", "proof": {"id": "3"}}, {"_id": "r2", "proof": {"id": 4}}],
        "name": {"id": "no attachment"},
    }
    assert attachment_ids(FORM, answers) == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        (1, True, False),
        (0, False, False),
        ([1], [1], True),
        ("1", 1, False),
    ],
)
def test_same_json(one: Any, other: Any, same: bool) -> None:
    assert same_json(one, other) is same
