"""What a preview is told of a person in the boxes of its page: facts, record, answers and the day, or what is wrong."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from formkit.cli.loading import day_of, parsed_object, require_record
from formkit.cli.usage import UsageError
from formkit.expressions import UNKNOWN, UNKNOWN_MARK, Choice, Number, YesNo
from formkit.fields.base import JSON
from formkit.form import Fact, Form
from formkit.locales import sentence

_SAMPLE, _BLANK, _UNKNOWN, _GIVEN = "", "$blank", "$unknown", "$given"
_MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a box."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the page with what was written into it, and what is wrong with that.

    `kind` is text, json or date; the options of a `listed` one are all it can be.
    """

    name: str
    label: str
    kind: str
    value: str = ""
    options: Sequence[Option] = ()
    error: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a person; a fact left out is made up, and so is an answer."""

    facts: Mapping[str, JSON]
    answers: Mapping[str, JSON]
    record: Mapping[str, JSON] | None
    today: str


@dataclass
class Notes:
    """What was written into boxes, each under a key made of it; the latest are kept."""

    _kept: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def keep(self, written: Mapping[str, str]) -> str:
        """The key to find it by."""
        key = sha256(json.dumps(sorted(written.items())).encode()).hexdigest()[:12]
        self._kept.pop(key, None)
        self._kept[key] = written
        while len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return key

    def find(self, key: str) -> Mapping[str, str] | None:
        """What is kept under a key."""
        return self._kept.get(key)


def written_of(
    form: Form, facts: Mapping[str, JSON], answers: Mapping[str, JSON], record: Mapping[str, JSON] | None
) -> dict[str, str]:
    """What would have to be written into the boxes to say this."""
    written = {"answers": _json(answers) if answers else "", "record": _json(record) if record else "", "today": ""}
    for fact in form.facts.values():
        if fact.id in facts:
            value = facts[fact.id]
            mode = _UNKNOWN if value is UNKNOWN else _BLANK if value is None else _GIVEN
            told = json.dumps(value) if isinstance(value, bool) else str(value)
            written[f"fact.{fact.id}"] = told if mode == _GIVEN and _is_listed(fact) else mode
            written[f"value.{fact.id}"] = told if mode == _GIVEN else ""
    return written


class Reading:
    """Boxes read for a form: `around` what they say, `faults` what is wrong with them by the name of the box."""

    def __init__(self, form: Form, written: Mapping[str, str], language: str) -> None:
        self.form, self.written, self.language = form, written, language
        self.faults: dict[str, str] = {}
        self.around = Around(dict(self._facts()), self._object("answers") or {}, self._record(), self._today())

    def boxes(self) -> Iterator[Box]:
        """The boxes of the page, in order."""
        for name, kind in (("today", "date"), ("record", "json"), ("answers", "json")):
            yield Box(name, self._say(f"preview.box.{name}"), kind, self._text(name), error=self.faults.get(name, ""))
        for fact in self.form.facts.values():
            name = f"fact.{fact.id}"
            label, told = fact.label.in_(self.language), self._text(f"value.{fact.id}")
            yield Box(
                name, label, "text", told, tuple(self._options(fact)), self.faults.get(name, ""), _is_listed(fact)
            )

    def _options(self, fact: Fact) -> Iterator[Option]:
        chosen = self._chosen(fact)
        yield Option(_SAMPLE, self._say("preview.fact.sample"), chosen == _SAMPLE)
        if isinstance(fact.type, YesNo):
            for value in ("true", "false"):
                label = sentence("interface", "yes" if value == "true" else "no", {}, self.language)
                yield Option(value, label, chosen == value)
        elif isinstance(fact.type, Choice):
            for value in fact.type.values:
                yield Option(value, self._choice_label(fact.type, value), chosen == value)
        else:
            yield Option(_GIVEN, self._say("preview.fact.given"), chosen == _GIVEN)
        yield Option(_BLANK, self._say("preview.fact.blank"), chosen == _BLANK)
        yield Option(_UNKNOWN, self._say("preview.fact.unknown"), chosen == _UNKNOWN)

    def _chosen(self, fact: Fact) -> str:
        """What is chosen for a fact; whoever writes a value means it."""
        chosen = self._text(f"fact.{fact.id}")
        means = chosen == _SAMPLE and not _is_listed(fact) and self._text(f"value.{fact.id}").strip()
        return _GIVEN if means else chosen

    def _choice_label(self, kind: Choice, value: str) -> str:
        lists = (each for each in self.form.choices.values() if each.by_value.keys() >= set(kind.values))
        found = next(lists, None)
        return found.label(value, self.language) if found else value

    def _facts(self) -> Iterator[tuple[str, JSON]]:
        for fact in self.form.facts.values():
            name = f"fact.{fact.id}"
            chosen = self._chosen(fact)
            if chosen in (_SAMPLE, _BLANK, _UNKNOWN):
                if chosen:
                    yield fact.id, UNKNOWN if chosen == _UNKNOWN else None
                continue
            value = _value_of(fact, self._text(f"value.{fact.id}").strip() if chosen == _GIVEN else chosen)
            if value is None or not fact.type.fits(value):
                self.faults[name] = self._say("wrong_fact", name=fact.label, wanted=fact.type.called)
            else:
                yield fact.id, value

    def _object(self, name: str) -> dict[str, JSON] | None:
        text = self._text(name).strip()
        if not text:
            return None
        try:
            return parsed_object(text, self._say(f"preview.box.{name}"))
        except UsageError as wrong:
            self.faults[name] = self._say(wrong.code, **wrong.params)
            return None

    def _record(self) -> dict[str, JSON] | None:
        record = self._object("record")
        try:
            require_record(record, self.form, self._say("preview.box.record"))
        except UsageError as wrong:
            self.faults["record"] = self._say(wrong.code, **wrong.params)
            return None
        return record

    def _today(self) -> str:
        try:
            return day_of(self._text("today").strip() or None, self.form)
        except UsageError as wrong:
            self.faults["today"] = self._say(wrong.code, **wrong.params)
            return day_of(None, self.form)

    def _text(self, name: str) -> str:
        return self.written.get(name, "")

    def _say(self, code: str, **params: object) -> str:
        return sentence("cli", code, params, self.language)


def _is_listed(fact: Fact) -> bool:
    return isinstance(fact.type, YesNo | Choice)


def _value_of(fact: Fact, text: str) -> JSON:
    """A fact's value as it is written in a box; None where it is none."""
    if isinstance(fact.type, YesNo):
        return {"true": True, "false": False}.get(text)
    if isinstance(fact.type, Number):
        try:
            number = Decimal(text)
            whole = number.quantize(Decimal(1).scaleb(-fact.type.scale))
        except InvalidOperation:
            return None
        return None if number != whole else int(whole) if fact.type.scale == 0 else str(whole)
    return text or None


def _json(value: Mapping[str, JSON]) -> str:
    marked = {name: UNKNOWN_MARK if each is UNKNOWN else each for name, each in value.items()}
    return json.dumps(marked, ensure_ascii=False, indent=1)
