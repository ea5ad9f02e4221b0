"""Records out of states that an edition no longer has, into those that it says they go to; each exactly once."""

from dataclasses import replace
from datetime import datetime

from formkit.calendars import WorkingDays
from formkit.carrying import carried_state
from formkit.form import Form
from formkit.records.identifiers import new_id
from formkit.records.model import AuditEntry, StateChange
from formkit.records.store import Store
from formkit.treatments import state_at
from formkit.workflow import SYSTEM, next_look

EDITION = "edition"
"""What stands for a transition where a new edition led to a state."""


def leave_states(store: Store, form: Form, now: datetime, calendar: WorkingDays | None) -> tuple[StateChange, ...]:
    """Take every record of a state that has gone where the form declares; what was taken."""
    gone = [state for path in form.treatments if (state := state_at(path)) and carried_state(form, state) != state]
    if not gone:
        return ()
    with store.reading() as view:
        found = view.records_in_states(form.id, gone)
    taken = (_leave(store, form, record_id, now, calendar) for record_id in found)
    return tuple(change for change in taken if change is not None)


def _leave(store: Store, form: Form, record_id: str, now: datetime, calendar: WorkingDays | None) -> StateChange | None:
    with store.transaction() as tx:
        record = tx.record(record_id)
        source = record.state or "" if record else ""
        target = carried_state(form, source)
        if record is None or target == source:
            return None
        due = next_look(form, target, now, calendar)
        tx.replace_record(replace(record, state=target, entered=now, due=due, updated=now), revision=record.revision)
        change = StateChange(record.id, len(tx.state_changes(record.id)) + 1, EDITION, source, target, SYSTEM, now)
        tx.add_state_change(change)
        details = {"transition": EDITION, "from": source, "to": target, "by": SYSTEM}
        tx.add_audit_entry(AuditEntry(new_id(), now, SYSTEM, "transition", record.id, details))
        return change
