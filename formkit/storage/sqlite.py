"""SQLite as a store: on disk when it says so, one writer at a time, and honest about being busy or full."""

import os
import sqlite3
import threading
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from formkit.records.store import StoreBusy, StoreFull, StoreUnavailable
from formkit.storage.durable import sync_folder
from formkit.storage.keys import Keys
from formkit.storage.preparing import prepare
from formkit.storage.sql_store import BEGIN_TO_WRITE, SqlStore
from formkit.storage.tables import to_json

BUSY_SECONDS = 5.0


class SqliteFault(UserWarning):
    """The SQLite at hand has a fault that can lose committed data."""


def open_sqlite(
    place: str, *, keys: Keys | None = None, migrating: bool = False, busy_seconds: float = BUSY_SECONDS
) -> SqlStore:
    """The store in the file that a URL names after `sqlite://` (`/relative.db`, `//absolute.db`); empty: in memory."""
    driver = sqlite_driver()
    warn_of_fault(driver.sqlite_version_info)
    path = None if place in ("", "/:memory:") else Path(place.removeprefix("/"))
    if path is not None:
        _make_private(path)
    engine = _engine(path, driver, busy_seconds)
    store = SqlStore(engine, judge, threading.RLock() if path is None else None, keys)
    prepare(engine, judge, migrating=migrating)
    if path is not None:
        sync_folder(path.parent)
    return store


def sqlite_driver() -> ModuleType:
    """`pysqlite3`, which brings its own recent SQLite, else Python's `sqlite3`."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    return dbapi2  # type: ignore[no-any-return]


def has_wal_reset_fault(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can lose committed data when two connections reset the write-ahead log at once.

    The fault is in 3.7.0 to 3.51.2; 3.50.7 and 3.44.6 have the mend too (sqlite.org/wal.html, "the WAL-reset bug").
    """
    mended = (3, 44, 6) <= version < (3, 45, 0) or (3, 50, 7) <= version < (3, 51, 0)
    return (3, 7, 0) <= version < (3, 51, 3) and not mended


def warn_of_fault(version: tuple[int, ...]) -> None:
    """Tell whoever starts the service, once, if its SQLite is faulty."""
    if has_wal_reset_fault(version):
        found = ".".join(map(str, version))
        warnings.warn(
            f"SQLite {found} can lose committed data under concurrent use (the WAL-reset fault, mended in 3.51.3). "
            "Install pysqlite3, which brings a mended one: pip install pysqlite3",
            SqliteFault,
            stacklevel=3,
        )


def judge(error: DBAPIError) -> StoreUnavailable | None:
    """SQLite's error as a failure of the storage; None if it is a fault of the program."""
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    sentence = str(error.orig)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "is locked" in sentence:
        return StoreBusy(sentence)
    if name.startswith("SQLITE_FULL") or "is full" in sentence:
        return StoreFull(sentence)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreUnavailable(sentence)
    return None


def _engine(path: Path | None, driver: ModuleType, busy_seconds: float) -> Engine:
    pool: dict[str, Any] = {"poolclass": StaticPool}
    if path is not None:
        pool = {"poolclass": QueuePool, "pool_size": 5, "max_overflow": 35, "pool_timeout": busy_seconds}
    engine = create_engine(
        URL.create("sqlite", database=":memory:" if path is None else str(path)),
        module=driver,
        json_serializer=to_json,
        hide_parameters=True,  # an error is logged, and what people typed is not
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
        **pool,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _: ConnectionPoolEntry) -> None:
    """Durable settings, and what is erased is gone; the driver must not begin by itself: `_begin` does."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "foreign_keys = ON",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a read lock that grows into a write lock fails whatever the timeout."""
    writing = connection.get_execution_options().get(BEGIN_TO_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _make_private(path: Path) -> None:
    """An empty file that only its owner may read, unless there is one; SQLite gives its log files the same rights."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"the store cannot be opened: {error.strerror}") from error
