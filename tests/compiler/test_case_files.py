"""What is wrong with a file of cases: its code, its line, the words it points at."""

from pathlib import Path

import pytest

from formkit.compiler import Compiler, load_all
from tests.cases.trip import CALENDAR, FORM, HEAD, compiled_cases

BAD = {
    "answers: {means: plane, cty: 广州}": ("unknown-case-field.near", "cty"),
    "answers: {zzz: 1}": ("unknown-case-field", "zzz"),
    "answers: {host: {nme: x}}": ("unknown-case-field.near", "nme"),
    "answers: {stops: [{place: x}, {plce: y}]}": ("unknown-case-field.near", "plce"),
    "answers: {means: plan}": ("unknown-answer-choice.near", "plan"),
    "facts: {opn: true}": ("unknown-fact.near", "opn"),
    "facts: {open: often}": ("wrong-fact", "often"),
    "facts: {grade: senor}": ("unknown-answer-choice.near", "senor"),
    "unknown_facts: [opn]": ("unknown-fact.near", "opn"),
    "without: [cty]": ("unknown-case-field.near", "cty"),
    "visited: [plann]": ("unknown-case-step.near", "plann"),
    "state: snt": ("unknown-state.near", "snt"),
    "{state: sent, take: grnt}": ("unknown-transition.near", "grnt"),
    "answer: {means: plane}": ("unknown-key.near", "answer"),
    "today: 2024年1月5日": ("wrong-day.near", "2024年1月5日"),
    "{submitted: true, record: {days: 3}}": ("submitted-and-record", "record"),
    "answers: {days: }": ("empty-value", "days"),
}
BAD_EXPECTED = {
    "visible: [reasn]": ("unknown-case-field.near", "reasn"),
    "hidden: paper/": ("unknown-case-field.near", "paper/"),
    "required: papers": ("unknown-case-field", "papers"),
    "locked: stops.place": ("column-without-row", "stops.place"),
    "values: {cst: 3}": ("unknown-case-field.near", "cst"),
    "issues: {reason: requird}": ("unknown-issue-code.near", "requird"),
    "issues: {reson: required}": ("unknown-case-field.near", "reson"),
    "issues: {reason: {code: required, level: warn}}": ("wrong-choice.near", "warn"),
    "issues: nothing": ("wrong-mapping", "nothing"),
    "next_step: chek": ("unknown-case-step.near", "chek"),
    "state: grantd": ("unknown-state.near", "grantd"),
    "transitions: {leader: [grnt]}": ("unknown-transition.near", "grnt"),
    "visibel: reason": ("unknown-key.near", "visibel"),
    "accepted: perhaps": ("wrong-yes-no", "perhaps"),
    "{}": ("expects-nothing", "expect"),
}
BAD_HEADS = {
    "cases: trp.yaml": ("unknown-case-file", "trp.yaml"),
    "cases: calendar.yaml": ("no-form-there", "calendar.yaml"),
    "cases: trip.yaml#trp": ("unknown-form.near", "trip.yaml#trp"),
    "cases: two.yaml": ("which-form", "two.yaml"),
    "working_days: trip.yaml": ("no-calendar-there", "trip.yaml"),
    "working_days: china.yaml": ("unknown-case-file", "china.yaml"),
    "answers: {means: bus}": ("unknown-answer-choice", "bus"),
}


def found(folder: Path, tests: str, head: str = HEAD) -> list[tuple[str, str]]:
    compiled = compiled_cases(folder, tests, head=head)
    lines = (folder / "cases.yaml").read_text("utf-8").splitlines()
    places = [(each.code, each.place) for each in compiled.diagnostics]
    return [(code, lines[at.line - 1][at.column - 1 : at.end_column - 1]) for code, at in places]


def test_a_good_file_has_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, "甲:\n  expect: {accepted: true}") == []


@pytest.mark.parametrize("line", BAD)
def test_what_is_given(tmp_path: Path, line: str) -> None:
    given = line[1:-1].replace(", record", "\n  record").replace(", take", "\n  take") if line[0] == "{" else line
    assert found(tmp_path, f"甲:\n  {given}\n  expect: {{accepted: true}}") == [BAD[line]]


@pytest.mark.parametrize("line", BAD_EXPECTED)
def test_what_is_expected(tmp_path: Path, line: str) -> None:
    expected = line if line == "{}" else f"{{{line}}}"
    assert found(tmp_path, f"甲:\n  expect: {expected}") == [BAD_EXPECTED[line]]


@pytest.mark.parametrize("line", BAD_HEADS)
def test_the_head(tmp_path: Path, line: str) -> None:
    (tmp_path / "two.yaml").write_text(f"{FORM}---\n{FORM.replace('form: trip', 'form: other')}", "utf-8")
    key = line.partition(":")[0]
    kept = [
        each for each in HEAD.splitlines() if not each.startswith((f"{key}:", "  means" if key == "answers" else "-"))
    ]
    if key == "answers":
        kept = [each for each in kept if not each.startswith("  ")]
    assert found(tmp_path, "甲:\n  expect: {accepted: true}", "\n".join([line, *kept]) + "\n") == [BAD_HEADS[line]]


def test_facts_that_nobody_states(tmp_path: Path) -> None:
    head = HEAD.replace("facts: {open: false, grade: junior}", "facts: {open: false}")
    compiled = compiled_cases(tmp_path, "甲:\n  expect: {accepted: true}", head=head)
    assert [(each.code, each.params["names"]) for each in compiled.diagnostics] == [("facts-not-stated", "grade")]


def test_a_form_without_a_workflow_has_no_states(tmp_path: Path) -> None:
    form = FORM[: FORM.index("workflow:")]
    compiled = compiled_cases(tmp_path, "甲:\n  state: sent\n  expect: {accepted: true}", form=form)
    assert [each.code for each in compiled.diagnostics] == ["no-workflow"]


def test_a_broken_form_is_told_of_itself(tmp_path: Path) -> None:
    compiled = compiled_cases(tmp_path, "甲:\n  expect: {accepted: true}", form=FORM.replace("type: text", "type: txt"))
    assert {each.code for each in compiled.diagnostics} == {"unknown-type.near"}
    assert compiled.cases == ()


@pytest.mark.parametrize("broken", ["甲:\n  expect: {visible: nobody}", "甲: [", "甲:\n\tx: 1"])
def test_whatever_is_wrong_with_cases_the_forms_load(tmp_path: Path, broken: str) -> None:
    compiled_cases(tmp_path, broken)
    assert [*load_all(tmp_path)] == ["trip"]
    assert Compiler().compile_path(tmp_path).diagnostics == ()
    assert Compiler().compile_path(tmp_path, cases=True).diagnostics != ()


def test_a_text_that_holds_cases_is_checked_as_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "trip.yaml").write_text(FORM, "utf-8")
    (tmp_path / "calendar.yaml").write_text(CALENDAR, "utf-8")
    text = f"{HEAD}  甲:\n    expect: {{visible: nobdy}}\n"
    compiled = Compiler().compile_text(text, str(tmp_path / "cases.yaml"))
    assert [each.code for each in compiled.diagnostics] == ["unknown-case-field"]
