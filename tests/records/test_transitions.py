"""Transitions on records: by people, and by the system when they are due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from formkit import UNKNOWN
from formkit.calendars import WorkingDays
from formkit.compiler import Compiler, load
from formkit.compiler.calendars import load_calendar
from formkit.errors import UnknownName
from formkit.form import Form
from formkit.records import service
from formkit.records.model import Record
from formkit.records.store import Store
from formkit.records.transitions import (
    DueRun,
    TransitionOutcome,
    set_due_moments,
    state_changes,
    take_due,
    take_transition,
)
from formkit.storage import open_store
from tests.records.sample import FORM, SampleJudge
from tests.records.transition_worker import DUE, FACTS, FORMS

APPLIED = datetime(2026, 3, 2, 2, tzinfo=UTC)  # a Monday in Shanghai; its due day is Tuesday the 3rd
DUE_BEGINS = datetime(2026, 3, 2, 16, tzinfo=UTC)
RECORD = Record(
    "r1",
    "transfer_out",
    "me",
    "20260302-AAAA-BBBB",
    {"reason": "搬家"},
    "e",
    "h",
    APPLIED,
    APPLIED,
    1,
    "pending",
    APPLIED,
)


@pytest.fixture(scope="module")
def form() -> Form:
    return load(FORMS / "transfer.yaml", "transfer_out")


@pytest.fixture(scope="module")
def china() -> WorkingDays:
    return load_calendar(FORMS / "calendars" / "china.yaml")


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    add(store, RECORD)
    yield store
    store.close()


def add(store: Store, *records: Record) -> None:
    with store.transaction() as tx:
        for record in records:
            tx.add_record(record)


def now_is(store: Store, record_id: str = "r1") -> Record:
    with store.reading() as view:
        record = view.record(record_id)
    assert record is not None
    return record


def ask(
    store: Store, form: Form, name: str, by: str = "applicant", actor: str = "me", **more: Any
) -> TransitionOutcome:
    given: dict[str, Any] = {"now": DUE, "facts": FACTS, **more}
    return take_transition(store, form, "r1", name, by=by, actor=actor, **given)


def run(store: Store, form: Form, calendar: WorkingDays | None, now: datetime = DUE, **facts: Any) -> DueRun:
    return take_due(store, form, now, facts=lambda _: FACTS | facts, calendar=calendar)


def test_a_submission_enters_the_first_state(store: Store) -> None:
    draft = service.start_draft(store, FORM, owner="me", now=APPLIED)
    given = {"owner": "me", "token": "one", "now": DUE}
    record = service.submit(store, FORM, draft.id, judge=SampleJudge(), **given).record  # type: ignore[arg-type]
    assert record is not None
    assert (record.state, record.entered, record.due) == ("pending", DUE, None)


def test_what_is_due_is_written_down_and_taken_on_its_day(store: Store, form: Form, china: WorkingDays) -> None:
    assert set_due_moments(store, form, china) == ()
    assert now_is(store).due == DUE_BEGINS
    assert run(store, form, china, DUE_BEGINS - timedelta(microseconds=1)) == DueRun()
    (change,) = run(store, form, china, DUE_BEGINS).taken
    assert (change.number, change.transition, change.source, change.target) == (1, "approve", "pending", "approved")
    assert (change.actor, change.at, change.reason) == ("system", DUE_BEGINS, None)
    record = now_is(store)
    assert (record.state, record.entered, record.due, record.updated) == ("approved", DUE_BEGINS, None, DUE_BEGINS)
    assert (record.values, record.revision) == (RECORD.values, 1)
    assert run(store, form, china) == DueRun()
    assert state_changes(store, "r1", owner="me") == (change,)


def test_a_transition_is_audited_without_its_reason(store: Store, form: Form, china: WorkingDays) -> None:
    run(store, form, china, record_complete=False)
    with store.reading() as view:
        (entry,) = view.audit_entries("r1")
    assert (entry.actor, entry.action, entry.at) == ("system", "transition", DUE)
    assert entry.details == {"transition": "reject", "from": "pending", "to": "rejected", "by": "system"}


def test_a_refusal_tells_its_grounds_or_the_portals_own_words(store: Store, form: Form, china: WorkingDays) -> None:
    add(store, replace(RECORD, id="r2", number="2"))
    given = {"r1": None, "r2": "请补充学历信息"}
    incomplete = FACTS | {"record_complete": False}
    done = take_due(
        store, form, DUE, facts=lambda _: incomplete, calendar=china, reason=lambda _, record, __: given[record.id]
    )
    label = form.facts["record_complete"].label["zh"]
    own, (portals,) = done.taken[0].reason, (change.reason for change in done.taken[1:])
    assert own is not None
    assert own.startswith(f"{label}: 否")
    assert portals == "请补充学历信息"


def test_while_the_facts_are_unknown_nothing_is_decided(store: Store, form: Form, china: WorkingDays) -> None:
    assert run(store, form, china, transfer_blocked=UNKNOWN) == DueRun(undecided=("r1",))
    assert now_is(store).state == "pending"
    assert len(run(store, form, china).taken) == 1


def test_a_year_without_calendar_is_left_open_until_it_is_known(store: Store, form: Form, china: WorkingDays) -> None:
    late = datetime(2026, 12, 31, 2, tzinfo=UTC)
    add(store, replace(RECORD, id="late", number="late", submitted=late, entered=late))
    far = late + timedelta(days=400)
    done = run(store, form, china, far)
    assert ([change.record for change in done.taken], done.left_open) == (["r1"], ("late",))
    known = WorkingDays("later", {**china.years, 2027: china.years[2026]})
    assert [change.record for change in run(store, form, known, far).taken] == ["late"]


def test_a_longer_limit_in_the_yaml_counts_for_who_waits_already(store: Store, form: Form, china: WorkingDays) -> None:
    set_due_moments(store, form, china)
    text = (FORMS / "transfer.yaml").read_text(encoding="utf-8")
    slower = text.replace("after: 1 working_day\n", "after: 3 working_days\n")
    assert slower != text
    edited = Compiler().compile_text(slower, str(FORMS / "transfer.yaml")).forms["transfer_out"]
    assert run(store, edited, china) == DueRun()
    assert now_is(store).due == datetime(2026, 3, 4, 16, tzinfo=UTC)
    assert len(run(store, edited, china, datetime(2026, 3, 5, tzinfo=UTC)).taken) == 1


def test_another_forms_records_are_left_alone(store: Store, form: Form, china: WorkingDays) -> None:
    add(store, replace(RECORD, id="other", number="other", form="transfer_in"))
    assert [change.record for change in run(store, form, china).taken] == ["r1"]


def test_the_applicant_withdraws_once(store: Store, form: Form, china: WorkingDays) -> None:
    assert [issue.code for issue in ask(store, form, "withdraw").issues] == ["transition_not_open"]
    run(store, form, china)
    first = ask(store, form, "withdraw")
    assert first.change is not None
    assert (first.record.state, first.change.number, first.change.actor) == ("withdrawn", 2, "me")
    again = ask(store, form, "withdraw")
    assert (again.repeated, again.change) == (True, first.change)
    assert [change.number for change in state_changes(store, "r1")] == [1, 2]
    received = ask(store, form, "receive", "national_platform", "np")
    assert (received.record.state, [issue.code for issue in received.issues]) == ("withdrawn", ["transition_not_open"])


def test_once_received_nobody_withdraws(store: Store, form: Form, china: WorkingDays) -> None:
    run(store, form, china)
    assert ask(store, form, "receive", "national_platform", "np").record.state == "received"
    assert ask(store, form, "withdraw").change is None
    assert now_is(store).state == "received"


def test_somebody_elses_record_is_not_there(store: Store, form: Form, china: WorkingDays) -> None:
    run(store, form, china)
    with pytest.raises(UnknownName, match="record"):
        ask(store, form, "withdraw", actor="somebody else")
    with pytest.raises(UnknownName, match="record"):
        state_changes(store, "r1", owner="somebody else")
    with pytest.raises(UnknownName, match="record"):
        ask(store, replace_id(form), "withdraw")


def replace_id(form: Form) -> Form:
    return replace(form, id="another form")


def test_nobody_takes_the_systems_part_before_its_time(store: Store, form: Form, china: WorkingDays) -> None:
    early = ask(store, form, "approve", "system", "system", now=APPLIED, calendar=china)
    assert [issue.code for issue in early.issues] == ["transition_not_open"]
    assert ask(store, form, "approve", "system", "system", calendar=china).record.state == "approved"


def test_a_record_that_changed_while_the_facts_were_asked_is_looked_at_again(
    store: Store, form: Form, china: WorkingDays
) -> None:
    set_due_moments(store, form, china)

    def change_meanwhile(record: Record) -> dict[str, Any]:
        with store.transaction() as tx:
            tx.replace_record(replace(record, values={"reason": "别的"}, revision=2), revision=1)
        return FACTS

    assert take_due(store, form, DUE, facts=change_meanwhile, calendar=china) == DueRun()
    assert now_is(store).state == "pending"
    assert len(run(store, form, china).taken) == 1
