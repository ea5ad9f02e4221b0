"""An explanation never disagrees with the evaluation it explains, and each decision has its place in the file."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.compiler import load_all
from formkit.diagnostics import Place
from formkit.errors import UnknownName
from formkit.evaluation import evaluate
from formkit.explain import Decision, Explaining, Explanation, Ground, Origin, Reason, Value, explain, values_in
from formkit.expressions import UNKNOWN
from formkit.fields.base import Shape
from formkit.form import Form
from formkit.testing.samples import sample_answers, sample_facts
from formkit.testing.strategies import mixed_answers_for
from formkit.validation import judge
from tests.forms import form_of

TODAY = "2024-09-01"
FORMS = load_all(Path(__file__).parents[2] / "forms")
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))

SMALL = form_of("""
facts:
  closed: {type: yes_no, label: 停办}
  name: {type: text, label: 户籍姓名}
choices:
  status: {working: 在岗, student: 在校生, none: 待业}
steps:
  work:
    title: 工作信息
    fields:
      status: {type: choice, label: 在岗状态, choices: status, required: true}
      age: {type: integer, label: 年龄, required_when: later == 'x'}
      name: {type: text, label: 姓名, value: facts.name, required: true}
      twice: {type: integer, label: 两倍, value: age * 2, value_when: status != 'none', required_unless: age > 3}
      city: {type: text, label: 城市, locked_when: facts.closed and age > 3, lock_reason: 停办}
      number: {type: text, label: 号码, locked: after_submission}
    sections:
      school:
        title: 学校
        visible_when: {status: student}
        fields:
          card: {type: text, label: 学生证, required: true, visible_unless: age > 60}
          full: {type: group, label: 全日制, all_or_nothing: true, fields: {
              level: {type: text, label: 学历, required: true, locked_when: facts.closed},
              major: {type: text, label: 专业, visible_when: level is not blank, required: true}}}
  more:
    title: 更多
    visible_when: card is not blank and any(a.year > 2000 for a in awards)
    fields:
      later: {type: text, label: 以后}
  prizes:
    title: 获奖
    fields:
      awards:
        type: rows
        label: 获奖情况
        locked_when: status == 'none'
        fields:
          year: {type: integer, label: 年度}
          proof: {type: text, label: 证明, visible_when: year > 2000, required_when: city is not blank and year > 2010}
          kept: {type: text, label: 留存, locked: after_submission}
    checks:
      - {rule: count(a for a in awards if a.year > 2000) < 2, message: 太多, at: awards}
