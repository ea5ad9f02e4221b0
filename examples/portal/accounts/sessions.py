"""Who is signed in: random ids, of which only hashes are kept; they end at logout, when idle, and after half a day."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Table, select
from sqlalchemy.sql.elements import ColumnElement

from examples.portal.accounts.model import Session
from examples.portal.tables import sessions

IDLE = timedelta(hours=1)
ABSOLUTE = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=1)
_LONGEST_BROWSER = 100


def begin(connection: Connection, account: str, browser: str, now: datetime, table: Table = sessions) -> str:
    """A new session; its id goes into a cookie and nowhere else."""
    token = secrets.token_urlsafe(32)
    session = Session(token_hash(token), secrets.token_hex(8), account, now, now, browser[:_LONGEST_BROWSER])
    forget(connection, now, table)
    connection.execute(
        table.insert().values({name: getattr(session, name) for name in table.c.keys()})  # noqa: SIM118 - columns
    )
    return token


def read(connection: Connection, token: str, now: datetime, table: Table = sessions) -> Session | None:
    """The session of an id, if it is one and lives."""
    query = select(table).where(table.c.token_hash == token_hash(token), _alive(table, now))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else Session(**row)


def is_to_be_marked(session: Session, now: datetime) -> bool:
    """Whether it is time to write down that it was seen: not at every request."""
    return now - session.seen >= _SEEN_EVERY


def mark_seen(connection: Connection, session: Session, now: datetime, table: Table = sessions) -> None:
    """Writes down that it was seen."""
    connection.execute(table.update().where(table.c.token_hash == session.token_hash).values(seen=now))


def of_account(connection: Connection, account: str, now: datetime, table: Table = sessions) -> tuple[Session, ...]:
    """An account's sessions, the latest first."""
    query = select(table).where(table.c.account == account, _alive(table, now)).order_by(table.c.began.desc())
    return tuple(Session(**row) for row in connection.execute(query).mappings())


def end(connection: Connection, account: str, name: str, table: Table = sessions) -> None:
    """Ends one session of an account."""
    connection.execute(table.delete().where(table.c.account == account, table.c.name == name))


def end_all(connection: Connection, account: str, but: str = "", table: Table = sessions) -> None:
    """Ends an account's sessions; not the one named `but`."""
    connection.execute(table.delete().where(table.c.account == account, table.c.name != but))


def forget(connection: Connection, now: datetime, table: Table = sessions) -> None:
    """Deletes those that have run out."""
    connection.execute(table.delete().where(~_alive(table, now)))


def token_hash(token: str) -> str:
    """What is kept of an id; it is random and long, so a plain hash is enough."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _alive(table: Table, now: datetime) -> ColumnElement[bool]:
    return (table.c.seen > now - IDLE) & (table.c.began > now - ABSOLUTE)
