"""The short way to a result: straight-line Python made of the form, which gives up wherever it is in doubt.

`formkit.evaluation` and `formkit.validation` are the truth; whatever this room returns, they would have returned too
(a property test holds them equal), and whatever it gives up goes to them.
"""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from formkit.acceptance.writing import Acceptance, Accepted, acceptance_of
from formkit.evaluation import reading_order
from formkit.expressions import Context
from formkit.fields.base import JSON
from formkit.form import Form

__all__ = ["accept"]

_known: "WeakKeyDictionary[Form, Acceptance]" = WeakKeyDictionary()


def accept(form: Form, answers: Mapping[str, JSON], context: Context) -> Accepted | None:
    """The values of new answers and what there is to say of them, in reading order; None where it is in doubt.

    It tells ordinary faults itself: what is missing, cannot be read or breaks a check. Doubt is left where answers
    have a wrong structure, touch what is locked or worked out, or hang on a fact that is unknown.
    """
    made = _known.get(form)
    if made is None:
        made = _known[form] = acceptance_of(form)
    accepted = made(answers, context)
    if accepted is not None and len(accepted[1]) > 1:
        values, issues = accepted
        issues.sort(key=lambda issue: reading_order(form, issue.path, values))
    return accepted
