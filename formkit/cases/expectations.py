"""What a case expects, held against what came: each failure says what was wanted, what came and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from formkit.cases.running import Outcome
from formkit.compiler.case_files import WHOLE_FORM, Case, Expected
from formkit.diagnostics import Place
from formkit.errors import UnknownName
from formkit.explain import Explaining, Explanation
from formkit.fields.base import JSON
from formkit.form import ROW_ID
from formkit.issues import Issue, Level
from formkit.schemas.cases_spec import ExpectedIssueSpec
from formkit.workflow import allows

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that is not as expected; `code` has its sentence in the room `cases` of the locales."""

    code: str
    place: Place
    path: str = ""
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    issues: tuple[Issue, ...] = ()
    """What is said instead."""
    why: Explanation | None = None


def failures_of(case: Case, outcome: Outcome) -> tuple[Failure, ...]:
    """Everything in a case that is not as expected, the reasons not yet told."""
    failed = (_BY_KIND[each.kind](outcome, each) for each in case.expected)
    return tuple(each for each in failed if each is not None)


def with_reasons(failures: tuple[Failure, ...], outcome: Outcome) -> tuple[Failure, ...]:
    """The failures, each with why things are as they are."""
    explaining = Explaining(outcome.evaluation, outcome.issues)
    return tuple(replace(each, why=_why(explaining, each)) for each in failures)


def holds(case: Case, outcome: Outcome) -> bool:
    """Whether everything is as expected."""
    return all(_BY_KIND[each.kind](outcome, each) is None for each in case.expected)


def _visible(outcome: Outcome, path: str) -> bool:
    form, evaluation = outcome.form, outcome.evaluation
    if form.field_at(path) is not None:
        return evaluation.state(path).visible
    name, _, section = path.partition("/")
    return path in evaluation.visible_sections if section else name in evaluation.visible_steps


def _shown(outcome: Outcome, expected: Expected) -> Failure | None:
    return None if _visible(outcome, expected.path) else _failure("not-visible", expected)


def _not_shown(outcome: Outcome, expected: Expected) -> Failure | None:
    return _failure("not-hidden", expected) if _visible(outcome, expected.path) else None


def _required(outcome: Outcome, expected: Expected) -> Failure | None:
    return None if outcome.evaluation.state(expected.path).required else _failure("not-required", expected)


def _optional(outcome: Outcome, expected: Expected) -> Failure | None:
    state = outcome.evaluation.state(expected.path)
    return None if state.visible and not state.required else _failure("not-optional", expected)


def _locked(outcome: Outcome, expected: Expected) -> Failure | None:
    return None if outcome.evaluation.state(expected.path).locked else _failure("not-locked", expected)


def _editable(outcome: Outcome, expected: Expected) -> Failure | None:
    state = outcome.evaluation.state(expected.path)
    open_ = state.visible and not state.locked and not state.calculated
    return None if open_ else _failure("not-editable", expected)


def _calculated(outcome: Outcome, expected: Expected) -> Failure | None:
    return None if outcome.evaluation.state(expected.path).calculated else _failure("not-calculated", expected)


def _has_value(outcome: Outcome, expected: Expected) -> Failure | None:
    came = value_at(outcome.evaluation.values, expected.path)
    if came is not None and _alike(came, expected.wanted):
        return None
    return _failure("other-value", expected, wanted=_written(expected.wanted), came=_written(came))


def _blank(outcome: Outcome, expected: Expected) -> Failure | None:
    came = value_at(outcome.evaluation.values, expected.path)
    return None if came is None else _failure("not-blank", expected, came=_written(came))


def _hints(outcome: Outcome, expected: Expected) -> Failure | None:
    came, wanted = outcome.hints.get(expected.path, ()), list(expected.wanted)
    if len(came) == len(wanted) and all(hint in text.values() for text, hint in zip(came, wanted, strict=True)):
        return None
    language = outcome.form.languages[0]
    told = [text.in_(language) for text in came]
    return _failure("other-hints", expected, wanted=_listed(wanted), came=_listed(told))


def _issues(outcome: Outcome, expected: Expected) -> Failure | None:
    if expected.wanted is None:
        found = tuple(issue for issue in outcome.issues if issue.level is not Level.NOTICE)
        return _failure("some-issues", expected, issues=found) if found else None
    there = _at(outcome, expected.path)
    if _are_those(there, expected.wanted):
        return None
    wanted = _listed([f"{each.code}{f' “{each.message}”' if each.message else ''}" for each in expected.wanted])
    if not there:
        return _failure("no-issue", expected, wanted=wanted)
    came = _listed([issue.code for issue in there])
    return _failure("other-issues", expected, issues=there, wanted=wanted, came=came)


def _are_those(there: tuple[Issue, ...], wanted: Iterable[ExpectedIssueSpec]) -> bool:
    """Whether the issues at a path are those wanted, no less and no more."""
    left = list(there)
    for each in wanted:
        matching = [issue for issue in left if _is_that(issue, each)]
        if not matching:
            return False
        left.remove(matching[0])
    return not left


def _no_issues(outcome: Outcome, expected: Expected) -> Failure | None:
    there = _at(outcome, expected.path)
    return _failure("some-issues", expected, issues=there) if there else None


