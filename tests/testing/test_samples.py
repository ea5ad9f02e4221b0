"""Forms that fill themselves in."""

from pathlib import Path

import pytest

from formkit.compiler import load_all
from formkit.form import Form
from formkit.search.placing import put
from formkit.testing.samples import sample_answers, sample_facts
from formkit.validation import validate
from tests.forms import form_of

TODAY = "2024-09-01"
FORMS = load_all(Path(__file__).parents[2] / "forms")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_form_of_the_house_can_be_filled_in(form: Form) -> None:
    facts = sample_facts(form, today=TODAY)
    answers = sample_answers(form, facts=facts, today=TODAY)
    result = validate(form, answers, facts=facts, today=TODAY)
    assert result.ok
    assert answers == sample_answers(form, facts=facts, today=TODAY)


def test_what_an_answer_asks_is_answered_too() -> None:
    form = form_of("""
        choices: {things: {x: 甲, y: 乙}}
        steps:
          one:
            title: 一
            fields:
              a: {type: yes_no, label: 甲}
              b: {type: text, label: 乙, visible_when: a}
              g: {type: group, label: 组, fields: {c: {type: month, label: 丙}, d: {type: money, label: 丁}}}
              r:
                type: rows
                label: 行
                fields:
                  e: {type: choice, label: 戊, choices: things}
                  f: {type: text, label: 己, visible_when: {e: x}}
        """)
    answers = sample_answers(form, today=TODAY)
    assert answers["a"] is True and answers["b"] == "乙"
    assert answers["g"].keys() == {"c", "d"}
    assert answers["r"] == [{"_id": "r1", "e": "x", "f": "己"}]
    assert validate(form, answers, today=TODAY).ok


def test_rules_are_kept_by_trying_other_values() -> None:
    form = form_of("""
        a: {type: integer, label: 甲, min: 1, max: 9}
        b: {type: integer, label: 乙, min: 1, max: 9, checks: [{rule: a < b, message: 大于甲}]}
        c: {type: yes_no, label: 丙, checks: [{rule: not c, message: 不行}]}
        """)
    answers = sample_answers(form, today=TODAY)
    assert answers["a"] < answers["b"] and answers["c"] is False


def test_a_fact_that_is_shown_is_one_its_field_takes() -> None:
    form = form_of("""
        facts: {mobile: {type: text, label: 手机}, open: {type: yes_no, label: 开放}}
        steps:
          one:
            title: 一
            fields: {mobile: {type: mobile, label: 手机, value: facts.mobile, required: true}}
            checks: [{rule: facts.open, message: 尚未开放}]
        """)
    facts = sample_facts(form, today=TODAY)
    assert facts == {"mobile": "13800138000", "open": True}
    assert validate(form, {}, facts=facts, today=TODAY).ok


def test_answers_given_are_left_as_they_are() -> None:
    form = form_of("a: {type: integer, label: 甲, max: 5}\nb: {type: integer, label: 乙}")
    assert sample_answers(form, today=TODAY, start={"a": 9}) == {"a": 9, "b": 1}


def test_locked_fields_are_left_alone() -> None:
    form = form_of("a: {type: integer, label: 甲, locked: always}\nb: {type: integer, label: 乙, required: true}")
    assert sample_answers(form, today=TODAY, record={"a": 1, "b": 2}) == {}


def test_an_answer_is_put_at_its_path() -> None:
    answers: dict[str, object] = {}
    for path, value in (("a", 1), ("g.b", 2), ("r.r2.c", 3), ("r.r2.d", 4), ("a", None), ("r.r2.c", None)):
        put(answers, path, value)
    assert answers == {"g": {"b": 2}, "r": [{"_id": "r2", "d": 4}]}
