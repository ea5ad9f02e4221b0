"""The workflow as pure functions: what is open to whom, what is taken, what is allowed meanwhile, what is due when."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from formkit import UNKNOWN
from formkit.calendars import WorkingDays
from formkit.compiler import Compiler, load
from formkit.compiler.calendars import load_calendar
from formkit.errors import FactMissing, UnknownName
from formkit.form import Delay, Form
from formkit.issues import Issue
from formkit.locales import issue_sentence
from formkit.workflow import (
    MOST_REASON,
    TransitionTaken,
    allows,
    due_day,
    due_moment,
    grounds,
    next_look,
    take,
    transitions_open_to,
    waiting_states,
)

FORMS = Path(__file__).parent.parent / "forms"
TRANSFER = FORMS / "transfer.yaml"
TODAY = date(2026, 3, 2)
FACTS: dict[str, Any] = {
    "collected": True,
    "employment_status": "accounting",
    "transfer_open": True,
    "record_complete": True,
    "transfer_blocked": False,
}


@pytest.fixture(scope="module")
def form() -> Form:
    return load(TRANSFER, "transfer_out")


@pytest.fixture(scope="module")
def china() -> WorkingDays:
    return load_calendar(FORMS / "calendars" / "china.yaml")


def edited(*changes: tuple[str, str]) -> Form:
    """Transfer out, from its YAML with some words of it changed, and nothing else."""
    text = TRANSFER.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    compiled = Compiler().compile_text(text, str(TRANSFER))
    assert compiled.diagnostics == ()
    return compiled.forms["transfer_out"]


def open_ids(form: Form, state: str, actor: str, facts: Mapping[str, Any] = FACTS) -> list[str]:
    return [each.id for each in transitions_open_to(form, state, actor, values={}, facts=facts, today=TODAY)]


def taken(form: Form, state: str, name: str, actor: str, **more: Any) -> TransitionTaken | Issue:
    given: dict[str, Any] = {"values": {}, "facts": FACTS, "today": TODAY, **more}
    return take(form, state, name, actor, **given)


@pytest.mark.parametrize(
    ("state", "actor", "expected"),
    [
        ("pending", "system", ["approve"]),
        ("pending", "applicant", []),  # no withdrawal under review [S116]
        ("approved", "applicant", ["withdraw"]),
        ("approved", "national_platform", ["receive"]),
        ("approved", "system", []),
        ("received", "applicant", []),  # [S119]
        ("withdrawn", "applicant", []),
        ("approved", "nobody", []),
    ],
)
def test_what_is_open_to_whom(form: Form, state: str, actor: str, expected: list[str]) -> None:
    assert open_ids(form, state, actor) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"record_complete": False}, ["reject"]),
        ({"transfer_blocked": True}, ["reject"]),
        ({"transfer_blocked": UNKNOWN}, []),  # neither is sure: nothing is decided
        ({"transfer_blocked": UNKNOWN, "record_complete": False}, ["reject"]),
        ({"record_complete": None}, []),
    ],
)
def test_a_condition_must_be_met_for_sure(form: Form, facts: dict[str, Any], expected: list[str]) -> None:
    assert open_ids(form, "pending", "system", FACTS | facts) == expected


def test_a_fact_that_was_forgotten_is_told(form: Form) -> None:
    with pytest.raises(FactMissing, match="record_complete"):
        open_ids(form, "pending", "system", {})


def test_a_state_nobody_gave_and_a_form_without_workflow_are_told(form: Form) -> None:
    with pytest.raises(UnknownName, match="pending"):
        open_ids(form, "lost", "system")
    with pytest.raises(UnknownName, match="pending"):
        allows(form, "lost")
    with pytest.raises(UnknownName, match="workflow"):
        allows(load(FORMS / "registration.yaml"), "pending")


def test_taking_leads_to_the_target(form: Form) -> None:
    step = taken(form, "approved", "withdraw", "applicant", reason="  ")
    assert isinstance(step, TransitionTaken)
    assert (step.transition.id, step.source, step.target) == ("withdraw", "approved", "withdrawn")
    assert (step.actor, step.reason) == ("applicant", None)


def test_what_is_not_open_is_refused_in_words(form: Form) -> None:
    issue = taken(form, "received", "withdraw", "applicant")
    assert isinstance(issue, Issue)
    assert issue.code == "transition_not_open"
    assert "已接收" in issue_sentence(issue, "zh")
    assert "Received" in issue_sentence(issue, "en")
    assert taken(form, "approved", "withdraw", "national_platform") == taken(form, "approved", "none", "applicant")


def test_a_reason_that_is_asked_for_must_be_given(form: Form) -> None:
    incomplete = FACTS | {"record_complete": False}
    for reason, code in ((None, "reason_missing"), (" \n", "reason_missing"), ("x" * (MOST_REASON + 1), "too_long")):
        issue = taken(form, "pending", "reject", "system", facts=incomplete, reason=reason)
        assert isinstance(issue, Issue)
        assert issue.code == code
    step = taken(form, "pending", "reject", "system", facts=incomplete, reason=" 资料不全 ")
    assert isinstance(step, TransitionTaken)
    assert step.reason == "资料不全"


def test_what_the_record_allows_meanwhile(form: Form) -> None:
    expected = {"pending": "read_only", "approved": "read_only", "received": "read_only"}
    assert form.workflow
    found = {state: allows(form, state) for state in form.workflow.states}
    assert found == expected | {"rejected": "open", "withdrawn": "open"}  # [S109]


@pytest.mark.parametrize(
    ("delay", "entered", "expected"),
    [
        (Delay(1, True), "2026-03-02", "2026-03-03"),
        (Delay(1, True), "2026-09-30", "2026-10-08"),
        (Delay(3, True), "2026-03-05", "2026-03-10"),
        (Delay(3, False), "2026-09-30", "2026-10-03"),
        (Delay(0, True), "2026-10-01", "2026-10-01"),
        (Delay(1, True), "2026-12-31", None),
        (Delay(1, False), "2026-12-31", "2027-01-01"),
    ],
)
def test_the_due_day(china: WorkingDays, delay: Delay, entered: str, expected: str | None) -> None:
    found = due_day(delay, date.fromisoformat(entered), china)
    assert found == (date.fromisoformat(expected) if expected else None)


def test_without_a_calendar_no_working_day_is_guessed() -> None:
    assert due_day(Delay(1, True), TODAY, None) is None
    assert due_day(Delay(1, False), TODAY, None) == date(2026, 3, 3)


def test_days_are_counted_where_the_form_lives(form: Form, china: WorkingDays) -> None:
    assert form.workflow
    approve = form.workflow.transitions["approve"]
    before, after = datetime(2026, 3, 2, 15, 59, tzinfo=UTC), datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    assert due_moment(form, approve, before, china) == datetime(2026, 3, 2, 16, tzinfo=UTC)  # the 3rd in Shanghai
    assert due_moment(form, approve, after, china) == datetime(2026, 3, 3, 16, tzinfo=UTC)


def test_the_system_looks_when_the_first_is_due_and_never_where_it_has_no_say(form: Form, china: WorkingDays) -> None:
    entered = datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert next_look(form, "pending", entered, china) == datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert next_look(form, "approved", entered, china) is None
    assert next_look(form, "pending", entered, None) is None
    assert waiting_states(form) == ("pending",)


def test_the_grounds_of_the_system_are_told_in_words(form: Form) -> None:
    assert form.workflow
    reject, withdraw = form.workflow.transitions["reject"], form.workflow.transitions["withdraw"]
    told = grounds(form, reject, FACTS | {"record_complete": False, "transfer_blocked": UNKNOWN})
    assert told == f"{form.facts['record_complete'].label['zh']}: 否"
    assert grounds(form, withdraw, FACTS) is None


def test_three_days_instead_of_one_is_an_edit_of_the_yaml_alone(china: WorkingDays) -> None:
    slower = edited(("after: 1 working_day\n", "after: 3 working_days\n"))
    entered = datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert next_look(slower, "pending", entered, china) == datetime(2026, 3, 4, 16, tzinfo=UTC)


STATE = """\
    asked:
      label: {zh: 待补充材料, en: Waiting for documents}
  transitions:
    ask:
      from: pending
      to: asked
      by: district
      reason: true
    answer:
      from: asked
      to: pending
      by: applicant
    approve: # [S115]"""


def test_a_new_state_is_an_edit_of_the_yaml_alone() -> None:
    form = edited(
        ("  transitions:\n    approve: # [S115]", STATE),
        ("while: {pending: read_only, approved: read", "while: {asked: open, pending: read_only, approved: read"),
    )
    assert open_ids(form, "pending", "district") == ["ask"]
    assert open_ids(form, "asked", "applicant") == ["answer"]
    assert allows(form, "asked") == "open"
