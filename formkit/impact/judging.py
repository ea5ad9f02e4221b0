"""One record held against an edition: what its owner meets on the next change, and what no longer fits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from formkit.diagnostics import Place
from formkit.diff.pairing import paired
from formkit.fields.base import JSON, Shape
from formkit.form import Check, Field, Form, Step
from formkit.impact.entries import Entry, Unreadable
from formkit.impact.held import Held, HeldBy
from formkit.issues import Issue, Level
from formkit.texts import Text


class Effect(StrEnum):
    """What an edition does to a value on record, the heaviest first.

    `asked`: whoever changes the record next, whatever they change, has to answer or mend this first.
    `kept`: it no longer fits, and stays as it is until its owner edits it, or what it depends on.
    `dropped`: it counts no more: the edition does not ask this person for it, or nobody, or asks for it anew.
    """

    ASKED = "asked"
    KEPT = "kept"
    DROPPED = "dropped"


ABOUT = ("edition", "state")
"""What records can be parted by besides their fields."""

_WEIGHT = {each: number for number, each in enumerate((Effect.DROPPED, Effect.KEPT, Effect.ASKED))}
_LEVEL = {each: number for number, each in enumerate((Level.NOTICE, Level.WARNING, Level.ERROR))}
_NOTHING = (-1, -1)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is counted as one: the same issue at the same field, by the same line of the file.

    `path` is the field's definition path, empty for the whole form.
    """

    effect: Effect
    level: Level
    code: str
    path: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Found:
    """One effect on one record, at an instance path."""

    kind: Kind
    path: str
    params: Mapping[str, Any]
    message: Text | None = None

    @property
    def issue(self) -> Issue:
        """As a person reads it."""
        return Issue(self.kind.code, self.path, self.params, self.kind.level, self.kind.place, self.message)

    @property
    def weight(self) -> tuple[int, int]:
        """How heavy it is."""
        return _WEIGHT[self.kind.effect], _LEVEL[self.kind.level]


class Judge:
    """Judges records by `new`; what is as wrong by `old`, where it is given, is not the doing of `new`.

    `facts` are known of everybody. Of the others, what a field takes as it is from a fact is what is on record; the
    rest is unknown.
    """

    def __init__(self, new: Form, old: Form | None, facts: Mapping[str, JSON], today: str) -> None:
        self._new = HeldBy(new, old, facts, today)
        self._old = HeldBy(old, old, facts, today) if old is not None else None
        self._new_paths = paired(old, new).new_paths if old is not None else {}
        self._new_checks = _checks_of(new)
        self._old_checks = _checks_of(old) if old is not None else {}

    def found(self, entry: Entry) -> list[Found] | Unreadable:
        """What the new edition does to one record, in the order of the form; nothing to most."""
        wrong = self._new.wrong_fact(entry) or (self._old.wrong_fact(entry) if self._old else None)
        if wrong is not None:
            return wrong
        if self._new.is_clean(entry):
            return []
        held = self._new.judged(entry)
        if isinstance(held, Unreadable):
            return held
        found = list(_effects(held, self._new.form))
        before = self._before(entry) if found else None
        if before is None or isinstance(before, Unreadable):
            return found if before is None else before
        known = self._known(before)
        return [each for each in found if not self._is_known(each, known)]

    def _before(self, entry: Entry) -> list[Found] | Unreadable | None:
        """What is wrong by the old edition; None if nothing is, or there is none."""
        if self._old is None or self._old.is_clean(entry):
            return None
        held = self._old.judged(entry)
        return held if isinstance(held, Unreadable) else list(_effects(held, self._old.form))

    def value(self, entry: Entry, path: str) -> JSON:
        """What a record holds at a path that `can_part`, by the new edition's names."""
        if path in self._new.form.fields:
            return self._new.value(entry, path)
        return getattr(entry, path) if path in ABOUT else None

    def unknown_facts(self, entry: Entry) -> tuple[str, ...]:
        """The facts that were unknown when a record was judged."""
        return self._new.unknown_facts(entry)

    def _known(self, found: Iterable[Found]) -> dict[tuple[str, ...], tuple[int, int]]:
        """What is wrong already, by the new edition's names, with how heavy it is."""
        known: dict[tuple[str, ...], tuple[int, int]] = {}
        for each in found:
            for mark in _marks(each, self._new_path(each), self._old_checks):
                known[mark] = max(known.get(mark, _NOTHING), each.weight)
        return known

    def _is_known(self, found: Found, known: Mapping[tuple[str, ...], tuple[int, int]]) -> bool:
        return any(known.get(mark, _NOTHING) >= found.weight for mark in _marks(found, found.path, self._new_checks))

    def _new_path(self, found: Found) -> str:
        """The instance path that a finding of the old edition has in the new one."""
        path = self._new_paths.get(found.kind.path)
        if path is None:
            return found.path
        parts, names = found.path.split("."), path.split(".")
        return ".".join([names[0], parts[1], *names[1:]] if len(parts) == 3 else names)


def _marks(found: Found, path: str, checks: Mapping[Place | None, Check]) -> Iterator[tuple[str, ...]]:
    """What tells that two findings, one of each edition, are the same."""
    check = checks.get(found.kind.place) if found.kind.code == "check" else None
    if check is None:
        yield found.kind.code, path
        return
    yield "rule", path, check.rule.text, check.when.text if check.when else ""
    yield "message", path, *check.message.values()


def _effects(held: Held, form: Form) -> Iterator[Found]:
    """What there is to say of a record: what is asked first, each issue once, by its heaviest effect."""
    told = {(issue.code, issue.path, issue.place) for issue in held.asked}
    kept = [issue for issue in held.unfit if (issue.code, issue.path, issue.place) not in told]
    for effect, issues in ((Effect.ASKED, held.asked), (Effect.KEPT, kept), (Effect.DROPPED, held.dropped)):
        for issue in issues:
            if issue.level is not Level.NOTICE or effect is Effect.DROPPED:
                field = form.field_at(issue.path)
                path, place = (field.path, issue.place or field.place) if field else (issue.path, issue.place)
                yield Found(
                    Kind(effect, issue.level, issue.code, path, place), issue.path, dict(issue.params), issue.message
                )


def _checks_of(form: Form) -> Mapping[Place | None, Check]:
    """Every check of a form by its place."""
    holders: tuple[Form | Step | Field, ...] = (form, *form.steps, *form.fields.values())
    return {check.place: check for holder in holders for check in holder.checks}


def can_part(form: Form, path: str) -> bool:
    """Whether records can be parted by what stands there: a value, no file and in no row, or one of ABOUT."""
    field = form.fields.get(path)
    if field is None:
        return path in ABOUT
    in_rows = "." in path and form.fields[path.partition(".")[0]].shape is Shape.ROWS
    return field.shape is Shape.VALUE and not field.type.attachment and not in_rows
