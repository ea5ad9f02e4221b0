"""A draft that has to go on in another edition: the person is told what changed and what to do again, and goes on."""

from dataclasses import dataclass

from starlette.responses import Response

from formkit.carrying import Carried
from formkit.diff import change_sentence
from formkit.editions.following import Arrival, edition_for, held_in
from formkit.form import Form
from formkit.records.model import Draft
from formkit.records.service import load_record, move_draft
from formkit.records.store import AlreadySubmitted, DraftConflict
from formkit.web.look import draw
from formkit.web.steps import VERSION_FIELD, posted_version
from formkit.web.visit import Visit
from formkit.web.work import draft_of_path

_MOST_TOLD = 30


@dataclass(frozen=True, slots=True)
class Again:
    """A step to do again, and whether it is new."""

    title: str
    new: bool


def show_edition(visit: Visit) -> Response:
    """What changed since the draft was filled in, and which steps are to be done again."""
    draft = draft_of_path(visit)
    arrival = _arrival(visit, draft)
    if arrival is None:
        return visit.redirect("draft", draft=draft.id)
    new, language = arrival.new, visit.language
    told = [change_sentence(change, language) for change in arrival.changes]
    old_steps = arrival.old.steps_by_id
    steps = [Again(new.steps_by_id[step].title.in_(language), step not in old_steps) for step in arrival.steps]
    return draw(
        visit,
        "edition.html",
        page=visit.page(
            action=visit.to("move", draft=draft.id),
            hidden={VERSION_FIELD: str(draft.version)},
            back_url=visit.to("form"),
        ),
        title=new.title.in_(language),
        old=arrival.old.edition,
        new=new.edition,
        backwards=new.edition < arrival.old.edition,
        basis=new.basis if new.basis != arrival.old.basis else (),
        told=told[:_MOST_TOLD],
        more=max(0, len(told) - _MOST_TOLD),
        steps=steps,
        restarts=arrival.restarts,
    )


def move(visit: Visit) -> Response:
    """Goes on in the other edition: with the answers as it reads them, or anew."""
    draft = draft_of_path(visit)
    arrival = _arrival(visit, draft)
    if arrival is not None:
        if posted_version(visit) != draft.version:
            raise DraftConflict(draft)
        moved = move_draft(visit.site.store, arrival.new, draft, arrival.answers, now=visit.now)
        if arrival.steps and not arrival.restarts:
            return visit.redirect("step", draft=moved.id, step=arrival.steps[0])
    return visit.redirect("draft", draft=draft.id)


def _arrival(visit: Visit, draft: Draft) -> Arrival | None:
    """What the draft has before it; None where it is in the right edition. Raises `AlreadySubmitted`."""
    forms, owner, today = visit.site.forms, visit.person.id, visit.today
    if draft.submitted_record:
        raise AlreadySubmitted(load_record(visit.site.store, draft.submitted_record, owner=owner))
    record = load_record(visit.site.store, draft.record, owner=owner) if draft.record else None
    new, old = edition_for(forms, draft, today, record), forms.edition(draft.form, draft.edition_hash)
    if old is None or old.edition_hash == new.edition_hash:
        return None

    def held(form: Form) -> Carried | None:
        return held_in(form, forms, record, today) if record else None

    return Arrival(old, new, draft, today, lambda form: visit.at(form).facts, held, forms.between(old, new))
