"""What every `Store` promises: the test a new storage must pass."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier
from typing import Any

import pytest

from formkit.records import service
from formkit.records.model import (
    Attachment,
    AuditEntry,
    Change,
    Draft,
    Edition,
    Publication,
    Record,
    Revision,
    StateChange,
)
from formkit.records.store import DraftConflict, Store
from formkit.records.walking import cursor_at, every_record
from tests.records.sample import FORM, SampleJudge

AT = datetime(2026, 3, 1, 8, 0, 0, 123456, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "文本": "𠮷野家 é ' \" \\ \u2028 \x00 \ud800",
    "number": 2**53 - 1,
    "yes": True,
    "blank": None,
    "rows": [{"_id": "r1", "amount": "12.50", "empty": [], "nothing": {}}],
}
DRAFT = Draft("d1", "sample", "2026", "hash", "me", AT, AT, answers=ANSWERS, step="only", earlier={"old": ANSWERS})
RECORD = Record(
    "r1", "sample", "me", "20260301-AAAA-BBBB", ANSWERS, "2026", "hash", AT, AT, state="pending", entered=AT
)
STATE_CHANGE = StateChange("r1", 1, "approve", "pending", "approved", "system", AT, "为什么")
REVISION = Revision(
    "r1",
    1,
    "2026",
    "hash",
    ANSWERS,
    "me",
    AT,
    "d1",
    "token",
    (Change("a", None, [1]), Change("b", {"x": 1}, None)),
    "why",
)
ATTACHMENT = Attachment("a1", "me", "rows.r1.proof", "../图.jpg", "image/jpeg", 2**40, "0" * 64, AT, 10, 20, "d1")
EDITION = Edition("sample", "hash", "2026-01-01", "a.yaml", {"lists/b.yaml": "二\n", "a.yaml": "form: sample\n"})
PUBLICATION = Publication("sample", 1, "2026-01-01", "hash", AT, AT, "me")
ENTRY = AuditEntry("e1", AT, "me", "submitted", "r1", {"revision": 1})


@pytest.fixture
def full(store: Store) -> Store:
    with store.transaction() as tx:
        tx.add_draft(DRAFT)
        tx.add_record(RECORD)
        tx.add_revision(REVISION)
        tx.add_state_change(STATE_CHANGE)
        tx.add_attachment(ATTACHMENT)
        tx.add_audit_entry(ENTRY)
        tx.add_edition(EDITION)
        tx.add_publication(PUBLICATION)
    return store


def test_what_goes_in_comes_out(full: Store) -> None:
    with full.reading() as view:
        assert view.draft("d1") == DRAFT
        assert view.record("r1") == RECORD
        assert view.record_numbered(RECORD.number) == RECORD
        assert view.revisions("r1") == (REVISION,)
        assert view.revision_from("d1") == REVISION
        assert view.state_changes("r1") == (STATE_CHANGE,)
        assert view.attachment("a1") == ATTACHMENT
        assert view.audit_entries("r1") == (ENTRY,)
        assert view.edition("sample", "hash") == EDITION
        assert view.publications() == view.publications("sample") == (PUBLICATION,)


def test_what_is_not_there_is_none(full: Store) -> None:
    with full.reading() as view:
        nothing = [view.draft("no"), view.record("no"), view.record_numbered("no"), view.attachment("no")]
        assert [*nothing, view.revision_from("no")] == [None] * 5
        empty = [view.revisions("no"), view.audit_entries("no"), view.records("no"), view.open_drafts("no")]
        assert empty == [()] * 4


@pytest.mark.parametrize("name", ["r1\x00", "\ud800", "x" * 10_000, "'; --"])
def test_what_no_name_can_be_is_not_there(full: Store, name: str) -> None:
    with full.reading() as view:
        assert [view.draft(name), view.record(name), view.record_numbered(name), view.attachment(name)] == [None] * 4
        assert [view.records(name), view.open_drafts("me", name), view.audit_entries(name)] == [()] * 3


def test_text_that_not_every_database_takes_is_kept_without_what_it_takes_not(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_attachment(replace(ATTACHMENT, name="a\x00b\ud800.jpg"))
        found = tx.attachment("a1")
    assert found is not None and found.name == "a\ufffdb\ufffd.jpg"


def test_a_transaction_reads_what_it_wrote(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_draft(DRAFT)
        assert tx.draft("d1") == DRAFT


def test_nothing_is_kept_of_a_block_that_raises(full: Store) -> None:
    with pytest.raises(ZeroDivisionError), full.transaction() as tx:
        tx.remove_draft("d1")
        tx.add_draft(replace(DRAFT, id="d2"))
        raise ZeroDivisionError
    with full.reading() as view:
        assert (view.draft("d1"), view.draft("d2")) == (DRAFT, None)


def test_a_draft_is_replaced_only_at_its_version(full: Store) -> None:
    newer = replace(DRAFT, version=2, answers={"name": "王"})
    with full.transaction() as tx:
        assert not tx.replace_draft(newer, version=7)
        assert tx.draft("d1") == DRAFT
        assert tx.replace_draft(newer, version=1)
        assert not tx.replace_draft(newer, version=1)
        assert tx.draft("d1") == newer


def test_a_record_is_replaced_only_at_its_revision(full: Store) -> None:
    newer = replace(RECORD, revision=2, values={"name": "王"}, state=None)
    with full.transaction() as tx:
        assert not tx.replace_record(newer, revision=2)
        assert tx.replace_record(newer, revision=1)
        assert tx.record("r1") == newer


def test_a_draft_becomes_one_revision_at_most(full: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)unique"), full.transaction() as tx:
        tx.add_revision(replace(REVISION, number=2))


def test_a_transition_has_a_number_of_its_own(full: Store) -> None:
    second = replace(STATE_CHANGE, number=2, transition="withdraw")
    with full.transaction() as tx:
        tx.add_state_change(second)
    with pytest.raises(Exception, match="state_changes"), full.transaction() as tx:
        tx.add_state_change(replace(STATE_CHANGE, transition="reject"))
    with full.reading() as view:
        assert view.state_changes("r1") == (STATE_CHANGE, second)
        assert view.state_changes("no") == ()


def test_an_edition_and_the_number_of_a_publication_are_given_once(full: Store) -> None:
    second = replace(PUBLICATION, number=2, rollback=True, reason="为什么")
    other = replace(PUBLICATION, form="another")
    with full.transaction() as tx:
        tx.add_publication(second)
        tx.add_publication(other)
    with pytest.raises(Exception, match="publications"), full.transaction() as tx:
        tx.add_publication(replace(PUBLICATION, edition="2027-01-01"))
    with pytest.raises(Exception, match="editions"), full.transaction() as tx:
        tx.add_edition(replace(EDITION, texts={}))
    with full.reading() as view:
        assert view.publications("sample") == (PUBLICATION, second)
        assert view.publications() == (other, PUBLICATION, second)
        assert view.publications("no") == ()
        assert view.edition("sample", "no") is view.edition("no", "hash") is None


def test_records_that_are_due_come_the_one_waiting_longest_first(store: Store) -> None:
    hour = timedelta(hours=1)
    dues = {"late": AT + hour, "now": AT, "long ago": AT - hour, "never": None}
    with store.transaction() as tx:
        for name, due in dues.items():
            tx.add_record(replace(RECORD, id=name, number=name, due=due))
        tx.add_record(replace(RECORD, id="other", number="other", form="other"))
    with store.reading() as view:
        assert view.due_records("sample", AT) == ("long ago", "now")
        assert view.due_records("sample", AT - 2 * hour) == ()
        assert (late := view.record("late")) and late.due == AT + hour


def test_records_without_a_due_moment_are_found_by_their_state(store: Store) -> None:
    hour = timedelta(hours=1)
    with store.transaction() as tx:
        for position, state in enumerate(("pending", "asked", "approved", None)):
            name = str(state)
            tx.add_record(replace(RECORD, id=name, number=name, state=state, due=None, submitted=AT - position * hour))
        tx.add_record(replace(RECORD, id="dated", number="dated", due=AT))
        tx.add_record(replace(RECORD, id="other", number="other", form="other", due=None))
    with store.reading() as view:
        assert view.undated_records("sample", ("pending", "asked")) == ("asked", "pending")
        assert view.undated_records("sample", ()) == ()
        assert view.records_in_states("sample", ("pending", "asked")) == ("asked", "dated", "pending")
        assert view.records_in_states("sample", ()) == ()


def test_a_receipt_number_is_given_once(full: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)unique"), full.transaction() as tx:
        tx.add_record(replace(RECORD, id="r2"))


def test_drafts_and_records_of_an_owner_come_latest_first(full: Store) -> None:
    later = AT + timedelta(seconds=1)
    with full.transaction() as tx:
        tx.add_draft(replace(DRAFT, id="d2", updated=later))
        tx.add_draft(replace(DRAFT, id="d3", owner="other"))
        tx.add_draft(replace(DRAFT, id="d4", form="other"))
        tx.add_draft(replace(DRAFT, id="d5", submitted_record="r1"))
        tx.add_record(replace(RECORD, id="r2", number="n2", submitted=later))
        tx.add_record(replace(RECORD, id="r3", number="n3", owner="other"))
        tx.add_record(replace(RECORD, id="r4", number="n4", form="other"))
    with full.reading() as view:
        assert [draft.id for draft in view.open_drafts("me", "sample")] == ["d2", "d1"]
        assert [draft.id for draft in view.open_drafts("me")] == ["d2", "d1", "d4"]
        assert [record.id for record in view.records("me", "sample")] == ["r2", "r1"]
        assert {record.id for record in view.records("me")} == {"r1", "r2", "r4"}


def test_all_records_of_a_form_come_page_by_page_each_once(store: Store) -> None:
    ticks = [AT + timedelta(microseconds=number // 3) for number in range(10)]  # three at each moment
    with store.transaction() as tx:
        for number, updated in reversed(list(enumerate(ticks))):
            tx.add_record(replace(RECORD, id=f"r{number}", number=f"n{number}", updated=updated, owner=f"p{number}"))
        tx.add_record(replace(RECORD, id="r55", number="other", form="other"))
    with store.reading() as view:
        expected = [f"r{number}" for number in range(10)]
        for page in (1, 2, 3, 10, 500):
            assert [record.id for record in every_record(view, "sample", page=page)] == expected
        assert [record.id for record in view.records_of_form("sample", limit=4)] == expected[:4]
        assert view.records_of_form("sample", after=(AT - timedelta(days=1), "z"), limit=1)[0].owner == "p0"
        assert [*every_record(view, "sample", after=(ticks[-1], "r9"))] == []
        assert view.records_of_form("no") == ()


def test_a_kept_cursor_finds_what_has_come_changed_or_taken_a_transition_since(store: Store) -> None:
    with store.transaction() as tx:
        for name in ("a", "b", "c"):
            tx.add_record(replace(RECORD, id=name, number=name))
    with store.reading() as view:
        cursor = cursor_at(list(every_record(view, "sample"))[-1])
        assert view.records_of_form("sample", after=cursor) == ()
    later = AT + timedelta(microseconds=1)
    with store.transaction() as tx:
        tx.replace_record(replace(RECORD, id="b", number="b", updated=later, revision=2), revision=1)
        tx.add_record(replace(RECORD, id="d", number="d", updated=later))
    with store.reading() as view:
        here = cursor[0].astimezone(timezone(timedelta(hours=8))), cursor[1]
        assert [record.id for record in view.records_of_form("sample", after=here)] == ["b", "d"]


def test_a_record_has_the_attachments_it_took_over(full: Store) -> None:
    with full.transaction() as tx:
        for name, seconds in (("a3", 0), ("a2", 1)):
            added = replace(ATTACHMENT, id=name, record="r1", created=AT + timedelta(seconds=seconds))
            tx.add_attachment(added)
    with full.reading() as view:
        assert [attachment.id for attachment in view.attachments_of("r1")] == ["a3", "a2"]
        assert view.attachments_of("no") == ()


def test_loose_attachments_are_old_of_no_record_and_not_removed(full: Store) -> None:
    later = AT + timedelta(seconds=1)
    with full.transaction() as tx:
        tx.add_attachment(replace(ATTACHMENT, id="a2", created=later))
        tx.add_attachment(replace(ATTACHMENT, id="a3", record="r1"))
        tx.add_attachment(replace(ATTACHMENT, id="a4"))
        tx.replace_attachment(replace(ATTACHMENT, id="a4", removed=AT))
    with full.reading() as view:
        assert [attachment.id for attachment in view.loose_attachments(later)] == ["a1"]
        removed = view.attachment("a4")
    assert removed is not None and removed.removed == AT


def test_moments_come_back_in_utc_to_the_microsecond(store: Store) -> None:
    here = AT.astimezone(timezone(timedelta(hours=8)))
    with store.transaction() as tx:
        tx.add_draft(replace(DRAFT, created=here))
        found = tx.draft("d1")
    assert found is not None and found.created == here
    assert found.created.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"), store.transaction() as tx:
        tx.add_draft(replace(DRAFT, created=AT.replace(tzinfo=None)))


def test_what_json_cannot_hold_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="JSON"), store.transaction() as tx:
        tx.add_draft(replace(DRAFT, answers={"amount": float("nan")}))


def test_counting_threads_lose_no_count(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_draft(replace(DRAFT, answers={"count": 0}))

    def count(_: int) -> None:
        with store.transaction() as tx:
            draft = tx.draft("d1")
            assert draft is not None
            counted = replace(draft, version=draft.version + 1, answers={"count": draft.answers["count"] + 1})
            assert tx.replace_draft(counted, version=draft.version)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(80)))
    with store.reading() as view:
        draft = view.draft("d1")
    assert draft is not None and (draft.answers["count"], draft.version) == (80, 81)


@pytest.mark.parametrize("round_", range(5))
def test_threads_racing_to_submit_make_one_record(store: Store, round_: int) -> None:
    draft = service.start_draft(store, FORM, owner="me", now=AT)
    draft = service.save_draft(store, FORM, draft.id, {"name": "王"}, owner="me", version=1, now=AT)
    start = Barrier(8)

    def submit(number: int) -> service.Submission:
        start.wait()
        token = f"tab {number % 3}"
        return service.submit(store, FORM, draft.id, owner="me", token=token, judge=SampleJudge(), now=AT)

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(submit, range(8)))
    assert len({outcome.record.id for outcome in outcomes if outcome.record}) == 1
    assert [outcome.repeated for outcome in outcomes].count(False) == 1
    assert len(service.records_of(store, owner="me")) == 1


def test_threads_racing_to_save_keep_one_and_tell_the_others(store: Store) -> None:
    draft = service.start_draft(store, FORM, owner="me", now=AT)
    start = Barrier(8)

    def save(number: int) -> str:
        start.wait()
        answers = {"name": f"tab {number}"}
        try:
            service.save_draft(store, FORM, draft.id, answers, owner="me", version=1, now=AT)
        except DraftConflict as conflict:
            return f"told of {conflict.draft.answers['name']}"
        return f"kept tab {number}"

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(save, range(8)))
    kept = service.load_draft(store, draft.id, owner="me")
    assert kept.version == 2
    assert sorted(outcomes) == sorted([f"kept {kept.answers['name']}"] + [f"told of {kept.answers['name']}"] * 7)


def test_threads_racing_to_start_get_one_draft(store: Store) -> None:
    start = Barrier(8)

    def begin(_: int) -> str:
        start.wait()
        return service.start_draft(store, FORM, owner="me", now=AT).id

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(begin, range(8)))) == 1
