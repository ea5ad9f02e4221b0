"""The short form of a condition, {employment_status: student}, → the Rule it stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from formkit.expressions.names import Names
from formkit.expressions.problems import Problem, Refused, ShortProblem
from formkit.expressions.rule import Rule, rule_of
from formkit.expressions.scan import Kind, scan
from formkit.expressions.scope import Scope
from formkit.expressions.syntax import (
    Call,
    Comparison,
    Items,
    Junction,
    Name,
    Negative,
    NumberLiteral,
    Syntax,
    TextLiteral,
    TruthLiteral,
)
from formkit.expressions.types import Choice, Choices, Date, Month, Number, Text, Type, YesNo

_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


def parse_short_form(mapping: Mapping[str, Any], scope: Scope) -> Rule | tuple[ShortProblem, ...]:
    """The rule that all entries hold: `{field: value}`, or `{field: [value, value]}` for any of several values.

    For a field that holds several choices it is enough that one of the values is among them.
    """
    if not mapping:
        return (ShortProblem("rule-empty", ""),)
    writer = _Writer(scope)
    parts = [part for key, value in mapping.items() if (part := writer.entry(str(key), value)) is not None]
    if writer.problems:
        return tuple(writer.problems)
    tree = parts[0] if len(parts) == 1 else Junction(0, len(writer.text), "and", tuple(parts))
    rule = rule_of(writer.text, tree, scope, YesNo())
    return rule if isinstance(rule, Rule) else tuple(writer.placed(problem) for problem in rule)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    key: str
    index: int | None


class _Writer:
    """Writes the rule out in the long spelling, and remembers which characters came from which entry."""

    def __init__(self, scope: Scope) -> None:
        self.text = ""
        self.problems: list[ShortProblem] = []
        self._scope = scope
        self._spans: list[_Span] = []
        self._key = ""
        self._index: int | None = None

    def entry(self, key: str, value: object) -> Syntax | None:
        """One entry as syntax; None where it is a problem."""
        start = len(self.text) if not self.text else self._write(" and ")
        try:
            name = self._name(key)
            part = self._compared(name, self._kind(name), value)
        except Refused as refused:
            self.problems.append(ShortProblem(refused.problem.code, key, self._index, refused.problem.params))
            return None
        self._spans.append(_Span(start, len(self.text), key, None))
        return part

    def placed(self, problem: Problem) -> ShortProblem:
        """The entry, and the value in it, that a problem lies in."""
        for span in self._spans:
            if span.start <= problem.start and problem.end <= span.end:
                return ShortProblem(problem.code, span.key, span.index, problem.params)
        return ShortProblem(problem.code, self._spans[0].key, None, problem.params)

    def _name(self, key: str) -> Name:
        self._index = None
        self._key = key
        tokens = scan(key, _Anything())
        if isinstance(tokens, tuple):
            raise Refused(tokens[0].code, 0, 0, **tokens[0].params)
        words, dots = tokens[:-1:2], tokens[1:-1:2]
        if len(tokens) % 2 or any(word.kind is not Kind.WORD for word in words) or any(dot.text != "." for dot in dots):
            raise Refused("short-key", 0, 0, found=key)
        start = len(self.text)
        return Name(start, self._write(key.strip()), tuple(word.text for word in words))

    def _kind(self, name: Name) -> Type:
        return Names(self._scope).get(name).type

    def _compared(self, name: Name, kind: Type, value: object) -> Syntax:
        if not isinstance(value, Sequence) or isinstance(value, str):
            return self._one(name, kind, value, None)
        if not value:
            raise Refused("empty-list", 0, 0)
        if isinstance(kind, Choices):
            return self._any_of(name, kind, value)
        self._write(" in (")
        items = []
        for index, item in enumerate(value):
            if index:
                self._write(", ")
            items.append(self._literal(kind, item, index))
        end = self._write(")")
        return Comparison(name.start, end, ("in",), (name, Items(items[0].start - 1, end, tuple(items))))

    def _any_of(self, name: Name, kind: Choices, values: Sequence[object]) -> Syntax:
        """skills: [a, b] → ('a' in skills or 'b' in skills)"""
        written = self.text[name.start :]
        self.text = self.text[: name.start] + "("
        parts = []
        for index, value in enumerate(values):
            if index:
                self._write(" or ")
            parts.append(self._within(written, name, kind, value, index))
        self._write(")")
        return parts[0] if len(parts) == 1 else Junction(parts[0].start, parts[-1].end, "or", tuple(parts))

    def _within(self, written: str, name: Name, kind: Type, value: object, index: int | None) -> Syntax:
        literal = self._literal(kind, value, index)
        self._write(" in ")
        start = len(self.text)
        several = Name(start, self._write(written), name.path)
        return Comparison(literal.start, several.end, ("in",), (literal, several))

    def _one(self, name: Name, kind: Type, value: object, index: int | None) -> Syntax:
        if isinstance(kind, Choices):
            written = self.text[name.start :]
            self.text = self.text[: name.start]
            return self._within(written, name, kind, value, index)
        self._write(" == ")
        literal = self._literal(kind, value, index)
        return Comparison(name.start, literal.end, ("==",), (name, literal))

    def _literal(self, kind: Type, value: object, index: int | None) -> Syntax:
        self._index = index
        start = len(self.text)
        literal = self._typed(kind, value, start)
        self._spans.append(_Span(start, len(self.text), self._key, index))
        self._index = None
        return literal

    def _typed(self, kind: Type, value: object, start: int) -> Syntax:
        if value is None:
            raise Refused("short-blank", 0, 0, name=self._key)
        if isinstance(kind, YesNo) and (isinstance(value, bool) or value in _TRUTHS):
            truth = value if isinstance(value, bool) else _TRUTHS[str(value)]
            return TruthLiteral(start, self._write("yes" if truth else "no"), truth)
        if isinstance(kind, Number) and _is_number(value):
            return self._number(str(value), start)
        if isinstance(kind, Text | Choice | Choices) and isinstance(value, str | int) and not isinstance(value, bool):
            return TextLiteral(start, self._write(_quoted(str(value))), str(value))
        if isinstance(kind, Date | Month) and isinstance(value, str):
            return self._date(value, start)
        raise Refused("short-value", 0, 0, name=self._key, found=str(value), called=kind.called)

    def _number(self, digits: str, start: int) -> Syntax:
        if digits.startswith("-"):
            self._write("-")
            inner = self._number(digits[1:], start + 1)
            return Negative(start, inner.end, inner)
        return NumberLiteral(start, self._write(digits), digits, 1)

    def _date(self, value: str, start: int) -> Syntax:
        self._write("date(")
        literal = TextLiteral(start + 5, self._write(_quoted(value)), value)
        return Call(start, self._write(")"), Name(start, start + 4, ("date",)), (literal,))

    def _write(self, piece: str) -> int:
        self.text += piece
        return len(self.text)


class _Anything:
    """Every word is a name here: keys are looked up afterwards."""

    def __contains__(self, word: object) -> bool:
        return True


def _is_number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, str):
        whole, _, places = value.removeprefix("-").partition(".")
        return (whole + places).isdecimal() and whole.isascii() and places.isascii() and len(whole + places) < 17
    return isinstance(value, int) or (isinstance(value, Decimal) and value.is_finite())


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
