"""What the terminal and a program are shown of a diagnostic."""

import io
import json

from formkit.cli.output import diagnostics_json, print_diagnostics, summary
from formkit.diagnostics import Diagnostic, Place, Severity

FILE = "f.yaml"


def finding(line: int, column: int, end_column: int, *, end_line: int = 0, file: str = FILE) -> Diagnostic:
    place = Place(file, line, column, end_line or line, end_column)
    return Diagnostic("duplicate-key", place, {"key": "a", "first_line": 1, "line": line})


def printed(text: str, *diagnostics: Diagnostic, language: str = "en") -> list[str]:
    out = io.StringIO()
    print_diagnostics(diagnostics, {FILE: text}, language, out)
    return out.getvalue().split("\n")


def excerpt(text: str, diagnostic: Diagnostic) -> tuple[str, str]:
    lines = printed(text, diagnostic)
    return lines[1].split("| ", 1)[1], lines[2].split("| ", 1)[1]


def test_a_finding_says_where_what_and_the_mend() -> None:
    assert printed("a: 1\nb: 2\na: 3\n", finding(3, 1, 2)) == [
        "f.yaml:3:1  error duplicate-key  “a” is written twice: line 1 has it already, and line 3 has it again.",
        " 3 | a: 3",
        "   | ^",
        "   = Delete one of them, or give it another name.",
        "",
        "",
    ]


def test_in_chinese() -> None:
    lines = printed("a: 1\na: 3", finding(2, 1, 2), language="zh")
    assert lines[0] == "f.yaml:2:1  错误 duplicate-key  “a”写了两次：第 1 行已经有了，第 2 行又写了一次。"
    assert lines[3] == "   = 请删除其中一个，或者改成另一个名称。"


def test_wide_characters_take_two_columns() -> None:
    assert excerpt("标题: 甲乙丙", finding(1, 6, 7)) == ("标题: 甲乙丙", " " * 8 + "^^")
    assert excerpt("ｘ：é: b", finding(1, 5, 6)) == ("ｘ：é: b", " " * 6 + "^")


def test_marks_that_combine_take_no_column() -> None:
    assert excerpt("e\u0301: b", finding(1, 5, 6))[1] == " " * 3 + "^"


def test_tabs_are_shown_as_blanks_up_to_the_next_stop() -> None:
    assert excerpt("\tb: 1", finding(1, 1, 2)) == ("    b: 1", "^^^^")
    assert excerpt("ab\tc: 1", finding(1, 4, 5)) == ("ab  c: 1", "    ^")


def test_an_empty_span_has_one_caret_also_behind_the_end() -> None:
    assert excerpt("a:", finding(1, 3, 3)) == ("a:", "  ^")
    assert excerpt("a:", finding(1, 30, 40)) == ("a:", "  ^")


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    assert excerpt("a: [1,  \n2]", finding(1, 4, 3, end_line=2)) == ("a: [1,  ", "   ^^^")


def test_a_long_line_is_cut_around_the_place() -> None:
    shown, carets = excerpt("x" * 500 + "HERE" + "y" * 500, finding(1, 501, 505))
    assert shown == "…" + "x" * 60 + "HERE" + "y" * 60 + "…"
    assert carets == " " * 61 + "^^^^"


def test_a_long_span_is_cut() -> None:
    shown, carets = excerpt("a: " + "y" * 100_000, finding(1, 4, 100_004))
    assert (len(shown) < 200, len(carets) <= len(shown)) == (True, True)


def test_nothing_steers_the_terminal() -> None:
    shown, _ = excerpt("a: \x1b[31m \u202e b\u2028", finding(1, 1, 2))
    assert shown == "a: \ufffd[31m \ufffd b\ufffd"


def test_line_breaks_of_every_kind_count() -> None:
    assert excerpt("a: 1\r\nb: 2\rc: 3\nd: 4", finding(3, 1, 2))[0] == "c: 3"


def test_findings_come_in_the_order_of_the_file() -> None:
    lines = printed("a: 1\nb: 2\na: 3", finding(3, 1, 2), finding(2, 1, 2))
    assert [line[:8] for line in lines if line.startswith(FILE)] == ["f.yaml:2", "f.yaml:3"]


def test_a_file_or_line_that_is_not_at_hand_is_shown_without_its_line() -> None:
    assert [line for line in printed("a: 1", finding(9, 1, 2), finding(1, 1, 2, file="g.yaml")) if "|" in line] == []


def test_json() -> None:
    text = diagnostics_json([finding(3, 1, 2), finding(1, 4, 2, end_line=2)], "en")
    first, second = json.loads(text)["diagnostics"]
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (1, 4, 2, 2)
    assert second == {
        "code": "duplicate-key",
        "severity": "error",
        "file": FILE,
        "line": 3,
        "column": 1,
        "end_line": 3,
        "end_column": 2,
        "message": "“a” is written twice: line 1 has it already, and line 3 has it again.",
        "hint": "Delete one of them, or give it another name.",
    }
    assert json.loads(diagnostics_json([], "zh")) == {"diagnostics": []}


def test_summary() -> None:
    warning = Diagnostic("tab", Place(FILE, 1, 1, 1, 2), severity=Severity.WARNING)
    assert summary([finding(1, 1, 2), warning, warning], "en") == "Errors: 1, warnings: 2."
    assert summary([finding(1, 1, 2)], "zh") == "共 1 个错误、0 个警告。"
    assert summary([], "zh") == "没有发现问题。"


def test_the_code_of_a_finding_is_the_one_in_the_reference() -> None:
    out = io.StringIO()
    found = Diagnostic("unknown-key.near", Place("a.yaml", 1, 1, 1, 4), {"value": "必填", "near": "required"})
    print_diagnostics([found], {"a.yaml": "必填: true"}, "zh", out)
    assert " unknown-key " in out.getvalue()
    assert ".near" not in out.getvalue()
