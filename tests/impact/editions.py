"""Two editions of a small form, and people who are on record under the older one."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from formkit.compiler import Compiler
from formkit.form import Form
from formkit.impact import Outcome, Question, impact, open_reader

TODAY = "2026-11-26"
OLD = """\
form: staff
title: {zh: 人员, en: Staff}
edition: 2023-01-01
facts:
  name: {type: text, label: {zh: 姓名, en: Name}}
  banned: {type: yes_no, label: {zh: 禁止, en: Banned}}
choices:
  status:
    working: {zh: 在岗, en: Working}
    student: {zh: 在校, en: Student}
  level:
    low: {zh: 初级, en: Low}
    high: {zh: 高级, en: High}
steps:
  one:
    title: {zh: 一, en: One}
    fields:
      name: {type: text, label: {zh: 姓名, en: Name}, value: facts.name}
      status: {type: choice, label: {zh: 状态, en: Status}, choices: status, required: true}
      age: {type: integer, label: {zh: 年龄, en: Age}, required: true, min: 0, max: 120}
      senior: {type: yes_no, label: {zh: 年长, en: Senior}, value: age >= 60}
      doctor: {type: text, label: {zh: 医生, en: Doctor}, required_when: senior}
      tel: {type: text, label: {zh: 电话, en: Telephone}}
      fax: {type: text, label: {zh: 传真, en: Fax}}
      unit: {type: text, label: {zh: 单位, en: Unit}, max_length: 20, visible_when: {status: working}}
      school:
        type: group
        label: {zh: 学校, en: School}
        fields:
          title: {type: text, label: {zh: 校名, en: School name}, max_length: 20}
          since: {type: month, label: {zh: 入学年月, en: Since}}
      awards:
        type: rows
        label: {zh: 奖励, en: Awards}
        max_rows: 5
        fields:
          called: {type: text, label: {zh: 名称, en: Award}, max_length: 20, required: true}
          level: {type: choice, label: {zh: 级别, en: Award level}, choices: level}
    checks:
      - rule: age >= 16
        message: {zh: 未满十六周岁, en: Under sixteen}
"""
NEW = (
    OLD.replace("edition: 2023", "edition: 2024")
    .replace("age >= 60", "age >= 55")
    .replace("tel: {type: text,", "phone: {renamed_from: tel, type: text, max_length: 5,")
    .replace("      fax: {type: text, label: {zh: 传真, en: Fax}}\n", "")
    .replace("visible_when: {status: working}", "visible_when: {status: student}")
    .replace("rule: age >= 16", "rule: age >= 18")
    .replace("en: Award}, max_length: 20", "en: Award}, max_length: 4")
    .replace("en: School name}, max_length: 20", "en: School name}, max_length: 4")
)
GOOD = {"name": "甲", "status": "working", "age": 30, "senior": False, "unit": "某单位"}
RECORDS: Sequence[tuple[str, Mapping[str, Any]]] = (
    ("A1", {"name": "甲", "status": "student", "age": 30, "senior": False}),
    ("A2", {"name": "乙", "status": "student", "age": 57, "senior": False}),  # senior by now: a doctor is asked for
    ("A3", {"name": "丙", "status": "student", "age": 17, "senior": False}),  # too young by now
    ("A4", {"name": "丁", "status": "student", "age": 12, "senior": False}),  # always was
    ("A5", {"name": "戊", "status": "student", "age": 40, "senior": False, "tel": "1234567"}),  # too long by now
    ("A6", {"name": "己", "status": "student", "age": 40, "senior": False, "tel": "123", "fax": "9"}),  # a fax is gone
    ("A7", GOOD),  # their unit is hidden
    (
        "A8",
        {
            "name": "庚",
            "status": "student",
            "age": 40,
            "senior": False,
            "school": {"title": "某某大学校", "since": "2020-09"},
            "awards": [{"_id": "r1", "called": "甲等", "level": "low"}, {"_id": "r2", "called": "先进工作者"}],
        },
    ),
)
FACTS = {"banned": False}


def form_from(text: str) -> Form:
    """The form of a text; as a partial it can be sent to another process."""
    return Compiler().compile_text(text, "staff.yaml").forms["staff"]


def question(new: str = NEW, old: str | None = OLD, **more: Any) -> Question:
    """What the tests ask."""
    given: dict[str, Any] = {"today": TODAY, "facts": FACTS, **more}
    return Question(partial(form_from, new), partial(form_from, old) if old else None, **given)


def counted(source: Path | str, asked: Question | None = None, workers: int = 1) -> Outcome:
    """What comes of a source."""
    asked = asked or question()
    editions = [form for load in (asked.old, asked.new) if load is not None for form in [load()]]
    return impact(asked, open_reader(str(source), editions), workers=workers)


def ndjson(path: Path, records: Sequence[tuple[str, Mapping[str, Any]]] = RECORDS) -> Path:
    """A file with a record a line."""
    lines = [json.dumps({"id": id_, "values": values}) for id_, values in records]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path
