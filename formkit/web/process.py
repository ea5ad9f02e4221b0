"""What happens after submission, as the person meets it: the state, how it came to be, and what they may do next."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from formkit.form import Form, Transition
from formkit.records.model import Record, StateChange
from formkit.records.transitions import state_changes, take_transition
from formkit.renderers import Banner, Message
from formkit.renderers.markdown import markdown
from formkit.renderers.page import Link, Page
from formkit.web.look import draw, draw_message, paragraphs
from formkit.web.owned import record_of, values_of
from formkit.web.visit import Visit
from formkit.workflow import APPLICANT, SYSTEM, system_transitions, transitions_open_to, workflow_of


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of the history: when it entered which state, by whom, and why."""

    at: str
    state: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProcessPart:
    """What a record's page says of its state; `actions` are what the person may do now."""

    state: str
    national: str
    note: Markup
    reason: str
    due: str
    passages: tuple[Passage, ...]
    actions: tuple[Link, ...]
    again_url: str


def process_of(visit: Visit, record: Record) -> ProcessPart | None:
    """The state of a record; None for a form without a workflow."""
    form, language = visit.form, visit.language
    state = form.workflow.states.get(record.state or "") if form.workflow else None
    if state is None:
        return None
    changes = state_changes(visit.site.store, record.id, owner=record.owner)
    last = changes[-1] if changes else None
    return ProcessPart(
        state=state.label.in_(language),
        national=state.national_status.in_(language) if state.national_status else "",
        note=markdown(state.note.in_(language)) if state.note else Markup(""),
        reason=(last.reason or "") if last else "",
        due=_due(visit, form, record),
        passages=(_submitted(visit, form, record), *(_passage(visit, form, one) for one in changes)),
        actions=tuple(_action(visit, record, one) for one in _open_to_applicant(visit, record)),
        again_url=visit.to("form") if state.reapply else "",
    )


def show_transition(visit: Visit) -> Response:
    """Asks whether the person means it, and why where a reason is needed."""
    record = record_of(visit)
    transition = _asked_for(visit, record)
    if transition is None:
        return _not_open(visit, record)
    return _confirmation(visit, record, transition)


def take(visit: Visit) -> Response:
    """Takes it, once: a double click and a repeated request find it taken."""
    record = record_of(visit)
    transition = _asked_for(visit, record)
    if transition is not None:
        visit.site.on_transition(visit.person, visit.form, record, transition)
    outcome = take_transition(
        visit.site.store,
        visit.form,
        record.id,
        visit.param("transition"),
        by=APPLICANT,
        actor=visit.person.id,
        now=visit.now,
        facts=visit.facts,
        calendar=visit.site.calendar,
        reason=visit.posted("reason"),
    )
    if outcome.change is not None:
        return visit.redirect("record", {"taken": "1"}, record=record.id)
    if transition is None:
        return _not_open(visit, record)
    code = outcome.issues[0].code
    return _confirmation(visit, record, transition, code)


def _open_to_applicant(visit: Visit, record: Record) -> tuple[Transition, ...]:
    """What the person may do; the facts are asked for only where something hangs on them."""
    form, state = visit.form, record.state or ""
    if state not in workflow_of(form).states:
        return ()
    if not any(one.by == APPLICANT and state in one.sources for one in workflow_of(form).transitions.values()):
        return ()
    return transitions_open_to(
        form, state, APPLICANT, values=values_of(visit, record), facts=visit.facts, today=visit.date
    )


def _asked_for(visit: Visit, record: Record) -> Transition | None:
    if visit.form.workflow is None:
        raise HTTPException(404)
    return next((one for one in _open_to_applicant(visit, record) if one.id == visit.param("transition")), None)


def _action(visit: Visit, record: Record, transition: Transition) -> Link:
    url = visit.to("transition", record=record.id, transition=transition.id)
    return Link(_label(transition, visit.language), url)


def _label(transition: Transition, language: str) -> str:
    return transition.label.in_(language) if transition.label else transition.id


def _confirmation(visit: Visit, record: Record, transition: Transition, issue: str = "") -> Response:
    states = workflow_of(visit.form).states
    target = states[transition.target]
    return draw(
        visit,
        "transition.html",
        422 if issue else 200,
        page=_page(visit, record, transition),
        title=_label(transition, visit.language),
        number=record.number,
        state=states[record.state or ""].label.in_(visit.language),
        target=target.label.in_(visit.language),
        note=markdown(target.note.in_(visit.language)) if target.note else "",
        asks_reason=transition.reason,
        reason=visit.posted("reason"),
        error=visit.say(f"transition.{issue}") if issue else "",
    )


def _page(visit: Visit, record: Record, transition: Transition) -> Page:
    action = visit.to("transition", record=record.id, transition=transition.id)
    return visit.page(action=action, back_url=visit.to("record", record=record.id))


def _not_open(visit: Visit, record: Record) -> Response:
    """It is too late, or was never possible: says how it stands now."""
    state = visit.form.workflow.states.get(record.state or "") if visit.form.workflow else None
    told = visit.say("transition_closed", state=state.label.in_(visit.language) if state else "")
    link = Link(visit.say("read_record"), visit.to("record", record=record.id))
    message = Message(visit.say("transition_closed.title"), paragraphs(told), "warning", (link,))
    return draw_message(visit, message, 409)


def _due(visit: Visit, form: Form, record: Record) -> str:
    if not system_transitions(form, record.state or ""):
        return ""
    if record.due is None:
        return visit.say("due_unknown")
    return visit.say("due", day=record.due.astimezone(ZoneInfo(form.time_zone)).date().isoformat())


def _submitted(visit: Visit, form: Form, record: Record) -> Passage:
    start = workflow_of(form).states[workflow_of(form).start].label.in_(visit.language)
    return Passage(visit.day_and_time(record.submitted), start, visit.say("by.applicant"), "")


def _passage(visit: Visit, form: Form, change: StateChange) -> Passage:
    workflow = workflow_of(form)
    state = workflow.states.get(change.target)
    label = state.label.in_(visit.language) if state else change.target
    transition = workflow.transitions.get(change.transition)
    by_nobody_else = {SYSTEM: SYSTEM, visit.person.id: APPLICANT}
    by = transition.by if transition else by_nobody_else.get(change.actor, "")
    who = visit.say(f"by.{by}" if by in (APPLICANT, SYSTEM) else "by.office")
    return Passage(visit.day_and_time(change.at), label, who, change.reason or "")


def taken_banner(visit: Visit) -> tuple[Banner, ...]:
    """What to say after a transition."""
    return (Banner(visit.say("transition_taken"), "success"),) if "taken" in visit.request.query_params else ()
