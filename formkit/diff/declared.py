"""What the new edition declares of each change: which treatment stands over it, and whether that says enough."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from formkit.diff.change import Change, Severity
from formkit.diff.pairing import Pairs, inner_pairs
from formkit.diff.people import word
from formkit.form import Field, Treatment, TreatmentKind
from formkit.texts import LANGUAGES, Text
from formkit.treatments import CHOICES, STATES, fitting, standing_over, treatment_of

_TERM = timedelta(days=90)
CHOICE_CODES = frozenset({"choice-removed", "choice-retired", "choice-moved"})
UNTREATABLE = frozenset({"form-renamed", "edition-backwards"})
"""Breaking changes of which nothing can be declared: they are mended."""


class Declared:
    """The treatments of the new edition, held against the changes from the old one."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs, self.new = pairs, pairs.new

    def treatments(self, change: Change) -> tuple[Treatment, ...]:
        """What is declared for a change that is not safe: of its own path, of what it is part of, or of its fields."""
        if change.severity is Severity.SAFE:
            return ()
        found = treatment_of(self.new, change.path)
        if change.code not in CHOICE_CODES:
            return (found,) if found is not None else ()
        value = _value(change)
        by_field = [own for field in self.choosing(change) if (own := treatment_of(self.new, field.path)) is not None]
        known = [each for each in (*by_field, found) if each is not None]
        return tuple(dict.fromkeys(each for each in known if _says(each, value)))

    def covers(self, change: Change) -> bool:
        """Whether everybody whom a change concerns is told what becomes of what is held."""
        if change.code not in CHOICE_CODES:
            return bool(self.treatments(change))
        value, listed = _value(change), treatment_of(self.new, change.path)
        if value not in (self.old_values(change.path) or {value}) or (listed is not None and _says(listed, value)):
            return True  # of a city that stands only over its districts nobody holds anything
        by_field = [treatment_of(self.new, field.path) for field in self.choosing(change)]
        return bool(by_field) and all(each is not None and _says(each, value) for each in by_field)

    def is_open(self, change: Change) -> bool:
        """Whether something held no longer fits, and nobody says what becomes of it."""
        breaks = change.severity is Severity.BREAKING and change.code not in UNTREATABLE
        return breaks and not self.covers(change)

    def concerned(self, treatment: Treatment, changes: tuple[Change, ...]) -> list[Change]:
        """The changes a treatment stands over."""
        return [each for each in changes if each.severity is not Severity.SAFE and self._stands_over(treatment, each)]

    def lacking(self, change: Change) -> tuple[Treatment, ...]:
        """The migrations that stand over a choice that has gone, and leave it out."""
        if change.code != "choice-removed" or self.covers(change):
            return ()
        paths = [change.path, *(field.path for field in self.choosing(change))]
        found = (treatment_of(self.new, path) for path in paths)
        return tuple(dict.fromkeys(each for each in found if each is not None and not _says(each, _value(change))))

    def choosing(self, change: Change) -> tuple[Field, ...]:
        """The fields whose answers come from the list a change of choices is about."""
        return self._by_list.get(change.path.split(".")[1], ()) if change.path.startswith(f"{CHOICES}.") else ()

    def kinds(self, change: Change) -> tuple[TreatmentKind, ...]:
        """What can be declared for a change, at its own path."""
        possible = fitting(self.new, change.path)
        return tuple(kind for kind in possible if kind is not TreatmentKind.MIGRATE or self._may_migrate(change))

    def old_values(self, path: str) -> frozenset[str] | None:
        """The values that answers at a field, or of a choice list, had; None where they cannot be listed."""
        if path.startswith(f"{CHOICES}."):
            fields = [old for old, new in self.pairs.both if self._takes(new, path.split(".")[1])]
        else:
            fields = [old for old, new in self._all if new.path == path]
        listed = [_values(field) for field in fields]
        known = [each for each in listed if each is not None]
        return frozenset().union(*known) if known and len(known) == len(listed) else None

    @cached_property
    def _by_list(self) -> Mapping[str, tuple[Field, ...]]:
        found: dict[str, tuple[Field, ...]] = {}
        for _, new in self.pairs.both:
            if new.type.choice_list is not None:
                found[new.type.choice_list.id] = (*found.get(new.type.choice_list.id, ()), new)
        return found

    @cached_property
    def _all(self) -> tuple[tuple[Field, Field], ...]:
        """Every field that is in both editions, of another type too, members and columns with it."""
        top = [(old, new) for old, new in self.pairs.top if old is not None and new is not None]
        inner = (pair for old, new in top for pair in inner_pairs(old, new))
        return (*top, *((old, new) for old, new in inner if old is not None and new is not None))

    def _takes(self, field: Field, listed: str) -> bool:
        return field.type.choice_list is not None and field.type.choice_list.id == listed

    def _may_migrate(self, change: Change) -> bool:
        if change.path in self.new.fields:
            return change.code == "type-changed" and self.old_values(change.path) is not None
        return change.code in CHOICE_CODES or change.path.startswith(f"{STATES}.")

    def _stands_over(self, treatment: Treatment, change: Change) -> bool:
        paths = {*standing_over(change.path)}
        if change.code in CHOICE_CODES:
            paths |= {path for field in self.choosing(change) for path in standing_over(field.path)}
        return treatment.path in paths


