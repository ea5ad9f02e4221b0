"""Who is moving between provinces: every application of the member's divisions, by state, and when it is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import select
from starlette.responses import Response

from examples.portal.accounts.staff import Member
from examples.portal.staff.divisions import name_of
from examples.portal.staff.projection import bring_up_to_date, division_in
from examples.portal.staff.signing_in import own
from examples.portal.tables import files
from examples.portal.web.office import Office
from examples.portal.web.pages import draw
from examples.portal.web.visit import ZONE, Visit
from formkit import Form
from formkit.records.walking import every_record
from formkit.storage.tables import records
from formkit.workflow import waiting_states, workflow_of

MOST = 200
"""How many applications of a state are shown."""


class Term(StrEnum):
    """How an application stands in time."""

    DUE = "due"
    NO_YEAR = "no_year"
    """The calendar does not have the year yet: no day can be told."""
    UNDECIDED = "undecided"
    """It was due, and no condition was met for sure, as while a service does not answer."""
    NONE = "none"
    """Nothing that the system does by itself."""


@dataclass(frozen=True, slots=True)
class Application:
    """A row of a list; who it is, only the opened record says."""

    record: str
    receipt: str
    state: str
    division: str
    submitted: datetime
    entered: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """An application in words."""

    record: str
    receipt: str
    division: str
    submitted: str
    entered: str
    term: Term
    day: str


@dataclass(frozen=True, slots=True)
class States:
    """All of a form in one state; `more` are not shown."""

    label: str
    rows: Sequence[Row]
    more: int


def show_transfers(visit: Visit) -> Response:
    """Out and in, state by state."""
    (member, _), office = own(visit), visit.office
    bring_up_to_date(office)
    policy, language = office.policy, visit.language
    lists = [
        (policy.transfer_out.title.in_(language), _states(visit, policy.transfer_out, leaving(office, member))),
        (policy.transfer_in.title.in_(language), _states(visit, policy.transfer_in, arriving(office, member))),
    ]
    return draw(visit, "staff_transfers.html", lists=lists)


def leaving(office: Office, member: Member) -> list[Application]:
    """Applications of people whose file is within the member's divisions: nothing is decrypted for a list."""
    known, form = records.c, office.policy.transfer_out
    query = (
        select(known.id, known.number, known.state, files.c.division, known.submitted, known.entered, known.due)
        .join(files, files.c.account == known.owner)
        .where(known.form == form.id, files.c.division.startswith(member.begins, autoescape=True))
        .order_by(known.submitted, known.id)
    )
    with office.accounts.reading() as connection:
        return [
            Application(
                one.id, one.number, one.state or "", one.division, one.submitted, one.entered or one.submitted, one.due
            )
            for one in connection.execute(query)
        ]


def arriving(office: Office, member: Member) -> list[Application]:
    """Applications that name one of the member's divisions as the receiving place."""
    form = office.policy.transfer_in
    with office.store.reading() as view:
        found = [(one, division_in(office, one)) for one in every_record(view, form.id)]
    own_ones = sorted((pair for pair in found if member.is_for(pair[1])), key=lambda pair: pair[0].submitted)
    return [
        Application(one.id, one.number, one.state or "", place, one.submitted, one.entered or one.submitted, one.due)
        for one, place in own_ones
    ]


def term_of(form: Form, one: Application, now: datetime) -> Term:
    """Whether and for what it waits."""
    if one.state not in waiting_states(form):
        return Term.NONE
    if one.due is None:
        return Term.NO_YEAR
    return Term.UNDECIDED if one.due <= now else Term.DUE


def _states(visit: Visit, form: Form, applications: list[Application]) -> list[States]:
    """As the workflow lists the states; where a state waits, what is due first comes first, else what came last."""
    order = {state: number for number, state in enumerate(workflow_of(form).states)}
    waiting = waiting_states(form)

    def place(one: Application) -> tuple[int, float]:
        moment = (one.due.timestamp() if one.due else 0) if one.state in waiting else -one.entered.timestamp()
        return order.get(one.state, len(order)), moment

    return list(_grouped(visit, form, sorted(applications, key=place)))


def _grouped(visit: Visit, form: Form, applications: list[Application]) -> Iterator[States]:
    states = workflow_of(form).states
    for state, group in groupby(applications, key=lambda one: one.state):
        found = list(group)
        label = states[state].label.in_(visit.language) if state in states else state
        shown = [_row(visit, form, one) for one in found[:MOST]]
        yield States(f"{label} ({len(found)})", shown, max(0, len(found) - MOST))


def _row(visit: Visit, form: Form, one: Application) -> Row:
    term = term_of(form, one, visit.now)
    day = one.due.astimezone(ZoneInfo(form.time_zone)).date().isoformat() if one.due and term is not Term.NONE else ""
    division = name_of(visit.office, one.division, visit.language)
    return Row(one.record, one.receipt, division, _day(one.submitted), _day(one.entered), term, day)


def _day(moment: datetime) -> str:
    return moment.astimezone(ZONE).date().isoformat()
