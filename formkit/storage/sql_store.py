"""A `Store` over any SQLAlchemy engine; what is special to one database comes from the file that makes the engine."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select, Table, select, tuple_
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from formkit.records.model import (
    Attachment,
    AuditEntry,
    Change,
    Draft,
    Edition,
    Publication,
    Record,
    Revision,
    StateChange,
)
from formkit.records.store import Cursor, Reading, StoreBusy, StoreUnavailable, Transaction
from formkit.storage import tables
from formkit.storage.keys import Keys
from formkit.storage.sealing import opened, sealed

Kept = Draft | Record | Revision | StateChange | Attachment | AuditEntry | Edition | Publication
Noun = TypeVar("Noun", Draft, Record, Revision, StateChange, Attachment, AuditEntry, Edition, Publication)
Judge = Callable[[DBAPIError], StoreUnavailable | None]
"""Says which failure of the storage a database's error is; None if it is a fault of the program."""

_TABLES: Mapping[type, Table] = {
    Draft: tables.drafts,
    Record: tables.records,
    Revision: tables.revisions,
    StateChange: tables.state_changes,
    Attachment: tables.attachments,
    AuditEntry: tables.audit_entries,
    Edition: tables.editions,
    Publication: tables.publications,
}

BEGIN_TO_WRITE = "formkit_begin_to_write"
"""The execution option of a connection whose transaction is going to write."""


class SqlStore:
    """Drafts, records and the rest in SQL tables."""

    def __init__(
        self,
        engine: Engine,
        judge: Judge,
        one_at_a_time: AbstractContextManager[Any] | None = None,
        keys: Keys | None = None,
    ) -> None:
        self.engine = engine
        self._writing = engine.execution_options(**{BEGIN_TO_WRITE: True})
        self.keys = keys
        self._judge = judge
        self._one_at_a_time = one_at_a_time or nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A consistent view."""
        with self._connected(self.engine) as connection:
            yield SqlReading(connection, self.keys)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A view that writes, alone."""
        with self._connected(self._writing) as connection:
            yield SqlTransaction(connection, self.keys)

    def connected(self) -> AbstractContextManager[Connection]:
        """A connection that sees one moment: for a host's own tables beside the store's."""
        return self._connected(self.engine)

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection whose transaction writes, alone: for what works on rows as they are stored."""
        return self._connected(self._writing)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        try:
            with self._one_at_a_time, engine.begin() as connection:
                yield connection
        except PoolTimeout as error:
            raise StoreBusy("no connection became free in time") from error
        except DBAPIError as error:
            failure = self._judge(error)
            if failure is None:
                raise
            raise failure from error


class SqlReading:
    """The reading half, over one connection; decrypts what people typed, if the store has keys."""

    def __init__(self, connection: Connection, keys: Keys | None = None) -> None:
        self._connection = connection
        self._keys = keys

    def draft(self, draft_id: str) -> Draft | None:
        """A draft, open or submitted."""
        return self._one(Draft, select(tables.drafts).where(tables.drafts.c.id == draft_id))

    def open_drafts(self, owner: str, form: str | None = None) -> tuple[Draft, ...]:
        """An owner's drafts not yet submitted, the latest first."""
        drafts = tables.drafts.c
        query = _of_owner(tables.drafts, owner, form).where(drafts.submitted_record.is_(None))
        return self._all(Draft, query.order_by(drafts.updated.desc(), drafts.id))

    def record(self, record_id: str) -> Record | None:
        """A record as it stands."""
        return self._one(Record, select(tables.records).where(tables.records.c.id == record_id))

    def record_numbered(self, number: str) -> Record | None:
        """The record with this receipt number."""
        return self._one(Record, select(tables.records).where(tables.records.c.number == number))

    def records(self, owner: str, form: str | None = None) -> tuple[Record, ...]:
        """An owner's records, the latest first."""
        records = tables.records.c
        return self._all(Record, _of_owner(tables.records, owner, form).order_by(records.submitted.desc(), records.id))

    def records_of_form(self, form: str, *, after: Cursor | None = None, limit: int = 500) -> tuple[Record, ...]:
        """A form's records beyond a cursor, the one untouched longest first."""
        records = tables.records.c
        query = select(tables.records).where(records.form == form)
        if after is not None:
            query = query.where(tuple_(records.updated, records.id) > after)
        return self._all(Record, query.order_by(records.updated, records.id).limit(limit))

    def revisions(self, record_id: str) -> tuple[Revision, ...]:
        """A record's revisions, the first one first."""
        revisions = tables.revisions.c
        query = select(tables.revisions).where(revisions.record == record_id).order_by(revisions.number)
        return self._all(Revision, query)

    def revision_from(self, draft_id: str) -> Revision | None:
        """The revision a draft became."""
        return self._one(Revision, select(tables.revisions).where(tables.revisions.c.draft == draft_id))

    def state_changes(self, record_id: str) -> tuple[StateChange, ...]:
        """The transitions taken on a record, the first one first."""
        changes = tables.state_changes.c
        query = select(tables.state_changes).where(changes.record == record_id).order_by(changes.number)
        return self._all(StateChange, query)

    def due_records(self, form: str, at: datetime) -> tuple[str, ...]:
        """The ids of a form's records that are due at a moment, the one waiting longest first."""
        records = tables.records.c
        query = select(records.id).where(records.form == form, records.due <= at).order_by(records.due, records.id)
        return tuple(self._connection.execute(query).scalars())

    def records_in_states(self, form: str, states: Collection[str]) -> tuple[str, ...]:
        """The ids of a form's records in one of these states, the one submitted first first."""
        records = tables.records.c
        query = select(records.id).where(records.form == form, records.state.in_(states))
        return tuple(self._connection.execute(query.order_by(records.submitted, records.id)).scalars())

    def undated_records(self, form: str, states: Collection[str]) -> tuple[str, ...]:
        """The ids of a form's records in one of these states that have no due moment."""
        records = tables.records.c
        query = select(records.id).where(records.form == form, records.state.in_(states), records.due.is_(None))
        return tuple(self._connection.execute(query.order_by(records.submitted, records.id)).scalars())

    def attachment(self, attachment_id: str) -> Attachment | None:
        """An attachment, removed ones too."""
        return self._one(Attachment, select(tables.attachments).where(tables.attachments.c.id == attachment_id))

    def attachments_of(self, record_id: str) -> tuple[Attachment, ...]:
        """The attachments a record has taken over, also those that only its earlier revisions name."""
        attachments = tables.attachments.c
        query = select(tables.attachments).where(attachments.record == record_id)
        return self._all(Attachment, query.order_by(attachments.created, attachments.id))

    def loose_attachments(self, before: datetime) -> tuple[Attachment, ...]:
        """Attachments created before a moment that no record has taken over and nobody has removed."""
        attachments = tables.attachments.c
        query = select(tables.attachments).where(
            attachments.created < before, attachments.record.is_(None), attachments.removed.is_(None)
        )
        return self._all(Attachment, query.order_by(attachments.created, attachments.id))

    def audit_entries(self, subject: str) -> tuple[AuditEntry, ...]:
        """What happened to a draft or record, in order."""
        entries = tables.audit_entries.c
        query = select(tables.audit_entries).where(entries.subject == subject).order_by(entries.at, entries.id)
        return self._all(AuditEntry, query)

    def edition(self, form: str, edition_hash: str) -> Edition | None:
        """The content of an edition."""
        editions = tables.editions.c
        query = select(tables.editions).where(editions.form == form, editions.hash == edition_hash)
        return self._one(Edition, query)

    def publications(self, form: str | None = None) -> tuple[Publication, ...]:
        """What was published, of one form or of all: by form and number."""
        publications = tables.publications.c
        query = select(tables.publications).order_by(publications.form, publications.number)
        return self._all(Publication, query if form is None else query.where(publications.form == form))

    def _one(self, noun: type[Noun], query: Select[Any]) -> Noun | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else self._noun(noun, row)

    def _all(self, noun: type[Noun], query: Select[Any]) -> tuple[Noun, ...]:
        return tuple(self._noun(noun, row) for row in self._connection.execute(query).mappings())

    def _noun(self, noun: type[Noun], row: Mapping[Any, Any]) -> Noun:
        values = opened(self._keys, _TABLES[noun].name, dict(row))
        if "changes" in values:
            values["changes"] = tuple(Change(*change) for change in values["changes"])
        return noun(**values)