def _at(outcome: Outcome, path: str) -> tuple[Issue, ...]:
    paths = ("", path) if path == WHOLE_FORM else (path,)
    return tuple(issue for issue in outcome.issues if issue.path in paths)


def _is_that(issue: Issue, wanted: ExpectedIssueSpec) -> bool:
    said = "\n".join(issue.message.values()) if issue.message else ""
    level = wanted.level is None or issue.level == wanted.level
    return issue.code == wanted.code and level and (wanted.message is None or wanted.message in said)


def _accepted(outcome: Outcome, expected: Expected) -> Failure | None:
    if outcome.accepted is expected.wanted:
        return None
    errors = tuple(issue for issue in outcome.issues if issue.level is Level.ERROR)
    return _failure("not-accepted" if expected.wanted else "accepted", expected, issues=errors)


def _steps(outcome: Outcome, expected: Expected) -> Failure | None:
    came = outcome.evaluation.visible_steps
    return None if came == expected.wanted else _different("other-steps", expected, came)


def _next_step(outcome: Outcome, expected: Expected) -> Failure | None:
    came = outcome.path.first_unfinished
    if came == expected.wanted:
        return None
    errors = tuple(
        issue
        for issue in outcome.issues
        if issue.level is Level.ERROR and outcome.form.step_of.get(issue.path.partition(".")[0]) == came
    )
    return _failure("other-next-step", expected, issues=errors, wanted=expected.wanted, came=came)


def _state(outcome: Outcome, expected: Expected) -> Failure | None:
    return None if outcome.state == expected.wanted else _different("other-state", expected, outcome.state)


def _due(outcome: Outcome, expected: Expected) -> Failure | None:
    return None if outcome.due == expected.wanted else _different("other-due", expected, outcome.due)


def _record(outcome: Outcome, expected: Expected) -> Failure | None:
    came = allows(outcome.form, outcome.state) if outcome.state is not None else None
    return None if came == expected.wanted else _different("other-record", expected, came)


def _transitions(outcome: Outcome, expected: Expected) -> Failure | None:
    came = outcome.open_to(expected.path)
    return None if set(came) == set(expected.wanted) else _different("other-transitions", expected, came)


_BY_KIND: Mapping[str, Callable[[Outcome, Expected], Failure | None]] = {
    "visible": _shown,
    "hidden": _not_shown,
    "required": _required,
    "optional": _optional,
    "locked": _locked,
    "editable": _editable,
    "calculated": _calculated,
    "values": _has_value,
    "blank": _blank,
    "hints": _hints,
    "issues": _issues,
    "no_issues": _no_issues,
    "accepted": _accepted,
    "steps": _steps,
    "next_step": _next_step,
    "state": _state,
    "due": _due,
    "record": _record,
    "transitions": _transitions,
}
_DECISIONS = {
    "not-visible": ("visible",),
    "not-hidden": ("visible",),
    "not-required": ("required",),
    "not-optional": ("required",),
    "not-locked": ("locked",),
    "not-editable": ("locked", "calculated"),
    "not-calculated": ("calculated",),
    "other-value": ("value",),
    "not-blank": ("value",),
    "other-issues": ("refused",),
    "no-issue": ("visible", "required", "value"),
    "some-issues": ("refused",),
}
"""Which parts of an explanation say why something is not as expected."""
_PARTS = ("visible", "required", "locked", "calculated", "value")


def _why(explaining: Explaining, failure: Failure) -> Explanation | None:
    kept = _DECISIONS.get(failure.code, ())
    if not kept or not failure.path or failure.path == WHOLE_FORM:
        return None
    try:
        explanation = explaining.at(failure.path, with_uses=False)
    except UnknownName:  # a row that is not there
        return None
    dropped: dict[str, Any] = {name: None for name in _PARTS if name not in kept}
    return replace(explanation, **dropped, refused=explanation.refused if "refused" in kept else ())


def value_at(values: Mapping[str, JSON], path: str) -> JSON:
    """The value at an instance path; None where there is none."""
    found: JSON = values
    for part in path.split("."):
        if isinstance(found, list):
            found = next((row for row in found if row.get(ROW_ID) == part), None)
        else:
            found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _alike(came: JSON, wanted: JSON) -> bool:
    """Whether a value is the one wanted, of rows and groups as far as that is stated."""
    if isinstance(wanted, Mapping) and isinstance(came, Mapping):
        return all(name in came and _alike(came[name], value) for name, value in wanted.items())
    if isinstance(wanted, list) and isinstance(came, list):
        return len(came) == len(wanted) and all(map(_alike, came, wanted))
    return bool(came == wanted) and type(came) is type(wanted)


def _different(code: str, expected: Expected, came: JSON) -> Failure:
    return _failure(code, expected, wanted=_written(expected.wanted), came=_written(came))


def _failure(code: str, expected: Expected, *, issues: tuple[Issue, ...] = (), **params: object) -> Failure:
    return Failure(code, expected.place, expected.path, params, issues)


def _written(value: JSON) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return _listed(value)
    return "-" if value is None else str(value)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "-"
