"""Every contestant accepts the right answers, refuses the faulty ones, and draws the same page; nothing is timed."""

from copy import deepcopy
from pathlib import Path

import pytest

import formkit
from benchmarks import growing, rendering, validating
from benchmarks.peers import grown, pages
from benchmarks.people import FACTS, FAULTS, LEFTOVERS, TODAY, Person, people
from benchmarks.rounds import Contestant

SAMPLE = people(200)
CONTESTANTS = validating.contestants(SAMPLE)
SCHEMA = next(one for one in CONTESTANTS if one.name == "jsonschema-rs")
WHOLE = [one for one in CONTESTANTS if one.name != SCHEMA.name]


def _name(contestant: Contestant) -> str:
    return contestant.name


def test_the_sample_is_the_same_every_time_and_a_fifth_of_it_is_faulty() -> None:
    assert people(200) == SAMPLE
    assert sum(person.faulty for person in SAMPLE) == 40


@pytest.mark.parametrize("contestant", WHOLE, ids=_name)
def test_a_contestant_accepts_the_right_and_refuses_the_faulty(contestant: Contestant) -> None:
    verdicts = [contestant.does(item) for item in contestant.items]
    assert verdicts == [not person.faulty for person in SAMPLE]


def test_a_schema_refuses_nobody_who_is_right_and_misses_only_rules_between_fields() -> None:
    wrong = [person for person, item in zip(SAMPLE, SCHEMA.items, strict=True) if SCHEMA.does(item) is person.faulty]
    assert all(person.faulty for person in wrong)
    for person in wrong:
        issues = formkit.validate(validating.form(), person.answers, facts=person.facts, today=TODAY).issues
        assert {issue.code for issue in issues if issue.level is formkit.Level.ERROR} == {"check"}


def test_formkit_and_the_models_by_hand_give_the_same_values() -> None:
    assert validating.same_values(SAMPLE) == sum(not person.faulty for person in SAMPLE)


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_each_fault_alone_is_refused_by_everybody(number: int) -> None:
    answers = deepcopy(_right().answers)
    FAULTS[number](answers)
    everybody = validating.contestants([Person(answers, FACTS, faulty=True)])
    accepting = [one.name for one in everybody if one.name != SCHEMA.name and one.does(one.items[0])]
    assert accepting == []


@pytest.mark.parametrize("number", range(len(LEFTOVERS)))
def test_answers_left_in_hidden_fields_stop_nobody_and_are_dropped(number: int) -> None:
    answers = deepcopy(_right().answers)
    LEFTOVERS[number](answers)
    person = Person(answers, FACTS, faulty=False)
    assert validating.same_values([person]) == 1
    result = formkit.validate(validating.form(), answers, facts=FACTS, today=TODAY)
    assert "hidden" in {issue.code for issue in result.issues}


def test_each_kind_of_answers_is_measured() -> None:
    assert all(two[0].items for two in validating.by_kind(SAMPLE).values())


@pytest.mark.parametrize("asked", rendering.requests(25), ids=lambda asked: f"{len(asked.issues)}-issues")
def test_every_contestant_draws_the_controls_that_formkit_draws(asked: rendering.Request) -> None:
    ours = rendering.formkit_page(asked)
    assert rendering.controls(pages.macros(asked.sheet)) == rendering.controls(ours)
    chosen = sum(one[2] for one in rendering.controls(ours))
    for page in (pages.wtforms_page(asked.sheet), pages.django_page(asked.sheet)):
        assert sum(one[2] and bool(one[1]) for one in rendering.controls(page)) == chosen


def test_the_page_by_hand_says_what_is_wrong_and_is_about_as_long() -> None:
    asked = next(each for each in rendering.requests(60) if each.issues)
    ours, theirs = rendering.formkit_page(asked), pages.macros(asked.sheet)
    for sentences in asked.sheet.errors.values():
        assert all(sentence in ours and sentence in theirs for sentence in sentences)
    assert len(theirs) == pytest.approx(len(ours), rel=0.1)


def test_a_generated_form_takes_its_answers(tmp_path: Path) -> None:
    path = tmp_path / "grown.yaml"
    path.write_text(growing.form_text(40, a_step=10), encoding="utf-8")
    form, answers = formkit.load(path), growing.answers(40)
    assert (len(form.fields), len(form.steps)) == (40, 4)
    assert formkit.validate(form, answers, today=TODAY).ok
    assert not formkit.validate(form, answers | {"field4": "nobody"}, today=TODAY).ok
    assert "hidden" in {i.code for i in formkit.validate(form, answers | {"field1": "5"}, today=TODAY).issues}
    assert grown.model(40).model_validate(answers)


def _right() -> Person:
    return next(p for p in SAMPLE if not p.faulty and p.answers["employment_status"] == "accounting")
