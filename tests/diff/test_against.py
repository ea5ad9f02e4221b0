"""A form held against the edition before it: every breaking change has a treatment, and every treatment a change."""

import re

import pytest

from formkit.diagnostics import Severity
from formkit.diff import Severity as Weight
from formkit.diff import diff
from formkit.diff.against import against
from formkit.diff.report import Report
from formkit.form import Form
from formkit.locales import diagnostic_hint, diagnostic_sentence
from tests.diff.pairs import FIELDS, PAIRS
from tests.diff.test_changes import OLD, changed
from tests.forms import form_of

REMARK = "          remark: {type: text, label: {zh: 备注, en: Remark}}\n"
LEFT = ", left: {zh: 离岗, en: Left}"
STUDENT = ", student: {zh: 在校生, en: Student}"


def declaring(form: str, *lines: str) -> Form:
    return form_of(form + "changes:\n" + "".join(f"  {line}\n" for line in lines) if lines else form)


def found(old: str, new: str, *lines: str) -> list[tuple[str, str]]:
    """(code, the path or value it names) of everything that is said."""
    told = against(form_of(old), declaring(new, *lines))
    return [(each.code, str(each.params.get("value") or each.params["path"])) for each in told]


def without(*parts: str) -> str:
    text = FIELDS
    for part in parts:
        assert text.count(part) == 1
        text = text.replace(part, "")
    return text


WITHOUT_STATE = without(
    "    held: {label: {zh: 暂停, en: Held}}\n",
    "    hold: {from: filed, to: held, by: applicant, label: {zh: 暂停办理, en: Hold}}\n",
    "    resume: {from: held, to: filed, by: applicant, label: {zh: 恢复, en: Resume}}\n",
)
RETYPED = FIELDS.replace("age: {type: integer, label: {zh: 年龄, en: Age}, min: 16}", "age: {type: text, label: 年龄}")
RETYPED = RETYPED.replace("age < 100", "age is not blank")
LISTED = FIELDS.replace("remark: {type: text, label: {zh: 备注, en: Remark}}", "remark: {type: yes_no, label: 备注}")
CHOSEN = FIELDS.replace("remark: {type: text,", "remark: {type: choice, choices: status,")
NEW_FACT = FIELDS.replace("facts:\n", "facts:\n  more: {type: yes_no, label: 更多}\n")

CASES = {
    "nothing changed": (FIELDS, FIELDS, [], []),
    "a field dropped": (FIELDS, without(REMARK), [], [("untreated-change", "remark")]),
    "kept": (FIELDS, without(REMARK), ["remark: keep"], []),
    "a choice dropped": (FIELDS, without(LEFT), [], [("untreated-change", "choices.status.left")]),
    "for the choice": (FIELDS, without(LEFT), ["choices.status.left: ask_again"], []),
    "for the list": (FIELDS, without(LEFT), ["choices.status: keep"], []),
    "for its only field": (FIELDS, without(LEFT), ["status: {migrate: {left: working}}"], []),
    "left out": (
        FIELDS,
        without(LEFT)
        .replace("student: {zh: 在校生, en: Student}", "pupil: {zh: 在校生, en: Pupil}")
        .replace("{status: student}", "{status: pupil}"),
        ["choices.status: {migrate: {left: working}}"],
        [("left-out-value", "student")],
    ),
    "for one of two fields": (
        CHOSEN,
        CHOSEN.replace(LEFT, ""),
        ["status: keep"],
        [("untreated-change", "choices.status.left")],
    ),
    "for both": (CHOSEN, CHOSEN.replace(LEFT, ""), ["status: keep", "remark: ask_again"], []),
    "a city is never chosen": (
        FIELDS,
        FIELDS.replace(
            "city: {gz: {label: 广州, children: {th: 天河}}", "city: {cn: {label: 省, children: {th: 天河}}"
        ),
        [],
        [],
    ),
    "another type": (FIELDS, RETYPED, [], [("untreated-change", "age")]),
    "another type asked again": (FIELDS, RETYPED, ["age: ask_again"], []),
    "free answers": (FIELDS, RETYPED, ["age: {migrate: {16: sixteen}}"], [("open-migration", "age")]),
    "yes and no": (LISTED, FIELDS, ["remark: {migrate: {true: 有}}"], [("left-out-value", "false")]),
    "both of them": (LISTED, FIELDS, ["remark: {migrate: {true: 有, false: 无}}"], []),
    "a state dropped": (
        FIELDS,
        WITHOUT_STATE,
        [],
        [
            ("untreated-change", f"workflow.{each}")
            for each in ("states.held", "transitions.hold", "transitions.resume")
        ],
    ),
    "its records go elsewhere": (
        FIELDS,
        WITHOUT_STATE,
        [
            "workflow.states.held: {migrate: filed}",
            "workflow.transitions.hold: keep",
            "workflow.transitions.resume: keep",
        ],
        [],
    ),
    "a fact more": (FIELDS, NEW_FACT, [], [("untreated-change", "facts.more")]),
    "a fact the portal knows": (FIELDS, NEW_FACT, ["facts.more: keep"], []),
    "another form": (FIELDS, FIELDS.replace("form: small", "form: other"), [], [("against-form-renamed", "")]),
    "an earlier edition": (
        FIELDS,
        FIELDS.replace("2023-05-26", "2022-01-01"),
        [],
        [("against-edition-backwards", "")],
    ),
    "nothing to treat": (FIELDS, FIELDS, ["remark: ask_again"], [("idle-treatment", "remark")]),
    "a text is nothing to treat": (
        FIELDS,
        FIELDS.replace("备注", "说明"),
        ["remark: ask_again"],
        [("idle-treatment", "remark")],
    ),
    "nowhere": (FIELDS, without(REMARK), ["remark: keep", "remrk: keep"], [("unknown-treated.near", "remrk")]),
    "nowhere near": (FIELDS, without(REMARK), ["remark: keep", "zzz: keep"], [("unknown-treated", "zzz")]),
    "nothing to migrate": (
        FIELDS,
        FIELDS.replace("en: Age}, min: 16", "en: Age}, min: 18"),
        ["age: {migrate: {16: 18}}"],
        [("nothing-to-migrate", "age")],
    ),
    "no value of before": (
        FIELDS,
        without(LEFT),
        ["choices.status: {migrate: {left: working, lefty: working}}"],
        [("unneeded-migration.near", "lefty")],
    ),
}
WARNINGS = {"idle-treatment", "unneeded-migration", "unneeded-migration.near"}


