"""The demonstration: invented people, whose files are collected and who are leaving, one in each state."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from examples.portal.accounts.staff import Role
from examples.portal.people import DEMO_PASSWORD, DemoPerson, demo_people, seed
from examples.portal.staff.enrolling import enrol
from examples.portal.tables import staff
from examples.portal.web.office import Office
from formkit import UNKNOWN, Form, validate
from formkit.records.attachments import add_attachment
from formkit.records.model import Record
from formkit.records.service import records_of, save_draft, start_draft, submit
from formkit.records.transitions import take_transition
from formkit.validation import Result
from formkit.workflow import APPLICANT, SYSTEM

STAFF = (("guangzhou", Role.CITY, "440100"), ("tianhe", Role.DISTRICT, "440106"), ("support", Role.SUPPORT, "440000"))
"""Whom of the finance departments one may sign in as."""
_PICTURES = ("portrait", "id_card_portrait_side", "id_card_emblem_side")
_ANSWERS: Mapping[str, Any] = {
    "pledge": True,
    "ethnic_group": "01",
    "political_status": "13",
    "email": "demo@example.com",
    "full_time": {"level": "20", "degree": "4", "school": "中山大学", "major": "会计学", "graduated": "2013-07"},
    "employment_status": "accounting",
    "unit_name": "广州某某有限公司",
    "unit_code": "91350100M000100Y43",
    "accounting_since": "2014-08",
    "is_cpa": False,
    "is_tax_agent": False,
    "is_asset_appraiser": False,
    "has_abacus_level": False,
    "qualifications": [{"_id": "r1", "type": "accounting", "level": "intermediate", "obtained_by": "exam"}],
}
_WAYS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "pending": (),
    "approved": (("approve", SYSTEM),),
    "rejected": (("reject", SYSTEM),),
    "withdrawn": (("approve", SYSTEM), ("withdraw", APPLICANT)),
    "received": (("approve", SYSTEM), ("receive", "national_platform")),
}
"""Which transitions lead to each state."""


def seed_demo(office: Office, now: datetime) -> None:
    """Everything that is not there yet; several processes may do it one after another."""
    seed(office, now)
    for person in demo_people().values():
        if person.transfer and not records_of(office.store, owner=person.id):
            _collect(office, person, now - timedelta(days=40))
            _leave(office, person, now)
    with office.accounts.reading() as connection:
        known = set(connection.execute(staff.select().with_only_columns(staff.c.name)).scalars())
    for name, role, division in STAFF:
        if name not in known:
            enrol(office, name, role, division, DEMO_PASSWORD)


def _collect(office: Office, person: DemoPerson, at: datetime) -> Record:
    form = office.policy.collection
    answers = {**_ANSWERS, "division": str(person.facts["id_number"])[:6]}
    if person.transfer == "rejected":
        answers = {name: value for name, value in answers.items() if name != "email"}
    return _submitted(office, form, person, answers, _PICTURES, {**person.facts, "collected": False}, at)


def _leave(office: Office, person: DemoPerson, now: datetime) -> None:
    form = office.policy.transfer_out
    at = now if person.transfer == "pending" else now - timedelta(days=20)
    known = {"collected": True, "employment_status": "accounting", "transfer_open": False}
    facts = {**known, "record_complete": person.transfer != "rejected", "transfer_blocked": False}
    answers = {"destination": "430100", "reason": "工作单位变动"}
    record = _submitted(office, form, person, answers, ("attachments",), facts, at)
    for days, (transition, by) in enumerate(_WAYS[person.transfer], start=14):
        actor = person.id if by == APPLICANT else by
        gaps = "档案信息不完整，请先在“信息变更”中补充：电子邮箱" if transition == "reject" else None
        take_transition(
            office.store,
            form,
            record.id,
            transition,
            by=by,
            actor=actor,
            now=at + timedelta(days=days),
            facts=facts,
            calendar=office.policy.calendar,
            reason=gaps,
        )


def _submitted(
    office: Office,
    form: Form,
    person: DemoPerson,
    answers: Mapping[str, Any],
    pictures: tuple[str, ...],
    facts: Mapping[str, Any],
    at: datetime,
) -> Record:
    """A record as its page would have made it; what the file lacks on purpose is let pass."""
    draft = start_draft(office.store, form, owner=person.id, now=at)
    uploaded = {name: _uploaded(office, draft.id, person, name, at) for name in pictures}
    filled = {**answers, **{name: [one] if name == "attachments" else one for name, one in uploaded.items()}}
    saved = save_draft(office.store, form, draft.id, filled, owner=person.id, version=draft.version, now=at)

    def judge(given: Mapping[str, Any], /, *, record: Mapping[str, Any] | None) -> Result:
        known = {name: facts.get(name, UNKNOWN) for name in form.facts}
        return Result(validate(form, given, record=record, facts=known, today=at.date()).values, ())

    done = submit(
        office.store,
        form,
        saved.id,
        owner=person.id,
        token=f"demonstration {person.id}",
        judge=judge,
        now=at,
        calendar=office.policy.calendar,
    )
    assert done.record is not None, "nothing stands in the way"
    return done.record


def _uploaded(office: Office, draft: str, person: DemoPerson, path: str, at: datetime) -> dict[str, Any]:
    content = _picture(f"{person.id} {path}")
    kept = add_attachment(
        office.store,
        office.files,
        draft,
        content,
        owner=person.id,
        path=path,
        name=f"{path}.jpg",
        media_type="image/jpeg",
        now=at,
        width=413,
        height=531,
    )
    return kept.value


def _picture(of: str) -> bytes:
    """A picture of nobody."""
    random_ = random.Random(of)  # noqa: S311 - a picture, no secret
    noise = Image.frombytes("RGB", (413, 531), random_.randbytes(413 * 531 * 3))
    image = Image.blend(Image.new("RGB", noise.size, "#9fc3e8"), noise, 0.12)
    draw = ImageDraw.Draw(image)
    draw.ellipse((100, 330, 313, 680), fill="#2d3e50")
    draw.ellipse((137, 120, 277, 320), fill="#e8c9a9")
    made = BytesIO()
    image.save(made, "JPEG", quality=80)
    return made.getvalue()
