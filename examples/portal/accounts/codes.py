"""Codes sent by SMS: six digits, five minutes, five tries, used once, for one number and one purpose [S29]."""

import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from examples.portal.accounts.model import LimitReached
from examples.portal.accounts.secret import Secret
from examples.portal.tables import codes

DIGITS, TRIES, A_DAY = 6, 5, 5
LASTS = timedelta(minutes=5)
PAUSE = timedelta(seconds=60)
_DAY = timedelta(days=1)


class Purpose(StrEnum):
    """What a code is good for, and nothing else."""

    REGISTER = "register"
    FORGOTTEN = "forgotten"
    MOBILE = "mobile"
    TRANSFER = "transfer"


class Codes:
    """Makes codes and judges them; every method writes within the transaction it is given."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    def make(self, connection: Connection, purpose: Purpose, mobile: str, now: datetime) -> str:
        """A new code, which makes the one before it worthless; raises `LimitReached`."""
        index = self._secret.index("mobile", mobile)
        self._check_limits(connection, index, now)
        code, code_id = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", secrets.token_hex(16)
        forget(connection, now)
        connection.execute(
            codes.insert().values(
                id=code_id,
                mobile_index=index,
                purpose=purpose.value,
                code_hash=self._hash(code_id, code),
                sent=now,
                tries=0,
            )
        )
        return code

    def withdraw(self, connection: Connection, purpose: Purpose, mobile: str) -> None:
        """Forgets the newest code, because it could not be sent."""
        found = self._newest(connection, purpose, mobile)
        if found is not None:
            connection.execute(codes.delete().where(codes.c.id == found[0]))

    def judge(self, connection: Connection, purpose: Purpose, mobile: str, code: str, now: datetime) -> bool:
        """Whether it is the code; counts as a try whatever it is. Commit it: a try undone is a try too many."""
        found = self._newest(connection, purpose, mobile)
        if found is None:
            return False
        tried = codes.update().where(codes.c.id == found[0], codes.c.tries < TRIES, *_alive(now))
        if connection.execute(tried.values(tries=codes.c.tries + 1)).rowcount != 1:
            return False
        return hmac.compare_digest(found[1], self._hash(found[0], code))

    def use(self, connection: Connection, purpose: Purpose, mobile: str, code: str, now: datetime) -> bool:
        """Takes a code that was judged right; False if somebody else has taken it since."""
        found = self._newest(connection, purpose, mobile)
        if found is None or not hmac.compare_digest(found[1], self._hash(found[0], code)):
            return False
        taken = codes.update().where(codes.c.id == found[0], *_alive(now)).values(used=now)
        return connection.execute(taken).rowcount == 1

    def _check_limits(self, connection: Connection, index: str, now: datetime) -> None:
        known = codes.c
        query = select(func.count(), func.min(known.sent), func.max(known.sent)).where(
            known.mobile_index == index, known.sent > now - _DAY
        )
        count, first, last = connection.execute(query).one()
        if count and last > now - PAUSE:
            raise LimitReached("code_too_soon", int((last + PAUSE - now).total_seconds()) or 1)
        if count >= A_DAY:
            raise LimitReached("code_too_many", int((first + _DAY - now).total_seconds()) or 1)

    def _newest(self, connection: Connection, purpose: Purpose, mobile: str) -> tuple[str, str] | None:
        known, index = codes.c, self._secret.index("mobile", mobile)
        query = select(known.id, known.code_hash).where(known.mobile_index == index, known.purpose == purpose.value)
        row = connection.execute(query.order_by(known.sent.desc()).limit(1)).one_or_none()
        return None if row is None else (row.id, row.code_hash)

    def _hash(self, code_id: str, code: str) -> str:
        return self._secret.index("code", f"{code_id}\n{code}")


def forget(connection: Connection, now: datetime) -> None:
    """Deletes those that no limit counts any more."""
    connection.execute(codes.delete().where(codes.c.sent <= now - _DAY))


def _alive(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return codes.c.used.is_(None), codes.c.sent > now - LASTS
