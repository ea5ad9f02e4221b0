"""`formkit validate`: issues as text and as JSON, and what it takes."""

from pathlib import Path

import pytest

from tests.cli.conftest import FORM, Command

VALIDATE = ("validate", "leave.yaml", "--facts", "facts.json", "--today", "2024-09-01", "--answers")
JSON = ("--format", "json", "--lang", "en")


def test_good_answers(formkit: Command) -> None:
    ran = formkit(*VALIDATE, {"days": "2"}, *JSON)
    assert (ran.status, ran.json) == (0, {"ok": True, "values": {"days": 2}, "issues": []})


def test_issues_for_programs(formkit: Command) -> None:
    ran = formkit(*VALIDATE, {"days": 6, "who": "x"}, *JSON)
    assert (ran.status, ran.json["ok"], ran.json["values"]) == (1, False, {"days": 6})
    required, hidden, check = sorted(ran.json["issues"], key=lambda issue: str(issue["code"]), reverse=True)
    assert (required["code"], required["path"], required["level"]) == ("required", "why", "error")
    assert required["rule"].startswith("leave.yaml:12:") and required["message"]
    assert (hidden["code"], hidden["path"], hidden["level"], hidden["rule"]) == ("hidden", "who", "notice", None)
    assert check == {
        "code": "check",
        "path": "",
        "message": "Not enough days",
        "level": "error",
        "rule": "leave.yaml:14:15",
    }


def test_issues_for_people(formkit: Command) -> None:
    ran = formkit(*VALIDATE, {"days": 6})
    assert "why  错误 required" in ran.out
    assert "（整个表单）  错误 check  天数不够  (leave.yaml:14:15)" in ran.out
    assert ran.out.endswith("不能提交：2 个错误，0 条提醒，0 条说明。\n")


def test_notices_do_not_count(formkit: Command) -> None:
    assert formkit(*VALIDATE, {"days": 2, "why": "x"}).status == 0


def test_one_step_only(formkit: Command) -> None:
    issues = formkit(*VALIDATE, {"days": 20}, "--step", "later", *JSON).json["issues"]
    assert "who" in {issue["path"] for issue in issues} and "why" not in {issue["path"] for issue in issues}


def test_a_record_makes_it_a_change(formkit: Command) -> None:
    assert formkit(*VALIDATE, {}, "--record", {"days": 2}, *JSON).json == {
        "ok": True,
        "values": {"days": 2},
        "issues": [],
    }


def test_answers_from_standard_input(formkit: Command) -> None:
    assert formkit(*VALIDATE, "-", *JSON, stdin='\ufeff{"days": 1}').json["values"] == {"days": 1}


def test_an_unknown_fact_is_marked(formkit: Command) -> None:
    """A rule that hangs on it is not definitely broken."""
    words = ("validate", "leave.yaml", "--answers", {"days": 3})
    assert formkit(*words, "--facts", {"days_left": {"$unknown": True}}).status == 0
    assert formkit(*words, "--facts", {"days_left": None}).status == 0
    assert formkit(*words, "--facts", {"days_left": 1}).status == 1


def test_today_is_the_day_where_the_form_is_at_home(formkit: Command) -> None:
    assert formkit("validate", "leave.yaml", "--facts", "facts.json", "--answers", {"days": 1}).status == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "must hold one JSON object"),
        ("{", "is not valid JSON at line 1"),
        ('{"a": 1, "a": 2}', "has “a” twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": Infinity}', "infinity"),
        ("[" * 100_000, "too deep nesting"),
        ('{"a": ' + "9" * 5000 + "}", "endless number"),
        (b"\xff{}", "is not UTF-8"),
    ],
)
def test_answers_are_read_strictly(formkit: Command, text: str | bytes, told: str) -> None:
    ran = formkit(*VALIDATE, "-", *JSON, stdin=text)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("validate", "none.yaml", "--answers", {}), "There is no “none.yaml”"),
        (("validate", "leave.yaml", "--answers", "none.json"), "“none.json” cannot be read"),
        (("validate", "leave.yaml", "--answers", {}), "missing: days_left (Days left)"),
        (("validate", "leave.yaml", "--answers", {}, "--facts", {"days_left": "many"}), "must be a number"),
        ((*VALIDATE, {}, "--today", "01.09.2024"), "is no date"),
        ((*VALIDATE, {}, "--step", "nowhere"), "no step “nowhere”; it has: ask, later"),
        (("validate", "leave.yaml#other", "--answers", {}), "no form “other”; it holds: leave"),
        (("validate", "leave.yaml", "--answers", "-", "--facts", "-"), "can be read once only"),
    ],
)
def test_what_cannot_be_carried_out(formkit: Command, words: tuple[object, ...], told: str) -> None:
    ran = formkit(*words, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err


def test_a_form_that_does_not_load_is_a_finding(formkit: Command, folder: Path) -> None:
    (folder / "leave.yaml").write_text(FORM.replace("days > 3", "dayz > 3"), encoding="utf-8")
    ran = formkit(*VALIDATE, {}, *JSON)
    assert (ran.status, ran.json["diagnostics"][0]["code"]) == (1, "unknown-name")


def test_one_form_of_several(formkit: Command, folder: Path) -> None:
    (folder / "two.yaml").write_text(f"{FORM}---\n{FORM.replace('form: leave', 'form: absence')}", encoding="utf-8")
    words = ("--answers", {"days": 1}, "--facts", "facts.json", "--lang", "en")
    assert formkit("validate", "two.yaml#absence", *words).status == 0
    ran = formkit("validate", "two.yaml", *words)
    assert (ran.status, "as in two.yaml#leave" in ran.err) == (2, True)


def test_a_file_without_a_form(formkit: Command, folder: Path) -> None:
    (folder / "lists.yaml").write_text("choices:\n  a: {x: 甲}\n", encoding="utf-8")
    assert "holds no form" in formkit("validate", "lists.yaml", "--answers", {}, "--lang", "en").err
