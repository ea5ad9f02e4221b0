"""Generated answers: good ones validate, wrong ones never break anything."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.compiler import load, load_all
from formkit.form import Form
from formkit.testing.samples import sample_facts
from formkit.testing.strategies import NoGoodAnswers, answers_for, mixed_answers_for
from formkit.validation import validate
from tests.forms import form_of

TODAY = "2024-09-01"
FORMS = load_all(Path(__file__).parents[2] / "forms")
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_generated_answers_are_good(form: Form) -> None:
    facts = sample_facts(form, today=TODAY)

    @QUICK
    @given(answers_for(form, today=TODAY))
    def good(answers: dict[str, object]) -> None:
        assert validate(form, answers, facts=facts, today=TODAY).ok

    good()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_mixed_answers_are_always_judged(form: Form) -> None:
    facts = sample_facts(form, today=TODAY)

    @QUICK
    @given(mixed_answers_for(form, today=TODAY))
    def judged(answers: dict[str, object]) -> None:
        result = validate(form, answers, facts=facts, today=TODAY)
        assert json.loads(json.dumps(result.values)) == result.values
        assert result.values.keys() <= form.answerable

    judged()


def test_answers_differ_and_keep_to_the_rules() -> None:
    form = form_of("""
        a: {type: integer, label: 甲, min: 1, max: 50, required: true}
        b: {type: integer, label: 乙, required: true, checks: [{rule: b > a, message: 大于甲}]}
        c: {type: text, label: 丙, pattern: "[A-Z]{3}-[0-9]+", visible_when: a > 3}
        """)
    seen = []

    @QUICK
    @given(answers_for(form, today=TODAY))
    def different(answers: dict[str, object]) -> None:
        assert int(str(answers["b"])) > int(str(answers["a"]))
        seen.append(json.dumps(answers, sort_keys=True))

    different()
    assert len(set(seen)) > 3


def test_answers_to_begin_with_are_kept_until_varied() -> None:
    form = form_of("a: {type: text, label: 甲, pattern: '[A-Z]{7}[0-9]{2}', required: true}")
    with pytest.raises(NoGoodAnswers, match="a required"):
        answers_for(form, today=TODAY)

    @QUICK
    @given(st.data())
    def good(data: st.DataObject) -> None:
        answers = data.draw(answers_for(form, today=TODAY, start={"a": "ABCDEFG12"}))
        assert validate(form, answers, today=TODAY).ok

    good()


def test_a_change_of_a_record() -> None:
    form = form_of("a: {type: integer, label: 甲, locked: always}\nb: {type: integer, label: 乙, required: true}")

    @QUICK
    @given(answers_for(form, today=TODAY, record={"a": 7, "b": 8}))
    def locked_is_left_alone(answers: dict[str, object]) -> None:
        assert "a" not in answers
        assert validate(form, answers, record={"a": 7, "b": 8}, today=TODAY).values["a"] == 7

    locked_is_left_alone()


def test_a_form_file_is_enough() -> None:
    form = load(Path(__file__).parents[1] / "renderers" / "forms" / "widgets.yaml")
    facts = sample_facts(form, today=TODAY)

    @QUICK
    @given(answers_for(form, today=TODAY))
    def good(answers: dict[str, object]) -> None:
        assert validate(form, answers, facts=facts, today=TODAY).ok

    good()
