"""What may be declared of what is held already: which paths a declaration stands over, and which kinds fit there."""

from collections.abc import Iterator

from formkit.choices import ChoiceList
from formkit.fields.base import Shape
from formkit.form import Field, Form, Treatment, TreatmentKind

CHOICES, STATES = "choices", "workflow.states"
_KEEP = (TreatmentKind.KEEP,)
_ASKING = (TreatmentKind.ASK_AGAIN, TreatmentKind.KEEP_UNTIL)


def standing_over(path: str) -> tuple[str, ...]:
    """The path and what it is a part of, nearest first: a choice is part of its list, a column of its rows."""
    kind, _, rest = path.partition(".")
    listed, _, value = rest.partition(".")
    if kind == CHOICES and value:
        return path, f"{kind}.{listed}"
    return (path, kind) if rest and kind not in (CHOICES, "facts", "steps", "workflow") else (path,)


def treatment_of(form: Form, path: str) -> Treatment | None:
    """What is declared for a path, or for what it is a part of."""
    return next((form.treatments[each] for each in standing_over(path) if each in form.treatments), None)


def fitting(form: Form, path: str) -> tuple[TreatmentKind, ...]:
    """What may become of what is held at a path; what the form no longer has can only be kept."""
    field = form.fields.get(path)
    if field is not None:
        return _of_field(field)
    if choice_list_at(form, path) is not None:
        return tuple(TreatmentKind)
    state = state_at(path)
    if state is not None and form.workflow is not None and state not in form.workflow.states:
        return (TreatmentKind.MIGRATE,)
    return _KEEP


def can_be_asked(field: Field) -> bool:
    """Whether people can ever answer it anew: not if it is locked on record, or always worked out."""
    locked = field.lock.always or field.lock.after_submission
    worked_out = field.calculation is not None and field.calculation.condition is None
    return not locked and not worked_out and all(can_be_asked(inner) for inner in field.fields)


def choice_list_at(form: Form, path: str) -> ChoiceList | None:
    """The list a path names, or has a choice of; None for any other path, or where the form has no such list."""
    kind, _, rest = path.partition(".")
    return form.choices.get(rest.partition(".")[0]) if kind == CHOICES else None


def state_at(path: str) -> str | None:
    """The state a path names."""
    return path.removeprefix(f"{STATES}.") if path.startswith(f"{STATES}.") else None


def paths_of(form: Form) -> Iterator[str]:
    """Every path a form has a part at."""
    yield from form.fields
    yield from (f"facts.{id_}" for id_ in form.facts)
    for id_, known in form.choices.items():
        yield f"{CHOICES}.{id_}"
        yield from (f"{CHOICES}.{id_}.{value}" for value in known.by_value)
    for step in form.steps:
        yield f"steps.{step.id}"
        yield from (f"steps.{step.id}.sections.{part.id}" for part in step.sections if part.id)
    if form.workflow is not None:
        yield "workflow.start"
        yield from (f"{STATES}.{id_}" for id_ in form.workflow.states)
        yield from (f"workflow.transitions.{id_}" for id_ in form.workflow.transitions)


def _of_field(field: Field) -> tuple[TreatmentKind, ...]:
    if field.shape is Shape.NOTE:
        return _KEEP
    asking = _ASKING if can_be_asked(field) else ()
    migrating = (TreatmentKind.MIGRATE,) if field.shape is Shape.VALUE else ()
    return (*_KEEP, *asking, *migrating)
