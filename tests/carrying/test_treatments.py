"""What an edition declares becomes of answers that an older one left."""

from typing import Any

import pytest

from formkit.carrying import Carried, carried, carried_state
from formkit.form import Form
from formkit.issues import Level
from formkit.validation import validate
from tests.forms import form_of

OLD = """
choices:
  status: {accounting: 会计, non_accounting: 非会计, student: 在校, left: 离岗}
steps:
  work:
    title: 工作
    fields:
      status: {type: choice, label: 状态, choices: status, required: true}
      tags: {type: choices, label: 标签, choices: status}
      portrait: {type: text, label: 照片, required: true}
      age: {type: text, label: 年龄}
      remark: {type: text, label: 备注}
      study:
        type: group
        label: 学习
        fields: {school: {type: text, label: 学校, required: true}, from: {type: text, label: 起}}
      awards:
        type: rows
        label: 奖励
        max_rows: 5
        fields: {name: {type: text, label: 名称}, kind: {type: choice, label: 类型, choices: status}}
workflow:
  start: review
  states: {review: {label: 审核}, done: {label: 完成, final: true}}
  transitions: {finish: {from: review, to: done, by: system}}
""".replace("from: {type", "since: {type")

NEW = (
    OLD.replace("accounting: 会计, non_accounting: 非会计, ", "working: 在岗, ")
    .replace("{type: text, label: 照片", "{type: text, max_length: 20, label: 照片")
    .replace("{type: text, label: 年龄", "{type: integer, label: 年龄")
    .replace("review", "pending")
)
DECLARED = "choices.status: {migrate: {accounting: working, non_accounting: working}}"
HELD: dict[str, Any] = {
    "status": "accounting",
    "tags": ["accounting", "left"],
    "portrait": "a.jpg",
    "age": "30",
    "remark": "无",
    "study": {"school": "中大"},
    "awards": [{"_id": "r1", "name": "甲", "kind": "non_accounting"}, {"_id": "r2", "name": "乙", "kind": "student"}],
}
OLD_FORM = form_of(OLD)


def new_form(*lines: str, body: str = NEW) -> Form:
    changes = "".join(f"  {line}\n" for line in lines)
    return form_of((f"changes:\n{changes}" if changes else "") + body.lstrip("\n"))


def carry(new: Form, answers: Any = HELD, *, old: Form | None = OLD_FORM, **more: Any) -> Carried:
    return carried(
        old, new, answers, today=more.pop("today", "2024-02-01"), purpose=more.pop("purpose", "draft"), **more
    )


def test_a_list_says_what_its_values_become_wherever_they_are_chosen() -> None:
    found = carry(new_form(DECLARED)).answers
    assert found["status"] == "working"
    assert found["tags"] == ["working", "left"]
    assert [row["kind"] for row in found["awards"]] == ["working", "student"]


def test_one_choice_and_one_field_may_say_it_otherwise() -> None:
    single = "choices.status.accounting: {migrate: student}"
    own = "awards.kind: {migrate: {non_accounting: left}}"
    found = carry(new_form(DECLARED, single, own)).answers
    assert found["status"] == "student"
    assert [row["kind"] for row in found["awards"]] == ["left", "student"]


def test_an_edition_nobody_knows_any_more_still_has_its_choices_migrated() -> None:
    assert carry(new_form(DECLARED), old=None).answers["status"] == "working"
    assert carry(new_form("status: {migrate: {left: working}}"), {"status": "left"}, old=None).answers == {
        "status": "left"
    }, "the value is there still: nobody can tell what it meant"


@pytest.mark.parametrize("line", ["portrait: ask_again", "portrait: {keep_until: 2024-01-31}"])
def test_what_is_asked_again_is_gone_from_a_draft_and_named_on_record(line: str) -> None:
    new = new_form(line)
    draft, record = carry(new), carry(new, purpose="record")
    assert "portrait" not in draft.answers
    assert record.answers["portrait"] == "a.jpg"
    assert draft.asked_again == record.asked_again == ("portrait",)


def test_it_stays_until_the_day_has_passed() -> None:
    new = new_form("portrait: {keep_until: 2024-01-31}")
    assert carry(new, today="2024-01-31").answers["portrait"] == "a.jpg"
    assert carry(new, today="2024-01-31").asked_again == ()


def test_inside_groups_and_rows() -> None:
    body = NEW.replace("label: 学校", "max_length: 9, label: 学校").replace("label: 名称", "max_length: 9, label: 名称")
    new = new_form("study: ask_again", "awards.name: ask_again", body=body)
    draft, record = carry(new), carry(new, purpose="record")
    assert "study" not in draft.answers
    assert [sorted(row) for row in draft.answers["awards"]] == [["_id", "kind"], ["_id", "kind"]]
    assert record.asked_again == ("study.school", "study.since", "awards.r1.name", "awards.r2.name")
    assert record.answers["study"] == HELD["study"]


def test_only_those_who_chose_it_are_asked_again() -> None:
    new = new_form("choices.status.accounting: ask_again")
    draft = carry(new)
    assert "status" not in draft.answers
    assert draft.answers["tags"] == ["left"]
    assert draft.asked_again == ("status", "tags")
    assert carry(new, {"status": "student"}).asked_again == ()


def test_what_has_not_changed_stays_whatever_is_declared() -> None:
    new = new_form("portrait: ask_again", "status: ask_again", body=OLD)
    assert carry(new).answers == HELD
    softer = new_form("portrait: ask_again", body=OLD.replace("label: 照片", "label: 相片"))
    assert carry(softer).asked_again == (), "another word is no reason to ask again"