@pytest.mark.parametrize("case", CASES)
def test_what_is_said(case: str) -> None:
    old, new, lines, wanted = CASES[case]
    assert found(old, new, *lines) == wanted
    for each in against(form_of(old), declaring(new, *lines)):
        assert each.severity is (Severity.WARNING if each.code in WARNINGS else Severity.ERROR)
        for language in ("zh", "en"):
            assert "{" not in diagnostic_sentence(each, language)
            assert diagnostic_hint(each, language)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair[2] for pair in PAIRS])
def test_any_line_that_is_offered_mends_it(pair: tuple[str, ...]) -> None:
    """What the hint shows can be pasted, each line of it, and then nothing is missing."""
    new = changed(pair[0], pair[1])
    breaking = [each for each in diff(OLD, new) if each.severity is Weight.BREAKING]
    told = [each for each in against(OLD, new) if each.code == "untreated-change"]
    mendable = {each.path for each in breaking if each.code not in ("form-renamed", "edition-backwards")}
    assert {str(each.params["path"]) for each in told} == mendable
    offered = [re.findall(r"^  (\S.*)$", diagnostic_hint(each, "en"), re.MULTILINE) for each in told]
    for number in range(max(map(len, offered), default=0)):
        lines = [each[min(number, len(each) - 1)] for each in offered]
        text = FIELDS
        for before, after in zip(*((each,) if isinstance(each, str) else each for each in pair[:2]), strict=True):
            text = text.replace(before, after)
        assert [each.code for each in against(OLD, declaring(text, *lines)) if each.code not in WARNINGS] == []


def test_it_is_told_where_it_stands() -> None:
    (told,) = against(OLD, form_of(RETYPED))
    assert RETYPED.splitlines()[told.place.line - 1].lstrip().startswith("age:")
    (told,) = against(OLD, form_of(without(REMARK)))
    assert told.place.line == 1


def test_the_report_says_what_is_declared_beside_each_change() -> None:
    new = declaring(without(REMARK, LEFT), "choices.status: {migrate: {left: working}}")
    report = Report(OLD, new, diff(OLD, new), "zh")
    line = str(next(iter(new.treatments.values())).place)
    for written in (report.text(), report.markdown().replace("\\_", "_"), report.html()):
        assert f"已写明（{line}）：换成“在岗”" in written
        assert "还没有写明：已有的内容怎么办" in written
    changes = {each["path"]: each["declared"] for each in report.json()["changes"]}
    assert changes["remark"] == []
    assert [each["kind"] for each in changes["choices.status.left"]] == ["migrate"]
