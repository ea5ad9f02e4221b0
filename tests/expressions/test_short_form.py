"""The short form: what it stands for, and where its problems lie."""

from typing import Any

import pytest

from formkit.expressions import (
    Choice,
    Choices,
    Context,
    Date,
    File,
    Group,
    Number,
    Rows,
    Rule,
    Scope,
    ShortProblem,
    Text,
    YesNo,
    parse_rule,
    parse_short_form,
)

SCOPE = Scope(
    {
        "status": Choice(("student", "unemployed", "1")), "name": Text(), "age": Number(-9, 150),
        "pay": Number(scale=2),
        "agreed": YesNo(), "birth": Date(), "skills": Choices(("audit", "tax")), "photo": File(),
        "work": Group({"level": Number(0, 9)}), "awards": Rows({"n": Number(0, 9)}),
    },
    facts={"open": YesNo()},
    record={"status": Choice(("student", "unemployed"))},
    row={"kind": Choice(("a", "b"))},
)  # fmt: skip


def rule(mapping: dict[str, Any]) -> Rule:
    found = parse_short_form(mapping, SCOPE)
    assert isinstance(found, Rule), found
    return found


@pytest.mark.parametrize(
    ("mapping", "text"),
    [
        ({"status": "student"}, "status == 'student'"),
        ({"status": ["student", "unemployed"]}, "status in ('student', 'unemployed')"),
        ({"status": ["student"]}, "status in ('student')"),
        ({"status": 1}, "status == '1'"),
        ({"facts.open": True}, "facts.open == yes"),
        ({"facts.open": "no"}, "facts.open == no"),
        ({"record.status": "student"}, "record.status == 'student'"),
        ({"work.level": 3}, "work.level == 3"),
        ({"kind": "a"}, "kind == 'a'"),
        ({"age": -3}, "age == -3"),
        ({"age": [1, 2]}, "age in (1, 2)"),
        ({"pay": "12.50"}, "pay == 12.50"),
        ({"birth": "2024-09-01"}, "birth == date('2024-09-01')"),
        ({"birth": ["2024-09-01", "2024-09-02"]}, "birth in (date('2024-09-01'), date('2024-09-02'))"),
        ({"name": "O'Neill"}, 'name == "O\'Neill"'),
        ({"skills": "tax"}, "'tax' in skills"),
        ({"skills": ["tax", "audit"]}, "('tax' in skills or 'audit' in skills)"),
        ({"status": "student", "agreed": True}, "status == 'student' and agreed == yes"),
        ({"skills": ["tax", "audit"], "age": 3}, "('tax' in skills or 'audit' in skills) and age == 3"),
    ],
)
def test_the_short_form_stands_for_a_rule(mapping: dict[str, Any], text: str) -> None:
    found = rule(mapping)
    assert found.text == text
    long = parse_rule(text, SCOPE)
    assert isinstance(long, Rule)
    assert (found.to_browser(), found.names) == (long.to_browser(), long.names)


def test_all_entries_must_hold() -> None:
    found = rule({"status": "student", "agreed": True})
    assert found.is_true({"status": "student", "agreed": True}, None, Context())
    assert found.is_false({"status": "student", "agreed": False}, None, Context())
    assert not found.is_true({"status": "student"}, None, Context())


@pytest.mark.parametrize(
    ("mapping", "code", "key", "index"),
    [
        ({}, "rule-empty", "", None),
        ({"statu": "student"}, "unknown-name", "statu", None),
        ({"status": "studnt"}, "unknown-choice", "status", None),
        ({"status": ["student", "unemployd"]}, "unknown-choice", "status", 1),
        ({"status": []}, "empty-list", "status", None),
        ({"status": None}, "short-blank", "status", None),
        ({"status": ["student", None]}, "short-blank", "status", 1),
        ({"status": {"a": 1}}, "short-value", "status", None),
        ({"status": True}, "short-value", "status", None),
        ({"agreed": "maybe"}, "short-value", "agreed", None),
        ({"age": "x"}, "short-value", "age", None),
        ({"age": [1, True]}, "short-value", "age", 1),
        ({"age": 1.5}, "short-value", "age", None),
        ({"birth": "2024-02-30"}, "not-a-date", "birth", None),
        ({"photo": "x"}, "short-value", "photo", None),
        ({"work": "x"}, "not-one-value", "work", None),
        ({"awards.n": 3}, "rows-need-loop", "awards.n", None),
        ({"skills": ["tax", "x"]}, "unknown-choice", "skills", 1),
        ({"status == 'student'": True}, "short-key", "status == 'student'", None),
        ({"not agreed": True}, "short-key", "not agreed", None),
        ({"": True}, "short-key", "", None),
        ({"age": 3, "nam": "x"}, "unknown-name", "nam", None),
        ({"（age": 3}, "full-width-sign", "（age", None),
    ],
)
def test_a_problem_knows_its_key_and_its_value(mapping: dict[str, Any], code: str, key: str, index: int | None) -> None:
    found = parse_short_form(mapping, SCOPE)
    assert isinstance(found, tuple), found.text
    assert [(problem.code, problem.key, problem.index) for problem in found] == [(code, key, index)]


def test_the_problems_of_all_entries_are_found() -> None:
    found = parse_short_form({"statu": "x", "age": "y", "skills": ["tax", None]}, SCOPE)
    assert isinstance(found, tuple)
    assert all(isinstance(problem, ShortProblem) for problem in found)
    assert [problem.key for problem in found] == ["statu", "age", "skills"]


def test_a_long_list_of_values_is_no_long_rule() -> None:
    values = tuple(f"value_{number}" for number in range(2000))
    found = parse_short_form({"kind": list(values)}, Scope({"kind": Choice(values)}))
    assert isinstance(found, Rule)
    assert found.is_true({"kind": "value_1999"}, None, Context())
