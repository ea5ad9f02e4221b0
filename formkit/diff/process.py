"""What happens after submission: states, transitions and their terms."""

from collections.abc import Iterator, Mapping

from formkit.diff.change import Change, Severity
from formkit.diff.pairing import Pairs
from formkit.diff.people import said, word
from formkit.diff.texts import Texts, text_changes
from formkit.form import Delay, Form, State, Transition, Workflow
from formkit.texts import LANGUAGES, Text


def process_changes(pairs: Pairs) -> Iterator[Change]:
    """What changed about the workflow."""
    old, new = pairs.old.workflow, pairs.new.workflow
    yield from _states(old, new)
    before: Mapping[str, Transition] = old.transitions if old else {}
    after: Mapping[str, Transition] = new.transitions if new else {}
    for id_, transition in after.items():
        path, name = f"workflow.transitions.{id_}", _called(pairs.new, transition)
        if id_ in before:
            yield from _transition(pairs, path, name, before[id_], transition)
        else:
            yield Change("transition-added", Severity.SAFE, path, name, new=transition.place)
    for id_, transition in before.items():
        if id_ not in after:
            name = _called(pairs.old, transition)
            yield Change(
                "transition-removed", Severity.BREAKING, f"workflow.transitions.{id_}", name, old=transition.place
            )


def _states(old: Workflow | None, new: Workflow | None) -> Iterator[Change]:
    before: Mapping[str, State] = old.states if old else {}
    after: Mapping[str, State] = new.states if new else {}
    for id_, state in after.items():
        path = f"workflow.states.{id_}"
        if id_ not in before:
            yield Change("state-added", Severity.SAFE, path, state.label, new=state.place)
            continue
        was, places = before[id_], (before[id_].place, state.place)
        yield from text_changes(path, state.label, _texts(was), _texts(state), places)
        if _allows(old, was) != _allows(new, state):
            yield Change("state-changed", Severity.SAFE, path, state.label, {}, *places)
    for id_, state in before.items():
        if id_ not in after:
            yield Change("state-removed", Severity.BREAKING, f"workflow.states.{id_}", state.label, old=state.place)
    if old and new and old.start != new.start:
        params = {"old": old.states[old.start].label, "new": new.states[new.start].label}
        places = (old.states[old.start].place, new.states[new.start].place)
        yield Change("start-changed", Severity.SAFE, "workflow.start", word("workflow"), params, *places)
    if old and new and old.after_change != new.after_change:
        params = {"old": _state_called(old, old.after_change), "new": _state_called(new, new.after_change)}
        yield Change("after-change-changed", Severity.SAFE, "workflow.after_change", word("workflow"), params)


def _state_called(workflow: Workflow, state: str | None) -> Text:
    return word("no_state") if state is None else workflow.states[state].label


def _texts(state: State) -> Texts:
    return {"label": state.label, "note": state.note, "national_status": state.national_status}


def _allows(workflow: Workflow | None, state: State) -> tuple[bool, ...]:
    read_only = workflow is not None and state.id in workflow.read_only
    return state.final, state.reapply, read_only


def _transition(pairs: Pairs, path: str, name: Text, old: Transition, new: Transition) -> Iterator[Change]:
    places = (old.place, new.place)
    cut_off = old.target != new.target or not set(old.sources) <= set(new.sources)
    ways = (old.sources, old.by, old.reason), (new.sources, new.by, new.reason)
    if cut_off or ways[0] != ways[1] or not pairs.same(old.when, new.when):
        severity = Severity.BREAKING if cut_off else Severity.ASKS_AGAIN
        params = {"old": _way(pairs.old, old), "new": _way(pairs.new, new)}
        rules = tuple(each.when.text for each in (old, new) if each.when is not None)
        yield Change("transition-changed", severity, path, name, params, *places, rules=rules)
    if old.after != new.after:
        params = {"old": _term(old.after), "new": _term(new.after)}
        yield Change("delay-changed", Severity.SAFE, path, name, params, *places)
    yield from text_changes(path, name, {"label": old.label}, {"label": new.label}, places)


def _called(form: Form, transition: Transition) -> Text:
    return transition.label or _from_to(form, transition)


def _from_to(form: Form, transition: Transition) -> Text:
    states = form.workflow.states if form.workflow else {}
    told = {}
    for language in LANGUAGES:
        sources = word("comma").in_(language).join(states[each].label.in_(language) for each in transition.sources)
        told[language] = f"{sources} → {states[transition.target].label.in_(language)}"
    return Text(told)


def _way(form: Form, transition: Transition) -> Text:
    by = word(f"by.{transition.by}") if transition.by in ("system", "applicant") else transition.by
    told = word("way", way=_from_to(form, transition), by=by)
    if transition.when is not None:
        told = word("way.when", way=told, when=said(form, transition.when))
    return word("way.reason", way=told) if transition.reason else told


def _term(delay: Delay | None) -> Text:
    if delay is None:
        return word("at_once")
    return word("working_days" if delay.working_days else "days", count=delay.count)
