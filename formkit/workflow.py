"""What happens after submission: which transitions are open to whom, what taking one means, and when one is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from formkit.calendars import WorkingDays
from formkit.errors import UnknownName
from formkit.evaluation import context_of
from formkit.fields.base import JSON
from formkit.form import Delay, Form, Transition, Workflow
from formkit.issues import Issue
from formkit.locales import sentence

SYSTEM = "system"
APPLICANT = "applicant"
MOST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class TransitionTaken:
    """A transition on its way: from where to where, by which actor, for which reason."""

    transition: Transition
    source: str
    target: str
    actor: str
    reason: str | None


def transitions_open_to(
    form: Form,
    state: str,
    actor: str,
    *,
    values: Mapping[str, JSON],
    facts: Mapping[str, JSON],
    today: date,
) -> tuple[Transition, ...]:
    """What `actor` (`system`, `applicant` or a role) may do in a state: where a condition is not unknown, but met."""
    context = context_of(form, values, facts, today)
    return tuple(
        each
        for each in _leaving(form, state)
        if each.by == actor and (each.when is None or each.when.is_true(values, None, context))
    )


def take(
    form: Form,
    state: str,
    transition: str,
    actor: str,
    *,
    values: Mapping[str, JSON],
    facts: Mapping[str, JSON],
    today: date,
    reason: str | None = None,
) -> TransitionTaken | Issue:
    """What taking a transition means, or the issue that says why it is not taken. Its time limit is not looked at."""
    open_to = transitions_open_to(form, state, actor, values=values, facts=facts, today=today)
    chosen = next((each for each in open_to if each.id == transition), None)
    if chosen is None:
        return Issue("transition_not_open", params={"state": workflow_of(form).states[state].label})
    given = (reason or "").strip() or None
    if chosen.reason and given is None:
        return Issue("reason_missing")
    if given is not None and len(given) > MOST_REASON:
        return Issue("too_long", params={"max": MOST_REASON, "length": len(given)})
    return TransitionTaken(chosen, state, chosen.target, actor, given)


def allows(form: Form, state: str) -> Literal["open", "read_only"]:
    """Whether the person's record may be changed in a state, or is only to be looked at."""
    workflow = workflow_of(form)
    if state not in workflow.states:
        raise UnknownName("state", state, tuple(workflow.states))
    return "read_only" if state in workflow.read_only else "open"


def due_day(delay: Delay, entered: date, calendar: WorkingDays | None) -> date | None:
    """The day a delay ends; None where it needs a year that the calendar does not have, for that is never guessed."""
    if not delay.working_days:
        return entered + timedelta(days=delay.count)
    return calendar.after(entered, delay.count) if calendar is not None else None


def due_moment(form: Form, transition: Transition, entered: datetime, calendar: WorkingDays | None) -> datetime | None:
    """When the system may take a transition: as its due day begins where the form lives; without delay, at once."""
    if transition.after is None:
        return entered
    zone = ZoneInfo(form.time_zone)
    day = due_day(transition.after, entered.astimezone(zone).date(), calendar)
    return datetime.combine(day, time.min, zone) if day is not None else None


def due_transition(
    form: Form,
    state: str,
    entered: datetime,
    now: datetime,
    *,
    values: Mapping[str, JSON],
    facts: Mapping[str, JSON],
    calendar: WorkingDays | None,
) -> Transition | None:
    """What the system does in a state: the first transition, as written, that is due and whose condition is met."""
    today = now.astimezone(ZoneInfo(form.time_zone)).date()
    for each in transitions_open_to(form, state, SYSTEM, values=values, facts=facts, today=today):
        due = due_moment(form, each, entered, calendar)
        if due is not None and due <= now:
            return each
    return None


def next_look(form: Form, state: str, entered: datetime, calendar: WorkingDays | None) -> datetime | None:
    """When the system is first to look at what entered a state; None if never, or if a due day cannot be told yet."""
    moments = [due_moment(form, each, entered, calendar) for each in system_transitions(form, state)]
    told = [moment for moment in moments if moment is not None]
    return min(told) if told and len(told) == len(moments) else None


def system_transitions(form: Form, state: str) -> tuple[Transition, ...]:
    """What the system may do in a state, sooner or later."""
    return tuple(each for each in _leaving(form, state) if each.by == SYSTEM)


def waiting_states(form: Form) -> tuple[str, ...]:
    """The states that the system may lead out of."""
    return tuple(state for state in workflow_of(form).states if system_transitions(form, state))


def grounds(form: Form, transition: Transition, facts: Mapping[str, JSON]) -> str | None:
    """Why the system took a transition, in the form's first language: what its condition asks and what was known."""
    if transition.when is None:
        return None
    language = form.languages[0]
    words = {known: sentence("interface", "yes" if known else "no", {}, language) for known in (True, False)}
    named = (fact for fact in form.facts.values() if f"facts.{fact.id}" in transition.when.names)
    told = [f"{fact.label.in_(language)}: {words[known]}" for fact in named if (known := facts.get(fact.id)) in words]
    return "; ".join(told) or None


def workflow_of(form: Form) -> Workflow:
    """The form's workflow; `UnknownName` if it has none."""
    if form.workflow is None:
        raise UnknownName("workflow", form.id)
    return form.workflow


def _leaving(form: Form, state: str) -> tuple[Transition, ...]:
    workflow = workflow_of(form)
    if state not in workflow.states:
        raise UnknownName("state", state, tuple(workflow.states))
    return tuple(each for each in workflow.transitions.values() if state in each.sources)
