"""Typed nodes → Python code objects: "definitely true" and "definitely false" with native and / or."""

from collections.abc import Callable, Mapping
from typing import Any

from formkit.expressions import runtime
from formkit.expressions.functions import RuleFunction
from formkit.expressions.ir import Node, parts
from formkit.expressions.runtime import UNKNOWN
from formkit.expressions.types import Choices, File, Rows

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_ARITHMETIC = {"+": "_add", "-": "_sub", "*": "_mul", "neg": "_neg", "/": "_div", "scaled": "_scaled", "text": "_text"}
_HEAD = "def {name}(values, row, context):\n return {body}\n"

_BUILT_IN: Mapping[str, Any] = {"any": any, "all": all, "len": len}
RUNTIME: Mapping[str, Any] = {
    "UNKNOWN": UNKNOWN,
    "_EMPTY": {},
    "_call": runtime.call,
    "_fact": runtime.fact,
    "_reach": runtime.reach,
    "_total": runtime.total,
    "_extreme": runtime.extreme,
    "_min": min,
    "_max": max,
    "_unique": runtime.unique,
    "_add": lambda a, b: a + b,
    "_sub": lambda a, b: a - b,
    "_mul": lambda a, b: a * b,
    "_neg": lambda a: -a,
    "_div": runtime.divide,
    "_scaled": runtime.scaled,
    "_text": runtime.decimal_text,
}
"""What the names mean that stand in every written rule."""

Compiled = Callable[[Mapping[str, Any], Mapping[str, Any] | None, Any], Any]


def written(root: Node, outcome: bool | None, row: str = "row") -> str:
    """A rule as one Python expression over `values`, `context` and the variable `row`.

    Whether it is definitely true, or definitely false; for the outcome None its value, None where blank or unknown.
    """
    writer = _Writer(row)
    if outcome is None:
        return f"(None if (v := {writer.value(root)}) is UNKNOWN else v)"
    return writer.true(root) if outcome else writer.false(root)


def compile_condition(root: Node, functions: Mapping[str, RuleFunction]) -> tuple[Compiled, Compiled]:
    """(is definitely true, is definitely false) of a condition."""
    true = _HEAD.format(name="is_true", body=written(root, True))
    false = _HEAD.format(name="is_false", body=written(root, False))
    names = _run(true + false, root, functions)
    return names["is_true"], names["is_false"]


def compile_value(root: Node, functions: Mapping[str, RuleFunction]) -> Compiled:
    """The value of a rule; None where it is blank or unknown."""
    return _run(_HEAD.format(name="value", body=written(root, None)), root, functions)["value"]  # type: ignore[no-any-return]


def _run(source: str, root: Node, functions: Mapping[str, RuleFunction]) -> dict[str, Any]:
    names = {"__builtins__": _BUILT_IN, **RUNTIME, **called_functions(root, functions)}
    # The source is made of this file's own words; everything an author wrote is in it as repr() of a str or int.
    exec(compile(source, "<rule>", "exec"), names)  # noqa: S102
    return names


def called_functions(root: Node, functions: Mapping[str, RuleFunction]) -> dict[str, Any]:
    """The functions a rule calls, by the names under which the written rule finds them."""
    return {f"_f_{name}": functions[name].python for name in function_names(root)}


def function_names(root: Node) -> frozenset[str]:
    """The functions a rule calls."""
    return frozenset(node.args[0] for node in parts(root) if node.op == "call")