def told(treatment: Treatment, change: Change, pairs: Pairs) -> Text:
    """What becomes of what is held, as people read it beside a change."""
    if treatment.kind is not TreatmentKind.MIGRATE:
        return word(f"declared.{treatment.kind}", until=treatment.until or "")
    target = treatment.target if treatment.target is not None else treatment.values.get(_value(change))
    if target is None:
        return word("declared.values")
    return word("declared.migrate", target=_called(str(target), change, pairs))


def snippets(change: Change, kinds: tuple[TreatmentKind, ...], pairs: Pairs) -> Text:
    """The lines to choose from, each with what it does."""
    lines = {language: [_line(change, kind, pairs, language) for kind in kinds] for language in LANGUAGES}
    return Text({language: "\n".join(each) for language, each in lines.items()})


def _line(change: Change, kind: TreatmentKind, pairs: Pairs, language: str) -> str:
    new, old = word("snippet.new").in_(language), word("snippet.old").in_(language)
    single = change.code in CHOICE_CODES or change.path.startswith(f"{STATES}.")
    written = {
        TreatmentKind.KEEP: "keep",
        TreatmentKind.ASK_AGAIN: "ask_again",
        TreatmentKind.MIGRATE: f"{{migrate: {_example(change, pairs) or new}}}"
        if single
        else f"{{migrate: {{{old}: {new}}}}}",
        TreatmentKind.KEEP_UNTIL: f"{{keep_until: {date.fromisoformat(pairs.new.edition) + _TERM}}}",
    }
    return f"  {change.path}: {written[kind]}  # {word(f'snippet.{kind}').in_(language)}"


def _example(change: Change, pairs: Pairs) -> str:
    """A value that is there, to show how one is written."""
    form = pairs.new
    if change.path.startswith(f"{STATES}.") and form.workflow is not None:
        return form.workflow.start
    listed = form.choices.get(change.path.split(".")[1]) if change.code in CHOICE_CODES else None
    return next((value for value in listed.by_value if value in listed.leaves), "") if listed is not None else ""


def _called(value: str, change: Change, pairs: Pairs) -> Text | str:
    form = pairs.new
    if change.path.startswith(f"{STATES}.") and form.workflow is not None and value in form.workflow.states:
        return form.workflow.states[value].label
    listed = form.choices.get(change.path.split(".")[1]) if change.code in CHOICE_CODES else None
    return Text({each: listed.label(value, each) for each in LANGUAGES}) if listed is not None else value


def _value(change: Change) -> str:
    return change.path.split(".", 2)[2] if change.code in CHOICE_CODES else ""


def _says(treatment: Treatment, value: str) -> bool:
    """Whether it says what becomes of those who chose a value."""
    return treatment.kind is not TreatmentKind.MIGRATE or not treatment.values or value in treatment.values


def _values(field: Field) -> frozenset[str] | None:
    if field.type.choice_list is not None:
        return field.type.choice_list.leaves
    return frozenset({"true", "false"}) if field.type.name == "yes_no" else None
