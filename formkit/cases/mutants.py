"""A form → forms that differ in one thing: a rule, a flag, a limit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from formkit.cases.other_trees import month_after, nearly
from formkit.cases.sites import Kind, Site, sites, with_field, with_rules
from formkit.diagnostics import Place
from formkit.expressions import Rule
from formkit.expressions.types import is_date, is_month
from formkit.fields.base import OptionsInvalid, Shape
from formkit.form import Check, Delay, Field, Form, Workflow
from formkit.issues import Level

_FLAGS = frozenset({"all_or_nothing", "portrait"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """A form that differs in one thing.

    `what` says which kind of thing (its sentence is in the room `cases`), `old` and `new` how it reads before and
    after; `new` is empty where it is taken out. With a `site` it is a rule; `rule` is then the other one.
    """

    what: str
    path: str
    place: Place | None
    old: str
    new: str
    made: Callable[[], Form]
    site: Site | None = None
    rule: Rule | None = None


def mutants_of(form: Form) -> Iterator[Mutant]:
    """Every form that differs from this one in one thing a hasty edit could do."""
    for site in sites(form):
        yield from _of_rule(form, site)
    for field in form.fields.values():
        yield from _of_flags(form, field)
        yield from _of_limits(form, field)
    yield from _of_levels(form)
    if form.workflow is not None:
        yield from _of_workflow(form, form.workflow)


def _of_rule(form: Form, site: Site) -> Iterator[Mutant]:
    for rule in nearly(site.rule):
        made = _with_rule(form, site, rule)
        yield Mutant("rule", site.path, site.place, site.rule.text, rule.text, made, site, rule)
    yield Mutant("rule-dropped", site.path, site.place, site.rule.text, "", _with_rule(form, site, None), site)


def _with_rule(form: Form, site: Site, rule: Rule | None) -> Callable[[], Form]:
    return lambda: with_rules(form, lambda each: rule if each.key == site.key else each.rule)


def _of_flags(form: Form, field: Field) -> Iterator[Mutant]:
    path, required, lock = field.path, field.required, field.lock
    if field.shape is Shape.NOTE:
        return
    if required.always:
        changed = replace(field, required=replace(required, always=False))
        yield _flag(form, field, "required", "true", "false", changed, required.place)
    elif required.condition is None and field.shape is Shape.VALUE:
        changed = replace(field, required=replace(required, always=True))
        yield _flag(form, field, "required", "false", "true", changed, field.place)
    if lock.always or lock.after_submission:
        changed = replace(field, lock=replace(lock, always=False, after_submission=False, place=None))
        old = "always" if lock.always else "after_submission"
        yield _flag(form, field, "locked", old, "never", changed, lock.place)
    elif lock.condition is None and field.shape is Shape.VALUE and field.calculation is None:
        changed = replace(field, lock=replace(lock, after_submission=True, place=field.place))
        yield Mutant("locked", path, field.place, "never", "after_submission", _with_field(form, field, changed))


def _flag(form: Form, field: Field, what: str, old: str, new: str, changed: Field, place: Place | None) -> Mutant:
    return Mutant(what, field.path, place or field.place, old, new, _with_field(form, field, changed))


def _with_field(form: Form, field: Field, changed: Field) -> Callable[[], Form]:
    return lambda: with_field(form, field.path, lambda _: changed)


def _of_limits(form: Form, field: Field) -> Iterator[Mutant]:
    """The field type's own limits that are written in the file, each a little closer and a little wider."""
    options = field.type.options
    for key in sorted(options.model_fields_set):
        value = getattr(options, key)
        others: list[Any] = [not value] if key in _FLAGS else []
        if key.startswith(("min", "max")):
            others = list(beside(value))
        elif key == "formats" and len(value) > 1:
            others = [[each for each in value if each != left] for left in value]
        for other in others:
            try:
                kind = type(field.type)(options.model_copy(update={key: other}), field.type.surroundings)
            except OptionsInvalid:
                continue
            made = _with_field(form, field, replace(field, type=kind))
            yield Mutant("limit", field.path, field.place, f"{key}: {_shown(value)}", f"{key}: {_shown(other)}", made)


def beside(limit: Any) -> Iterator[Any]:
    """The limits next to one, closer and wider."""
    for step in (-1, 1):
        if isinstance(limit, str) and is_month(limit):
            yield month_after(limit, step)
        elif isinstance(limit, str) and is_date(limit):
            yield (date.fromisoformat(limit) + timedelta(days=step)).isoformat()
        elif isinstance(limit, int | Decimal) and not isinstance(limit, bool) and limit + step >= 0:
            yield limit + step


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _of_levels(form: Form) -> Iterator[Mutant]:
    """Each check as a warning that was an error, and the other way round."""
    for site in sites(form):
        if site.kind is Kind.CHECK:
            old, made = _with_other_level(form, site)
            new = Level.WARNING if old is Level.ERROR else Level.ERROR
            yield Mutant("level", site.path, site.place, str(old), str(new), made)


def _with_other_level(form: Form, site: Site) -> tuple[Level, Callable[[], Form]]:
    def other(checks: tuple[Check, ...]) -> tuple[Check, ...]:
        return tuple(_other_level(each) if number == site.number else each for number, each in enumerate(checks))

    if site.path in form.fields:
        field = form.fields[site.path]
        return field.checks[site.number].level, _with_field(form, field, replace(field, checks=other(field.checks)))
    if not site.path:
        return form.checks[site.number].level, lambda: replace(form, checks=other(form.checks))
    of_step = {f"{step.id}/": step for step in form.steps}[site.path]
    changed = replace(of_step, checks=other(of_step.checks))
    steps = tuple(changed if step is of_step else step for step in form.steps)
    return of_step.checks[site.number].level, lambda: replace(form, steps=steps)


def _other_level(check: Check) -> Check:
    return replace(check, level=Level.WARNING if check.level is Level.ERROR else Level.ERROR)


def _of_workflow(form: Form, workflow: Workflow) -> Iterator[Mutant]:
    for id_, transition in workflow.transitions.items():
        changes: dict[str, tuple[str, str, Mapping[str, Any]]] = {}
        if transition.after is not None:
            for step in (-1, 1):
                delay = Delay(transition.after.count + step, transition.after.working_days)
                changes[f"after{step}"] = (_delay(transition.after), _delay(delay), {"after": delay})
            other = Delay(transition.after.count, not transition.after.working_days)
            changes["after"] = (_delay(transition.after), _delay(other), {"after": other})
        reason = transition.reason
        changes["reason"] = (f"reason: {_shown(reason)}", f"reason: {_shown(not reason)}", {"reason": not reason})
        for old, new, change in changes.values():
            ways = {**workflow.transitions, id_: replace(transition, **change)}
            yield _workflow_mutant(form, replace(workflow, transitions=ways), id_, transition.place, old, new)
    for id_, state in workflow.states.items():
        before, after = ("read_only", "open") if id_ in workflow.read_only else ("open", "read_only")
        changed = replace(workflow, read_only=workflow.read_only ^ {id_})
        yield _workflow_mutant(form, changed, id_, state.place, f"while: {before}", f"while: {after}")


def _workflow_mutant(form: Form, workflow: Workflow, path: str, place: Place, old: str, new: str) -> Mutant:
    return Mutant("workflow", path, place, old, new, lambda: replace(form, workflow=workflow))


def _delay(delay: Delay) -> str:
    return f"after: {delay.count} {'working_' if delay.working_days else ''}day{'' if delay.count == 1 else 's'}"
