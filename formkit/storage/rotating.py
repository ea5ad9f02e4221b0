"""A new key takes over: everything stored is encrypted anew, while the service runs."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, select, tuple_

from formkit.errors import UnknownName
from formkit.storage import tables
from formkit.storage.contents import KeptContents
from formkit.storage.envelope import Unreadable
from formkit.storage.keys import Keys, KeysInvalid
from formkit.storage.sealing import SEALED, renewed
from formkit.storage.sql_store import SqlStore

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Reencrypted:
    """What `reencrypt` did, and what it could not read and left as it was."""

    rows: int
    contents: int
    unreadable: tuple[str, ...] = ()


def reencrypt(store: SqlStore, files: KeptContents | None = None) -> Reencrypted:
    """Encrypt all that is stored with the first of the store's keys; what was not encrypted at all, too.

    When nothing is unreadable, and every process has the new keys, the older keys are needed no more. It can be broken
    off and run again. Older copies of the store still need the older keys.
    """
    if store.keys is None:
        raise KeysInvalid("the store was opened without keys")
    unreadable: list[str] = []
    rows = sum(_renew_rows(store, store.keys, tables.metadata.tables[name], unreadable) for name in SEALED)
    contents = _renew_contents(files, unreadable) if files else 0
    return Reencrypted(rows, contents, tuple(unreadable))


def _renew_rows(store: SqlStore, keys: Keys, table: Table, unreadable: list[str]) -> int:
    done = 0
    for batch in _batches(store, table):
        with store.writing() as connection:
            primary = tuple_(*table.primary_key.columns)
            for row in connection.execute(select(table).where(primary.in_(batch))).mappings().all():
                try:
                    new = renewed(keys, table.name, dict(row))
                except Unreadable as error:
                    unreadable.append(str(error))
                    continue
                if new is not None:
                    here = [column == row[column.name] for column in table.primary_key.columns]
                    connection.execute(table.update().where(*here).values(new))
                    done += 1
    return done


def _batches(store: SqlStore, table: Table) -> Iterator[list[tuple[object, ...]]]:
    """The primary keys of all rows; short transactions keep nobody waiting long."""
    primary = list(table.primary_key.columns)
    last: tuple[object, ...] | None = None
    while True:
        query = select(*primary).order_by(*primary).limit(_BATCH)
        with store.engine.connect() as connection:
            rows = connection.execute(query if last is None else query.where(tuple_(*primary) > last)).all()
        if not rows:
            return
        batch = [tuple(row) for row in rows]
        yield batch
        last = batch[-1]


def _renew_contents(files: KeptContents, unreadable: list[str]) -> int:
    done = 0
    for attachment_id in files.kept():
        try:
            done += files.renew(attachment_id)
        except (UnknownName, FileNotFoundError):
            continue  # swept meanwhile
        except Unreadable as error:
            unreadable.append(str(error))
    return done
