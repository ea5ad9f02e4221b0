"""What was counted: of a batch, and of all batches together, in memory that does not grow with the records."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from formkit.fields.base import JSON
from formkit.impact.entries import Entry, Unreadable
from formkit.impact.judging import Effect, Found, Judge, Kind
from formkit.issues import Level

EXAMPLES, UNREADABLE = 3, 20
"""How many are named, of each kind and of what could not be read; all are counted."""
MOST_PARTS = 2000
"""How many values of one field are told apart; what comes after counts as `THE_REST`."""
BLANK, THE_REST = "null", ""


@dataclass(frozen=True, slots=True)
class Example:
    """One record with an issue; `values` are its own, where they may be shown."""

    position: int
    id: str | None
    found: Found
    values: Mapping[str, JSON] | None = None


@dataclass(slots=True)
class Part:
    """The records that have one value in common: all of them, those of each effect, and those of each kind."""

    records: int = 0
    effects: Counter[Effect] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)

    def add(self, effects: Iterable[Effect], kinds: Iterable[Kind]) -> None:
        """Counts one record."""
        self.records += 1
        self.effects.update(effects)
        self.kinds.update(kinds)

    def merge(self, other: "Part") -> None:
        """Counts what another has counted."""
        self.records += other.records
        self.effects.update(other.effects)
        self.kinds.update(other.kinds)


@dataclass(slots=True)
class Tally:
    """The counts. A record counts once for an effect and once for a kind, however often it is found in it."""

    whole: Part = field(default_factory=Part)
    untouched: int = 0
    """Records of which there is nothing new to say."""
    warned: int = 0
    """Records that are asked nothing, and meet a warning on their next change."""
    parts: dict[str, dict[str, Part]] = field(default_factory=dict)
    """By what the records are parted by (a definition path, or one of ABOUT): value, as JSON → its part."""
    examples: dict[Kind, list[Example]] = field(default_factory=dict)
    unknown_facts: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    told_unreadable: list[Unreadable] = field(default_factory=list)

    def merge(self, later: "Tally") -> None:
        """Counts what was counted of later batches."""
        self.whole.merge(later.whole)
        self.untouched += later.untouched
        self.warned += later.warned
        self.unreadable += later.unreadable
        self.unknown_facts.update(later.unknown_facts)
        self.told_unreadable += later.told_unreadable[: UNREADABLE - len(self.told_unreadable)]
        for kind, examples in later.examples.items():
            known = self.examples.setdefault(kind, [])
            known += examples[: EXAMPLES - len(known)]
        for by, parts in later.parts.items():
            known_parts = self.parts.setdefault(by, {})
            for value, part in parts.items():
                full = value not in known_parts and len(known_parts) >= MOST_PARTS
                known_parts.setdefault(THE_REST if full else value, Part()).merge(part)


def tally_of(
    entries: Iterable[Entry | Unreadable], judge: Judge, by: Sequence[str], *, show_values: bool = False
) -> Tally:
    """Counts one batch."""
    tally = Tally()
    for entry in entries:
        found = entry if isinstance(entry, Unreadable) else judge.found(entry)
        if isinstance(entry, Unreadable) or isinstance(found, Unreadable):
            tally.unreadable += 1
            if len(tally.told_unreadable) < UNREADABLE and isinstance(found, Unreadable):
                tally.told_unreadable.append(found)
            continue
        _count(tally, entry, found, judge, by, show_values=show_values)
    return tally


def _count(
    tally: Tally, entry: Entry, found: Sequence[Found], judge: Judge, by: Sequence[str], *, show_values: bool
) -> None:
    kinds: dict[Kind, Found] = {}
    for each in found:
        kinds.setdefault(each.kind, each)
    errors = {kind.effect for kind in kinds if kind.effect is not Effect.ASKED or kind.level is Level.ERROR}
    tally.untouched += not kinds
    tally.warned += Effect.ASKED not in errors and any(kind.effect is Effect.ASKED for kind in kinds)
    tally.whole.add(errors, list(kinds))
    tally.unknown_facts.update(judge.unknown_facts(entry))
    for name in by:
        value = json.dumps(judge.value(entry, name), ensure_ascii=False, sort_keys=True)
        tally.parts.setdefault(name, {}).setdefault(value, Part()).add(errors, list(kinds))
    for kind, each in kinds.items():
        examples = tally.examples.setdefault(kind, [])
        if len(examples) < EXAMPLES:
            examples.append(Example(entry.position, entry.id, each, entry.values if show_values else None))
