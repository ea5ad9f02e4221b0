"""How the answers to each field come from one edition into another: worked out once for two editions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from formkit.choices import ChoiceList
from formkit.diff import Severity, diff
from formkit.diff.pairing import inner_pairs, paired, same_type
from formkit.fields.base import JSON, Shape
from formkit.form import Field, Form, Treatment, TreatmentKind
from formkit.treatments import CHOICES, treatment_of

_EDITIONS = 64
"""Pairs of editions that are kept worked out."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to one field of the new edition.

    `earlier` are the ids its answer may stand under, `becomes` the values that values become, `treatment` and
    `of_choices` (by value) say what else is done with what is held, `retyped` that it was given to another type.
    """

    field: Field
    earlier: tuple[str, ...]
    retyped: bool
    treatment: Treatment | None
    becomes: Mapping[str, JSON]
    of_choices: Mapping[str, Treatment]
    inner: "Ways"


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to the fields of one scope, by their ids."""

    by_id: Mapping[str, Way]


@lru_cache(maxsize=_EDITIONS)
def ways_between(old: Form | None, new: Form) -> Ways:
    """The ways from an edition to another; from one that is not known, by the earlier names that `new` gives."""
    if old is None:
        return _FromUnknown(new).ways(new.top_fields.values())
    return _FromKnown(old, new).ways(paired(old, new).top)


class _FromKnown:
    """What is declared counts where something has changed that concerns what is held."""

    def __init__(self, old: Form, new: Form) -> None:
        self._new = new
        self._touched = {change.path for change in diff(old, new) if change.severity is not Severity.SAFE}

    def ways(self, pairs: Iterable[tuple[Field | None, Field | None]]) -> Ways:
        return _scope(self._way(old, new) for old, new in pairs if new is not None)

    def _way(self, old: Field | None, new: Field) -> Way:
        if old is None:
            inner = self.ways((None, each) for each in new.fields)
            declared = self._new.treatments.get(new.path)
            return Way(new, (), retyped=False, treatment=declared, becomes={}, of_choices={}, inner=inner)
        declared = self._new.treatments.get(new.path)
        treatment = declared if declared is not None and self._is_touched(new) else None
        known = new.type.choice_list
        of_choices = self._of_choices(known) if known is not None else {}
        return Way(
            field=new,
            earlier=(old.id,) if old.id != new.id else (),
            retyped=not same_type(old, new),
            treatment=treatment,
            becomes=_becoming(known, of_choices, treatment),
            of_choices=of_choices if treatment is None or treatment.kind is TreatmentKind.MIGRATE else {},
            inner=self.ways(inner_pairs(old, new)),
        )

    def _is_touched(self, field: Field) -> bool:
        """Whether something has changed about the field, the fields inside it, or what may be chosen in them."""
        inside = (field, *field.fields)
        paths = {each.path for each in inside}
        lists = {f"{CHOICES}.{each.type.choice_list.id}." for each in inside if each.type.choice_list is not None}
        return any(path in paths or path.startswith((f"{field.path}.", *lists)) for path in self._touched)

    def _of_choices(self, known: ChoiceList) -> dict[str, Treatment]:
        prefix = f"{CHOICES}.{known.id}."
        paths = {path for path in self._touched if path.startswith(prefix)}
        found = {path.removeprefix(prefix): treatment_of(self._new, path) for path in paths}
        return {value: treatment for value, treatment in found.items() if treatment is not None}


class _FromUnknown:
    """What nobody knows any more may be renamed, or be a choice that is not there any more and became another."""

    def __init__(self, new: Form) -> None:
        self._new = new

    def ways(self, fields: Iterable[Field]) -> Ways:
        declared = list(fields)
        taken = {field.id for field in declared}
        return _scope(self._way(field, taken) for field in declared)

    def _way(self, field: Field, taken: set[str]) -> Way:
        known = field.type.choice_list
        declared = self._new.treatments.get(field.path)
        migrated = declared if declared is not None and declared.kind is TreatmentKind.MIGRATE else None
        becomes = _becoming(known, self._of_choices(known), migrated) if known is not None else {}
        return Way(
            field=field,
            earlier=tuple(name for name in field.renamed_from if name not in taken),
            retyped=True,
            treatment=None,
            of_choices={},
            becomes={old: new for old, new in becomes.items() if known is None or old not in known.by_value},
            inner=self.ways(field.fields),
        )

    def _of_choices(self, known: ChoiceList) -> dict[str, Treatment]:
        listed = f"{CHOICES}.{known.id}"
        found: dict[str, Treatment] = {}
        for path, treatment in self._new.treatments.items():
            if path == listed:
                found |= dict.fromkeys(treatment.values, treatment)
            elif path.startswith(f"{listed}."):
                found[path.removeprefix(f"{listed}.")] = treatment
        return found


def _scope(ways: Iterable[Way]) -> Ways:
    return Ways({way.field.id: way for way in ways if way.field.shape is not Shape.NOTE})


def _becoming(known: ChoiceList | None, of_choices: Mapping[str, Treatment], own: Treatment | None) -> dict[str, JSON]:
    """Old value → what it is in the end: renamed, or migrated as its field says, or as its list says."""
    steps: dict[str, JSON] = {}
    if known is not None:
        choices = known.by_value
        steps = {name: each.value for each in choices.values() for name in each.renamed_from if name not in choices}
    steps.update(_migrations(of_choices) if own is None or own.kind is TreatmentKind.MIGRATE else ())
    steps.update(own.values if own is not None else {})
    return {old: end for old in steps if (end := _end(old, steps)) != old}


def _migrations(of_choices: Mapping[str, Treatment]) -> Iterator[tuple[str, JSON]]:
    for value, treatment in of_choices.items():
        if treatment.kind is TreatmentKind.MIGRATE:
            target = treatment.values.get(value) if treatment.values else treatment.target
            if target is not None:
                yield value, target


def _end(value: str, steps: Mapping[str, JSON]) -> JSON:
    """Where a value arrives; itself, where it would go round for ever."""
    seen, at = {value}, steps[value]
    while isinstance(at, str) and at in steps:
        if at in seen:
            return value
        seen.add(at)
        at = steps[at]
    return at
