"""Two outcomes for one person → what to expect, so that a case tells them apart: the first thing that differs."""

from collections.abc import Callable, Iterator

from formkit.cases.expectations import value_at
from formkit.cases.running import Outcome
from formkit.compiler.case_files import WHOLE_FORM
from formkit.evaluation import FieldState
from formkit.fields.base import JSON, Shape
from formkit.issues import Issue
from formkit.workflow import allows

Expectation = dict[str, JSON]


def telling_apart(came: Outcome, other: Outcome) -> Expectation | None:
    """What is so in the first outcome and not in the other, as `expect` states it; None if nothing seen differs."""
    return next((found for way in _WAYS if (found := way(came, other))), None)


def _parts(came: Outcome, other: Outcome) -> Expectation:
    """Steps and sections that only one of them shows."""
    expected: Expectation = {}
    for shown, before in (
        (_steps(came), _steps(other)),
        (set(came.evaluation.visible_sections), set(other.evaluation.visible_sections)),
    ):
        for kind, found in (("visible", shown - before), ("hidden", before - shown)):
            named = sorted(each for each in found if not (each.endswith("/") and each.count("/") > 1))
            if named:
                expected.setdefault(kind, named)
        if expected:
            return expected
    return expected


def _steps(outcome: Outcome) -> set[str]:
    return {f"{step}/" for step in outcome.evaluation.visible_steps}


def _states(came: Outcome, other: Outcome) -> Expectation:
    """Fields that stand otherwise, by the outermost that do."""
    expected: dict[str, list[str]] = {}
    for path in _paths(came, other):
        kind = _stands(came.evaluation.state(path), other.evaluation.state(path))
        if kind and _is_plain(came, path):
            expected.setdefault(kind, []).append(path)
    for kinds in (("visible", "hidden"), ("required", "optional"), ("locked", "calculated", "editable")):
        found: Expectation = {kind: expected[kind] for kind in kinds if kind in expected}
        if found:
            return found
    return {}


def _paths(came: Outcome, other: Outcome) -> list[str]:
    return [*came.evaluation.states, *(path for path in other.evaluation.states if path not in came.evaluation.states)]


def _is_plain(outcome: Outcome, path: str) -> bool:
    field = outcome.form.field_at(path)
    return field is not None and field.shape is not Shape.GROUP


def _stands(now: FieldState, before: FieldState) -> str:
    if now.visible != before.visible:
        return "visible" if now.visible else "hidden"
    if not now.visible:
        return ""
    if now.locked != before.locked:
        return "locked" if now.locked else "calculated" if now.calculated else "editable"
    if now.calculated != before.calculated:
        return "calculated" if now.calculated else "editable"
    if now.required != before.required:
        return "required" if now.required else "optional"
    return ""


def _hints(came: Outcome, other: Outcome) -> Expectation:
    language = came.form.languages[0]
    told = {
        path: [text.in_(language) for text in shown]
        for path, shown in came.hints.items()
        if path in other.hints and shown != other.hints[path]
    }
    return {"hints": told} if told else {}


def _issues(came: Outcome, other: Outcome) -> Expectation:
    """The issues at the first path at which they differ."""
    now, before = _by_path(came), _by_path(other)
    for path in dict.fromkeys([*now, *before]):
        if [_mark(each) for each in now.get(path, ())] != [_mark(each) for each in before.get(path, ())]:
            named = path or WHOLE_FORM
            found = [_expected(each, came) for each in now.get(path, ())]
            return {"issues": {named: found if len(found) > 1 else found[0]}} if found else {"no_issues": named}
    return {}


def _by_path(outcome: Outcome) -> dict[str, list[Issue]]:
    found: dict[str, list[Issue]] = {}
    for issue in outcome.issues:
        found.setdefault(issue.path, []).append(issue)
    return found


def _mark(issue: Issue) -> tuple[str, str, str]:
    return issue.code, str(issue.level), str(issue.message)


def _expected(issue: Issue, outcome: Outcome) -> JSON:
    if issue.code != "check" or issue.message is None:
        return issue.code
    message = issue.message.in_(outcome.form.languages[0])
    return {"code": issue.code, "level": str(issue.level), "message": message}


def _values(came: Outcome, other: Outcome) -> Expectation:
    for path in _paths(came, other):
        if _is_plain(came, path) and came.evaluation.state(path).visible:
            now, before = value_at(came.evaluation.values, path), value_at(other.evaluation.values, path)
            if now != before:
                return {"blank": path} if now is None else {"values": {path: now}}
    return {}


def _process(came: Outcome, other: Outcome) -> Expectation:
    if came.state is None or other.state is None:
        return {}
    if came.state != other.state:
        return {"state": came.state}
    if came.due != other.due and came.due is not None:
        return {"due": came.due}
    if allows(came.form, came.state) != allows(other.form, other.state):
        return {"record": allows(came.form, came.state)}
    return next(_transitions(came, other), {})


def _transitions(came: Outcome, other: Outcome) -> Iterator[Expectation]:
    workflow = came.form.workflow
    for role in dict.fromkeys(each.by for each in workflow.transitions.values()) if workflow else ():
        if came.open_to(role) != other.open_to(role):
            yield {"transitions": {role: list(came.open_to(role))}}


_WAYS: tuple[Callable[[Outcome, Outcome], Expectation], ...] = (_parts, _states, _hints, _process, _issues, _values)
