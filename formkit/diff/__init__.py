"""Two editions of a form → what changed, each change with its severity, its sentence and who it is for."""

from collections.abc import Iterable

from formkit.diff.change import CODES, Change, Severity, Stopped
from formkit.diff.fields import field_changes
from formkit.diff.lists import list_changes
from formkit.diff.pairing import paired
from formkit.diff.process import process_changes
from formkit.diff.whole import whole_changes
from formkit.form import Form
from formkit.locales import sentence

__all__ = ["CODES", "Change", "Severity", "Stopped", "change_sentence", "diff", "worst"]


def diff(old: Form, new: Form) -> tuple[Change, ...]:
    """Every change from `old` to `new`: of the form, its steps, fields and choices, and of what happens afterwards.

    A field is the same one if it has the same id, or names the earlier id in `renamed_from`. Nothing at all is told of
    two forms that say the same, however they are written.
    """
    pairs = paired(old, new)
    return (*whole_changes(pairs), *field_changes(pairs), *list_changes(pairs), *process_changes(pairs))


def change_sentence(change: Change, language: str) -> str:
    """A change as people read and sign it."""
    told = sentence("diff", change.code, {"name": change.name, **change.params}, language)
    if change.affected is None:
        return told
    return sentence("diff", "told_for", {"told": told, "who": change.affected}, language)


def worst(changes: Iterable[Change]) -> Severity:
    """The greatest severity among changes; safe where there are none."""
    return max((change.severity for change in changes), key=list(Severity).index, default=Severity.SAFE)
