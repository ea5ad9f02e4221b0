"""Rules that look for answers: what they find beyond their own examples, and when they keep silent."""

import pytest

from formkit.compiler import Compiler
from formkit.lint import lint
from tests.forms import yaml_of

FIELDS = """
    a: {type: integer, label: 甲, min: 0, max: 9, required: true}
    b: {type: text, label: 乙}
    c: {type: yes_no, label: 丙, visible_when: a > 3}
"""
HEAD = """
    facts: {known: {type: yes_no, label: 已知}}
    choices: {level: {low: 低, high: 高}}
    steps:
      one:
        title: 一
        fields:
          a: {type: integer, label: 甲, min: 0, max: 9, required: true, locked_when: facts.known}
          level: {type: choice, label: 级别, choices: level}
"""


def text_of(body: str) -> str:
    """A whole form in Chinese only."""
    return yaml_of(body).replace("{zh: 小表, en: Small form}", "小表")


def found(body: str) -> list[str]:
    """The codes of what is found, from the top."""
    text = text_of(body)
    compiled = Compiler().compile_text(text)
    assert not compiled.diagnostics, compiled.diagnostics
    return [each.code for each in sorted(lint(compiled), key=lambda each: each.place)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("x: {type: text, label: 丁, visible_when: c and a < 3}", "never-shown"),
        ("x: {type: text, label: 丁, visible_unless: a >= 0 or a is blank}", "never-shown"),
        ("x: {type: text, label: 丁, required_when: no}", "never-holds"),
        ("x: {type: text, label: 丁, visible_when: c, required_when: a > 3}", "always-holds"),
        ("x: {type: text, label: 丁, locked_when: a > 9}", "never-holds"),
        ("x: {type: text, label: 丁, value: \"'x'\", value_when: a == 2 and a == 3}", "never-holds"),
        ("x: {type: text, label: 丁, hint: [{when: a > 9, text: 多}]}", "never-holds"),
        ("x: {type: text, label: 丁, checks: [{rule: a != 1, when: a > 9, message: 不}]}", "never-holds"),
        ("x: {type: text, label: 丁, visible_when: a > 5, checks: [{rule: a > 4, message: 不}]}", "check-never-fails"),
        ("x: {type: text, label: 丁, visible_when: a > 5, checks: [{rule: a < 4, message: 不}]}", "check-always-fails"),
        ("x: {type: text, label: 丁, visible_when: b != '无'}", "not-when-blank"),
        ("x: {type: text, label: 丁, visible_when: \"b not in ('无', '没有')\"}", "not-when-blank"),
        ("x: {type: text, label: 丁, required_when: a > 1 and not c}", "not-when-blank"),
        ("x: {type: text, label: 丁, visible_when: not (b == '无' or b == '没有')}", "not-when-blank"),
    ],
)  # fmt: skip
def test_a_field_is_told_of(line: str, code: str) -> None:
    assert found(f"{FIELDS}    {line}\n") == [code]


@pytest.mark.parametrize(
    "line",
    [
        "x: {type: text, label: 丁, visible_when: a != 3}",  # it has to be filled in
        "x: {type: text, label: 丁, visible_when: c is not blank, required_when: c != no}",  # never blank there
        "x: {type: text, label: 丁, visible_unless: b != '无'}",  # shown for a blank
        "x: {type: text, label: 丁, visible_when: b is not blank and b != '无'}",
        "x: {type: text, label: 丁, visible_when: b is blank or b != '无'}",
        "x: {type: text, label: 丁, visible_when: b == '无' or a > 5}",
        "x: {type: text, label: 丁, checks: [{rule: b != '无', message: 不}]}",  # a blank passes, as one would think
        "x: {type: consent, label: 丁, required_when: a > 5}",
        "x: {type: text, label: 丁, checks: [{rule: no, when: a > 5, message: 不}]}",  # how one says: not at all
        "x: {type: text, label: 丁, checks: [{rule: a < 5, when: a >= 5, message: 不}]}",
        "x: {type: date, label: 丁, max: today, checks: [{rule: \"age_on(x, today()) < 200\", message: 不}]}",
        "x: {type: text, label: 丁, required_when: record.b == '无' and b != '无' and b is not blank}",
    ],
)  # fmt: skip
def test_a_field_is_as_it_should_be(line: str) -> None:
    assert found(f"{FIELDS}    {line}\n") == []


def test_steps_and_sections_that_nobody_reaches() -> None:
    body = f"""{HEAD}
      two:
        title: 二
        visible_when: a > 5
        sections:
          s:
            visible_when: a < 5
            fields: {{x: {{type: text, label: 子, visible_when: level == 'low'}}}}
      three:
        title: 三
        visible_when: level == 'low' and level == 'high'
        fields: {{y: {{type: text, label: 丑}}}}
    """
    assert found(body) == ["never-shown", "never-shown"]


def test_columns_and_what_is_in_a_group() -> None:
    body = f"""{HEAD}
          g:
            type: group
            label: 组
            fields:
              n: {{type: integer, label: 数, min: 1, max: 5}}
              m: {{type: text, label: 名, visible_when: n > 5}}
          r:
            type: rows
            label: 行
            fields:
              n: {{type: integer, label: 数, min: 1, max: 5}}
              m: {{type: text, label: 名, visible_when: n > 5}}
              k: {{type: text, label: 名, visible_when: n > 4}}
    """
    assert found(body) == ["never-shown", "never-shown"]


def test_checks_contradict_only_where_both_count() -> None:
    body = f"""{HEAD}
    checks:
      - {{rule: a > 5, when: level == 'low', message: 一}}
      - {{rule: a < 3, when: {{second}}, message: 二}}
    """
    assert found(body.replace("{second}", "level == 'high'")) == []
    assert found(body.replace("{second}", "facts.known")) == ["checks-contradict"]


def test_a_transition_that_nobody_can_take() -> None:
    body = f"""{HEAD}
    workflow:
      start: open
      states: {{open: {{label: 待办}}, done: {{label: 办结, final: true}}, gone: {{label: 撤销, final: true}}}}
      transitions:
        finish: {{from: open, to: done, by: office, label: 办结, when: a > 5}}
        drop: {{from: open, to: gone, by: office, label: 撤销, when: a > 9}}
    """
    assert found(body) == ["never-holds"]


def test_a_finding_carries_answers_that_show_it() -> None:
    text = text_of(f"{FIELDS}    x: {{type: text, label: 丁, visible_when: b != '无'}}\n")
    (finding,) = lint(Compiler().compile_text(text))
    assert finding.example is not None
    assert "b" not in finding.example.answers and finding.example.given == {"b"}
