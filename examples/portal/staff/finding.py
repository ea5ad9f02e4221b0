"""People's files found by one exact word: what is encrypted can be searched in no other way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from examples.portal.accounts.model import Account, masked
from examples.portal.accounts.own_numbers import number_as_kept
from examples.portal.accounts.staff import Member, Role
from examples.portal.staff.divisions import name_of
from examples.portal.tables import files
from examples.portal.web.office import Office, held
from formkit.fields.base import Refused
from formkit.storage import lookups
from formkit.storage.sql_store import SqlReading

MOST = 50


class By(StrEnum):
    """What somebody is looked for by."""

    NUMBER = "number"
    NAME = "name"
    MOBILE = "mobile"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A person's file as lists show it, masked unless it is said otherwise; `status` and `day` are as they are kept."""

    record: str
    account: str
    receipt: str
    name: str
    number: str
    mobile: str
    division: str
    status: str
    day: str


def find(office: Office, member: Member, by: By, typed: str, language: str) -> tuple[FileRow, ...]:
    """The files that fit, of those the member looks after."""
    query = within(member).where(_fits(office, by, typed)).order_by(files.c.updated.desc(), files.c.record).limit(MOST)
    with office.accounts.reading() as connection:
        return tuple(file_rows(office, connection, query, language))


def find_accounts(office: Office, by: By, typed: str) -> tuple[Account, ...]:
    """The accounts that fit, those without a file too where it is a document number: for support."""
    query = select(files.c.account).where(_fits(office, by, typed)).order_by(files.c.account).limit(MOST)
    with office.accounts.reading() as connection:
        found = [office.accounts.by_id(connection, one) for one in connection.execute(query).scalars()]
        if by is By.NUMBER:
            found.append(office.accounts.by_number(connection, number_as_kept(office.forms, typed)))
    return tuple({one.id: one for one in found if one is not None}.values())


def within(member: Member) -> Select[Any]:
    """The files of a member's divisions; none to somebody of support."""
    if member.role is Role.SUPPORT:
        return select(files).where(files.c.division == "nowhere")
    return select(files).where(files.c.division.startswith(member.begins, autoescape=True))


def file_rows(
    office: Office, connection: Connection, query: Select[Any], language: str, *, full: bool = False
) -> Iterator[FileRow]:
    """The rows of a query, with what only the records know."""
    view = SqlReading(connection, office.store.keys)
    for row in _fetched(connection, query):
        record = view.record(row.record)
        values = held(office, record) if record else {}
        name, number, mobile = (str(values.get(field) or "") for field in ("name", "id_number", "mobile"))
        if not full:
            name, number, mobile = masked_name(name), masked(number), masked(mobile)
        place = name_of(office, row.division, language)
        day = row.day.isoformat()
        yield FileRow(row.record, row.account, row.receipt, name, number, mobile, place, row.status, day)


def masked_name(name: str) -> str:
    """A name as lists show it.

    >>> masked_name("张三"), masked_name("欧阳小明"), masked_name("")
    ('张*', '欧***', '')
    """
    return name[:1] + "*" * (len(name) - 1)


def _fetched(connection: Connection, query: Select[Any]) -> Iterable[Any]:
    """All of it before the first record is read: one connection does one thing at a time."""
    return connection.execute(query).all()


def _fits(office: Office, by: By, typed: str) -> ColumnElement[bool]:
    if by is By.RECEIPT:
        return files.c.receipt == typed.strip().upper()
    column = {By.NUMBER: files.c.number_index, By.NAME: files.c.name_index, By.MOBILE: files.c.mobile_index}[by]
    return column.in_(lookups(office.accounts.keys, by.value, _as_kept(office, by, typed)))


def _as_kept(office: Office, by: By, typed: str) -> str:
    """As the form writes it: half width, no spaces within numbers."""
    if by is By.NUMBER:
        return number_as_kept(office.forms, typed)
    field = office.policy.collection.field_at(by.value)
    assert field is not None, "the collection form asks for name and mobile"
    try:
        return str(field.type.parse(typed) or "")
    except Refused:
        return typed.strip()
