"""What a change is, and every code one may have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from formkit.diagnostics import Place
from formkit.fields.base import JSON
from formkit.issues import Issue
from formkit.texts import Text

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    """How much a change weighs, least first.

    Safe: answers that were taken still are. Asks again: some must be given or looked at again. Breaking: something
    held, or something connected, no longer fits.
    """

    SAFE = "safe"
    ASKS_AGAIN = "asks_again"
    BREAKING = "breaking"


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody whom a change stops: answers the old edition takes, and the issue that the new one finds in them.

    `who` says which answer was chosen to find them; None where any would do.
    """

    answers: Mapping[str, JSON]
    who: Text | None
    issue: Issue


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `name` is what people call the part that changed, `path` where it is in the form.

    A path is a field's (`full_time.level`), `choices.list` and `choices.list.value`, `facts.x`, `steps.x` and
    `steps.x.sections.y`, `workflow.states.x`, `workflow.transitions.x`, `workflow.start`,
    `workflow.after_change`; empty for the form itself. It is the new form's, for what is gone the old one's.

    `affected` says for whom it counts (None: for everybody), `rules` what the author wrote for that. A place is None
    where the part is not in that file, or has none of its own there. `example` is filled in by whoever looks for one.
    """

    code: str
    severity: Severity
    path: str
    name: Text
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    old: Place | None = None
    new: Place | None = None
    affected: Text | None = None
    rules: tuple[str, ...] = ()
    example: Stopped | None = None


_SAFE, _ASKS, _BREAKS = (Severity.SAFE,), (Severity.ASKS_AGAIN,), (Severity.BREAKING,)

CODES: Mapping[str, tuple[Severity, ...]] = {
    "form-renamed": _BREAKS,
    "edition-backwards": _BREAKS,
    "time-zone-changed": _ASKS,
    "drafts-changed": _SAFE,
    "languages-changed": _SAFE,
    "fact-added": _BREAKS,
    "fact-removed": _SAFE,
    "fact-changed": _BREAKS,
    "step-added": _SAFE,
    "step-removed": _SAFE,
    "step-moved": _SAFE,
    "order-changed": _SAFE,
    "section-added": _SAFE,
    "section-removed": _SAFE,
    "field-added": _SAFE + _ASKS,
    "field-removed": _SAFE + _BREAKS,
    "field-renamed": _SAFE,
    "field-moved": _SAFE,
    "type-changed": _BREAKS,
    "limit-tightened": _ASKS,
    "limit-loosened": _SAFE,
    "format-changed": _ASKS,
    "look-changed": _SAFE,
    "text-changed": _SAFE,
    "text-added": _SAFE,
    "text-removed": _SAFE,
    "statement-changed": _ASKS,
    "became-required": _ASKS,
    "became-optional": _SAFE,
    "condition-changed": _SAFE + _ASKS,
    "lock-added": _ASKS,
    "lock-removed": _SAFE + _ASKS,
    "lock-changed": _ASKS,
    "calculation-changed": _ASKS,
    "check-added": _SAFE + _ASKS,
    "check-removed": _SAFE,
    "check-changed": _SAFE + _ASKS,
    "choice-added": _SAFE,
    "choice-renamed": _SAFE,
    "choice-retired": _ASKS,
    "choice-restored": _SAFE,
    "choice-removed": _BREAKS,
    "choice-moved": _ASKS,
    "state-added": _SAFE,
    "state-removed": _BREAKS,
    "state-changed": _SAFE,
    "start-changed": _SAFE,
    "after-change-changed": _SAFE,
    "transition-added": _SAFE,
    "transition-removed": _BREAKS,
    "transition-changed": _ASKS + _BREAKS,
    "delay-changed": _SAFE,
}
"""Code → the severities a change of it may have."""
