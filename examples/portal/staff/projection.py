"""What staff find and count people's files by: worked out from the records, batch by batch, and at any time again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select, tuple_

from examples.portal.exam.files import standing
from examples.portal.tables import files, files_read
from examples.portal.web.office import Office, held
from examples.portal.web.visit import ZONE
from formkit.fields.base import Refused
from formkit.records.model import Record
from formkit.records.store import Cursor
from formkit.storage import lookup
from formkit.storage.sql_store import SqlReading
from formkit.storage.tables import records

OVERLAP = timedelta(minutes=5)
"""How far back it reads again until nothing can come there: longer than a request waits for its turn to write."""
BATCH = 200


def bring_up_to_date(office: Office) -> int:
    """Reads what was submitted, changed or transferred since; how many records that were."""
    policy = office.policy
    return sum(_read(office, form.id) for form in (policy.collection, policy.transfer_out, policy.transfer_in))


def rebuild(office: Office) -> int:
    """Works all of it out anew."""
    with office.accounts.writing() as connection:
        connection.execute(files.delete())
        connection.execute(files_read.delete())
    return bring_up_to_date(office)


def division_in(office: Office, record: Record) -> str:
    """The division a record names, by the name it has today; empty if it names none."""
    field, raw = office.policy.collection.field_at("division"), record.values.get("division")
    assert field is not None, "the collection form asks for the division"
    try:
        return str(field.type.parse(raw) or "") if raw else ""
    except Refused:
        return str(raw)


def _read(office: Office, form: str) -> int:
    """Each batch is read and written in one transaction: two processes never undo each other's work."""
    settled = (office.clock() - OVERLAP, "")
    with office.accounts.reading() as connection:
        after = _kept(connection, form)
        if not _beyond(connection, form, after):
            return 0
    count = 0
    while True:
        with office.accounts.writing() as connection:
            found = _beyond(connection, form, after)
            owners = {one.owner for one in found if one.kept != one.updated}
            _write(office, connection, SqlReading(connection, office.store.keys), owners)
            count += len(found)
            if not found:
                return count
            after = (found[-1].updated, found[-1].id)
            _keep(connection, form, min(after, settled))


def _beyond(connection: Connection, form: str, after: Cursor | None) -> Sequence[Any]:
    """What of a form lies beyond a cursor, with the moment up to which its row is right: nothing is decrypted."""
    known = records.c
    query = (
        select(known.id, known.owner, known.updated, files.c.updated.label("kept"))
        .outerjoin(files, files.c.record == known.id)
        .where(known.form == form)
    )
    if after is not None:
        query = query.where(tuple_(known.updated, known.id) > after)
    return connection.execute(query.order_by(known.updated, known.id).limit(BATCH)).all()


def _write(office: Office, connection: Connection, view: SqlReading, owners: Iterable[str]) -> None:
    """The rows of these people; who has sent in more than once is found by the latest."""
    policy = office.policy
    for owner in sorted(owners):
        connection.execute(files.delete().where(files.c.account == owner))
        collected = view.records(owner, policy.collection.id)
        if collected:
            latest = max(collected, key=lambda one: one.updated)
            latest = replace(latest, values=held(office, latest))
            moves = (view.records(owner, form.id) for form in (policy.transfer_out, policy.transfer_in))
            status = standing(policy, latest, *moves).status
            connection.execute(files.insert().values({**_row(office, latest), "status": status.value}))


def _row(office: Office, record: Record) -> dict[str, Any]:
    keys, values = office.accounts.keys, record.values
    return {
        "record": record.id,
        "account": record.owner,
        "number_index": lookup(keys, "number", str(values.get("id_number") or "")),
        "name_index": lookup(keys, "name", str(values.get("name") or "")),
        "mobile_index": lookup(keys, "mobile", str(values.get("mobile") or "")),
        "receipt": record.number,
        "division": division_in(office, record),
        "day": record.submitted.astimezone(ZONE).date(),
        "updated": record.updated,
    }


def _kept(connection: Connection, form: str) -> Cursor | None:
    row = connection.execute(select(files_read).where(files_read.c.form == form)).one_or_none()
    return None if row is None else (row.updated, row.record)


def _keep(connection: Connection, form: str, cursor: Cursor) -> None:
    """Never goes back."""
    kept = _kept(connection, form)
    if kept is not None and kept >= cursor:
        return
    connection.execute(files_read.delete().where(files_read.c.form == form))
    connection.execute(files_read.insert().values(form=form, updated=cursor[0], record=cursor[1]))
