"""Records of a state that a new edition no longer has go where it says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from formkit.form import Form
from formkit.records.model import Record
from formkit.records.store import Store
from formkit.records.transitions import state_changes, take_due
from formkit.storage import open_store
from tests.forms import form_of

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
BODY = """
changes: {workflow.states.review: {migrate: pending}}
steps: {one: {title: 一, fields: {x: {type: text, label: X}}}}
workflow:
  start: pending
  states:
    pending: {label: 待审核}
    done: {label: 完成, final: true}
  transitions:
    finish: {from: pending, to: done, by: system, after: 3 days}
"""
RECORD = Record("r1", "small", "me", "N1", {"x": "a"}, "e", "h", NOW, NOW, 1, "review", NOW, NOW)


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    with store.transaction() as tx:
        for id_, state in (("r1", "review"), ("r2", "done"), ("r3", "pending")):
            tx.add_record(replace(RECORD, id=id_, number=id_, state=state, due=None))
        tx.add_record(replace(RECORD, id="r4", number="r4", form="other"))
    yield store
    store.close()


def run(store: Store, form: Form) -> tuple[str, ...]:
    return tuple(each.record for each in take_due(store, form, NOW, facts=lambda _: {}).moved)


def test_they_go_once_are_dated_and_it_is_written_down(store: Store) -> None:
    form = form_of(BODY)
    assert run(store, form) == ("r1",)
    assert run(store, form) == ()
    with store.reading() as view:
        record, other = view.record("r1"), view.record("r4")
        entries = [(each.actor, each.details["transition"]) for each in view.audit_entries("r1")]
    assert record is not None
    assert other is not None
    assert (record.state, record.entered, record.revision, record.values) == ("pending", NOW, 1, {"x": "a"})
    assert record.due == datetime(2026, 11, 28, 16, tzinfo=UTC)
    assert other.state == "review"
    assert entries == [("system", "edition")]
    (change,) = state_changes(store, "r1")
    assert (change.transition, change.source, change.target) == ("edition", "review", "pending")


def test_without_a_declaration_they_stay(store: Store) -> None:
    assert run(store, form_of(BODY.replace("changes: {workflow.states.review: {migrate: pending}}\n", ""))) == ()
