"""WorkflowSpec → Workflow."""

import re

from formkit.compiler.meaning import meant_delay
from formkit.compiler.reporting import Reporter
from formkit.compiler.rules import RuleCompiler
from formkit.form import Delay, State, Transition, Workflow
from formkit.schemas.form_spec import StateSpec, TransitionSpec, WorkflowSpec

_DELAY = re.compile(r"(\d{1,4}) +(working_)?days?")


def compile_workflow(spec: WorkflowSpec, rules: RuleCompiler) -> Workflow:
    """What happens after submission: every state named is there, can be reached, and has a way out or is final."""
    reporter = rules.reporter
    _check_name(spec.start, ("workflow", "start"), spec, reporter)
    if spec.after_change is not None:
        _check_name(spec.after_change, ("workflow", "after_change"), spec, reporter)
    for name in spec.while_:
        if name not in spec.states:
            reporter.report_unknown("unknown-state", ("workflow", "while", name), name, spec.states, key=True)
    transitions = {id_: _transition(id_, each, spec, rules) for id_, each in spec.transitions.items()}
    if _states_named(spec) <= set(spec.states):
        _check_ways(spec, transitions, reporter)
    return Workflow(
        start=spec.start,
        states={id_: _state(id_, each, reporter) for id_, each in spec.states.items()},
        transitions=transitions,
        read_only=frozenset(state for state, meaning in spec.while_.items() if meaning == "read_only"),
        after_change=spec.after_change,
    )


def _state(id_: str, spec: StateSpec, reporter: Reporter) -> State:
    place = reporter.place(("workflow", "states", id_), key=True)
    return State(id_, spec.label, spec.national_status, spec.note, spec.final, spec.reapply, place)


def _transition(id_: str, spec: TransitionSpec, workflow: WorkflowSpec, rules: RuleCompiler) -> Transition:
    at, reporter = ("workflow", "transitions", id_), rules.reporter
    for position, source in enumerate(spec.from_):
        _check_name(source, (*at, "from", position), workflow, reporter)
    _check_name(spec.to, (*at, "to"), workflow, reporter)
    delay = _DELAY.fullmatch(spec.after) if spec.after is not None else None
    if spec.after is not None and delay is None:
        near = meant_delay(spec.after)
        code = "wrong-delay.near" if near else "wrong-delay"
        reporter.report(code, (*at, "after"), {"value": spec.after, "near": near})
    if spec.after is not None and spec.by != "system":
        reporter.report("delay-not-by-system", (*at, "after"), {"value": spec.by}, key=True)
    return Transition(
        id=id_,
        sources=tuple(spec.from_),
        target=spec.to,
        by=spec.by,
        label=spec.label,
        after=Delay(int(delay[1]), delay[2] is not None) if delay else None,
        when=rules.rule(spec.when, (*at, "when")) if spec.when is not None else None,
        reason=spec.reason,
        place=reporter.place(at, key=True),
    )


def _check_name(name: str, at: tuple[str | int, ...], spec: WorkflowSpec, reporter: Reporter) -> None:
    if name not in spec.states:
        reporter.report_unknown("unknown-state", at, name, spec.states)


def _states_named(spec: WorkflowSpec) -> set[str]:
    ways = (state for each in spec.transitions.values() for state in (*each.from_, each.to))
    return {spec.start, spec.after_change or spec.start, *ways}


def _check_ways(spec: WorkflowSpec, transitions: dict[str, Transition], reporter: Reporter) -> None:
    ways = {id_: {t.target for t in transitions.values() if id_ in t.sources} for id_ in spec.states}
    reached = {spec.start, spec.after_change or spec.start}
    ahead = list(reached)
    while ahead:
        news = ways.get(ahead.pop(), set()) - reached
        reached |= news
        ahead.extend(news)
    for id_, state in spec.states.items():
        at = ("workflow", "states", id_)
        if id_ not in reached:
            reporter.report("unreachable-state", at, {"value": id_}, key=True)
        if not ways[id_] and not state.final and not state.reapply and not _may_be_changed(spec, id_):
            reporter.report("dead-end-state", at, {"value": id_}, key=True)
        if ways[id_] and state.final:
            reporter.report("final-state-left", at, {"value": id_}, key=True)


def _may_be_changed(spec: WorkflowSpec, state: str) -> bool:
    """Whether a change of the record leads out of a state."""
    return spec.after_change is not None and spec.while_.get(state) != "read_only"