class SqlTransaction(SqlReading):
    """The writing half."""

    def add_draft(self, draft: Draft) -> None:
        """Keep a new draft."""
        self._add(tables.drafts, draft)

    def replace_draft(self, draft: Draft, *, version: int) -> bool:
        """Put a draft in the place of the one stored, if that is still at `version`; whether it was."""
        drafts = tables.drafts.c
        query = tables.drafts.update().where(drafts.id == draft.id, drafts.version == version)
        return self._connection.execute(query.values(self._row(draft))).rowcount == 1

    def remove_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        self._connection.execute(tables.drafts.delete().where(tables.drafts.c.id == draft_id))

    def add_record(self, record: Record) -> None:
        """Keep a new record."""
        self._add(tables.records, record)

    def replace_record(self, record: Record, *, revision: int) -> bool:
        """Put a record in the place of the one stored, if that is still at `revision`; whether it was."""
        records = tables.records.c
        query = tables.records.update().where(records.id == record.id, records.revision == revision)
        return self._connection.execute(query.values(self._row(record))).rowcount == 1

    def add_revision(self, revision: Revision) -> None:
        """Keep a revision; a second one from the same draft is refused."""
        self._add(tables.revisions, revision)

    def add_state_change(self, change: StateChange) -> None:
        """Keep a transition that was taken; a second one of the same number is refused."""
        self._add(tables.state_changes, change)

    def add_attachment(self, attachment: Attachment) -> None:
        """Keep an attachment's row; its content must be on disk before."""
        self._add(tables.attachments, attachment)

    def replace_attachment(self, attachment: Attachment) -> None:
        """Put an attachment's row in the place of the one stored."""
        query = tables.attachments.update().where(tables.attachments.c.id == attachment.id)
        self._connection.execute(query.values(self._row(attachment)))

    def add_audit_entry(self, entry: AuditEntry) -> None:
        """Keep an audit entry; there is no way to alter one."""
        self._add(tables.audit_entries, entry)

    def add_edition(self, edition: Edition) -> None:
        """Keep the content of an edition; there is no way to alter it."""
        self._add(tables.editions, edition)

    def add_publication(self, publication: Publication) -> None:
        """Keep a publication; a second one of the same number is refused."""
        self._add(tables.publications, publication)

    def _add(self, table: Table, noun: Kept) -> None:
        self._connection.execute(table.insert().values(self._row(noun)))

    def _row(self, noun: Kept) -> dict[str, Any]:
        row = {field.name: getattr(noun, field.name) for field in fields(noun)}
        if isinstance(noun, Revision):
            row["changes"] = [[change.path, change.old, change.new] for change in noun.changes]
        plain = {name: dict(value) if isinstance(value, Mapping) else value for name, value in row.items()}
        return sealed(self._keys, _TABLES[type(noun)].name, plain)


def _of_owner(table: Table, owner: str, form: str | None) -> Select[Any]:
    query = select(table).where(table.c.owner == owner)
    return query if form is None else query.where(table.c.form == form)
