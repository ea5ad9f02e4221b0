"""`formkit why`: sentences with their lines, JSON, and paths that are not there."""

import pytest

from tests.cli.conftest import Command

WHY = ("why", "leave.yaml")
DAY = ("--today", "2024-09-01")


def test_why_something_is_hidden_and_what_depends_on_it(formkit: Command) -> None:
    ran = formkit(*WHY, "who", "--answers", '{"days": 2, "who": "李华"}', *DAY)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "“交接人”  who（leave.yaml:20:7）",
        "  “交接人”不显示：因为步骤“交接”不显示",
        "    步骤“交接”不显示：因为“天数”是 2，不大于 10（leave.yaml:18:19）",
        "      “天数”是 2，在步骤“申请”里填的",
        "  “交接人”可以不填：因为它现在不显示",
        "  “交接人”填过“李华”，现在不显示，没有采用",
        "  说明（“交接人”）：这一项现在不需要填写，提交的内容没有采用。",
    ]
    ran = formkit(*WHY, "days", "--lang", "en", "--answers", {"days": 12}, "--facts", {"days_left": 5}, *DAY)
    assert ran.out.splitlines()[-4:] == [
        "What depends on it:",
        "  whether “事由” is shown (leave.yaml:12:50)",
        "  a check of the step “Request” (leave.yaml:14:15)",
        "  whether the step “Handover” is shown (leave.yaml:18:19)",
    ]


def test_what_is_refused(formkit: Command) -> None:
    ran = formkit(*WHY, "ask/", "--lang", "en", "--answers", {"days": 9, "why": "x"}, "--facts", {"days_left": 5}, *DAY)
    assert ran.status == 0
    ran = formkit(*WHY, "days", "--lang", "en", "--answers", {"days": "x"}, *DAY)
    assert "Refused (“Days”):" in ran.out and "“x” was entered, which cannot be read" in ran.out


def test_facts_left_out_are_not_known(formkit: Command) -> None:
    ran = formkit(*WHY, "facts.days_left", "--lang", "en", *DAY)
    assert (ran.status, "“Days left” is not known now, told by the portal" in ran.out) == (0, True)


def test_json_tells_the_whole_tree(formkit: Command) -> None:
    found = formkit(*WHY, "who", "--format", "json", "--lang", "en", "--answers", {"days": 2}, *DAY).json
    assert found["visible"]["outcome"] is False
    (step,) = found["visible"]["because"]
    assert (step["path"], step["rule"], step["place"]) == ("later/", "days > 10", "leave.yaml:18:19")
    (days,) = step["values"]
    assert (days["name"], days["value"], days["origin"]) == ("days", 2, "typed")
    unknown = formkit(*WHY, "facts.days_left", "--format", "json", *DAY).json
    assert unknown["value"]["value"] == {"$unknown": True}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("none",), "The form has no “none”; it has: days, why, who, ask, later."),
        (("days", "--answers", '{"days": '), "is not valid JSON at line 1"),
        (("days", "--answers", "[]"), "There is no"),
        (("days", "--facts", '{"days_left": "x"}'), "The fact “days_left” must be a number"),
    ],
)
def test_what_cannot_be_told(formkit: Command, words: tuple[str, ...], told: str) -> None:
    ran = formkit(*WHY, *words, "--lang", "en", *DAY)
    assert ran.status == 2
    assert told in ran.err or "cannot be read" in ran.err
