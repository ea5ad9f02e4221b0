"""Staff of the finance departments: who they are, what their part lets them see, and their accounts in the database."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from examples.portal.tables import staff, staff_sessions
from formkit.errors import FormkitError
from formkit.records.identifiers import new_id

NAME = re.compile(r"[a-z][a-z0-9_.-]{2,39}")
"""What they sign in with."""
FINANCE = "finance_department"
"""Who takes a transition in a form's workflow when staff of a finance department decide."""
_PROVINCE, _CITY = 2, 4


class Role(StrEnum):
    """The part somebody has."""

    DISTRICT = "district"
    CITY = "city"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the staff; `division` is the code of the place they work for."""

    id: str
    name: str
    role: Role
    division: str
    password: str
    created: datetime
    disabled: bool = False

    @property
    def begins(self) -> str:
        """How the codes of their divisions begin: a district's is its own, a city's four digits, a province's two."""
        if self.role is Role.DISTRICT:
            return self.division
        return self.division[: _PROVINCE if self.division[_PROVINCE:] == "0000" else _CITY]

    def is_for(self, division: str) -> bool:
        """Whether the people of a division are theirs to look after."""
        return self.role is not Role.SUPPORT and bool(division) and division.startswith(self.begins)


class NameTaken(FormkitError):  # noqa: N818 - read as a sentence: except NameTaken
    """There is somebody of this name."""


def add(connection: Connection, member: Member) -> None:
    """Keeps a new one; raises `NameTaken`."""
    if by_name(connection, member.name) is not None:
        raise NameTaken(f"there is a staff account {member.name} already")
    row = {name: getattr(member, name) for name in staff.c.keys()}  # noqa: SIM118 - columns
    try:
        connection.execute(staff.insert().values({**row, "role": member.role.value}))
    except IntegrityError:
        raise NameTaken(f"there is a staff account {member.name} already") from None


def by_name(connection: Connection, name: str) -> Member | None:
    """Who signs in with a name."""
    return _member(connection.execute(select(staff).where(staff.c.name == name)).one_or_none())


def by_id(connection: Connection, member_id: str) -> Member | None:
    """Who it is."""
    return _member(connection.execute(select(staff).where(staff.c.id == member_id)).one_or_none())


def everybody(connection: Connection) -> tuple[Member, ...]:
    """All of them by name."""
    return tuple(filter(None, map(_member, connection.execute(select(staff).order_by(staff.c.name)))))


def set_password(connection: Connection, member_id: str, password: str) -> None:
    """Keeps a new password (its hash), which ends every session there is."""
    connection.execute(staff.update().where(staff.c.id == member_id).values(password=password))
    _end_sessions(connection, member_id)


def set_disabled(connection: Connection, member_id: str, disabled: bool) -> None:
    """Shuts somebody out at once, or lets them in again."""
    connection.execute(staff.update().where(staff.c.id == member_id).values(disabled=disabled))
    _end_sessions(connection, member_id)


def new_member(name: str, role: Role, division: str, password: str, now: datetime) -> Member:
    """Somebody new; `password` is its hash."""
    return Member(new_id(), name, role, division, password, now)


def _end_sessions(connection: Connection, member_id: str) -> None:
    connection.execute(staff_sessions.delete().where(staff_sessions.c.account == member_id))


def _member(row: Row[tuple[object, ...]] | None) -> Member | None:
    if row is None:
        return None
    known = dict(row._mapping)
    return Member(**{**known, "role": Role(known["role"])})