class _Writer:
    """Writes one Python expression; a value needed twice is held in a variable of its own."""

    def __init__(self, row: str) -> None:
        self._held, self._row = 0, row

    def true(self, node: Node) -> str:
        """An expression that is True exactly where the condition is definitely true."""
        return self._truth(node, True)

    def false(self, node: Node) -> str:
        """An expression that is True exactly where the condition is definitely false."""
        return self._truth(node, False)

    def _truth(self, node: Node, wanted: bool) -> str:
        op = node.op
        if op in _OPPOSITE:
            return self._compared(op if wanted else _OPPOSITE[op], *node.args)
        if op == "not":
            return self._truth(node.args[0], not wanted)
        if op in ("and", "or"):
            return self._junction(node, wanted, "and" if (op == "and") is wanted else "or")
        if op in ("any", "all"):
            return self._quantified(node, wanted)
        by_op = {"in": self._in, "has": self._has, "blank": self._blank, "yes": self._yes, "unique": self._unique}
        return by_op.get(op, self._if_truth)(node, wanted)

    def _junction(self, node: Node, wanted: bool, word: str) -> str:
        parts = [self._truth(part, wanted) for part in node.args]
        return f"({f' {word} '.join(parts)})" if parts else str(wanted)

    def _compared(self, sign: str, left: Node, right: Node) -> str:
        checks: list[str] = []
        if sign == "==" and "const" in (left.op, right.op):
            a, b = self.value(left), self.value(right)
        elif sign == "==":
            a, b = self._hold(left, checks), self.value(right)
        else:
            a, b = self._hold(left, checks), self._hold(right, checks)
        return f"({' and '.join([*checks, f'{a} {sign} {b}'])})"

    def _hold(self, node: Node, checks: list[str]) -> str:
        """The name under which a value can be used once `checks` hold: it is neither blank nor unknown."""
        if node.op == "const":
            return repr(node.args[0])
        if node.op == "today":
            return "context.today"
        name = self._new_name()
        checks.append(f"({name} := {self.value(node)}) is not None")
        if _may_be_unknown(node):
            checks.append(f"{name} is not UNKNOWN")
        return name

    def _new_name(self) -> str:
        self._held += 1
        return f"h{self._held}"

    def _in(self, node: Node, wanted: bool) -> str:
        value, constants = node.args
        listed = "{" + ", ".join(map(repr, dict.fromkeys(constants))) + "}"
        if wanted:
            return f"({self.value(value)} in {listed})"
        checks: list[str] = []
        held = self._hold(value, checks)
        return f"({' and '.join([*checks, f'{held} not in {listed}'])})"

    def _has(self, node: Node, wanted: bool) -> str:
        checks: list[str] = []
        several, value = (self._hold(part, checks) for part in node.args)
        word = "in" if wanted else "not in"
        return f"({' and '.join([*checks, f'{value} {word} {several}'])})"

    def _blank(self, node: Node, wanted: bool) -> str:
        if wanted:
            return f"({self.value(node.args[0])} is None)"
        checks: list[str] = []
        self._hold(node.args[0], checks)
        return f"({' and '.join(checks)})"

    def _yes(self, node: Node, wanted: bool) -> str:
        return f"({self.value(node.args[0])} is {wanted})"

    def _if_truth(self, node: Node, wanted: bool) -> str:
        condition, first, second = node.args
        then, other = self._truth(first, wanted), self._truth(second, wanted)
        return f"({then} if {self.true(condition)} else {self.false(condition)} and {other})"

    def _quantified(self, node: Node, wanted: bool) -> str:
        rows, index, condition, chosen = node.args
        exists = (node.op == "any") is wanted
        body = self._truth(condition, wanted)
        if chosen is not None:
            body = f"{self.true(chosen)} and {body}" if exists else f"({self.false(chosen)} or {body})"
        return f"{'any' if exists else 'all'}({body} for q{index} in {self._rows(rows)})"

    def _unique(self, node: Node, wanted: bool) -> str:
        rows, index, keys, chosen, strict = node.args
        key = "".join(f"{self.value(part)}, " for part in keys)
        return f"(_unique({self._listed(f'({key})', '(UNKNOWN,)', rows, index, chosen, strict)}) is {wanted})"

    def value(self, node: Node) -> str:
        """An expression for the value: a JSON value, None or UNKNOWN."""
        op = node.op
        if node.is_condition:
            return f"(True if {self.true(node)} else False if {self.false(node)} else UNKNOWN)"
        if op == "const":
            return repr(node.args[0])
        if op == "today":
            return "context.today"
        if op == "get":
            return self._get(node)
        if op in _ARITHMETIC:
            return self._called(_ARITHMETIC[op], node.args)
        if op == "call":
            return self._called(f"_f_{node.args[0]}", node.args[1])
        if op == "if":
            return self._if_value(node)
        return self._aggregate(node)

    def _called(self, function: str, args: tuple[Any, ...]) -> str:
        written = [self.value(part) if isinstance(part, Node) else repr(part) for part in args]
        return f"_call({', '.join([function, *written])})"

    def _get(self, node: Node) -> str:
        where, path = node.args
        if where == "facts":
            return self._fact(path, node)
        start = {"values": "values", "row": f"({self._row} or _EMPTY)", "record": "context.record"}.get(
            where, f"q{where}"
        )
        for part in path[:-1]:
            start = f"({start}.get({part!r}) or _EMPTY)"
        read = f"{start}.get({path[-1]!r})"
        return f"({read} or None)" if isinstance(node.type, Choices | Rows | File) else read

    def _fact(self, path: tuple[str, ...], node: Node) -> str:
        read = f"_fact(context.facts, {path!r})" if len(path) > 1 else f"context.facts.get({path[0]!r}, UNKNOWN)"
        return f"({read} or None)" if isinstance(node.type, Choices | File) else read

    def _if_value(self, node: Node) -> str:
        condition, first, second = node.args
        then, other = self.value(first), self.value(second)
        return f"({then} if {self.true(condition)} else {other} if {self.false(condition)} else UNKNOWN)"

    def _aggregate(self, node: Node) -> str:
        if node.op == "count":
            return self._count(*node.args, listed=isinstance(node.args[0].type, Choices))
        rows, index, element, chosen, strict = node.args
        listed = self._listed(self.value(element), "UNKNOWN", rows, index, chosen, strict)
        return f"_total({listed})" if node.op == "sum" else f"_extreme(_{node.op}, {listed})"

    def _count(self, rows: Node, index: int, chosen: Node | None, strict: bool, *, listed: bool) -> str:
        if listed and rows.asks_facts:
            return f"_call(len, {self.value(rows)} or ())"
        if chosen is None:
            return f"len({self._rows(rows)})"
        return f"_total({self._listed('1', 'UNKNOWN', rows, index, chosen, strict)})"

    def _listed(self, item: str, unknown: str, rows: Node, index: int, chosen: Node | None, strict: bool) -> str:
        """A list with an item for each row the filter takes."""
        loop = f"for q{index} in {self._rows(rows)}"
        if chosen is None:
            return f"[{item} {loop}]"
        if not strict:
            return f"[{item} {loop} if {self.true(chosen)}]"
        return f"[{item} if {self.true(chosen)} else {unknown} {loop} if not {self.false(chosen)}]"

    def _rows(self, rows: Node) -> str:
        return f"({self.value(rows)} or ())"


def _may_be_unknown(node: Node) -> bool:
    """Whether a value can be UNKNOWN: where it asks a fact, or hangs on a condition."""
    return node.asks_facts or node.op not in ("get", "scaled")
