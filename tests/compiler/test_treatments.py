"""What a form declares for what is held: read, and checked as far as the form alone tells."""

import pytest

from formkit.form import TreatmentKind
from tests.forms import diagnostics_of, form_of

FORM = """\
changes:
  {line}
facts:
  open: {{type: yes_no, label: 未完成}}
choices:
  status: {{working: 在岗, student: 在校}}
  city: {{gz: {{label: 广州, children: {{th: 天河}}}}}}
steps:
  work:
    title: 工作
    fields:
      status: {{type: choice, label: 状态, choices: status}}
      place: {{type: choice, label: 地区, choices: city}}
      age: {{type: integer, label: 年龄}}
      portrait: {{type: image, label: 照片}}
      id_number: {{type: text, label: 证件号码, locked: after_submission}}
      total: {{type: integer, label: 合计, value: age + 1}}
      about: {{type: note, text: 说明}}
      awards:
        type: rows
        label: 奖励
        max_rows: 3
        fields:
          name: {{type: text, label: 名称}}
          kind: {{type: choice, label: 类型, choices: status}}
workflow:
  start: pending
  states:
    pending: {{label: 待审核}}
    done: {{label: 完成, final: true}}
  transitions:
    finish: {{from: pending, to: done, by: system}}
"""

RIGHT = {
    "portrait: ask_again": (TreatmentKind.ASK_AGAIN, {}, None, None),
    "portrait: {ask_again: true}": (TreatmentKind.ASK_AGAIN, {}, None, None),
    "gone: keep": (TreatmentKind.KEEP, {}, None, None),
    "facts.open: keep": (TreatmentKind.KEEP, {}, None, None),
    "steps.work: keep": (TreatmentKind.KEEP, {}, None, None),
    "workflow.transitions.gone: keep": (TreatmentKind.KEEP, {}, None, None),
    "awards.kind: {keep_until: 2025-03-31}": (TreatmentKind.KEEP_UNTIL, {}, None, "2025-03-31"),
    "status: {migrate: {employed: working, left: working}}": (
        TreatmentKind.MIGRATE,
        {"employed": "working", "left": "working"},
        None,
        None,
    ),
    "age: {migrate: {young: 20, 30: 31}}": (TreatmentKind.MIGRATE, {"young": 20, "30": 31}, None, None),
    "choices.status: {migrate: {true: working}}": (TreatmentKind.MIGRATE, {"true": "working"}, None, None),
    "choices.status.left: {migrate: student}": (TreatmentKind.MIGRATE, {}, "student", None),
    "choices.status.left: ask_again": (TreatmentKind.ASK_AGAIN, {}, None, None),
    "workflow.states.review: {migrate: pending}": (TreatmentKind.MIGRATE, {}, "pending", None),
}

WRONG = {
    "portrait: again": ("wrong-treatment", "again"),
    "portrait: {}": ("wrong-treatment", "{}"),
    "portrait: {keep: true, ask_again: true}": ("one-treatment", "{keep: true, ask_again: true}"),
    "portrait: {until: 2025-01-01}": ("unknown-key.near", "until"),
    "portrait: {keep_until: soon}": ("wrong-day", "soon"),
    "status: {migrate: [working]}": ("wrong-migration", "[working]"),
    "status: {migrate: {}}": ("wrong-migration", "{}"),
    "portait: ask_again": ("unknown-change.near", "portait"),
    "zzzzzz: ask_again": ("unknown-change", "zzzzzz"),
    "choices.state.left: ask_again": ("unknown-change.near", "choices.state.left"),
    "choices.zzzzzz: ask_again": ("unknown-change.near", "choices.zzzzzz"),
    "facts.open: ask_again": ("unfit-treatment", "ask_again"),
    "awards: {migrate: {a: b}}": ("unfit-treatment", "{migrate: {a: b}}"),
    "about: ask_again": ("unfit-treatment", "ask_again"),
    "workflow.states.review: keep": ("unfit-treatment", "keep"),
    "workflow.transitions.finish: {migrate: done}": ("unfit-treatment", "{migrate: done}"),
    "id_number: ask_again": ("never-asked-again", "ask_again"),
    "total: {keep_until: 2025-03-31}": ("never-asked-again", "{keep_until: 2025-03-31}"),
    "status: {migrate: working}": ("migration-by-value", "working"),
    "choices.status.left: {migrate: {left: working}}": ("migration-to-one", "{left: working}"),
    "workflow.states.review: {migrate: {review: pending}}": ("migration-to-one", "{review: pending}"),
    "status: {migrate: {left: workin}}": ("unknown-migration.near", "workin"),
    "place: {migrate: {left: gz}}": ("unknown-migration", "gz"),
    "workflow.states.review: {migrate: zzzzzz}": ("unknown-migration", "zzzzzz"),
    "age: {migrate: {young: little}}": ("unfit-migration", "little"),
    "status: {migrate: {left: working, working: student}}": ("migration-chain", "working"),
}


@pytest.mark.parametrize("line", RIGHT)
def test_a_declaration_is_read(line: str) -> None:
    (found,) = form_of(FORM.format(line=line)).treatments.values()
    assert found.path == line.partition(":")[0]
    assert (found.kind, found.values, found.target, found.until) == RIGHT[line]
    assert (found.place.line, found.place.column) == (5, 3)


@pytest.mark.parametrize("line", WRONG)
def test_what_cannot_be_meant_is_told_where_it_is_written(line: str) -> None:
    code, words = WRONG[line]
    assert diagnostics_of(FORM.format(line=line)) == [(code, 2, words)]


def test_a_field_that_is_wrong_itself_is_told_once() -> None:
    body = FORM.format(line="age: ask_again").replace("type: integer, label: 年龄", "type: whole, label: 年龄")
    assert [code for code, _, _ in diagnostics_of(body) if "treatment" in code or "change" in code] == []