""")


def paths(form: Form, evaluation: Any) -> list[str]:
    """Every instance path there is: visible or not, in rows on the page and in groups."""
    found = []
    for field in form.top_fields.values():
        found.append(field.id)
        if field.shape is Shape.GROUP:
            found += [inner.path for inner in field.fields]
        for row in evaluation.row_values.get(field.id, ()):
            found += [f"{field.id}.{row['_id']}.{inner.id}" for inner in field.fields]
    return found


def agrees(form: Form, answers: Any, **around: Any) -> None:
    evaluation = evaluate(form, answers, today=TODAY, **around)
    explaining = Explaining(evaluation)
    values = {each.path: each.value for each in (*evaluation.instances, *evaluation.unjudged)}
    hidden = set(explaining.hidden())
    for path in paths(form, evaluation):
        found, state = explaining.at(path, with_uses=False), evaluation.state(path)
        said = tuple(decision.outcome for decision in found.decisions)
        assert said == (state.visible, state.required, state.locked, state.calculated), path
        if found.value is not None and (path in values or not state.locked):
            assert found.value.value == values.get(path), path
        assert state.visible or path in hidden or found.visible.ground is Ground.WITHIN, path
    for step in form.steps:
        assert explaining.at(f"{step.id}/").visible.outcome is (step.id in evaluation.visible_steps)
        for section in step.sections:
            if section.id:
                key = f"{step.id}/{section.id}"
                assert explaining.at(key).visible.outcome is (key in evaluation.visible_sections)
    told = [each.issue for path in paths(form, evaluation) for each in explaining.at(path, with_uses=False).refused]
    assert all(issue in judge(evaluation).issues for issue in told)


RECORD = {"status": "student", "city": "广州", "card": "1", "full": {"level": "本科"}, "number": "7"}
ROWS = [{"_id": "r1", "year": 2001, "proof": "x", "kept": "k"}, {"_id": "r7", "year": 1999}]


@pytest.mark.parametrize("closed", [True, False, None, UNKNOWN], ids=str)
@pytest.mark.parametrize(
    "record", [None, RECORD, {**RECORD, "awards": ROWS, "status": "none"}], ids=["new", "on", "no"]
)
def test_it_agrees_on_the_small_form(closed: Any, record: Any) -> None:
    facts = {"closed": closed, "name": "张三"}
    made_up = sample_facts(SMALL, today=TODAY)

    @settings(QUICK, max_examples=25)
    @given(mixed_answers_for(SMALL, today=TODAY, facts={**made_up, "closed": False}))
    def agreed(answers: dict[str, Any]) -> None:
        agrees(SMALL, answers, facts=facts, record=record)

    agreed()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_it_agrees_on_the_projects_forms(form: Form) -> None:
    facts = sample_facts(form, today=TODAY)
    record = sample_answers(form, facts=facts, today=TODAY)

    @QUICK
    @given(mixed_answers_for(form, today=TODAY), st.sampled_from([None, record]))
    def agreed(answers: dict[str, Any], on_record: Any) -> None:
        agrees(form, answers, facts=facts, record=on_record)

    agreed()


def at(path: str, answers: Any, *, record: Any = None, closed: Any = False) -> Explanation:
    facts = {"closed": closed, "name": "张三"}
    return explain(SMALL, path, answers, record=record, facts=facts, today=TODAY)


def chain(decision: Decision) -> list[tuple[str, Ground]]:
    return [(decision.path, decision.ground), *(step for each in decision.because for step in chain(each))]


class TestVisible:
    def test_a_field_hidden_with_its_section_leads_to_the_answer_that_decided(self) -> None:
        found = at("card", {"status": "working", "card": "1"}).visible
        assert found is not None and not found.outcome
        assert chain(found) == [("card", Ground.WITHIN), ("work/school", Ground.RULE)]
        section = found.because[0]
        assert section.rule == "status == 'student'" and section.place is not None
        (operand, literal) = only(section.reason).operands
        assert (operand.values[0].name, operand.value, literal.value) == ("status", "working", "student")
        assert operand.values[0].origin is Origin.TYPED

    def test_a_step_hidden_by_what_is_hidden(self) -> None:
        found = at("later", {"status": "working", "card": "1"}).visible
        assert found is not None and chain(found) == [("later", Ground.WITHIN), ("more/", Ground.RULE)]
        card = next(values_in(only(found.because[0].reason)))
        assert (card.name, card.origin, card.typed) == ("card", Origin.HIDDEN, "1")
        assert card.because is not None and chain(card.because)[1] == ("work/school", Ground.RULE)

    def test_a_row_of_its_own(self) -> None:
        found = at("awards.r2.proof", {"awards": [{"year": 2001}, {"year": 1999}]}).visible
        assert found is not None and not found.outcome
        assert only(found.reason).operands[0].values[0].name == "awards.r2.year"


class TestRequiredAndLocked:
    def test_required_by_what_is_asked_later(self) -> None:
        answers = {"status": "student", "card": "1", "later": "x", "awards": [{"year": 2001}]}
        found = at("age", answers).required
        assert found is not None and found.outcome and found.place is not None
        assert only(found.reason).operands[0].values[0].name == "later"

    def test_in_a_group_only_once_it_is_begun(self) -> None:
        found = at("full.level", {"status": "student"}).required
        assert found is not None and found.ground is Ground.ONCE_BEGUN

    def test_a_lock_that_hangs_on_an_unknown_fact(self) -> None:
        found = at("city", {"age": 5}, record=RECORD, closed=UNKNOWN)
        assert found.locked is not None and found.value is not None
        assert (found.locked.outcome, found.locked.ground) == (True, Ground.UNKNOWN_FACT)
        assert (found.value.value, found.value.origin) == ("广州", Origin.RECORD)

    def test_a_lock_once_on_record(self) -> None:
        assert [grounds.ground for grounds in (locked("number", None), locked("number", RECORD))] == [
            Ground.NOT_RECORDED,
            Ground.RECORDED,
        ]

    def test_what_is_inside_something_locked(self) -> None:
        record = {**RECORD, "status": "none", "awards": ROWS}
        found = at("awards.r1.year", {}, record=record)
        assert found.locked is not None and found.locked.ground is Ground.WITHIN
        assert found.value is not None and found.value.value == 2001


def locked(path: str, record: Any) -> Decision:
    found = at(path, {}, record=record).locked
    assert found is not None
    return found


def only(reason: Reason | None) -> Reason:
    assert reason is not None
    return reason


class TestValue:
    def value(self, path: str, answers: Any, **around: Any) -> Value:
        found = at(path, answers, **around).value
        assert found is not None
        return found

    def test_typed_on_record_or_blank(self) -> None:
        assert self.value("city", {"city": "深圳"}, record=RECORD).origin is Origin.TYPED
        assert self.value("city", {}, record=RECORD).origin is Origin.RECORD
        assert self.value("city", {"city": ""}, record=RECORD).origin is Origin.BLANK

    def test_worked_out_of_what_was_read(self) -> None:
        found = self.value("twice", {"age": 21, "status": "working"})
        assert (found.value, found.origin) == (42, Origin.CALCULATED)
        assert found.operand is not None and [each.name for each in found.operand.values] == ["age"]

    def test_from_a_fact(self) -> None:
        assert self.value("name", {}).origin is Origin.FACT

    def test_what_cannot_be_read(self) -> None:
        found = self.value("age", {"age": "x1"})
        assert (found.value, found.typed, found.origin) == (None, "x1", Origin.UNREADABLE)


class TestRefused:
    def test_a_broken_check_names_the_rows_that_broke_it(self) -> None:
        found = at("awards", {"awards": [{"year": 2001}, {"year": 2002}, {"year": 1999}]})
        (refusal,) = found.refused
        assert refusal.issue.code == "check" and refusal.because is not None
        counted = only(refusal.because.reason).operands[0].rows
        assert [(row.name, row.counted) for row in counted] == [
            ("awards.r1", True), ("awards.r2", True), ("awards.r3", False),
        ]  # fmt: skip

    def test_a_blank_that_is_required(self) -> None:
        (refusal,) = at("status", {}).refused
        assert refusal.because is not None and refusal.because.ground is Ground.ALWAYS

    def test_a_step_tells_all_of_its_own(self) -> None:
        assert {each.issue.path for each in at("work/", {"age": "x"}).refused} == {"status", "age", "twice"}


class TestUses:
    def uses(self, path: str) -> set[tuple[str, str, str]]:
        return {(use.what, use.path, use.through) for use in at(path, {}).used_by}

    def test_direct_and_through_others(self) -> None:
        assert self.uses("status") >= {
            ("visible", "work/school", ""),
            ("value", "twice", ""),
            ("locked", "awards", ""),
            ("visible", "more/", "card"),
            ("required", "age", "later"),
            ("check", "prizes/", "awards"),
        }

    def test_a_column_is_found_in_loops_and_in_its_row(self) -> None:
        found = explain(SMALL, "awards.r1.year", {"awards": [{"year": 1}]}, facts=FACTS, today=TODAY).used_by
        assert {(use.what, use.path) for use in found if not use.through} == {
            ("visible", "awards.proof"), ("required", "awards.proof"), ("visible", "more/"), ("check", "prizes/"),
        }  # fmt: skip

    def test_a_fact(self) -> None:
        assert self.uses("facts.closed") >= {("locked", "city", ""), ("locked", "full.level", "")}

    def test_each_has_its_place(self) -> None:
        assert all(isinstance(use.place, Place) and use.place.line for use in at("status", {}).used_by)


FACTS = {"closed": False, "name": "张三"}


@pytest.mark.parametrize("path", ["nothing", "work/none", "facts.none", "awards.year", "awards.r9.year", "awards.r1"])
def test_a_path_that_is_not_there(path: str) -> None:
    with pytest.raises(UnknownName):
        at(path, {"awards": [{"year": 1}]})
