import sqlite3
import stat
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from formkit.errors import UnknownName
from formkit.records.model import Draft
from formkit.records.store import Store, StoreBusy, StoreFull, StoreUnavailable
from formkit.storage import open_store
from formkit.storage.preparing import SchemaMismatch
from formkit.storage.sqlite import (
    SqliteFault,
    has_wal_reset_fault,
    open_sqlite,
    sqlite_driver,
    warn_of_fault,
)

AT = datetime(2026, 3, 1, tzinfo=UTC)
DRAFT = Draft("d1", "sample", "2026", "hash", "me", AT, AT)


def put(store: Store, draft: Draft) -> None:
    with store.transaction() as tx:
        tx.add_draft(draft)


def get(store: Store, draft_id: str) -> Draft | None:
    with store.reading() as view:
        return view.draft(draft_id)


@pytest.mark.parametrize("form", ["{path}", "sqlite:///{path}"])
def test_a_store_is_found_by_path_or_url_and_reopened(tmp_path: Path, form: str) -> None:
    place = form.format(path=tmp_path / "new folder" / "we? #ird%.db")
    store = open_store(place)
    put(store, DRAFT)
    store.close()
    again = open_store(place)
    assert get(again, "d1") == DRAFT
    again.close()
    assert (tmp_path / "new folder" / "we? #ird%.db").exists()


def test_a_relative_path_is_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///a.db").close()
    open_store("b.db").close()
    assert sorted(file.name for file in tmp_path.glob("*.db")) == ["a.db", "b.db"]


def test_an_unknown_scheme_is_told() -> None:
    with pytest.raises(UnknownName, match="sqlite"):
        open_store("oracle://somewhere")


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    store = open_store(tmp_path / "kept" / "formkit.db")
    put(store, DRAFT)
    files = list((tmp_path / "kept").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    store.close()


def test_every_connection_is_durable(tmp_path: Path) -> None:
    store = open_sqlite(f"/{tmp_path / 'formkit.db'}")
    with store.engine.connect() as one, store.engine.connect() as other:
        for connection in (one, other):
            pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            found = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
            assert found == ["wal", 2, 1, 5000]
    store.close()


def test_writers_take_the_lock_at_once_and_readers_do_not(tmp_path: Path) -> None:
    store = open_sqlite(f"/{tmp_path / 'formkit.db'}")
    begun: list[str] = []
    event.listen(
        store.engine,
        "before_cursor_execute",
        lambda _c, _u, sql, *_: begun.append(sql) if sql.startswith("BEGIN") else None,
    )
    with store.transaction():
        pass
    with store.reading():
        pass
    assert begun == ["BEGIN IMMEDIATE", "BEGIN"]
    store.close()


def test_a_locked_database_is_busy_and_readers_read_on(tmp_path: Path) -> None:
    path = tmp_path / "formkit.db"
    store = open_sqlite(f"/{path}", busy_seconds=0.05)
    put(store, DRAFT)
    other = open_store(path)
    with other.transaction():
        with pytest.raises(StoreBusy), store.transaction():
            pytest.fail("two writers at once")
        assert get(store, "d1") == DRAFT
    put(store, replace(DRAFT, id="d2"))
    other.close()
    store.close()


def test_a_view_sees_one_state_while_others_write(tmp_path: Path) -> None:
    path = tmp_path / "formkit.db"
    store, other = open_store(path), open_store(path)
    put(store, DRAFT)
    with store.reading() as view:
        assert view.draft("d1") == DRAFT
        with other.transaction() as tx:
            assert tx.replace_draft(replace(DRAFT, version=2), version=1)
        assert view.draft("d1") == DRAFT
    assert get(store, "d1") == replace(DRAFT, version=2)
    other.close()
    store.close()


def test_a_full_disk_is_told_and_what_was_there_is_intact(tmp_path: Path) -> None:
    store = open_sqlite(f"/{tmp_path / 'formkit.db'}")
    put(store, DRAFT)
    event.listen(store.engine, "connect", lambda connection, _: _limit_pages(connection))
    store.engine.dispose()
    with pytest.raises(StoreFull):
        put(store, replace(DRAFT, id="d2", answers={"name": "x" * 10_000_000}))
    assert (get(store, "d1"), get(store, "d2")) == (DRAFT, None)
    store.close()


def _limit_pages(connection: Any) -> None:
    connection.execute("PRAGMA max_page_count = 60").close()


def test_a_place_that_cannot_be_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(tmp_path)


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database " * 100)
    with pytest.raises(StoreUnavailable):
        open_store(tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text().startswith("not a database")


def test_a_store_of_a_later_formkit_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "formkit.db"
    open_store(path).close()
    later = sqlite3.connect(path)
    later.execute("UPDATE formkit_version SET version_num = '0099'")
    later.commit()
    later.close()
    with pytest.raises(SchemaMismatch, match="99"):
        open_store(path)


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((4, 0, 0), False),
    ],
)
def test_the_wal_reset_fault_is_known(version: tuple[int, ...], faulty: bool) -> None:
    assert has_wal_reset_fault(version) is faulty


def test_a_faulty_sqlite_is_warned_of() -> None:
    with pytest.warns(SqliteFault, match=r"SQLite 3\.40\.1 .*pysqlite3"):
        warn_of_fault((3, 40, 1))


def test_without_pysqlite3_pythons_own_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    assert sqlite_driver() is sqlite3


def test_processes_racing_to_open_a_new_store_all_get_it(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys
        from formkit.storage import open_store
        sys.stdin.readline()
        open_store(sys.argv[1]).close()
    """)
    command = [sys.executable, "-c", program, str(tmp_path / "formkit.db")]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    complaints = [process.communicate(b"go\n", timeout=60)[1] for process in processes]
    assert complaints == [b""] * 4
