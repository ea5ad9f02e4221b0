"""Every rule of a form by its place, and the form with some of its rules replaced."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from formkit.diagnostics import Place
from formkit.expressions import Rule
from formkit.form import Check, Condition, ConditionalText, Field, Form, Section, Step, Transition


class Kind(StrEnum):
    """What a rule decides."""

    VISIBLE = "visible"
    REQUIRED = "required"
    LOCKED = "locked"
    VALUE = "value"
    VALUE_WHEN = "value_when"
    HINT = "hint"
    CHECK = "check"
    CHECK_WHEN = "check_when"
    TRANSITION = "transition"


@dataclass(frozen=True, slots=True)
class Site:
    """A rule where it stands.

    `path` is the definition path of its field, `step/` or `step/section`, the transition's id, or empty for the whole
    form; `number` counts the hints, or the checks, of one thing.
    """

    kind: Kind
    path: str
    number: int
    rule: Rule
    place: Place | None
    unless: bool = False

    @property
    def key(self) -> tuple[Kind, str, int]:
        """What tells it from every other rule of the form."""
        return self.kind, self.path, self.number


Change = Callable[[Site], Rule | None]
"""A rule where it stands → the rule to put in its place; None where there is then to be none."""


def sites(form: Form) -> tuple[Site, ...]:
    """The rules of a form, in reading order."""
    found: list[Site] = []

    def noted(site: Site) -> Rule:
        found.append(site)
        return site.rule

    with_rules(form, noted)
    return tuple(found)


def with_rules(form: Form, change: Change) -> Form:
    """The form with each rule replaced by what `change` says."""
    rewriting = _Rewriting(change)
    steps = tuple(rewriting.step(step) for step in form.steps)
    checks = rewriting.checks(form.checks, "")
    workflow = form.workflow
    if workflow is not None:
        transitions = {id_: rewriting.transition(each) for id_, each in workflow.transitions.items()}
        workflow = replace(workflow, transitions=transitions)
    return replace(form, steps=steps, checks=checks, workflow=workflow)


def with_field(form: Form, path: str, change: Callable[[Field], Field]) -> Form:
    """The form with the field at a definition path replaced."""
    top = path.partition(".")[0]

    def changed(field: Field) -> Field:
        if field.path == path:
            return change(field)
        return _holding(field, tuple(map(changed, field.fields))) if field.id == top and field.fields else field

    return replace(form, steps=tuple(_with_fields(step, changed) for step in form.steps))


def _with_fields(step: Step, change: Callable[[Field], Field]) -> Step:
    sections = (replace(section, fields=tuple(map(change, section.fields))) for section in step.sections)
    return replace(step, sections=tuple(sections))


def _holding(field: Field, fields: tuple[Field, ...]) -> Field:
    by_id = {inner.id: inner for inner in fields}
    return replace(field, fields=fields, inner_order=tuple(by_id[inner.id] for inner in field.inner_order))


@dataclass(frozen=True)
class _Rewriting:
    change: Change

    def step(self, step: Step) -> Step:
        path = f"{step.id}/"
        visible = self.condition(step.visible, Kind.VISIBLE, path)
        sections = tuple(self.section(section, step) for section in step.sections)
        return replace(step, visible=visible, sections=sections, checks=self.checks(step.checks, path))

    def section(self, section: Section, step: Step) -> Section:
        visible = self.condition(section.visible, Kind.VISIBLE, f"{step.id}/{section.id}")
        return replace(section, visible=visible, fields=tuple(map(self.field, section.fields)))

    def field(self, field: Field) -> Field:
        path, calculation = field.path, field.calculation
        if calculation is not None:
            condition = self.condition(calculation.condition, Kind.VALUE_WHEN, path)
            rule = self.change(Site(Kind.VALUE, path, 0, calculation.rule, calculation.place))
            calculation = replace(calculation, rule=rule, condition=condition) if rule is not None else None
        changed = replace(
            field,
            visible=self.condition(field.visible, Kind.VISIBLE, path),
            required=replace(field.required, condition=self.condition(field.required.condition, Kind.REQUIRED, path)),
            lock=replace(field.lock, condition=self.condition(field.lock.condition, Kind.LOCKED, path)),
            calculation=calculation,
            hints=tuple(self.hints(field.hints, path)),
            checks=self.checks(field.checks, path),
        )
        return _holding(changed, tuple(map(self.field, field.fields))) if field.fields else changed

    def condition(self, condition: Condition | None, kind: Kind, path: str) -> Condition | None:
        if condition is None:
            return None
        rule = self.change(Site(kind, path, 0, condition.rule, condition.place, condition.unless))
        return replace(condition, rule=rule) if rule is not None else None

    def hints(self, hints: tuple[ConditionalText, ...], path: str) -> Iterator[ConditionalText]:
        for number, hint in enumerate(hints):
            if hint.rule is None:
                yield hint
            else:
                rule = self.change(Site(Kind.HINT, path, number, hint.rule, hint.place))
                yield replace(hint, rule=rule)

    def checks(self, checks: tuple[Check, ...], path: str) -> tuple[Check, ...]:
        changed = []
        for number, check in enumerate(checks):
            when = check.when
            if when is not None:
                when = self.change(Site(Kind.CHECK_WHEN, path, number, when, check.place))
            rule = self.change(Site(Kind.CHECK, path, number, check.rule, check.place))
            if rule is not None:
                changed.append(replace(check, rule=rule, when=when))
        return tuple(changed)

    def transition(self, transition: Transition) -> Transition:
        if transition.when is None:
            return transition
        site = Site(Kind.TRANSITION, transition.id, 0, transition.when, transition.place)
        return replace(transition, when=self.change(site))
