"""Every condition of a form, with what it decides and when it counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from formkit.diagnostics import Place
from formkit.form import Check, Condition, Field, Form
from formkit.issues import Level
from formkit.search import Claim, Holds, PartShown, Shown, Stands


@dataclass(frozen=True, slots=True)
class WrittenCondition:
    """A condition: `about` what of the part at `path` (`notice/` a step, `notice/a` a section) it decides.

    `given` is when it counts; `holder` the group or rows field it belongs to.
    """

    about: str
    path: str
    condition: Condition
    place: Place
    holder: str
    given: tuple[Claim, ...]

    def holds(self, yes: bool = True) -> Holds:
        """The claim that it holds, or does not."""
        return Holds(self.condition, yes, self.holder)


@dataclass(frozen=True, slots=True)
class WrittenCheck:
    """A check, the part it stands at, and when it counts (its own `when` among that)."""

    path: str
    check: Check
    place: Place
    holder: str
    given: tuple[Claim, ...]

    @property
    def asked(self) -> tuple[Claim, ...]:
        """When it counts but for its `when`."""
        return self.given if self.check.when is None else self.given[:-1]

    @property
    def stops(self) -> bool:
        """Whether it keeps a form from being submitted."""
        return self.check.level is Level.ERROR


def conditions(form: Form) -> Iterator[WrittenCondition]:
    """Every condition, from the top of the form to its end."""
    for step in form.steps:
        yield from _condition("visible", f"{step.id}/", step.visible, step.place, "", ())
        for section in step.sections:
            given = (PartShown(step),)
            yield from _condition("visible", f"{step.id}/{section.id}", section.visible, section.place, "", given)
            for field in section.fields:
                around = PartShown(step, section)
                yield from _of_field(field, "", (around,))
                for inner in field.fields:
                    yield from _of_field(inner, field.path, (Stands(field.path, locked=False),))
    for found in checks(form):
        if found.check.when is not None:
            when = Condition(found.check.when, place=found.place)
            yield WrittenCondition("check", found.path, when, found.place, found.holder, found.asked)
    for transition in form.workflow.transitions.values() if form.workflow else ():
        if transition.when is not None:
            when = Condition(transition.when, place=transition.place)
            yield WrittenCondition("transition", transition.id, when, transition.place, "", ())


def checks(form: Form) -> Iterator[WrittenCheck]:
    """Every check, those of fields first."""
    for field in form.fields.values():
        holder = field.path if field.fields and not field.type.max_rows else field.path.rpartition(".")[0]
        yield from _checks(field.checks, field.path, field.place, holder, (Shown(field.path),))
    for step in form.steps:
        yield from _checks(step.checks, f"{step.id}/", step.place, "", (PartShown(step),))
    yield from _checks(form.checks, "", form.place, "", ())


def _of_field(field: Field, holder: str, around: tuple[Claim, ...]) -> Iterator[WrittenCondition]:
    path, shown, asked = field.path, (Shown(field.path),), (Stands(field.path, locked=False),)
    yield from _condition("visible", path, field.visible, field.place, holder, around)
    yield from _condition("required", path, field.required.condition, field.place, holder, asked)
    yield from _condition("locked", path, field.lock.condition, field.place, holder, shown)
    if field.calculation is not None:
        yield from _condition("value", path, field.calculation.condition, field.place, holder, asked)
    for hint in field.hints:
        if hint.rule is not None:
            place = hint.place or field.place
            yield WrittenCondition("hint", path, Condition(hint.rule, place=place), place, holder, shown)


def _condition(
    about: str, path: str, condition: Condition | None, place: Place, holder: str, given: tuple[Claim, ...]
) -> Iterator[WrittenCondition]:
    if condition is not None:
        yield WrittenCondition(about, path, condition, condition.place or place, holder, given)


def _checks(
    found: Iterable[Check], path: str, place: Place, holder: str, given: tuple[Claim, ...]
) -> Iterator[WrittenCheck]:
    for check in found:
        written = WrittenCheck(path, check, check.place or place, holder, given)
        if check.when is not None:
            written = replace(written, given=(*given, Holds(Condition(check.when), True, holder)))
        yield written
