"""A rule and what it read → the parts of it that decided, with their values; it knows nothing of forms."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from formkit.explain.reasons import Operand, Reason, RowReason, Value
from formkit.expressions import UNKNOWN, Choices, Context, Number, Rule, RuleFunction, YesNo
from formkit.expressions.interpret import Reading, interpret
from formkit.expressions.ir import Node
from formkit.expressions.runtime import decimal_text
from formkit.fields.base import JSON
from formkit.form import ROW_ID

ValueOf = Callable[[str, JSON], Value]
"""A name that a rule read and the value it found → that value with its origin."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be shown of a condition: that it is definitely `truth` (`met`), or that it is not.

    Without a `truth` all that made it what it is.
    """

    truth: bool | None = None
    met: bool = True

    @property
    def opposite(self) -> "Claim":
        """The same said of the negation."""
        return self if self.truth is None else Claim(not self.truth, self.met)

    def of(self, answer: JSON) -> "Claim":
        """The claim that a part with this answer is to show."""
        return Claim(answer, True) if self.truth is None and answer is not UNKNOWN else self

    def rests_on(self, answer: JSON) -> bool:
        """Whether a part with this answer is one of those that decided."""
        return self.truth is None or (answer is self.truth) is self.met


def decided(
    rule: Rule,
    claim: Claim,
    values: Mapping[str, JSON],
    row: Mapping[str, JSON] | None,
    context: Context,
    value_of: ValueOf,
    row_path: str = "",
) -> Reason:
    """Why a condition is what it is, as far as the claim asks."""
    return _deciding(rule, values, row, context, value_of, row_path).reason(rule.tree, claim)


def worked_out(
    rule: Rule,
    values: Mapping[str, JSON],
    row: Mapping[str, JSON] | None,
    context: Context,
    value_of: ValueOf,
    row_path: str = "",
) -> Operand:
    """How a rule's value came about."""
    return _deciding(rule, values, row, context, value_of, row_path).operand(rule.tree)


def _deciding(
    rule: Rule,
    values: Mapping[str, JSON],
    row: Mapping[str, JSON] | None,
    context: Context,
    value_of: ValueOf,
    row_path: str,
) -> "_Deciding":
    functions = {name: RuleFunction(name, (), YesNo(), python=rule.called[f"_f_{name}"]) for name in rule.functions}
    return _Deciding(rule.text, Reading(values, row, context, functions), value_of, {"row": row_path})


