"""A form of every kind of rule, and cases of it."""

from pathlib import Path
from textwrap import dedent

from formkit.compiler import Compiled, Compiler
from formkit.compiler.case_files import CaseFile

FORM = """\
form: trip
title: {zh: 出差, en: Trip}
edition: 2024-01-01
facts:
  open: {type: yes_no, label: {zh: 有未办结的, en: One is open}}
  grade: {type: choice, choices: grades, label: {zh: 职级, en: Grade}}
choices:
  grades: {junior: 初级, senior: 高级}
  means: {train: 火车, plane: 飞机}
steps:
  plan:
    title: 行程
    fields:
      means: {type: choice, label: 交通, choices: means, required: true}
      reason:
        type: text
        label: 乘机理由
        visible_when: {means: plane}
        required_unless: facts.grade == 'senior'
        hint:
          - {when: facts.grade == 'junior', text: 请写明}
          - {when: "true", text: 一句话}
      days: {type: integer, label: 天数, min: 1, max: 30, required: true}
      cost: {type: integer, label: 补助, value: days * 100, value_when: days < 10}
      city: {type: text, label: 城市, locked_when: facts.open and record.city is not blank}
      host:
        type: group
        label: 接待
        fields:
          name: {type: text, label: 姓名}
          phone: {type: text, label: 电话, visible_when: name is not blank, required: true}
      stops:
        type: rows
        label: 途经
        max_rows: 3
        fields:
          place: {type: text, label: 地点, required: true}
          nights: {type: integer, label: 住几晚, visible_when: place != '当天'}
        checks:
          - {rule: unique(s.place for s in stops), message: 地点重复}
    checks:
      - {rule: days <= 20, when: means == 'plane', message: 太久, level: warning, at: days}
  papers:
    title: 材料
    visible_when: days > 5
    fields:
      ticket: {type: image, label: 车票, formats: [jpeg], max_size: 1 MB, required: true}
checks:
  - {rule: facts.grade == 'senior' or days < 25, message: 不能这么久}
workflow:
  start: sent
  states:
    sent: {label: 已提交}
    granted: {label: 同意, final: true}
    refused: {label: 不同意, final: true, reapply: true}
  transitions:
    grant: {from: sent, to: granted, by: system, after: 2 working_days, when: not facts.open}
    refuse: {from: sent, to: refused, by: leader, reason: true}
  while: {sent: read_only}
"""
CALENDAR = """\
calendar: china
years:
  '2024':
    holidays: [2024-01-01]
"""
HEAD = """\
cases: trip.yaml
working_days: calendar.yaml
today: 2024-01-10
facts: {open: false, grade: junior}
answers:
  means: train
  days: 3
  city: 广州
tests:
"""


def compiled_cases(folder: Path, tests: str, *, head: str = HEAD, form: str = FORM) -> Compiled:
    """What becomes of the form, the calendar and a file of cases in a folder."""
    for name, text in (("trip.yaml", form), ("calendar.yaml", CALENDAR)):
        (folder / name).write_text(text, "utf-8")
    (folder / "cases.yaml").write_text(head + indented(tests), "utf-8")
    return Compiler().compile_path(folder, cases=True)


def case_file(folder: Path, tests: str, **parts: str) -> CaseFile:
    """A file of cases in which nothing is wrong."""
    compiled = compiled_cases(folder, tests, **parts)
    assert compiled.diagnostics == ()
    return compiled.cases[0]


def indented(tests: str) -> str:
    return "".join(f"  {line}\n" for line in dedent(tests).strip("\n").splitlines())
