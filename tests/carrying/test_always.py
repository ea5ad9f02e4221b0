"""What holds of any answers: carried twice is carried once, nothing raises, and what is the same stays the same."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.carrying import carried
from formkit.form import Form
from formkit.validation import validate
from tests.carrying.test_treatments import DECLARED, NEW, OLD_FORM, new_form

LINES = (
    DECLARED,
    "status: {migrate: {left: student}}",
    "choices.status.student: ask_again",
    "age: {migrate: {三十: 30, true: 1}}",
    "portrait: {keep_until: 2024-01-31}",
    "study: ask_again",
    "awards.kind: keep",
    "awards.name: ask_again",
)
BODY = (
    NEW.replace("label: 名称}", "label: 名称, max_length: 9}")
    .replace("label: 起}", "label: 起, max_length: 9}")
    .replace("      study:\n", "      education:\n        renamed_from: study\n")
    .replace("student: 在校", "pupil: {label: 在校, renamed_from: student}")
)
SHAPES = NEW.replace(
    "{type: text, label: 备注}", "{type: rows, label: 备注, max_rows: 2, fields: {x: {type: text, label: X}}}"
)
NEW_FORMS = (
    new_form(*LINES, body=NEW.replace("label: 名称}", "label: 名称, max_length: 9}")),
    new_form("education: ask_again", "choices.status: {migrate: {accounting: pupil, left: working}}", body=BODY),
    new_form(body=SHAPES),
)
NAMES = ("status", "tags", "portrait", "age", "remark", "study", "awards", "education", "_id", "gone")
WORDS = ("accounting", "non_accounting", "student", "pupil", "left", "working", "三十", "30", "", " ", "r1")
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.sampled_from(WORDS), st.text()
)
INNER = ("school", "since", "name", "kind", "_id", "x", "id", "size")
FEW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
JSONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(INNER), inner, max_size=3)),
    max_leaves=5,
)
ANSWERS = st.dictionaries(st.sampled_from(NAMES), JSONS, max_size=4)


@pytest.mark.parametrize("purpose", ["draft", "record"])
@pytest.mark.parametrize("new", NEW_FORMS, ids=["declared", "renamed", "reshaped"])
@FEW
@given(answers=ANSWERS, known=st.booleans(), after=st.booleans())
def test_twice_is_once_and_nothing_raises(new: Form, purpose: Any, answers: Any, known: bool, after: bool) -> None:
    old, today = OLD_FORM if known else None, "2024-02-01" if after else "2024-01-01"
    once = carried(old, new, answers, today=today, purpose=purpose)
    twice = carried(old, new, once.answers, today=today, purpose=purpose)
    assert twice.answers == once.answers
    assert twice.aside == ({} if purpose == "draft" else {path: once.aside[path] for path in twice.aside})


@pytest.mark.parametrize("purpose", ["draft", "record"])
@FEW
@given(answers=ANSWERS.map(lambda found: {name: found[name] for name in found if name in OLD_FORM.fields}))
def test_the_same_edition_reads_the_same(purpose: Any, answers: Any) -> None:
    found = carried(OLD_FORM, OLD_FORM, answers, today="2024-02-01", purpose=purpose)
    assert (found.asked_again, found.moved) == ((), ())
    assert found.answers == answers or (purpose == "draft" and found.aside)


@FEW
@given(answers=ANSWERS)
def test_nothing_on_record_is_lost(answers: Any) -> None:
    for new in NEW_FORMS:
        found = carried(OLD_FORM, new, answers, today="2024-02-01", purpose="record")
        told = {each.source for each in found.moved} | set(found.aside)
        for name, value in answers.items():
            if value in (None, [], {}) or (isinstance(value, str) and not value.strip()):
                continue
            same = name in found.answers and (found.answers[name] == value or isinstance(value, dict | list))
            assert same or any(path == name or path.startswith(f"{name}.") for path in told), name


RULED = new_form(
    body=SHAPES.replace("label: 年龄", "checks: [{rule: age > 20, message: 太小}], label: 年龄")
    .replace("label: 学校, required: true", "required_when: study.since == 'x', label: 学校")
    .replace("label: 标签", "checks: [{rule: \"'left' not in tags\", message: 不行}], label: 标签")
    .replace("label: 奖励\n", "label: 奖励\n        checks: [{rule: unique(q.kind for q in awards), message: 重复}]\n")
)


@FEW
@given(answers=ANSWERS, typed=ANSWERS)
def test_a_change_of_whatever_was_on_record_is_judged(answers: Any, typed: Any) -> None:
    """Of an edition nobody knows, nothing is trusted that rules could stumble over."""
    held = carried(None, RULED, answers, today="2024-02-01", purpose="record")
    for given_ in ({}, typed):
        validate(RULED, given_, record=held.answers, facts={}, today="2024-02-01", asked_again=held.asked_again)


@FEW
@given(answers=JSONS)
def test_what_are_no_answers_at_all(answers: Any) -> None:
    assert isinstance(carried(OLD_FORM, NEW_FORMS[0], answers, today="2024-02-01", purpose="draft").answers, dict)
