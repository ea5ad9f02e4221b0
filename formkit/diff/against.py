"""A form held against the edition before it: whether it says what becomes of everything that no longer fits."""

from collections.abc import Iterator

from formkit.compiler.meaning import meant
from formkit.diagnostics import Diagnostic, Severity
from formkit.diff import change_sentence, diff
from formkit.diff.change import Change
from formkit.diff.change import Severity as Weight
from formkit.diff.declared import CHOICE_CODES, UNTREATABLE, Declared, snippets
from formkit.diff.pairing import paired
from formkit.form import Form, Treatment, TreatmentKind
from formkit.texts import LANGUAGES, Text
from formkit.treatments import paths_of

_MIGRATED = CHOICE_CODES | {"type-changed", "state-removed"}


def against(old: Form, new: Form) -> tuple[Diagnostic, ...]:
    """What there is to say of `new` as the edition after `old`: an error where something held is forgotten.

    Each breaking change needs a treatment; a treatment needs a change that concerns what is held.
    """
    return tuple(_Against(old, new).diagnostics())


class _Against:
    def __init__(self, old: Form, new: Form) -> None:
        self.old, self.new = old, new
        self.changes = diff(old, new)
        self.declared = Declared(paired(old, new))

    def diagnostics(self) -> Iterator[Diagnostic]:
        for change in self.changes:
            if change.code in UNTREATABLE:
                yield self._of(change, f"against-{change.code}")
        for change in filter(self.declared.is_open, self.changes):
            lacking = self.declared.lacking(change)
            if not lacking:
                yield self._of(change, "untreated-change", lines=self._snippets(change))
            for treatment in lacking:
                params = {"path": treatment.path, "value": change.path.split(".", 2)[2], "told": _told(change)}
                yield Diagnostic("left-out-value", treatment.place, params)
        for treatment in self.new.treatments.values():
            yield from self._of_treatment(treatment)

    def _of(self, change: Change, code: str, **more: object) -> Diagnostic:
        return Diagnostic(code, change.new or self.new.place, {"told": _told(change), "path": change.path, **more})

    def _snippets(self, change: Change) -> Text:
        lines = snippets(change, self.declared.kinds(change), self.declared.pairs)
        head = "" if self.new.treatments else "changes:\n"
        return Text({language: f"{head}{lines.in_(language)}" for language in LANGUAGES})

    def _of_treatment(self, treatment: Treatment) -> Iterator[Diagnostic]:
        concerned = self.declared.concerned(treatment, self.changes)
        if not concerned:
            yield self._idle(treatment)
        elif treatment.kind is TreatmentKind.MIGRATE:
            yield from self._of_migration(treatment, concerned)

    def _idle(self, treatment: Treatment) -> Diagnostic:
        """A treatment for something that stayed as it is; an error, where there is no such thing in either edition."""
        if treatment.path in {*paths_of(self.old), *paths_of(self.new)}:
            return Diagnostic("idle-treatment", treatment.place, {"path": treatment.path}, Severity.WARNING)
        known = [change.path for change in self.changes if change.path and change.severity is not Weight.SAFE]
        near = meant(treatment.path, known)
        code = "unknown-treated.near" if near else "unknown-treated"
        return Diagnostic(code, treatment.place, {"path": treatment.path, "near": near, "known": ", ".join(known)})

    def _of_migration(self, treatment: Treatment, concerned: list[Change]) -> Iterator[Diagnostic]:
        path = treatment.path
        if not any(change.code in _MIGRATED for change in concerned):
            yield Diagnostic("nothing-to-migrate", treatment.place, {"path": path})
            return
        values = self.declared.old_values(path)
        if not treatment.values:
            return
        retyped = any(change.code == "type-changed" and change.path == path for change in concerned)
        if values is None:
            if retyped:
                yield Diagnostic("open-migration", treatment.place, {"path": path})
            return
        if retyped:
            for value in sorted(values - treatment.values.keys()):
                params = {"path": path, "value": value, "told": _told(concerned[0])}
                yield Diagnostic("left-out-value", treatment.place, params)
        for value in sorted(treatment.values.keys() - values):
            params = {"path": path, "value": value, "known": ", ".join(sorted(values)), "near": meant(value, values)}
            code = "unneeded-migration.near" if params["near"] else "unneeded-migration"
            yield Diagnostic(code, treatment.place, params, Severity.WARNING)


def _told(change: Change) -> Text:
    return Text({language: change_sentence(change, language) for language in LANGUAGES})
