"""What is visible, required, locked and calculated, for these answers: DESIGN's meanings, in one walk down the form."""

from collections.abc import Collection, Mapping
from datetime import date

from formkit.errors import FactMissing
from formkit.evaluation.settled import (
    HIDDEN,
    Evaluation,
    FieldState,
    Instance,
    Setting,
    broken_check,
    finding_issue,
    hidden_notice,
    reading_order,
    recorded_value,
    valid_row_id,
    worked_out_from_facts,
)
from formkit.evaluation.walk import AN_OBJECT, Walk
from formkit.expressions import Context
from formkit.fields.base import JSON
from formkit.form import Form

__all__ = [
    "HIDDEN",
    "Evaluation",
    "FieldState",
    "Instance",
    "Setting",
    "broken_check",
    "checked_facts",
    "context_of",
    "evaluate",
    "finding_issue",
    "hidden_notice",
    "reading_order",
    "recorded_value",
    "valid_row_id",
    "worked_out_from_facts",
]


def evaluate(
    form: Form,
    answers: Mapping[str, JSON],
    *,
    record: Mapping[str, JSON] | None = None,
    facts: Mapping[str, JSON] | None = None,
    today: date | str,
    asked_again: Collection[str] = (),
) -> Evaluation:
    """Settles a form for some answers; with a record, an absent answer means the record's.

    At the instance paths that are `asked_again` it means a blank all the same, unless the field is locked.

    Raises `FactMissing` when a declared fact is not passed in.
    """
    context = context_of(form, record, facts, today)
    walk = Walk(form, answers if isinstance(answers, Mapping) else {}, record, context, frozenset(asked_again))
    if not isinstance(answers, Mapping):
        walk.issue("wrong_type", "", expected=AN_OBJECT)
    walk.run()
    return walk.evaluation


def context_of(
    form: Form, record: Mapping[str, JSON] | None, facts: Mapping[str, JSON] | None, today: date | str
) -> Context:
    """What rules may ask about besides the answers."""
    day = today if isinstance(today, str) else today.isoformat()
    return Context(record if record is not None else {}, checked_facts(form, facts), day)


def checked_facts(form: Form, facts: Mapping[str, JSON] | None) -> Mapping[str, JSON]:
    """The facts a form declares, none missing; what it does not declare is left out."""
    given = facts if facts is not None else {}
    try:
        return {name: given[name] for name in form.facts}
    except KeyError:
        raise FactMissing([name for name in form.facts if name not in given]) from None