@dataclass(frozen=True)
class _Deciding:
    """Looks into one rule; `paths` are those of the row it belongs to and of the rows its loops stand at."""

    text: str
    reading: Reading
    value_of: ValueOf
    paths: Mapping[str | int, str] = field(default_factory=dict)

    def answer(self, node: Node) -> JSON:
        return interpret(node, self.reading)

    def reason(self, node: Node, claim: Claim) -> Reason:
        """What decided a condition."""
        answer = self.answer(node)
        found = Reason(node.op, answer, self.text[node.start : node.end])
        looked = _INTO.get(node.op, _Deciding._into_comparison)(self, node, claim.of(answer))
        return replace(found, **looked)

    def operand(self, node: Node) -> Operand:
        """What decided a value."""
        value = _as_json(self.answer(node), node)
        found = Operand(self.text[node.start : node.end], value, node.type)
        core = _core(node)
        if core.op == "const":
            return replace(found, written=True)
        if core.op in ("get", "today"):
            read = self._read(core)
            return replace(found, value=read.value, plain=True, values=(read,))
        if core.is_condition:
            return replace(found, reasons=(self.reason(core, Claim()),))
        if core.op == "if":
            return self._chosen(core, found)
        if core.op in ("count", "sum", "min", "max"):
            return self._over_rows(core, found)
        return self._joined(found, [self.operand(part) for part in _nodes(core.args)])

    def _joined(self, found: Operand, operands: Iterable[Operand]) -> Operand:
        parts = list(operands)
        return replace(
            found,
            values=tuple(value for part in parts for value in part.values),
            reasons=tuple(reason for part in parts for reason in part.reasons),
            rows=tuple(row for part in parts for row in part.rows),
        )

    def _chosen(self, node: Node, found: Operand) -> Operand:
        condition, first, second = node.args
        answer = self.answer(condition)
        why = self.reason(condition, Claim())
        if answer is UNKNOWN:
            return replace(found, reasons=(why,))
        chosen = self.operand(first if answer else second)
        return replace(found, values=chosen.values, reasons=(why, *chosen.reasons), rows=chosen.rows)

    def _read(self, node: Node) -> Value:
        if node.op == "today":
            return self.value_of("today", self.reading.context.today)
        where, path = node.args
        name = ".".join(path)
        if where in ("facts", "record"):
            name = f"{where}.{name}"
        elif where != "values":
            name = f"{self.paths[where]}.{name}"
        return self.value_of(name, self.answer(node))

    def _into_junction(self, node: Node, claim: Claim) -> dict[str, Any]:
        """`and`, `or`: the parts that decided; one that settles it by itself leaves out those that are unknown."""
        absorbing = node.op == "or"
        settling = [part for part in node.args if self.answer(part) is absorbing]
        parts = settling if claim == Claim(not absorbing, False) and settling else node.args
        return {"parts": tuple(self._decisive([(part, False) for part in parts], claim))}

    def _decisive(self, parts: Iterable[tuple[Node, bool]], claim: Claim) -> Iterator[Reason]:
        """What decided of some parts, each with whether its negation is meant."""
        for part, negated in parts:
            told = claim.opposite if negated else claim
            if told.rests_on(self.answer(part)):
                yield self.reason(part, told)

    def _into_not(self, node: Node, claim: Claim) -> dict[str, Any]:
        return {"parts": (self.reason(node.args[0], claim.opposite),)}

    def _into_if(self, node: Node, claim: Claim) -> dict[str, Any]:
        condition, first, second = node.args
        answer, why = self.answer(condition), self.reason(condition, Claim())
        return {"parts": (why,) if answer is UNKNOWN else (why, self.reason(first if answer else second, claim))}

    def _into_comparison(self, node: Node, _claim: Claim) -> dict[str, Any]:
        """What is compared; where that is unknown, what is blank or unknown of it."""
        operands = [self.operand(part) for part in node.args if isinstance(part, Node)]
        among = node.args[1] if node.op == "in" else ()
        if self.answer(node) is UNKNOWN:
            operands = [each for each in operands if each.value is None or each.value is UNKNOWN] or operands
        return {"operands": tuple(operands), "among": tuple(among)}

    def _into_any(self, node: Node, claim: Claim) -> dict[str, Any]:
        """`any`: each row is the filter and the condition; `all`: it is the condition or not the filter."""
        rows, index, condition, chosen = node.args
        parts = [(condition, False)] if chosen is None else [(chosen, node.op == "all"), (condition, False)]
        found = []
        for here, name, number in self._rows(rows, index):
            if claim.rests_on(_row_answer(node.op, [(here.answer(part), negated) for part, negated in parts])):
                found.append(RowReason(name, number, reasons=tuple(here._decisive(parts, claim))))
        return {"rows": tuple(found), "operands": (self.operand(rows),)}

    def _into_unique(self, node: Node, claim: Claim) -> dict[str, Any]:
        rows, index, keys, chosen, _ = node.args
        found, seen = [], []
        for here, name, number in self._rows(rows, index):
            reason = () if chosen is None else (here.reason(chosen, Claim()),)
            taken = chosen is None or here.answer(chosen) is True
            operands = tuple(here.operand(key) for key in keys) if taken else ()
            found.append(RowReason(name, number, taken, reason, operands))
            seen.append(tuple(repr(here.answer(key)) for key in keys) if taken else (name,))
            if taken and any(here.answer(key) in (None, UNKNOWN) for key in keys):
                seen[-1] = (name,)
        if claim == Claim(False, True):
            found = [row for row, key in zip(found, seen, strict=True) if seen.count(key) > 1]
        return {"rows": tuple(found), "operands": (self.operand(rows),)}

    def _over_rows(self, node: Node, found: Operand) -> Operand:
        """`count`, `sum`, `min`, `max`: what every row gave, and why it was or was not counted."""
        rows, index, *element, chosen, _ = node.args
        listed = self.operand(rows)
        if isinstance(rows.type, Choices):
            return replace(found, values=listed.values)
        given = []
        for here, name, number in self._rows(rows, index):
            answer = True if chosen is None else here.answer(chosen)
            reasons = () if chosen is None else (here.reason(chosen, Claim()),)
            operands = tuple(here.operand(part) for part in element) if answer is True else ()
            given.append(RowReason(name, number, answer is True, reasons, operands))
        return replace(found, values=listed.values, rows=tuple(given))

    def _rows(self, rows: Node, index: int) -> Iterator[tuple["_Deciding", str, int]]:
        """Each row of a loop: this, standing at it, with its instance path and its number."""
        base = self._read(rows).name
        for number, row in enumerate(self.answer(rows) or (), 1):
            name = f"{base}.{row.get(ROW_ID, number)}"
            paths = {**self.paths, index: name}
            yield replace(self, reading=self.reading.at(index, row), paths=paths), name, number


_INTO: Mapping[str, Callable[[_Deciding, Node, Claim], dict[str, Any]]] = {
    "and": _Deciding._into_junction,
    "or": _Deciding._into_junction,
    "not": _Deciding._into_not,
    "if": _Deciding._into_if,
    "any": _Deciding._into_any,
    "all": _Deciding._into_any,
    "unique": _Deciding._into_unique,
}


def _row_answer(op: str, answers: Iterable[tuple[JSON, bool]]) -> JSON:
    """What one row says, of the answers of its filter (negated where the mark says so) and its condition."""
    said = [answer if answer is UNKNOWN or not negated else not answer for answer, negated in answers]
    absorbing = op == "all"
    if absorbing in said:
        return absorbing
    return UNKNOWN if UNKNOWN in said else not absorbing


def _core(node: Node) -> Node:
    """The node without the steps between decimal text and scaled whole numbers."""
    while node.op in ("scaled", "text", "yes") and isinstance(node.args[0], Node):
        node = node.args[0]
    return node


def _nodes(args: Iterable[Any]) -> Iterator[Node]:
    for part in args:
        if isinstance(part, Node):
            yield part
        elif isinstance(part, tuple):
            yield from _nodes(part)


def _as_json(value: JSON, node: Node) -> JSON:
    scaled = isinstance(node.type, Number) and node.type.scale > 0 and isinstance(value, int)
    return decimal_text(value, node.type.scale) if scaled else value  # type: ignore[attr-defined]
