"""What a new edition does to one record, and what was wrong before."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.impact import Entry, Judge, Unreadable
from formkit.impact.held import Held, HeldBy
from formkit.testing.strategies import ANY_JSON, answers_for
from formkit.validation import validate
from tests.impact.editions import FACTS, NEW, OLD, RECORDS, TODAY, form_from

NEW_FORM, OLD_FORM = form_from(NEW), form_from(OLD)
JUDGE = Judge(NEW_FORM, OLD_FORM, FACTS, TODAY)
ALONE = Judge(NEW_FORM, None, FACTS, TODAY)


def found(values: Any, judge: Judge = JUDGE, **more: Any) -> list[tuple[str, str, str]]:
    told = judge.found(Entry(1, values, **more))
    assert not isinstance(told, Unreadable), told
    return [(str(each.kind.effect), each.kind.code, each.path) for each in told]


EXPECTED = {
    "A1": [],
    "A2": [("asked", "required", "doctor")],
    "A3": [("kept", "check", "")],
    "A4": [],
    "A5": [("kept", "too_long", "phone")],
    "A6": [("dropped", "unknown_field", "fax")],
    "A7": [("dropped", "hidden", "unit")],
    "A8": [("kept", "too_long", "school.title"), ("kept", "too_long", "awards.r2.called")],
}


@pytest.mark.parametrize(("id_", "values"), RECORDS, ids=[id_ for id_, _ in RECORDS])
def test_what_is_new(id_: str, values: dict[str, Any]) -> None:
    assert found(values) == EXPECTED[id_]


def test_without_another_edition_all_of_it_is_told() -> None:
    assert found(dict(RECORDS[3][1]), ALONE) == [("kept", "check", "")]


def test_each_points_at_its_line_and_says_what_a_person_would_read() -> None:
    (told,) = JUDGE.found(Entry(1, dict(RECORDS[2][1])))  # type: ignore[misc]
    place = told.kind.place
    assert place is not None
    assert NEW.splitlines()[place.line - 1].strip() == "- rule: age >= 18"
    assert told.issue.message is not None
    assert told.issue.message.in_("en") == "Under sixteen"


def test_what_is_asked_is_what_a_change_that_touches_nothing_is_refused_for() -> None:
    values = dict(RECORDS[1][1])
    refused = validate(NEW_FORM, {}, record=values, facts={**FACTS, "name": "乙"}, today=TODAY)
    assert [(issue.code, issue.path) for issue in refused.issues] == [("required", "doctor")]


def test_a_check_that_weighs_more_by_now_is_new() -> None:
    warning = OLD.replace("message: {zh: 未", "level: warning\n        message: {zh: 未")
    judge = Judge(OLD_FORM, form_from(warning), FACTS, TODAY)
    assert found(dict(RECORDS[3][1]), judge) == [("kept", "check", "")]
    assert found(dict(RECORDS[3][1]), Judge(form_from(warning), OLD_FORM, FACTS, TODAY)) == []


def test_a_check_that_says_something_else_in_the_same_place_is_new() -> None:
    other = (
        OLD.replace("rule: age >= 16", "rule: age >= 14").replace("未满十六周岁", "甲").replace("Under sixteen", "A")
    )
    assert found(dict(RECORDS[3][1]), Judge(form_from(other), OLD_FORM, FACTS, TODAY)) == [("kept", "check", "")]


def test_facts_of_everybody_of_one_and_from_the_record() -> None:
    rule = "rule: not facts.banned"
    strict = form_from(NEW.replace("rule: age >= 18", rule))
    person = dict(RECORDS[0][1])
    assert found(person, Judge(strict, None, {"banned": True}, TODAY)) == [("kept", "check", "")]
    assert found(person, Judge(strict, None, {"banned": True}, TODAY), facts={"banned": False}) == []
    unknown = Judge(strict, None, {}, TODAY)
    assert found(person, unknown) == []
    assert unknown.unknown_facts(Entry(1, person)) == ("banned",)
    assert unknown.unknown_facts(Entry(1, {})) == ("name", "banned")
    assert unknown.unknown_facts(Entry(1, {}, facts={"name": {"$unknown": True}, "banned": None})) == ("name",)
    wrong = unknown.found(Entry(7, person, facts={"banned": "perhaps"}))
    assert isinstance(wrong, Unreadable)
    assert (wrong.position, wrong.code, wrong.params["name"]) == (7, "wrong_fact", "banned")


def test_rows_without_ids_get_some() -> None:
    values = {**RECORDS[0][1], "awards": [{"called": "甲等"}, {"called": "先进工作者"}]}
    assert found(values) == [("kept", "too_long", "awards.n2.called")]


def test_a_choice_that_is_gone_no_longer_fits_and_is_no_broken_record() -> None:
    gone = form_from(OLD.replace("    high: {zh: 高级, en: High}\n", ""))
    values = {**RECORDS[0][1], "awards": [{"_id": "r1", "called": "甲等", "level": "high"}]}
    assert found(values, Judge(gone, OLD_FORM, FACTS, TODAY)) == [("kept", "not_in_list", "awards.r1.level")]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(answers_for(NEW_FORM, facts={"name": "甲", "banned": False}, today=TODAY))
def test_of_what_the_edition_takes_anew_neither_way_has_anything_to_say(answers: dict[str, Any]) -> None:
    values = validate(NEW_FORM, answers, facts={"name": "甲", "banned": False}, today=TODAY).values
    entry = Entry(1, values, facts={"name": "甲"})
    assert HeldBy(NEW_FORM, None, FACTS, TODAY).judged(entry) == Held((), (), ())


def test_the_short_way_is_taken_where_it_can_be() -> None:
    held = HeldBy(NEW_FORM, None, FACTS, TODAY)
    good = {**RECORDS[0][1], "age": 80, "senior": True, "doctor": "王"}
    assert held.is_clean(Entry(1, good))
    assert not held.is_clean(Entry(1, {**good, "age": 40}))  # senior is another answer now
    assert not held.is_clean(Entry(1, {**good, "status": "working", "unit": "x"}))  # hidden
    assert not held.is_clean(Entry(1, {**good, "phone": " 12 "}))  # not as it would be stored


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*NEW_FORM.top_fields, *OLD_FORM.top_fields, "other"]), ANY_JSON))
def test_any_json_is_judged_or_told(values: dict[str, Any]) -> None:
    entry = Entry(1, values)
    for judge in (JUDGE, ALONE):
        told = judge.found(entry)
        assert isinstance(told, Unreadable | list)


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        ("tel: ask_again", [("dropped", "asked_again", "tel")]),
        ("age: ask_again", [("asked", "required", "age")]),
        ("age: keep", []),
    ],
)
def test_what_the_edition_declares_of_older_answers(treatment: str, expected: list[tuple[str, str, str]]) -> None:
    tighter = OLD.replace("edition: 2023", "edition: 2024").replace("max: 120", "max: 100")
    new = tighter.replace("tel: {type: text,", "tel: {type: text, max_length: 9,") + f"changes:\n  {treatment}\n"
    person = {**RECORDS[0][1], "tel": "12345"}
    assert found(person, Judge(form_from(new), OLD_FORM, FACTS, TODAY)) == expected


def test_an_answer_that_has_another_type_by_now_is_asked_anew() -> None:
    new = OLD.replace("tel: {type: text,", "tel: {type: integer, min: 0, max: 9,")
    person = {**RECORDS[0][1], "tel": "many"}
    assert found(person, Judge(form_from(new), OLD_FORM, FACTS, TODAY)) == [("dropped", "asked_again", "tel")]
