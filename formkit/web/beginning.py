"""Where a person arrives: the list of forms, and the start page of one with what they have begun and submitted."""

from starlette.responses import RedirectResponse, Response

from formkit.form import Form
from formkit.records.model import Draft, Record
from formkit.records.service import discard_draft, open_drafts, records_of, start_draft
from formkit.renderers.markdown import markdown
from formkit.web.look import draw
from formkit.web.visit import Visit


def show_forms(visit: Visit) -> Response:
    """The forms there are; where there is one, its start page."""
    forms = visit.site.forms
    if len(forms) == 1:
        return RedirectResponse(visit.addresses.to("form", form=next(iter(forms))), 303)
    listed = [
        (_title(form, visit), visit.addresses.to("form", form=form.id), _summary(form, visit))
        for form in forms.values()
    ]
    return draw(visit, "forms.html", page=visit.page(), forms=listed)


def show_form(visit: Visit) -> Response:
    """What the form is for, and the way to begin, to go on, or to read and change what was submitted."""
    form, owner, store = visit.form, visit.person.id, visit.site.store
    barred = visit.barred
    drafts = open_drafts(store, owner=owner, form=form.id)
    records = records_of(store, owner=owner, form=form.id)
    return draw(
        visit,
        "start.html",
        page=visit.page(action=visit.to("start")),
        form=form,
        title=_title(form, visit),
        summary=_summary(form, visit),
        steps=[*(step.title.in_(visit.language) for step in form.steps), visit.say("check_step")],
        drafts=[_draft_row(visit, draft) for draft in drafts],
        records=[_record_row(visit, record) for record in records],
        may_begin=not barred and not drafts and (not form.changes_records or not records),
        barred=barred,
        discarded="discarded" in visit.request.query_params,
    )


def start(visit: Visit) -> Response:
    """Begins a draft, or goes on with the one there is; who has submitted already is led to the record."""
    form = visit.form
    visit.refuse_if_barred()
    draft = start_draft(visit.site.store, form, owner=visit.person.id, now=visit.now, once=form.changes_records)
    return visit.redirect("draft", draft=draft.id)


def discard(visit: Visit) -> Response:
    """Forgets a draft."""
    discard_draft(visit.site.store, visit.param("draft"), owner=visit.person.id)
    return visit.redirect("form", {"discarded": "1"})


def _record_row(visit: Visit, record: Record) -> tuple[str, str, str, str]:
    url = visit.to("record", record=record.id)
    return record.number, url, visit.day_and_time(record.submitted), _state(visit, record)


def _state(visit: Visit, record: Record) -> str:
    state = visit.form.workflow.states.get(record.state or "") if visit.form.workflow else None
    return state.label.in_(visit.language) if state else ""


def _title(form: Form, visit: Visit) -> str:
    return form.title.in_(visit.language)


def _summary(form: Form, visit: Visit) -> str:
    return markdown(form.summary.in_(visit.language)) if form.summary else ""


def _draft_row(visit: Visit, draft: Draft) -> dict[str, object]:
    return {
        "url": visit.to("draft", draft=draft.id),
        "discard_url": visit.to("discard", draft=draft.id),
        "saved": visit.clock_time(draft.updated),
        "is_change": draft.purpose == "change",
    }
