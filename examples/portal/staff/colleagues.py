"""The staff accounts of a city's districts: added, shut out and let in again by the city."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from examples.portal.accounts import staff
from examples.portal.accounts.staff import NAME, Member, NameTaken, Role, new_member
from examples.portal.staff.divisions import divisions_of, name_of
from examples.portal.staff.signing_in import own
from examples.portal.web.pages import done_banners, draw, problem, see
from examples.portal.web.visit import Visit
from formkit.records.identifiers import new_id
from formkit.records.model import AuditEntry
from formkit.renderers import Banner


@dataclass(frozen=True, slots=True)
class Colleague:
    """A row of the list."""

    id: str
    name: str
    place: str
    disabled: bool


def show_colleagues(visit: Visit) -> Response:
    """The districts' accounts, and a form for a new one."""
    return _page(visit, *done_banners(visit))


def add_colleague(visit: Visit) -> Response:
    """A new account for a district of the city; its password is made, and shown this once."""
    (member, _), office = own(visit), visit.office
    name, division = visit.posted("name").strip().lower(), visit.posted("division")
    if not NAME.fullmatch(name):
        return _page(visit, problem(visit, "staff.name_wrong"), status=422)
    if division not in dict(divisions_of(office, member, visit.language, visit.today)):
        return _page(visit, problem(visit, "staff.division_wrong"), status=422)
    password = made_password()
    new = new_member(name, Role.DISTRICT, division, office.passwords.hash(password), visit.now)
    try:
        with office.accounts.writing() as connection:
            staff.add(connection, new)
    except NameTaken:
        return _page(visit, problem(visit, "staff.name_taken"), status=422)
    note(visit, "staff_added", new.id, name=name, division=division)
    return _page(visit, Banner(visit.say("staff.added", name=name, password=password), "success"))


def set_disabled(visit: Visit) -> Response:
    """Shuts somebody out, or lets them in again: of the districts of the city only."""
    (member, _), chosen = own(visit), visit.posted("disable") or visit.posted("enable")
    disabled = bool(visit.posted("disable"))
    with visit.office.accounts.writing() as connection:
        found = staff.by_id(connection, chosen)
        if found is None or not _is_of(member, found):
            raise HTTPException(404)
        staff.set_disabled(connection, found.id, disabled)
    note(visit, "staff_disabled" if disabled else "staff_enabled", found.id, name=found.name)
    return see(f"/staff/colleagues?done=staff.{'disabled' if disabled else 'enabled'}")


def made_password() -> str:
    """A password nobody guesses, in groups that can be read out."""
    return "-".join(secrets.token_hex(2) for _ in range(5))


def note(visit: Visit, action: str, subject: str, **details: object) -> None:
    """Writes down what staff did, for good; no personal values."""
    member, _ = own(visit)
    entry = AuditEntry(new_id(), visit.now, member.id, action, subject, {"staff": member.name, **details})
    with visit.office.store.transaction() as tx:
        tx.add_audit_entry(entry)


def _is_of(city: Member, one: Member) -> bool:
    return one.role is Role.DISTRICT and city.is_for(one.division)


def _page(visit: Visit, *banners: Banner, status: int = 200) -> Response:
    (member, _), office = own(visit), visit.office
    with office.accounts.reading() as connection:
        found: Sequence[Member] = [one for one in staff.everybody(connection) if _is_of(member, one)]
    rows = [Colleague(one.id, one.name, name_of(office, one.division, visit.language), one.disabled) for one in found]
    response = draw(
        visit,
        "staff_colleagues.html",
        *banners,
        colleagues=rows,
        divisions=divisions_of(office, member, visit.language, visit.today),
        typed=visit.posted("name") if status != 200 else "",
    )
    response.status_code = status
    return response
