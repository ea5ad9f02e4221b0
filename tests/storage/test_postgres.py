"""What is special to PostgreSQL: a server that is away, restarted, full of others or set up otherwise."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from formkit.errors import UnknownName
from formkit.records import service
from formkit.records.model import Draft
from formkit.records.store import StoreBusy, StoreFull, StoreUnavailable
from formkit.storage import open_store
from formkit.storage.postgres import judge, open_postgres
from formkit.storage.sql_store import SqlStore
from tests.records.sample import FORM, NOW, SampleJudge
from tests.storage.postgres_server import USER, PostgresServer

AT = datetime(2026, 3, 1, tzinfo=UTC)
DRAFT = Draft("d1", "sample", "2026", "hash", "me", AT, AT)


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.new_database()


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    store = open_postgres(url.removeprefix("postgresql://"), busy_seconds=0.2)
    yield store
    store.close()


def put(store: SqlStore, draft: Draft) -> None:
    with store.transaction() as tx:
        tx.add_draft(draft)


def get(store: SqlStore, draft_id: str) -> Draft | None:
    with store.reading() as view:
        return view.draft(draft_id)


def test_a_store_is_found_by_its_url_and_reopened(url: str) -> None:
    first = open_store(url)
    with first.transaction() as tx:
        tx.add_draft(DRAFT)
    again = open_store(url)
    with again.reading() as view:
        assert view.draft("d1") == DRAFT
    first.close()
    again.close()


def test_stores_opened_at_once_make_the_tables_once(url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        for opened in list(threads.map(open_store, [url] * 4)):
            opened.close()


def test_a_writer_waits_for_another_and_is_told_when_it_takes_too_long(store: SqlStore) -> None:
    put(store, DRAFT)
    with store.transaction():
        with pytest.raises(StoreBusy), store.transaction():
            pytest.fail("two writers at once")
        assert get(store, "d1") == DRAFT
    put(store, replace(DRAFT, id="d2"))


def test_a_view_sees_one_state_while_others_write_and_cannot_write(store: SqlStore) -> None:
    put(store, DRAFT)
    with store.reading() as view:
        assert view.draft("d1") == DRAFT
        with store.transaction() as tx:
            assert tx.replace_draft(replace(DRAFT, version=2), version=1)
        assert view.draft("d1") == DRAFT
    assert get(store, "d1") == replace(DRAFT, version=2)


def test_a_server_that_goes_in_the_middle_keeps_nothing_half(store: SqlStore, postgres: PostgresServer) -> None:
    put(store, DRAFT)
    with pytest.raises(StoreUnavailable), store.transaction() as tx:
        tx.add_draft(replace(DRAFT, id="d2"))
        postgres.stop("immediate")
        try:
            tx.add_draft(replace(DRAFT, id="d3"))
        finally:
            with pytest.raises(StoreUnavailable):
                get(store, "d1")
            postgres.start()
    assert [get(store, name) for name in ("d1", "d2", "d3")] == [DRAFT, None, None]


def test_a_server_that_was_restarted_is_used_on_without_a_failure(store: SqlStore, postgres: PostgresServer) -> None:
    put(store, DRAFT)
    postgres.stop()
    postgres.start()
    assert get(store, "d1") == DRAFT
    put(store, replace(DRAFT, id="d2"))


def test_restarted_under_load_nothing_acknowledged_is_lost_and_nothing_doubled(
    url: str, postgres: PostgresServer
) -> None:
    store = open_store(url)
    enough = [Event() for _ in range(2)]
    acknowledged: list[tuple[str, str]] = []

    def submit_until_it_works(owner: str) -> None:
        while True:
            try:
                number = submit_one(owner)
            except StoreUnavailable:
                continue
            acknowledged.append((owner, number))
            for position, event in enumerate(enough):
                if len(acknowledged) > 10 * (position + 1):
                    event.set()
            return

    def submit_one(owner: str) -> str:
        """As a person does who sends a page again: the draft stays the same."""
        if owner not in drafts:
            drafts[owner] = service.start_draft(store, FORM, owner=owner, now=NOW).id
        draft = service.load_draft(store, drafts[owner], owner=owner)
        if not draft.submitted_record:
            answers = {"name": owner}
            service.save_draft(store, FORM, draft.id, answers, owner=owner, version=draft.version, now=NOW)
        outcome = service.submit(store, FORM, draft.id, owner=owner, token=owner, judge=SampleJudge(), now=NOW)
        assert outcome.record is not None
        return outcome.record.number

    drafts: dict[str, str] = {}
    owners = [f"p{number}" for number in range(60)]
    with ThreadPoolExecutor(4) as threads:
        working = [threads.submit(submit_until_it_works, owner) for owner in owners]
        for event in enough:
            assert event.wait(60)
            postgres.stop("immediate")
            postgres.start()
        for work in working:
            work.result(120)
    assert sorted(owner for owner, _ in acknowledged) == sorted(owners)
    for owner, number in acknowledged:
        (record,) = service.records_of(store, owner=owner)
        assert (record.number, record.values) == (number, {"name": owner})
        assert len(service.history(store, record.id, owner=owner)) == 1
    store.close()


def test_a_database_that_cannot_hold_every_character_is_refused(postgres: PostgresServer) -> None:
    postgres.ask("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    folder = postgres.new_database().partition("?")[2]
    with pytest.raises(StoreUnavailable, match="UTF8"):
        open_store(f"postgresql://{USER}@/latin?{folder}")


def test_an_answer_waits_for_the_disk_whatever_the_server_is_set_to(url: str, postgres: PostgresServer) -> None:
    name = url.partition("@/")[2].partition("?")[0]
    postgres.ask("postgres", f"ALTER DATABASE {name} SET synchronous_commit = off")
    store = open_postgres(url.removeprefix("postgresql://"))
    with store.engine.connect() as connection:
        names = ("synchronous_commit", "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
        assert [connection.exec_driver_sql(f"SHOW {each}").scalar() for each in names] == ["on", "5s", "15s", "30s"]
    store.close()


@pytest.mark.parametrize(
    "place",
    ["nobody@/nowhere?host=/nonexistent", "me@127.0.0.1:1/x", "formkit@/missing?{host}", "someone@/postgres?{host}"],
)
def test_a_server_or_database_that_is_not_there_is_unavailable(postgres: PostgresServer, place: str) -> None:
    host = postgres.new_database().partition("?")[2]
    with pytest.raises(StoreUnavailable):
        open_store(f"postgresql://{place.format(host=host)}")


@pytest.mark.parametrize(
    ("original", "failure"),
    [
        (errors.SerializationFailure, StoreBusy),
        (errors.DeadlockDetected, StoreBusy),
        (errors.LockNotAvailable, StoreBusy),
        (errors.QueryCanceled, StoreBusy),
        (errors.TooManyConnections, StoreBusy),
        (errors.AdminShutdown, StoreBusy),
        (errors.CannotConnectNow, StoreBusy),
        (errors.IdleInTransactionSessionTimeout, StoreBusy),
        (errors.DiskFull, StoreFull),
        (errors.ReadOnlySqlTransaction, StoreUnavailable),
        (errors.IoError, StoreUnavailable),
        (errors.DataCorrupted, StoreUnavailable),
        (errors.UniqueViolation, None),
        (errors.SyntaxError, None),
    ],
)
def test_failures_of_the_server_are_told_from_faults_of_the_program(
    original: type[Exception], failure: type[StoreUnavailable] | None
) -> None:
    judged = judge(DBAPIError("SELECT 1", {}, original("no")))
    assert type(judged) is (failure or type(None))


def test_an_unknown_scheme_is_told() -> None:
    with pytest.raises(UnknownName, match="postgresql"):
        open_store("oracle://somewhere")
