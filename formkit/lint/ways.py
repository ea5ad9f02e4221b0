"""Ways through a workflow that lead nowhere, or that nothing ever takes."""

from collections.abc import Iterator

from formkit.diagnostics import Diagnostic, Severity
from formkit.form import Transition, Workflow
from formkit.lint.rule import Linted, LintRule
from formkit.workflow import SYSTEM


def never_ends(linted: Linted) -> Iterator[Diagnostic]:
    """States from which no way leads to an end: what is submitted goes round for ever."""
    workflow = linted.form.workflow
    if workflow is None:
        return
    ending = {state.id for state in workflow.states.values() if state.final or state.reapply}
    if workflow.after_change is not None:
        ending |= workflow.states.keys() - workflow.read_only
    while more := {s for way in workflow.transitions.values() if way.target in ending for s in way.sources} - ending:
        ending |= more
    for state in workflow.states.values():
        if state.id not in ending:
            yield Diagnostic("never-ends", state.place, {"name": state.label}, Severity.WARNING)


def left_at_once(linted: Linted) -> Iterator[Diagnostic]:
    """Transitions that the system takes at once: the state before lasts no time."""
    for way, earlier in _by_system(linted.form.workflow):
        if way.after is None and way.when is None and not earlier:
            yield Diagnostic("left-at-once", way.place, _params(linted, way), Severity.WARNING)


def never_taken(linted: Linted) -> Iterator[Diagnostic]:
    """Transitions that another one, written above, is always taken before."""
    for way, earlier in _by_system(linted.form.workflow):
        first = next((each for each in earlier if each.when is None and _no_later(each, way)), None)
        if first is not None:
            params = {**_params(linted, way), "first": linted.look.name(first.id)}
            yield Diagnostic("never-taken", way.place, params, Severity.WARNING)


def _by_system(workflow: Workflow | None) -> Iterator[tuple[Transition, tuple[Transition, ...]]]:
    """The system's transitions, each with those above it that lead out of all the same states."""
    ways = [way for way in workflow.transitions.values() if way.by == SYSTEM] if workflow else []
    for position, way in enumerate(ways):
        yield way, tuple(each for each in ways[:position] if set(way.sources) <= set(each.sources))


def _no_later(first: Transition, way: Transition) -> bool:
    """Whether `first` is due whenever `way` is; working days are never fewer than days."""
    if first.after is None:
        return True
    if way.after is None or first.after.working_days > way.after.working_days:
        return False
    return first.after.count <= way.after.count


def _params(linted: Linted, way: Transition) -> dict[str, object]:
    return {"name": linted.look.name(way.id)}


_FORM = """\
form: leave
title: 请假
edition: 2026-01-01
facts:
  refused: {type: yes_no, label: 已拒绝}
steps:
  only:
    title: 请假
    fields:
      days: {type: integer, label: 天数, required: true}
workflow:
  start: pending
  states:
"""

NEVER_ENDS = LintRule(
    "never-ends",
    never_ends,
    passing=_FORM
    + """\
    pending: {label: 待审核}
    returned: {label: 已退回}
    refused: {label: 不同意, final: true}
  transitions:
    send_back: {from: pending, to: returned, by: clerk}
    send_again: {from: returned, to: pending, by: applicant}
    refuse: {from: pending, to: refused, by: system, after: 3 days, when: facts.refused}
""",
    failing=_FORM
    + """\
    pending: {label: 待审核}
    returned: {label: 已退回} # <-
    checked: {label: 已核对} # <-
    refused: {label: 不同意, final: true}
  transitions:
    send_back: {from: pending, to: returned, by: clerk}
    send_again: {from: returned, to: checked, by: applicant}
    send_back_again: {from: checked, to: returned, by: clerk}
    refuse: {from: pending, to: refused, by: system, after: 3 days, when: facts.refused}
""",
)
LEFT_AT_ONCE = LintRule(
    "left-at-once",
    left_at_once,
    passing=_FORM
    + """\
    pending: {label: 待审核}
    refused: {label: 不同意, final: true}
    agreed: {label: 同意, final: true}
  transitions:
    refuse: {from: pending, to: refused, by: system, when: facts.refused}
    agree: {from: pending, to: agreed, by: system}
""",
    failing=_FORM
    + """\
    pending: {label: 待审核}
    refused: {label: 不同意, final: true}
    agreed: {label: 同意, final: true}
  transitions:
    refuse: {from: pending, to: refused, by: clerk, when: facts.refused}
    agree: {from: pending, to: agreed, by: system} # <-
""",
)
NEVER_TAKEN = LintRule(
    "never-taken",
    never_taken,
    passing=_FORM
    + """\
    pending: {label: 待审核}
    refused: {label: 不同意, final: true}
    agreed: {label: 同意, final: true}
  transitions:
    refuse: {from: pending, to: refused, by: system, after: 3 days, when: facts.refused}
    agree: {from: pending, to: agreed, by: system, after: 3 days}
""",
    failing=_FORM
    + """\
    pending: {label: 待审核}
    refused: {label: 不同意, final: true}
    agreed: {label: 同意, final: true}
  transitions:
    agree: {from: pending, to: agreed, by: system, after: 3 days}
    refuse: {from: pending, to: refused, by: system, after: 3 working_days, when: facts.refused} # <-
""",
)
