"""Accounts and half-finished registrations in the database."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, select
from sqlalchemy.exc import IntegrityError

from examples.portal.accounts.keys import Keys
from examples.portal.accounts.model import Account, NumberTaken
from examples.portal.accounts.tables import accounts, metadata, registrations
from formkit.storage.sql_store import BEGIN_TO_WRITE

REGISTRATION_LASTS = timedelta(hours=1)


class AccountStore:
    """Opens transactions; every other room writes within one."""

    def __init__(self, engine: Engine, keys: Keys) -> None:
        self.keys = keys
        self._engine = engine
        self._writing = engine.execution_options(**{BEGIN_TO_WRITE: True})

    def prepare(self) -> None:
        """Makes the tables that are not there yet."""
        with self.writing() as connection:
            metadata.create_all(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, and takes its lock at once."""
        with self._writing.begin() as connection:
            yield connection

    def add(self, connection: Connection, account: Account) -> None:
        """Keeps a new account; raises `NumberTaken`, whatever the type of the document [S32]."""
        row = {"id": account.id, "number_index": self._index(account.number), "created": account.created}
        try:
            connection.execute(accounts.insert().values(row | self._sealed(account)))
        except IntegrityError:
            raise NumberTaken("there is an account with this number") from None

    def replace(self, connection: Connection, account: Account) -> None:
        """Keeps what has changed of an account: its mobile number, its password."""
        connection.execute(accounts.update().where(accounts.c.id == account.id).values(self._sealed(account)))

    def by_id(self, connection: Connection, account_id: str) -> Account | None:
        """An account."""
        return self._account(connection.execute(select(accounts).where(accounts.c.id == account_id)).one_or_none())

    def by_number(self, connection: Connection, number: str) -> Account | None:
        """The account of a document number."""
        query = select(accounts).where(accounts.c.number_index == self._index(number))
        return self._account(connection.execute(query).one_or_none())

    def registration(self, connection: Connection, visit: str, now: datetime) -> dict[str, Any]:
        """The answers of a registration that is going on; the password is never among them."""
        known = registrations.c
        query = select(known.answers).where(known.visit_hash == visit, known.updated > now - REGISTRATION_LASTS)
        sealed = connection.execute(query).scalar_one_or_none()
        return {} if sealed is None else json.loads(self.keys.open(sealed, f"registration {visit}"))

    def keep_registration(self, connection: Connection, visit: str, answers: Mapping[str, Any], now: datetime) -> None:
        """Keeps its answers, and forgets all registrations that were left."""
        self.end_registration(connection, visit)
        connection.execute(registrations.delete().where(registrations.c.updated <= now - REGISTRATION_LASTS))
        sealed = self.keys.seal(json.dumps(dict(answers), ensure_ascii=False), f"registration {visit}")
        connection.execute(registrations.insert().values(visit_hash=visit, answers=sealed, updated=now))

    def end_registration(self, connection: Connection, visit: str) -> None:
        """Forgets a registration."""
        connection.execute(registrations.delete().where(registrations.c.visit_hash == visit))

    def _index(self, number: str) -> str:
        return self.keys.index("number", number)

    def _sealed(self, account: Account) -> dict[str, str]:
        person = json.dumps(dict(account.person), ensure_ascii=False)
        return {"person": self.keys.seal(person, f"account {account.id}"), "password": account.password}

    def _account(self, row: Row[Any] | None) -> Account | None:
        if row is None:
            return None
        person = json.loads(self.keys.open(row.person, f"account {row.id}"))
        return Account(row.id, person, row.password, row.created)
