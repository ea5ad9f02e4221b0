"""Comments that say a finding is meant."""

from pathlib import Path

import pytest

from formkit.compiler import Compiled, Compiler
from formkit.diagnostics import Diagnostic
from formkit.lint import lint
from formkit.lint.allowances import unless_allowed
from formkit.locales import diagnostic_hint, diagnostic_sentence

FORM = """\
form: leave
title: 请假
edition: 2026-01-01
facts:
  {above}
  days_left: {{type: integer, label: 剩余天数}} {beside}
steps:
  only:
    title: 请假
    fields:
      days: {{type: integer, label: 天数}}
"""


def found(above: str = "", beside: str = "") -> list[tuple[str, int]]:
    return [(each.code, each.place.line) for each in lint(compiled(above, beside))]


def compiled(above: str = "", beside: str = "") -> Compiled:
    return Compiler().compile_text(FORM.format(above=above, beside=beside))


def test_without_a_comment_it_is_told() -> None:
    assert found() == [("unused-fact", 6)]


@pytest.mark.parametrize(
    ("above", "beside"),
    [
        ("", "# formkit: allow unused-fact 下一版要用"),
        ("# formkit: allow unused-fact 下一版要用", ""),
        ("# formkit: allow unused-fact 下一版要用\n\n  # 剩余的天数由人事系统提供", ""),
        ("#formkit:allow unused-fact 下一版要用", ""),
        ("# 下一版 # formkit: allow unused-fact 下一版要用", ""),
    ],
)
def test_with_one_it_is_not(above: str, beside: str) -> None:
    assert found(above, beside) == []


def test_a_comment_allows_its_own_code_only() -> None:
    assert found(beside="# formkit: allow unused-choices 下一版要用") == [("unused-fact", 6), ("unused-allowance", 6)]


def test_a_comment_allows_its_own_line_only() -> None:
    text = FORM.format(above="", beside="").replace("edition:", "# formkit: allow unused-fact 下一版要用\nedition:")
    told = [(each.code, each.place.line) for each in lint(Compiler().compile_text(text))]
    assert told == [("unused-fact", 7), ("unused-allowance", 3)]


def test_a_comment_that_is_not_a_comment_allows_nothing() -> None:
    text = FORM.format(above="", beside="").replace("剩余天数", '"a#formkit: allow unused-fact b"')
    assert [each.code for each in lint(Compiler().compile_text(text))] == ["unused-fact"]


def test_a_reason_is_asked_for() -> None:
    assert found(beside="# formkit: allow unused-fact") == [("allowance-without-reason", 6)]


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    for written, code in (("unused-fakt", "unknown-allowance.near"), ("天气", "unknown-allowance")):
        told = lint(compiled(beside=f"# formkit: allow {written} 下一版要用"))
        assert [each.code for each in told] == ["unused-fact", code]
        for language in ("zh", "en"):
            assert written in diagnostic_sentence(told[1], language)
            assert "unused-fact" in diagnostic_hint(told[1], language)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = FORM.format(above="# formkit: allow unused-fact 下一版要用", beside="")
    for line_break in ("\r\n", "\r"):
        assert lint(Compiler().compile_text(text.replace("\n", line_break))) == ()
    assert lint(Compiler().compile_text(text.replace("title: 请假", 'title: "请\u2028假"', 1))) == ()


def test_an_error_is_never_allowed() -> None:
    made = compiled(beside="# formkit: allow unused-fact 下一版要用")
    (source,) = made.sources.values()
    (warning,) = lint(compiled())
    error = Diagnostic(warning.code, warning.place)
    told = unless_allowed([error], {source.file: source}, {source.file}, ["unused-fact"])
    assert [each.code for each in told] == ["unused-fact", "unused-allowance"]


def test_an_allowance_in_a_list_that_is_checked_alone_is_not_unused(tmp_path: Path) -> None:
    lists = tmp_path / "lists.yaml"
    lists.write_text("choices:\n  # formkit: allow same-label 同名的地方有两个\n  place: {a: 甲, b: 甲}\n", "utf-8")
    assert lint(Compiler().compile_path(lists)) == ()
