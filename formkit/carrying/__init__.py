"""Answers that were given under an older edition → as a new edition reads them, nothing lost."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from formkit.carrying.across import Across, Carried, Moved
from formkit.carrying.ways import ways_between
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.treatments import STATES

__all__ = ["Carried", "Moved", "Purpose", "carried", "carried_state"]

Purpose = Literal["draft", "record"]


def carried(
    old: Form | None,
    new: Form,
    answers: Mapping[str, JSON],
    *,
    today: date | str,
    purpose: Purpose,
    between: Sequence[Form] = (),
) -> Carried:
    """The answers of a draft, or the values of a record, made under `old`, as `new` reads them.

    Renamed fields (members and columns too) and renamed choices come under their new names, and what `new` declares
    under `changes` is done where something has changed since `old` that is not safe. Where there were editions
    `between` them, in this order, each does what it declares. An edition that is not known any more (`old` is None) is
    told by `renamed_from` alone, and by what choices become that are not there any more.

    `purpose` is what the answers belong to. A draft's: those asked again are left out, and what the new edition has no
    field for stands aside (a form refuses undeclared names). A record's: both stay where they are, since nothing
    held is lost, and are named besides; `evaluate` is told of those `asked_again`. A value on record that cannot be
    read as the type its field has now stands aside and is asked again. What is the same in both editions stays as it
    is, whatever it is; carrying twice is carrying once; no answers at all make it raise.
    """
    day = today if isinstance(today, str) else today.isoformat()
    found = Carried(dict(answers) if isinstance(answers, Mapping) else {})
    aside: dict[str, JSON] = {}
    on_record = purpose == "record"
    for before, after in zip([old, *between], [*between, new], strict=True) if old is not None else [(None, new)]:
        keeps_all = on_record or after is not new
        across = Across(
            ways_between(before, after), day, on_record=on_record, keeps_all=keeps_all, asked=found.asked_again
        )
        step = across.carried(found.answers)
        aside = {**aside, **step.aside}
        found = Carried(step.answers, step.asked_again, (*found.moved, *step.moved))
    return Carried(found.answers, found.asked_again, found.moved, aside)


def carried_state(new: Form, state: str, *, between: Sequence[Form] = ()) -> str:
    """The state of a record of an older edition: where the first edition without it says that its records go."""
    for form in (*between, new):
        treatment = form.treatments.get(f"{STATES}.{state}")
        known = form.workflow is None or state in form.workflow.states
        if not known and treatment is not None:
            state = str(treatment.target)
    return state
