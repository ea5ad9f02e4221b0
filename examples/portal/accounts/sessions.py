"""Who is signed in: random ids, of which only hashes are kept; they end at logout, when idle, and after half a day."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, select
from sqlalchemy.sql.elements import ColumnElement

from examples.portal.accounts.model import Session
from examples.portal.accounts.tables import sessions

IDLE = timedelta(hours=1)
ABSOLUTE = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=1)
_LONGEST_BROWSER = 100


def begin(connection: Connection, account: str, browser: str, now: datetime) -> str:
    """A new session; its id goes into a cookie and nowhere else."""
    token = secrets.token_urlsafe(32)
    session = Session(token_hash(token), secrets.token_hex(8), account, now, now, browser[:_LONGEST_BROWSER])
    connection.execute(sessions.delete().where(~_alive(now)))
    connection.execute(
        sessions.insert().values({name: getattr(session, name) for name in sessions.c.keys()})  # noqa: SIM118 - columns
    )
    return token


def read(connection: Connection, token: str, now: datetime) -> Session | None:
    """The session of an id, if it is one and lives."""
    query = select(sessions).where(sessions.c.token_hash == token_hash(token), _alive(now))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else Session(**row)


def is_to_be_marked(session: Session, now: datetime) -> bool:
    """Whether it is time to write down that it was seen: not at every request."""
    return now - session.seen >= _SEEN_EVERY


def mark_seen(connection: Connection, session: Session, now: datetime) -> None:
    """Writes down that it was seen."""
    connection.execute(sessions.update().where(sessions.c.token_hash == session.token_hash).values(seen=now))


def of_account(connection: Connection, account: str, now: datetime) -> tuple[Session, ...]:
    """An account's sessions, the latest first."""
    query = select(sessions).where(sessions.c.account == account, _alive(now)).order_by(sessions.c.began.desc())
    return tuple(Session(**row) for row in connection.execute(query).mappings())


def end(connection: Connection, account: str, name: str) -> None:
    """Ends one session of an account."""
    connection.execute(sessions.delete().where(sessions.c.account == account, sessions.c.name == name))


def end_all(connection: Connection, account: str, but: str = "") -> None:
    """Ends an account's sessions; not the one named `but`."""
    connection.execute(sessions.delete().where(sessions.c.account == account, sessions.c.name != but))


def token_hash(token: str) -> str:
    """What is kept of an id; it is random and long, so a plain hash is enough."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _alive(now: datetime) -> ColumnElement[bool]:
    return (sessions.c.seen > now - IDLE) & (sessions.c.began > now - ABSOLUTE)
