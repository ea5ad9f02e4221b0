"""Accounts and half-finished registrations in the database: who they are is encrypted, and found by keyed hashes."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from examples.portal.accounts.model import Account, NumberTaken
from examples.portal.tables import accounts, registrations
from formkit.storage import Keys, lookup, lookups
from formkit.storage.envelope import Place, open_text, seal_text
from formkit.storage.sql_store import SqlStore

REGISTRATION_LASTS = timedelta(hours=1)


class AccountStore:
    """Opens transactions; every other room writes within one."""

    def __init__(self, store: SqlStore) -> None:
        if store.keys is None:
            raise ValueError("accounts are kept in an encrypted store")
        self.keys: Keys = store.keys
        self._store = store

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view."""
        with self._store.connected() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, and takes its lock at once."""
        with self._store.writing() as connection:
            yield connection

    def add(self, connection: Connection, account: Account) -> None:
        """Keeps a new account; raises `NumberTaken`, whatever the type of the document [S32]."""
        if self.by_number(connection, account.number) is not None:
            raise NumberTaken("there is an account with this number")
        try:
            connection.execute(accounts.insert().values({"id": account.id, **self._row(account)}))
        except IntegrityError:
            raise NumberTaken("there is an account with this number") from None

    def replace(self, connection: Connection, account: Account) -> None:
        """Keeps what has changed of an account: its mobile number, its password."""
        connection.execute(accounts.update().where(accounts.c.id == account.id).values(self._row(account)))

    def by_id(self, connection: Connection, account_id: str) -> Account | None:
        """An account."""
        return self._account(connection.execute(select(accounts).where(accounts.c.id == account_id)).one_or_none())

    def by_number(self, connection: Connection, number: str) -> Account | None:
        """The account of a document number."""
        query = select(accounts).where(accounts.c.number_index.in_(lookups(self.keys, "number", number)))
        return self._account(connection.execute(query).one_or_none())

    def reencrypt(self) -> int:
        """Everything of the accounts encrypted with the key that encrypts now; how many there are."""
        with self.reading() as connection:
            ids = list(connection.execute(select(accounts.c.id)).scalars())
        for account_id in ids:
            with self.writing() as connection:
                account = self.by_id(connection, account_id)
                if account is not None:
                    self.replace(connection, account)
        return len(ids)

    def registration(self, connection: Connection, visit: str, now: datetime) -> dict[str, Any]:
        """The answers of a registration that is going on; the password is never among them."""
        known = registrations.c
        query = select(known.answers).where(known.visit_hash == visit, known.updated > now - REGISTRATION_LASTS)
        sealed = connection.execute(query).scalar_one_or_none()
        return {} if sealed is None else json.loads(open_text(self.keys, _answers_of(visit), sealed))

    def keep_registration(self, connection: Connection, visit: str, answers: Mapping[str, Any], now: datetime) -> None:
        """Keeps its answers, and forgets all registrations that were left."""
        self.end_registration(connection, visit)
        connection.execute(registrations.delete().where(registrations.c.updated <= now - REGISTRATION_LASTS))
        sealed = seal_text(self.keys, _answers_of(visit), json.dumps(dict(answers), ensure_ascii=False))
        connection.execute(registrations.insert().values(visit_hash=visit, answers=sealed, updated=now))

    def end_registration(self, connection: Connection, visit: str) -> None:
        """Forgets a registration."""
        connection.execute(registrations.delete().where(registrations.c.visit_hash == visit))

    def _row(self, account: Account) -> dict[str, Any]:
        person = json.dumps(dict(account.person), ensure_ascii=False)
        return {
            "number_index": lookup(self.keys, "number", account.number),
            "person": seal_text(self.keys, _person_of(account.id), person),
            "password": account.password,
            "created": account.created,
        }

    def _account(self, row: Row[Any] | None) -> Account | None:
        if row is None:
            return None
        person = json.loads(open_text(self.keys, _person_of(row.id), row.person))
        return Account(row.id, person, row.password, row.created)


def _person_of(account: str) -> Place:
    return Place(accounts.name, account, "person")


def _answers_of(visit: str) -> Place:
    return Place(registrations.name, visit, "answers")
