"""PostgreSQL as a store: one writer at a time, readers who wait for nobody, and honest about a server that is away."""

from typing import Any

from psycopg.errors import Error
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from formkit.records.store import StoreBusy, StoreFull, StoreUnavailable
from formkit.storage.keys import Keys
from formkit.storage.preparing import prepare
from formkit.storage.sql_store import BEGIN_TO_WRITE, SqlStore
from formkit.storage.tables import to_json

BUSY_SECONDS = 5.0
_STATEMENT_SECONDS = 15
_IDLE_SECONDS = 30
_WRITERS = 0x666F726D6B6974  # "formkit": the advisory lock that all writers take
_BUSY = ("08", "40", "53300", "53400", "55P03", "57014", "57P", "25P03")
"""Beginnings of SQLSTATEs: connection, lost race, no connection left, lock or statement took too long, shut down."""
_FULL = ("53100",)
_UNAVAILABLE = ("25006", "28", "3D", "53", "58", "XX")
"""Read-only standby, wrong password, no such database, out of memory, disk fails, damaged."""


def open_postgres(
    place: str, *, keys: Keys | None = None, migrating: bool = False, busy_seconds: float = BUSY_SECONDS
) -> SqlStore:
    """The store in the database that a URL names after `postgresql://` (`user:password@host/database`)."""
    engine = _engine(place, busy_seconds)
    store = SqlStore(engine, judge, keys=keys)
    prepare(engine, judge, migrating=migrating)
    return store


def judge(error: DBAPIError) -> StoreUnavailable | None:
    """PostgreSQL's error as a failure of the storage; None if it is a fault of the program.

    A connection lost while it commits leaves open whether the server had committed. Whoever repeats the request is
    safe: a draft becomes one record at most, and saving the same answers again changes nothing.
    """
    code = (isinstance(error.orig, Error) and error.orig.sqlstate) or ""
    sentence = str(error.orig).strip()
    if code.startswith(_BUSY) or error.connection_invalidated:
        return StoreBusy(sentence)
    if code.startswith(_FULL):
        return StoreFull(sentence)
    if code.startswith(_UNAVAILABLE) or (not code and type(error.orig).__name__ == "OperationalError"):
        return StoreUnavailable(sentence)
    return None


def _engine(place: str, busy_seconds: float) -> Engine:
    url = make_url(f"postgresql+psycopg://{place}")
    timeouts = {
        "lock_timeout": int(busy_seconds * 1000),
        "statement_timeout": _STATEMENT_SECONDS * 1000,
        "idle_in_transaction_session_timeout": _IDLE_SECONDS * 1000,
    }
    given = url.query.get("options", "")
    options = " ".join(f"-c {name}={value}" for name, value in timeouts.items())
    engine = create_engine(
        url.difference_update_query(["options"]),
        json_serializer=to_json,
        hide_parameters=True,  # an error is logged, and what people typed is not
        pool_size=5,
        max_overflow=15,
        pool_timeout=busy_seconds,
        pool_pre_ping=True,
        connect_args={
            "options": f"{options} {given}".strip(),
            "client_encoding": "utf8",
            "connect_timeout": max(2, int(busy_seconds)),
            "application_name": "formkit",
        },
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _: ConnectionPoolEntry) -> None:
    """Whatever the server is set to: an answer waits for the disk, and the database can hold every character."""
    if connection.execute("SHOW server_encoding").fetchone()[0] != "UTF8":
        raise StoreUnavailable("the database must have been made with ENCODING 'UTF8'")
    if connection.execute("SHOW synchronous_commit").fetchone()[0] == "off":
        connection.execute("SET synchronous_commit = on")
    connection.commit()


def _begin(connection: Connection) -> None:
    """Writers queue before they look, so nobody decides on what another is changing; readers see one moment."""
    if connection.get_execution_options().get(BEGIN_TO_WRITE):
        # Not REPEATABLE READ: its snapshot would be taken before the wait, and show what the one ahead has changed.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
