"""Rules about how a form is built: what they find beyond their own examples, and when they keep silent."""

import pytest

from formkit.compiler import Compiler
from formkit.lint import lint

HEAD = "form: small\ntitle: 小表\nedition: 2026-01-01\n"
STEPS = """
steps:
  one:
    title: 一
    fields:
      a: {type: integer, min: 0, max: 9, label: 甲, required: true}
      FIELD
  two:
    title: 二
    fields:
      b: {type: integer, min: 0, max: 9, label: 乙, required: true}
      told: {type: integer, min: 0, max: 9, label: 已知, locked: always}
      twice: {type: integer, label: 两倍, value: a * 2}
      late: {type: integer, label: 晚的, value: b * 2}
"""


def found(text: str) -> list[str]:
    """The codes of what is found, from the top."""
    compiled = Compiler().compile_text(HEAD + text.strip("\n"))
    assert not compiled.diagnostics, compiled.diagnostics
    return [each.code for each in sorted(lint(compiled), key=lambda each: each.place)]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("x: {type: text, label: 丙, visible_when: b > 3}", ["reads-later-step"]),
        ("x: {type: text, label: 丙, required_when: late > 3}", ["reads-later-step"]),
        ("x: {type: text, label: 丙, hint: [{when: b > 3, text: 多}]}", ["reads-later-step"]),
        ("x: {type: integer, min: 0, max: 9, label: 丙, checks: [{rule: x < b, message: 不}]}", ["reads-later-step"]),
        ("x: {type: text, label: 丙, visible_when: twice > 3}", []),
        ("x: {type: text, label: 丙, visible_when: told > 3}", []),
        ("x: {type: text, label: 丙, visible_when: record.b > 3}", []),
        ("x: {type: text, label: 丙, visible_when: a > 3}", []),
    ],
)
def test_what_is_asked_too_late(line: str, codes: list[str]) -> None:
    assert found(STEPS.replace("FIELD", line)) == codes


def test_a_check_of_the_whole_form_may_read_everything() -> None:
    checks = "checks: [{rule: a < b, message: 不}]\n"
    assert found(STEPS.replace("      FIELD\n", "") + checks) == []


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("type: date, max: 9999-12-31", []),
        ("type: date, min: 1899-12-31", ["implausible-year"]),
        ("type: month, max: 2926-01", ["implausible-year"]),
        ("type: year, min: 1020", ["implausible-year"]),
        ("type: year, min: 1920", []),
        ("type: date, visible_when: \"a > 1 and today() < date('2926-01-01')\"", ["implausible-year"]),
        ("type: text, max_length: 3000", []),
        ("type: text, hint: 编号如 0755-2123-0001", []),
        ("type: text, hint: 2123年5月26日起", ["implausible-year"]),
    ],
)
def test_years(keys: str, codes: list[str]) -> None:
    told = found(STEPS.replace("FIELD", f"x: {{label: 丙, {keys}}}"))
    assert [each for each in told if each == "implausible-year"] == codes


WORKFLOW = """
workflow:
  start: open
  AFTER
  states:
    open: {label: 待办}
    back: {label: 退回}
  transitions:
    send_back: {from: open, to: back, by: clerk}
    again: {from: back, to: open, by: applicant}
"""


@pytest.mark.parametrize(("after", "codes"), [("after_change: open", []), ("", ["never-ends", "never-ends"])])
def test_a_record_that_may_be_changed_needs_no_end(after: str, codes: list[str]) -> None:
    assert (
        found(STEPS.replace("      FIELD\n", "") + WORKFLOW.replace("  AFTER\n", f"  {after}\n" if after else ""))
        == codes
    )


def test_two_fields_from_one_earlier_name() -> None:
    line = "x: {type: text, label: 丙, renamed_from: [old]}\n      y: {type: text, label: 丁, renamed_from: [old]}"
    assert found(STEPS.replace("FIELD", line)) == ["renamed-from-present"]


def test_a_text_of_a_type_lacks_a_translation_too() -> None:
    text = """
form: small
title: {zh: 小表, en: Small}
edition: 2026-01-01
steps:
  one:
    title: {zh: 一, en: One}
    fields:
      a: {type: integer, label: {zh: 甲, en: A}, unit: 岁}
      b: {type: text, label: {en: B}}
"""
    told = [(each.code, each.place.line) for each in lint(Compiler().compile_text(text.strip("\n")))]
    assert told == [("missing-translation", 9), ("missing-translation", 8)]
