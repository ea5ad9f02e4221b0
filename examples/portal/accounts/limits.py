"""How often something may be tried: counted in the database, so that it holds for all processes together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from examples.portal.accounts.model import LimitReached
from examples.portal.tables import attempts

KEPT = timedelta(days=1)
"""Longer than any limit looks back."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within a time; `code` is the sentence for who reaches it."""

    kind: str
    most: int
    within: timedelta
    code: str = "too_many_tries"


LOGIN = Limit("login", 5, timedelta(minutes=15))
LOGIN_PLACE = Limit("login_place", 100, timedelta(minutes=15))
FORGOTTEN = Limit("forgotten", 5, timedelta(days=1), "code_too_many")
FORGOTTEN_SOON = Limit("forgotten", 1, timedelta(seconds=60), "code_too_soon")
SENDING_PLACE = Limit("sending_place", 50, timedelta(hours=1), "code_too_many")
TRANSFER = Limit("transfer", 20, timedelta(days=1))
RESET = Limit("reset", 25, timedelta(days=1))


def check(connection: Connection, limit: Limit, subject: str, now: datetime) -> None:
    """Raises `LimitReached` where there is no room for one more."""
    known = attempts.c
    since = now - limit.within
    query = select(func.count(), func.min(known.at)).where(
        known.kind == limit.kind, known.subject == subject, known.at > since
    )
    count, first = connection.execute(query).one()
    if count >= limit.most:
        raise LimitReached(limit.code, max(1, int((first - since).total_seconds())))


def count(connection: Connection, limit: Limit, subject: str, now: datetime) -> None:
    """Counts one, or raises `LimitReached`: before the work, so that many at once cannot slip past."""
    check(connection, limit, subject, now)
    connection.execute(attempts.insert().values(kind=limit.kind, subject=subject, at=now))
    connection.execute(attempts.delete().where(attempts.c.at <= now - KEPT))


def forget(connection: Connection, limit: Limit, subject: str) -> None:
    """Begins to count anew, after it went well."""
    connection.execute(attempts.delete().where(attempts.c.kind == limit.kind, attempts.c.subject == subject))
