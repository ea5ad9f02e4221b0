"""A cursor in a file's outline → what it names there, and what could be written there instead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic.fields import FieldInfo

from formkit.expressions import BUILT_IN, RuleFunction
from formkit.fields import FIELD_TYPES
from formkit.lsp.cursor import Cursor
from formkit.lsp.keys import keys_at
from formkit.lsp.outline import Declared, Outline

LANGUAGE_WORDS = ("and", "or", "not", "in", "is blank", "is not blank", "if", "else", "yes", "no")
OVER_ROWS = ("any", "all", "count", "sum", "min", "max", "unique")
_RULE_KEY = re.compile(r"\w+_(?:when|unless)|when|rule|value")
_LOOP = re.compile(r"\bfor\s+(\w+)\s+in\s+([\w.]+)")
_COMPARED = re.compile(r"([\w.\u4e00-\u9fff]+)\s*(?:==|!=|not\s+in|in)\s*\(?(?:\s*['\"][^'\"]*['\"]\s*,)*\s*['\"]?$")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the form language with its meaning."""

    name: str
    info: FieldInfo


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that could be written, and what it is."""

    text: str
    thing: Declared | RuleFunction | Key | None = None


class Meaning:
    """What may be said of one position; `outline` is the document it stands in."""

    def __init__(self, outline: Outline, cursor: Cursor) -> None:
        self._outline, self._cursor = outline, cursor
        self._short = _short_form(cursor)
        self._in_rule = not self._short and not cursor.on_key and bool(_RULE_KEY.fullmatch(cursor.key))

    def thing(self) -> Declared | RuleFunction | Key | None:
        """What the word at the position stands for."""
        cursor, word = self._cursor, self._cursor.word
        if self._short:
            name = word if cursor.on_key else cursor.key
            declared = self._named(name)
            return declared if cursor.on_key else self._choices(declared).get(word)
        if self._in_rule:
            function = BUILT_IN[word] if word in BUILT_IN else None  # noqa: SIM401 - the look-up is typed
            return self._choices(self._compared()).get(word) or self._named(word) or function
        if cursor.on_key:
            return self._key(cursor.path) if cursor.whole else None
        if cursor.key == "choices":
            return self._outline.lists.get(word)
        return self._beside().get(word) if cursor.key == "at" else None

    def proposals(self) -> Iterator[Proposal]:
        """What could be written at the position."""
        cursor = self._cursor
        if self._short:
            found = self._names() if cursor.on_key else self._choices(self._named(cursor.key)).items()
            yield from (Proposal(text, thing) for text, thing in found)
        elif self._in_rule:
            yield from self._in_a_rule()
        elif cursor.on_key:
            path = cursor.path[:-1] if cursor.whole else cursor.path
            yield from (Proposal(name, Key(name, info)) for name, info in self._keys(path).items())
            yield from (Proposal(name, thing) for name, thing in self._parts_of_base(path).items())
        elif self._outline.variant and cursor.key in ("after", "before", "remove"):
            around = self._parts_of_base(self._holder(cursor.path[:-1]))
            yield from (Proposal(name, thing) for name, thing in around.items())
        elif cursor.key == "choices":
            yield from (Proposal(name, thing) for name, thing in self._outline.lists.items())
        elif cursor.key == "type":
            yield from (Proposal(name) for name in FIELD_TYPES)
        elif cursor.key == "at":
            yield from (Proposal(name, thing) for name, thing in self._beside().items())

    def _parts_of_base(self, path: Sequence[str]) -> Mapping[str, Declared]:
        """In a variant: what of the base may be changed below a path of keys."""
        if not self._outline.variant or not path:
            return {}
        if len(path) == 1:
            known = {"steps": self._outline.steps, "facts": self._outline.facts, "choices": self._outline.lists}
            return known.get(path[0], {})
        if path[0] == "choices" and path[1] in self._outline.lists:
            return self._outline.lists[path[1]].inner
        if path[0] == "steps" and path[-1] == "fields" and path[1] in self._outline.steps:
            held = [path[at + 1] for at, key in enumerate(path[:-1]) if key == "fields"]
            fields = self._outline.steps[path[1]].inner
            return fields if not held else fields[held[0]].inner if held[0] in fields else {}
        return {}

    def _holder(self, path: Sequence[str]) -> Sequence[str]:
        """The path of the parts beside the one at a path, or of those in it where these are what can be left out."""
        if self._cursor.key == "remove":
            return [*path, "fields"] if path else ["steps"]
        return path[:-1]

    def _in_a_rule(self) -> Iterator[Proposal]:
        choices = self._choices(self._compared())
        if choices:
            quoted = self._cursor.before.rstrip()[-1:] in ("'", '"')
            yield from (Proposal(value if quoted else f"'{value}'", thing) for value, thing in choices.items())
            return
        yield from (Proposal(name, thing) for name, thing in self._names())
        yield from (Proposal(name, function) for name, function in BUILT_IN.items())
        yield from (Proposal(word) for word in (*OVER_ROWS, "today", "date", *LANGUAGE_WORDS))

    def _names(self) -> Iterator[tuple[str, Declared]]:
        """Every name a rule may say here."""
        for name, rows in self._loops():
            yield from ((f"{name}.{id_}", inner) for id_, inner in rows.inner.items())
        yield from self._row().items()
        for id_, declared in self._outline.fields.items():
            yield id_, declared
            if declared.type == "group":
                yield from ((f"{id_}.{name}", inner) for name, inner in declared.inner.items())
        yield from ((f"facts.{id_}", fact) for id_, fact in self._outline.facts.items())
        yield from ((f"record.{id_}", declared) for id_, declared in self._outline.fields.items())

    def _named(self, word: str) -> Declared | None:
        first, _, rest = word.partition(".")
        if first == "facts":
            return self._outline.facts.get(rest)
        if first == "record":
            return self._inside(self._outline.fields, rest)
        loops = dict(self._loops())
        if first in loops:
            return loops[first].inner.get(rest) if rest else loops[first]
        return self._inside(self._row(), word) or self._inside(self._outline.fields, word)

    def _inside(self, fields: Mapping[str, Declared], word: str) -> Declared | None:
        first, _, rest = word.partition(".")
        found = fields.get(first)
        return found.inner.get(rest, found) if found and rest else found

    def _row(self) -> Mapping[str, Declared]:
        """The columns of the rows, or the fields of the group, that one stands in."""
        path = self._cursor.path
        ids = [path[at + 1] for at, key in enumerate(path[:-1]) if key == "fields"]
        holder = self._outline.fields.get(ids[0]) if ids else None
        inside = len(ids) > 1 or (holder is not None and holder.type == "group" and "checks" in path)
        return holder.inner if holder and inside else {}

    def _beside(self) -> Mapping[str, Declared]:
        return self._row() or self._outline.fields

    def _loops(self) -> Iterator[tuple[str, Declared]]:
        for name, rows in _LOOP.findall(self._cursor.line):
            declared = self._inside(self._outline.fields, rows.removeprefix("record."))
            if declared is not None:
                yield name, declared

    def _compared(self) -> Declared | None:
        """What the value at the position is compared with."""
        found = _COMPARED.search(self._cursor.before)
        return self._named(found[1]) if found else None

    def _choices(self, declared: Declared | None) -> Mapping[str, Declared]:
        return self._outline.choices_of(declared) if declared else {}

    def _key(self, path: Sequence[str]) -> Declared | Key | None:
        info = self._keys(path[:-1]).get(path[-1]) if path else None
        if info is not None:
            return Key(path[-1], info)
        if len(path) > 1 and path[-2] == "fields":
            return self._row().get(path[-1]) or self._outline.fields.get(path[-1])
        if len(path) > 1 and path[-2] in ("facts", "steps"):
            return (self._outline.facts if path[-2] == "facts" else self._outline.steps).get(path[-1])
        return None

    def _keys(self, path: Sequence[str]) -> Mapping[str, FieldInfo]:
        ids = [path[at + 1] for at, key in enumerate(path[:-1]) if key == "fields"]
        declared = self._outline.fields.get(ids[0]) if ids else None
        if declared is not None and len(ids) > 1:
            declared = declared.inner.get(ids[1])
        return keys_at(path, self._outline.kind, declared.type if declared else "", variant=self._outline.variant)


def _short_form(cursor: Cursor) -> bool:
    """Whether one stands in {field: value} below a key that takes a rule."""
    above = cursor.path[:-1]
    if cursor.on_key and not cursor.whole:
        above = cursor.path
    return bool(above) and bool(_RULE_KEY.fullmatch(above[-1])) and above[-1] != "value"
