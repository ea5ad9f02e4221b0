"""Transitions taken on records: by people when they ask, by the system when they are due; each exactly once.

Who takes a transition reads the record again inside the transaction that writes: of two processes one finds that the
other was first. A process that dies has taken all of a transition or nothing; the record is still due for the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from formkit.calendars import WorkingDays
from formkit.errors import UnknownName
from formkit.form import Form, Transition
from formkit.issues import Issue
from formkit.records.identifiers import new_id
from formkit.records.leaving import leave_states
from formkit.records.model import JSON, AuditEntry, Record, StateChange
from formkit.records.store import Reading, Store, Transaction
from formkit.workflow import (
    APPLICANT,
    MOST_REASON,
    SYSTEM,
    TransitionTaken,
    due_moment,
    due_transition,
    grounds,
    next_look,
    take,
    waiting_states,
    workflow_of,
)

Facts = Mapping[str, JSON]
FactsOf = Callable[[Record], Facts]
"""What the portal knows about a record; it may ask other services, and is called outside any transaction."""
ReasonOf = Callable[[Transition, Record, Facts], str | None]
"""Why the system takes a transition, for the person to read."""


@dataclass(frozen=True, slots=True)
class TransitionOutcome:
    """What became of asking for a transition: a change of state, or issues that say why not."""

    record: Record
    change: StateChange | None = None
    issues: tuple[Issue, ...] = ()
    repeated: bool = False
    """It had been taken before by the same actor, and nothing has happened since: a double click."""


@dataclass(frozen=True, slots=True)
class DueRun:
    """What one look at everything due came to; ids of records, but for what was taken."""

    taken: tuple[StateChange, ...] = ()
    undecided: tuple[str, ...] = ()
    """Due, but no transition's condition is met for sure, as while a source of facts is down: looked at again."""
    moved: tuple[StateChange, ...] = ()
    """Out of states that the form no longer has, to where it says their records go."""
    left_open: tuple[str, ...] = ()
    """Without a due day, as the calendar does not have the year: staff are to be told."""


def take_transition(
    store: Store,
    form: Form,
    record_id: str,
    transition: str,
    *,
    by: str,
    actor: str,
    now: datetime,
    facts: Facts,
    calendar: WorkingDays | None = None,
    reason: str | None = None,
) -> TransitionOutcome:
    """Take a transition for `actor` (an account) in the part of `by` (`applicant` or a role), if it is open to it.

    An applicant has a say in records of their own only: any other is one that is not there (`UnknownName`).
    """
    with store.transaction() as tx:
        record = _record(tx, form, record_id, owner=actor if by == APPLICANT else None)
        last = next(reversed(tx.state_changes(record.id)), None)
        if last and (last.transition, last.actor, last.target) == (transition, actor, record.state):
            return TransitionOutcome(record, last, repeated=True)
        today = _today(form, now)
        state = record.state or ""
        if state not in workflow_of(form).states:
            return TransitionOutcome(record, issues=(Issue("transition_not_open", params={"state": state}),))
        taken = take(form, state, transition, by, values=record.values, facts=facts, today=today, reason=reason)
        if isinstance(taken, Issue):
            return TransitionOutcome(record, issues=(taken,))
        if by == SYSTEM and not _is_due(form, taken.transition, record, now, calendar):
            issue = Issue("transition_not_open", params={"state": workflow_of(form).states[state].label})
            return TransitionOutcome(record, issues=(issue,))
        return _entered(tx, form, record, taken, actor, now, calendar)


def set_due_moments(store: Store, form: Form, calendar: WorkingDays | None) -> tuple[str, ...]:
    """Write down when the system is to look at each record that waits for it; the ids of those left open.

    They are left open because the calendar does not have the year; once it has, the next call writes them down.
    """
    left_open = []
    with store.reading() as view:
        undated = view.undated_records(form.id, waiting_states(form))
    for record_id in undated:
        with store.reading() as view:
            record = view.record(record_id)
        due = _next_look(form, record, calendar) if record else None
        if record is not None and due is None:
            left_open.append(record_id)
        elif record is not None:
            _redate(store, record, due)
    return tuple(left_open)


