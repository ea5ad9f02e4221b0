"""A person's record opened by staff: for a reason, for a quarter of an hour, and never without a trace."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from examples.portal import words
from examples.portal.accounts.model import masked
from examples.portal.accounts.staff import FINANCE
from examples.portal.staff.colleagues import note
from examples.portal.staff.finding import masked_name
from examples.portal.staff.projection import division_in
from examples.portal.staff.signing_in import own
from examples.portal.web.office import Office, held
from examples.portal.web.pages import draw, problem, see, surroundings
from examples.portal.web.visit import ZONE, Visit
from formkit import UNKNOWN, Form
from formkit.errors import UnknownName
from formkit.form import Transition
from formkit.records.model import AuditEntry, Record
from formkit.records.transitions import state_changes
from formkit.renderers import RECORD, Banner, Page, render
from formkit.web.headers import file_headers

LASTS = timedelta(minutes=15)
LEAST, MOST = 4, 200
"""How long a reason is."""
OPENED, LOOKED_AT = "file_opened", "file_attachment_opened"
_NUMBER = re.compile(r"[0-9]{9}")
_INLINE = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class Look:
    """An entry of a record's access log."""

    at: str
    staff: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the member may decide on a record; with `asks_reason` they say why, for the person to read."""

    url: str
    label: str
    asks_reason: bool


@dataclass(frozen=True, slots=True)
class FilePage(Page):
    """The page of an opened record."""

    number: str = ""
    submitted: str = ""
    state: str = ""
    reason: str = ""
    decisions: Sequence[Decision] = ()
    log: Sequence[Look] = ()


def show_file(visit: Visit) -> Response:
    """The record, while it is open to who asks; else the question why."""
    record, entries = record_at(visit)
    if not is_open(visit, entries):
        return _reason_page(visit, record, entries)
    forms, language = visit.office.policy.forms, visit.language
    form = forms.edition(record.form, record.edition_hash)
    values = record.values if form else held(visit.office, record)
    form = form or forms[record.form]
    current, changes = forms[record.form], state_changes(visit.office.store, record.id)
    state = current.workflow.states.get(record.state or "") if current.workflow else None
    page = FilePage(
        **surroundings(visit, *_decided(visit)),
        state=state.label.in_(language) if state else "",
        reason=(changes[-1].reason or "") if changes else "",
        decisions=[
            Decision(f"/staff/files/{record.id}/transitions/{one.id}", _label(one, language), one.reason)
            for one in decisions(current, record)
        ],
        file_url=f"/staff/files/{record.id}/attachments/{{id}}",
        number=record.number,
        submitted=_time(record.submitted),
        log=_log(entries),
    )
    html = render(
        form,
        RECORD,
        {},
        record=values,
        facts=_facts(visit.office, form, record),
        today=visit.today,
        language=language,
        renderer="staff_file",
        page=page,
        renderers=visit.office.renderers,
    )
    return HTMLResponse(html)


def open_file(visit: Visit) -> Response:
    """Opens a record, once it is said why."""
    record, entries = record_at(visit)
    reason = " ".join(visit.posted("reason").split())
    if not is_reason(reason):
        response = _reason_page(visit, record, entries, problem(visit, "staff.reason_wrong", least=LEAST, most=MOST))
        response.status_code = 422
        return response
    note(visit, OPENED, record.id, reason=reason)
    return see(f"/staff/files/{record.id}")


def show_attachment(visit: Visit) -> Response:
    """A file of an opened record, in a sandbox."""
    record, entries = record_at(visit)
    if not is_open(visit, entries):
        return see(f"/staff/files/{record.id}")
    with visit.office.store.reading() as view:
        row = view.attachment(visit.request.path_params["file"])
    if row is None or row.record != record.id or row.removed is not None:
        raise HTTPException(404)
    note(visit, LOOKED_AT, record.id, attachment=row.id, path=row.path)
    try:
        with visit.office.files.open(row.id) as content:
            body = content.read()
    except UnknownName:
        raise HTTPException(404) from None
    inline = row.media_type in _INLINE
    return Response(body, headers=file_headers(row.name, row.media_type, inline=inline))


def is_reason(text: str) -> bool:
    """Whether it says something, and no personal number: it is kept where those who may see the file read it."""
    return LEAST <= len(text) <= MOST and not _NUMBER.search(text)


def record_at(visit: Visit) -> tuple[Record, tuple[AuditEntry, ...]]:
    """The record of the path with its trail, if its person is the member's to look after; else it is not there."""
    member, _ = own(visit)
    with visit.office.store.reading() as view:
        record = view.record(visit.request.path_params["record"])
        if record is None or record.form not in visit.office.policy.forms:
            raise HTTPException(404)
        file = record
        if record.form == visit.office.policy.transfer_out.id:
            collected = view.records(record.owner, visit.office.policy.collection.id)
            file = max(collected, key=lambda one: one.updated, default=record)
        if not member.is_for(division_in(visit.office, file)):
            raise HTTPException(404)
        return record, view.audit_entries(record.id)


def is_open(visit: Visit, entries: Sequence[AuditEntry]) -> bool:
    """Whether the member who asks has said why, not longer ago than a record stays open."""
    member, _ = own(visit)
    since = visit.now - LASTS
    return any(one.action == OPENED and one.actor == member.id and one.at > since for one in entries)


def decisions(form: Form, record: Record) -> tuple[Transition, ...]:
    """What the workflow leaves to the finance department in the state of a record."""
    ways = form.workflow.transitions.values() if form.workflow else ()
    return tuple(one for one in ways if one.by == FINANCE and record.state in one.sources)


def _label(transition: Transition, language: str) -> str:
    return transition.label.in_(language) if transition.label else transition.id


def _decided(visit: Visit) -> Sequence[Banner]:
    """What became of a decision."""
    done = visit.request.query_params.get("done", "")
    if done == "decided":
        return (Banner(words.say("staff.decided", visit.language), "success"),)
    return (problem(visit, f"staff.{done}"),) if done in ("transition_not_open", "reason_missing", "too_long") else ()


def _facts(office: Office, form: Form, record: Record) -> Mapping[str, Any]:
    """What registration knows; all else is unknown here, and nothing is asked of other services to look at a file."""
    with office.accounts.reading() as connection:
        account = office.accounts.by_id(connection, record.owner)
    known = {**(account.person if account else {}), "collected": True}
    return {name: known.get(name, UNKNOWN) for name in form.facts}


def _log(entries: Sequence[AuditEntry]) -> list[Look]:
    """The latest first."""
    return [
        Look(_time(one.at), str(one.details.get("staff", "")), one.action, str(one.details.get("reason", "")))
        for one in reversed(entries)
        if one.action in (OPENED, LOOKED_AT)
    ]


def _reason_page(visit: Visit, record: Record, entries: Sequence[AuditEntry], *banners: Banner) -> Response:
    values = record.values
    return draw(
        visit,
        "staff_reason.html",
        *banners,
        url=f"/staff/files/{record.id}",
        name=masked_name(str(values.get("name") or "")),
        number=masked(str(values.get("id_number") or "")),
        receipt=record.number,
        typed=visit.posted("reason"),
        most=MOST,
        log=_log(entries),
    )


def _time(moment: Any) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"