def test_keep_keeps() -> None:
    new = new_form(DECLARED, "status: keep", "remark: keep")
    assert carry(new, purpose="record").answers["status"] == "accounting"


def test_another_type_is_read_where_it_can_be() -> None:
    record = carry(new_form(), purpose="record")
    assert record.answers["age"] == 30
    unreadable = carry(new_form(), {"age": "三十"}, purpose="record")
    assert unreadable.answers == {}
    assert unreadable.aside == {"age": "三十"}
    assert unreadable.asked_again == ("age",)
    assert carry(new_form(), {"age": "三十"}).answers == {"age": "三十"}, "in a draft the person is told at the field"
    assert carry(new_form("age: {migrate: {三十: 30}}"), {"age": "三十"}).answers == {"age": 30}


@pytest.mark.parametrize(
    "shape",
    [
        "{type: group, label: 备注, fields: {x: {type: text, label: X}}}",
        "{type: rows, label: 备注, max_rows: 2, fields: {x: {type: text, label: X}}}",
    ],
)
def test_another_shape_stands_aside(shape: str) -> None:
    new = new_form(body=NEW.replace("{type: text, label: 备注}", shape))
    for purpose in ("draft", "record"):
        found = carry(new, {"remark": "无"}, purpose=purpose)
        assert (found.answers, found.aside) == ({}, {"remark": "无"})


def test_editions_between_do_each_what_they_declare() -> None:
    middle = new_form(DECLARED, "portrait: ask_again")
    body = NEW.replace(
        "{type: text, max_length: 20, label: 照片", "{type: text, max_length: 20, label: 照片, renamed_from: portrait"
    )
    last = new_form(
        body=body.replace("      portrait:", "      photo:").replace(
            "working: 在岗", "employed: {label: 在岗, renamed_from: working}"
        )
    )
    found = carry(last, purpose="record", between=[middle])
    assert found.answers["status"] == "employed"
    assert found.asked_again == ("photo",)
    assert found.answers["photo"] == "a.jpg"
    assert carry(last, purpose="record").answers["status"] == "accounting", "without it nobody says what it became"


def test_a_field_that_came_back_finds_what_was_entered() -> None:
    without = new_form(body=NEW.replace("      remark: {type: text, label: 备注}\n", ""))
    assert carry(new_form(), between=[without]).answers["remark"] == "无"
    assert carry(without).aside["remark"] == "无"


def test_records_of_a_state_that_has_gone_go_where_it_is_declared() -> None:
    new = new_form("workflow.states.review: {migrate: pending}")
    assert carried_state(new, "review") == "pending"
    assert carried_state(new, "done") == "done"
    body = NEW.replace("pending", "waiting").lstrip("\n")
    later = form_of(f"changes: {{workflow.states.pending: {{migrate: waiting}}}}\n{body}")
    assert carried_state(later, "review", between=[new]) == "waiting"


def errors(new: Form, answers: dict[str, Any], record: Carried) -> list[tuple[str, str]]:
    result = validate(new, answers, record=record.answers, facts={}, today="2024-02-01", asked_again=record.asked_again)
    return [(issue.code, issue.path) for issue in result.issues if issue.level is Level.ERROR]


def test_the_next_change_of_a_record_answers_again_what_is_asked_again() -> None:
    new = new_form(DECLARED, "portrait: ask_again")
    record = carry(new, purpose="record")
    assert errors(new, {"remark": "有"}, record) == [("required", "portrait")]
    assert errors(new, {}, record) == [("required", "portrait")]
    assert errors(new, {"portrait": "b.jpg"}, record) == []
    assert errors(new, {"portrait": "a.jpg"}, record) == [], "the same again is an answer"


def test_the_next_change_of_a_record_does_not_complain_of_what_is_kept() -> None:
    new = new_form("choices.status: keep", "portrait: keep")
    record = carry(new, {**HELD, "portrait": "a much too long name.jpg"}, purpose="record")
    assert errors(new, {"remark": "有"}, record) == []
    result = validate(new, {"remark": "有"}, record=record.answers, facts={}, today="2024-02-01")
    assert result.values["status"] == "accounting"


def test_a_field_that_is_locked_is_not_asked_again() -> None:
    body = NEW.replace("label: 照片", "label: 照片, locked_when: {status: working}")
    new = new_form(DECLARED, "portrait: ask_again", body=body)
    record = carry(new, purpose="record")
    assert record.asked_again == ("portrait",)
    assert errors(new, {"remark": "有"}, record) == []
    kept = validate(new, {}, record=record.answers, facts={}, today="2024-02-01", asked_again=record.asked_again)
    assert kept.values["portrait"] == "a.jpg"


def test_a_column_and_whole_rows_are_asked_again() -> None:
    body = NEW.replace("name: {type: text, label: 名称}", "name: {type: text, label: 名称, required: true}").replace(
        "label: 奖励\n", "label: 奖励\n        required: true\n"
    )
    column = new_form("awards.name: ask_again", body=body)
    record = carry(column, purpose="record")
    assert errors(column, {}, record) == [("required", "awards.r1.name"), ("required", "awards.r2.name")]
    rows = new_form("awards: ask_again", body=body)
    record = carry(rows, purpose="record")
    assert errors(rows, {}, record) == [("required", "awards")]