def take_due(
    store: Store,
    form: Form,
    now: datetime,
    *,
    facts: FactsOf,
    calendar: WorkingDays | None = None,
    reason: ReasonOf | None = None,
) -> DueRun:
    """Take every transition of the system that is due, one a record; run it as often as you like, in any process.

    The form as it stands counts: a record that its time limit now leaves for longer gets its new due moment, and one
    in a state that is gone enters the state that the form declares for it.
    """
    moved = leave_states(store, form, now, calendar)
    left_open = set_due_moments(store, form, calendar)
    with store.reading() as view:
        due = view.due_records(form.id, now)
    taken, undecided = [], []
    for record_id in due:
        with store.reading() as view:
            record = view.record(record_id)
        if record is None or record.state not in waiting_states(form) or record.due is None or record.due > now:
            continue
        look = _next_look(form, record, calendar)
        if look is None or look > now:
            _redate(store, record, look)
            left_open += (record_id,) if look is None else ()
            continue
        step = _decided(form, record, now, facts(record), calendar, reason)
        if step is None:
            undecided.append(record_id)
        elif (change := _take_unless_changed(store, form, record, step, now, calendar)) is not None:
            taken.append(change)
    return DueRun(tuple(taken), tuple(undecided), moved, left_open)


def state_changes(store: Store, record_id: str, *, owner: str | None = None) -> tuple[StateChange, ...]:
    """The transitions taken on a record, the first one first; with `owner`, of their own records only."""
    with store.reading() as view:
        record = view.record(record_id)
        if record is None or owner not in (None, record.owner):
            raise UnknownName("record", record_id)
        return view.state_changes(record_id)


def _decided(
    form: Form, record: Record, now: datetime, facts: Facts, calendar: WorkingDays | None, reason: ReasonOf | None
) -> TransitionTaken | None:
    """What the system does with a record, and why."""
    state, entered = record.state or "", record.entered or record.submitted
    each = due_transition(form, state, entered, now, values=record.values, facts=facts, calendar=calendar)
    if each is None:
        return None
    given = reason(each, record, facts) if reason else None
    if each.reason:
        given = given or grounds(form, each, facts) or each.id
    return TransitionTaken(each, state, each.target, SYSTEM, given[:MOST_REASON] if given else None)


def _take_unless_changed(
    store: Store, form: Form, record: Record, step: TransitionTaken, now: datetime, calendar: WorkingDays | None
) -> StateChange | None:
    with store.transaction() as tx:
        if tx.record(record.id) != record:
            return None
        return _entered(tx, form, record, step, SYSTEM, now, calendar).change


def _entered(
    tx: Transaction,
    form: Form,
    record: Record,
    step: TransitionTaken,
    actor: str,
    now: datetime,
    calendar: WorkingDays | None,
) -> TransitionOutcome:
    """The record in its new state, with who, when and why, and an audit entry, in one transaction."""
    due = next_look(form, step.target, now, calendar)
    entered = replace(record, state=step.target, entered=now, due=due, updated=now)
    tx.replace_record(entered, revision=record.revision)
    change = StateChange(
        record=record.id,
        number=len(tx.state_changes(record.id)) + 1,
        transition=step.transition.id,
        source=step.source,
        target=step.target,
        actor=actor,
        at=now,
        reason=step.reason,
    )
    tx.add_state_change(change)
    details = {"transition": change.transition, "from": change.source, "to": change.target, "by": step.actor}
    tx.add_audit_entry(AuditEntry(new_id(), now, actor, "transition", record.id, details))
    return TransitionOutcome(entered, change)


def _redate(store: Store, record: Record, due: datetime | None) -> None:
    with store.transaction() as tx:
        if tx.record(record.id) == record:
            tx.replace_record(replace(record, due=due), revision=record.revision)


def _next_look(form: Form, record: Record, calendar: WorkingDays | None) -> datetime | None:
    return next_look(form, record.state or "", record.entered or record.submitted, calendar)


def _is_due(form: Form, each: Transition, record: Record, now: datetime, calendar: WorkingDays | None) -> bool:
    due = due_moment(form, each, record.entered or record.submitted, calendar)
    return due is not None and due <= now


def _record(view: Reading, form: Form, record_id: str, owner: str | None) -> Record:
    record = view.record(record_id)
    if record is None or record.form != form.id or owner not in (None, record.owner):
        raise UnknownName("record", record_id)
    return record


def _today(form: Form, now: datetime) -> date:
    return now.astimezone(ZoneInfo(form.time_zone)).date()
