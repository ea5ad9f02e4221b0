"""What the workflow of a form leaves to the finance department: the files that wait for it, and its decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from starlette.responses import Response

from examples.portal.accounts.staff import FINANCE, Member
from examples.portal.staff.divisions import name_of
from examples.portal.staff.opening import is_open, record_at
from examples.portal.staff.projection import bring_up_to_date
from examples.portal.staff.signing_in import own
from examples.portal.tables import files
from examples.portal.web.pages import draw, see
from examples.portal.web.visit import ZONE, Visit
from formkit import UNKNOWN, Form
from formkit.records.transitions import take_transition
from formkit.storage.tables import records

MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for a decision; who it is, only the opened record says."""

    record: str
    receipt: str
    division: str
    state: str
    since: str


def show_reviews(visit: Visit) -> Response:
    """The files of the member's divisions that wait, the longest first."""
    (member, _), office = own(visit), visit.office
    bring_up_to_date(office)
    form = office.policy.collection
    return draw(visit, "staff_reviews.html", rows=_waiting(visit, form, member), most=MOST)


def decide(visit: Visit) -> Response:
    """Takes a transition on a record that is open to the member, once."""
    (member, _), office = own(visit), visit.office
    record, entries = record_at(visit)
    if not is_open(visit, entries):
        return see(f"/staff/files/{record.id}")
    form = office.policy.forms[record.form]
    if form.workflow is None:
        return see(f"/staff/files/{record.id}")
    outcome = take_transition(
        office.store,
        form,
        record.id,
        visit.request.path_params["transition"],
        by=FINANCE,
        actor=member.id,
        now=visit.now,
        facts=_facts(form),
        calendar=office.policy.calendar,
        reason=visit.posted("reason"),
    )
    done = "decided" if outcome.change else outcome.issues[0].code
    return see(f"/staff/files/{record.id}?done={done}")


def _facts(form: Form) -> Mapping[str, Any]:
    """The member judges; what other services know is not asked for it."""
    return dict.fromkeys(form.facts, UNKNOWN)


def _waiting(visit: Visit, form: Form, member: Member) -> list[Waiting]:
    if form.workflow is None:
        return []
    states = {one for way in form.workflow.transitions.values() if way.by == FINANCE for one in way.sources}
    known = records.c
    query = (
        select(known.id, known.number, known.state, files.c.division, known.entered, known.submitted)
        .join(files, files.c.record == known.id)
        .where(known.form == form.id, known.state.in_(states))
        .where(files.c.division.startswith(member.begins, autoescape=True))
        .order_by(known.entered, known.id)
        .limit(MOST)
    )
    language = visit.language
    with visit.office.accounts.reading() as connection:
        found = connection.execute(query).all()
    return [
        Waiting(
            one.id,
            one.number,
            name_of(visit.office, one.division, language),
            form.workflow.states[one.state].label.in_(language),
            f"{(one.entered or one.submitted).astimezone(ZONE):%Y-%m-%d %H:%M}",
        )
        for one in found
    ]
