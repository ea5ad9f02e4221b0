"""Answers under the names of an older edition come under those of the new one."""

from typing import Any

import pytest

from formkit.carrying import Moved, carried
from formkit.compiler import Compiler
from formkit.diagnostics import has_errors
from formkit.form import Form

OLD = """
form: small
title: 小表
edition: 2019-01-01
choices:
  status: {working: 在岗, student: 在校}
steps:
  work:
    title: 工作
    fields:
      state: {type: choice, label: 状态, choices: status}
      tags: {type: choices, label: 标签, choices: status}
      remark: {type: text, label: 备注}
      study:
        type: group
        label: 学习
        fields:
          school: {type: text, label: 学校}
      awards:
        type: rows
        label: 奖励
        max_rows: 5
        fields:
          title: {type: text, label: 名称}
          kind: {type: choice, label: 类型, choices: status}
""".lstrip()

NEW = """
form: small
title: 小表
edition: 2024-01-01
choices:
  status: {employed: {label: 在岗, renamed_from: working}, student: 在校}
steps:
  work:
    title: 工作
    fields:
      status: {type: choice, label: 状态, choices: status, renamed_from: state}
      tags: {type: choices, label: 标签, choices: status}
  more:
    title: 其他
    fields:
      education:
        type: group
        label: 学习
        renamed_from: study
        fields:
          college: {type: text, label: 学校, renamed_from: school}
      awards:
        type: rows
        label: 奖励
        max_rows: 5
        fields:
          name: {type: text, label: 名称, renamed_from: title}
          kind: {type: choice, label: 类型, choices: status}
""".lstrip()

ANSWERS: dict[str, Any] = {
    "state": "working",
    "tags": ["working", "student"],
    "remark": "没有",
    "study": {"school": "中大"},
    "awards": [{"_id": "r1", "title": "甲", "kind": "working"}, {"_id": "r2", "title": "乙", "kind": "student"}],
}
READ: dict[str, Any] = {
    "status": "employed",
    "tags": ["employed", "student"],
    "education": {"college": "中大"},
    "awards": [{"_id": "r1", "name": "甲", "kind": "employed"}, {"_id": "r2", "name": "乙", "kind": "student"}],
}


def compiled(text: str) -> Form:
    found = Compiler().compile_text(text)
    assert not has_errors(found.diagnostics), found.diagnostics
    return next(iter(found.forms.values()))


OLD_FORM, NEW_FORM = compiled(OLD), compiled(NEW)


@pytest.mark.parametrize("old", [OLD_FORM, None], ids=["known", "unknown"])
def test_renamed_fields_and_choices_are_found_again(old: Form | None) -> None:
    result = carried(old, NEW_FORM, ANSWERS, today="2024-02-01", purpose="draft")
    assert result.answers == READ
    assert result.aside == {"remark": "没有"}
    assert Moved("awards.r1.title", "awards.r1.name", "甲", "甲") in result.moved
    assert Moved("status", "status", "working", "employed") in result.moved


def test_a_record_keeps_what_no_field_asks_for_any_more() -> None:
    result = carried(OLD_FORM, NEW_FORM, ANSWERS, today="2024-02-01", purpose="record")
    assert result.answers == {**READ, "remark": "没有"}
    assert result.aside == {"remark": "没有"}


def test_an_answer_under_the_new_name_counts_more_than_one_under_the_old() -> None:
    answers = {"state": "working", "status": "student"}
    result = carried(OLD_FORM, NEW_FORM, answers, today="2024-02-01", purpose="draft")
    assert result.answers == {"status": "student"}
    assert result.aside == {"state": "working"}


def test_a_name_that_another_field_has_by_now_is_that_field() -> None:
    swapped = NEW.replace("      tags:", "      state: {type: text, label: 省}\n      tags:")
    for old in (OLD_FORM, None):
        result = carried(old, compiled(swapped), {"state": "working"}, today="2024-02-01", purpose="draft")
        assert result.answers == {"state": "working"}
