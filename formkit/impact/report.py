"""What was counted, as text for people and as JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from formkit.diagnostics import Place
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.impact.entries import Unreadable
from formkit.impact.judging import Effect, Kind
from formkit.impact.running import Outcome
from formkit.impact.tally import BLANK, THE_REST, Example, Part
from formkit.issues import Level
from formkit.locales import issue_sentence, sentence

_MOST_PARTS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: which records, by which editions, on which day, parted by what; `unused` columns of the table."""

    source: str
    new: Form
    old: Form | None
    today: str
    by: Sequence[str] = ()
    unused: Sequence[str] = ()


class Report:
    """The outcome in one language."""

    def __init__(self, asked: Asked, outcome: Outcome, language: str) -> None:
        self.asked, self.outcome, self.tally, self.language = asked, outcome, outcome.tally, language

    def text(self) -> str:
        """For a terminal."""
        lines = [self.title(), *self.about(), ""]
        lines += [f"{self.count(count)}  {self.share(count)}  {label}" for label, count in self.figures()]
        lines += [f"  {note}" for note in self.notes()]
        for effect, kinds in self.by_effect():
            lines += ["", self.say(f"effect.{effect}"), f"  {self.say(f'effect.{effect}.about')}"]
            for kind in kinds:
                lines += self._kind_lines(kind)
        for by in self.asked.by:
            lines += ["", self.part_title(by), *self._part_lines(by)]
        if self.tally.unreadable:
            lines += ["", self.say("unreadable.title", count=self.tally.unreadable)]
            lines += [f"  {told}" for told in self.unreadable()]
        return "\n".join(map(_harmless, lines)) + "\n"

    def json(self) -> JSON:
        """For programs."""
        old, new, whole = self.asked.old, self.asked.new, self.tally.whole
        return {
            "form": new.id,
            "new": {"edition": new.edition, "file": new.place.file},
            "old": None if old is None else {"edition": old.edition, "file": old.place.file},
            "source": self.asked.source,
            "today": self.asked.today,
            "complete": self.outcome.complete,
            "records": whole.records,
            "untouched": self.tally.untouched,
            "warned": self.tally.warned,
            **{str(effect): whole.effects[effect] for effect in Effect},
            "issues": [self._kind_json(kind) for _, kinds in self.by_effect() for kind in kinds],
            "by": {by: self._parts_json(by) for by in self.asked.by},
            "unreadable": self.tally.unreadable,
            "unreadable_told": [
                {"position": each.position, "code": each.code, "sentence": self.why(each)}
                for each in self.tally.told_unreadable
            ],
            "unknown_facts": dict(self.tally.unknown_facts),
            "unused_columns": list(self.asked.unused),
        }

    def title(self) -> str:
        """What this is."""
        return self.say("title", form=self.asked.new.title)

    def about(self) -> Iterator[str]:
        """What was held against what."""
        asked, new, old = self.asked, self.asked.new, self.asked.old
        yield self.say("about", edition=new.edition, file=new.place.file, source=asked.source, today=asked.today)
        if old is not None:
            yield self.say("about.old", edition=old.edition, file=old.place.file)
        if not self.outcome.complete:
            yield self.say("interrupted")

    def figures(self) -> list[tuple[str, int]]:
        """What was counted, each with its label; only the first two do not overlap with others."""
        effects = self.tally.whole.effects
        found = [(self.say("records"), self.tally.whole.records), (self.say("untouched"), self.tally.untouched)]
        found += [(self.say(Effect.ASKED), effects[Effect.ASKED]), (self.say("warned"), self.tally.warned)]
        return found + [(self.say(effect), effects[effect]) for effect in (Effect.KEPT, Effect.DROPPED)]

    def notes(self) -> Iterator[str]:
        """What may make the figures other than they seem."""
        for name, count in sorted(self.tally.unknown_facts.items()):
            fact = self.asked.new.facts[name]
            yield self.say("unknown_fact", name=name, label=fact.label, count=f"{count:,}")
        if self.asked.unused:
            yield self.say("unused", names=", ".join(self.asked.unused))

    def by_effect(self) -> Iterator[tuple[Effect, list[Kind]]]:
        """What was found, the commonest first; effects without a record left out."""
        counts, position = self.tally.whole.kinds, self.asked.new.reading_position
        for effect in Effect:
            kinds = [kind for kind in counts if kind.effect is effect]
            if kinds:
                last = len(position)
                yield effect, sorted(kinds, key=lambda k: (-counts[k], position.get(k.path, last), k.path, k.code))

    def sentence_of(self, kind: Kind) -> str:
        """What people read, as the first of them does."""
        issue = self.tally.examples[kind][0].found.issue
        if kind.effect is Effect.DROPPED:
            return self.say(f"dropped.{kind.code}")
        return issue_sentence(issue, self.language)

    def name_of(self, kind: Kind) -> str:
        """The field's label, with its group's or rows'; its path if the form has none of that name."""
        parts = kind.path.split(".")
        paths = [".".join(parts[: number + 1]) for number in range(len(parts))]
        forms = (form for form in (self.asked.new, self.asked.old) if form is not None)
        fields = next((form.fields for form in forms if form.fields.keys() >= set(paths)), None)
        if fields is None:
            return kind.path or self.say("whole_form")
        return " · ".join(fields[each].label.in_(self.language) for each in paths)

    def examples(self, kind: Kind) -> Iterator[str]:
        """Records that show it, each by its number in the source."""
        for example in self.tally.examples[kind]:
            where = self.say("example.id" if example.id else "example", id=example.id, position=example.position)
            path = f" {example.found.path}" if example.found.path != kind.path else ""
            values = "" if example.values is None else " " + json.dumps(example.values, ensure_ascii=False)
            yield f"{where}{path}{values}"

    def part_title(self, by: str) -> str:
        """What the records are parted by."""
        field = self.asked.new.fields.get(by)
        return self.say("by", label=field.label if field else self.say(f"by.{by}"), name=by)

    def parts(self, by: str) -> list[tuple[str, Part]]:
        """The parts, those with most records that are asked something first."""
        found = self.tally.parts.get(by, {})
        heavy = [[-found[value].effects[effect] for effect in Effect] for value in found]
        ordered = sorted(zip(heavy, found, strict=True), key=lambda each: (each[0], -found[each[1]].records, each[1]))
        return [(self.part_name(by, value), found[value]) for _, value in ordered]

    def part_name(self, by: str, value: str) -> str:
        """A value as people read it."""
        if value in (BLANK, THE_REST):
            return self.say("part.blank" if value == BLANK else "part.rest")
        found, field = json.loads(value), self.asked.new.fields.get(by)
        if field is None or not field.type.rule_type().fits(found):
            return found if isinstance(found, str) else value
        return field.type.format(found, self.language)

    def unreadable(self) -> Iterator[str]:
        """Where nothing could be read, and why; the first of many."""
        for each in self.tally.told_unreadable:
            yield self.say("unreadable.at", position=each.position, why=self.why(each))
        more = self.tally.unreadable - len(self.tally.told_unreadable)
        if more:
            yield self.say("unreadable.more", count=more)

    def why(self, unreadable: Unreadable) -> str:
        """Why nothing could be read there."""
        return self.say(unreadable.code, **unreadable.params)

    def share(self, count: int) -> str:
        """A count as a share of all records."""
        records = self.tally.whole.records
        return f"{count / records:7.2%}" if records else "       "

    def count(self, count: int) -> str:
        """A count, with room for the greatest."""
        return f"{count:>{len(f'{self.tally.whole.records:,}') + 2},}"

    def say(self, code: str, **params: object) -> str:
        """A sentence of this room."""
        return sentence("impact", code, params, self.language)

    def _kind_lines(self, kind: Kind) -> Iterator[str]:
        count = self.tally.whole.kinds[kind]
        code = "kind.warning" if kind.level is Level.WARNING else "kind"
        told = self.say(code, name=self.name_of(kind), told=self.sentence_of(kind))
        yield f"{self.count(count)}  {self.share(count)}  {told}"
        named = "  ".join(filter(None, (kind.code, kind.path, str(kind.place) if kind.place else "")))
        yield f"{'':14}{named}"
        yield f"{'':14}{self.say('examples', told=self.say('between').join(self.examples(kind)))}"

    def _part_lines(self, by: str) -> Iterator[str]:
        parts = self.parts(by)
        for name, part in parts[:_MOST_PARTS_SHOWN]:
            counts = {str(effect): f"{part.effects[effect]:,}" for effect in Effect}
            yield f"  {self.say('part', name=name, records=f'{part.records:,}', **counts)}"
        if len(parts) > _MOST_PARTS_SHOWN:
            yield f"  {self.say('part.more', count=len(parts) - _MOST_PARTS_SHOWN)}"

    def _kind_json(self, kind: Kind) -> JSON:
        return {
            "effect": str(kind.effect),
            "level": str(kind.level),
            "code": kind.code,
            "path": kind.path,
            "place": place_json(kind.place),
            "sentence": self.sentence_of(kind),
            "records": self.tally.whole.kinds[kind],
            "examples": [_example_json(example) for example in self.tally.examples[kind]],
        }

    def _parts_json(self, by: str) -> JSON:
        """Each value with its counts; `issues` has the counts by the position of an issue in the list of all."""
        order = [kind for _, kinds in self.by_effect() for kind in kinds]
        return [
            {
                "value": json.loads(value) if value != THE_REST else None,
                "rest": value == THE_REST,
                "label": self.part_name(by, value),
                "records": part.records,
                **{str(effect): part.effects[effect] for effect in Effect},
                "issues": {str(number): part.kinds[kind] for number, kind in enumerate(order) if part.kinds[kind]},
            }
            for value, part in sorted(self.tally.parts.get(by, {}).items())
        ]


def _harmless(line: str) -> str:
    """A line without characters that would steer a terminal: ids and values are somebody else's words."""
    return "".join("\ufffd" if category(each) in ("Cc", "Cf", "Cs") else each for each in line)


def place_json(place: Place | None) -> JSON:
    """A place of a file for programs."""
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}


def _example_json(example: Example) -> JSON:
    found: dict[str, JSON] = {"position": example.position, "id": example.id, "path": example.found.path}
    return found if example.values is None else {**found, "values": dict(example.values)}
