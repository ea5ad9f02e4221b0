"""How the answers to each field come from one edition into another: worked out once for two editions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from formkit.choices import ChoiceList
from formkit.diff.pairing import inner_pairs, paired
from formkit.fields.base import Shape
from formkit.form import ROW_ID, Field, Form

_EDITIONS = 64
"""Pairs of editions that are kept worked out."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to one field of the new edition: the earlier ids its answer may stand under, and renamed choices."""

    field: Field
    earlier: tuple[str, ...]
    renamed_choices: Mapping[str, str]
    inner: "Ways"


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to the fields of one scope, by their ids, and all the names that scope knows."""

    by_id: Mapping[str, Way]
    names: frozenset[str]


@lru_cache(maxsize=_EDITIONS)
def ways_between(old: Form | None, new: Form) -> Ways:
    """The ways from an edition to another; from one that is not known, by the earlier names that `new` gives."""
    if old is None:
        return _from_unknown(new.top_fields.values())
    return _from_known(paired(old, new).top)


def _from_known(pairs: Iterable[tuple[Field | None, Field | None]]) -> Ways:
    return _scope(_known_ways(pairs))


def _known_ways(pairs: Iterable[tuple[Field | None, Field | None]]) -> Iterator[Way]:
    for old, new in pairs:
        if new is not None and old is not None:
            earlier = (old.id,) if old.id != new.id else ()
            yield Way(new, earlier, _renamed_choices(new.type.choice_list), _from_known(inner_pairs(old, new)))
        elif new is not None:
            yield Way(new, (), {}, _from_known((None, inner) for inner in new.fields))


def _from_unknown(fields: Iterable[Field]) -> Ways:
    declared = list(fields)
    taken = {field.id for field in declared}
    return _scope(
        Way(
            field,
            tuple(name for name in field.renamed_from if name not in taken),
            _renamed_choices(field.type.choice_list),
            _from_unknown(field.fields),
        )
        for field in declared
    )


def _scope(ways: Iterable[Way]) -> Ways:
    by_id = {way.field.id: way for way in ways if way.field.shape is not Shape.NOTE}
    return Ways(by_id, frozenset(by_id) | {ROW_ID})


def _renamed_choices(known: ChoiceList | None) -> Mapping[str, str]:
    """Earlier value → value, where the earlier one is not a value of its own by now."""
    if known is None:
        return {}
    choices = known.by_value
    return {name: choice.value for choice in choices.values() for name in choice.renamed_from if name not in choices}
