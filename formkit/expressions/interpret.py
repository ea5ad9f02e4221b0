"""The meaning of every node, readable: the compiled rule and the browser must say the same."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import add, ge, gt, le, lt, mul, neg, sub
from typing import Any

from formkit.expressions import runtime
from formkit.expressions.functions import RuleFunction
from formkit.expressions.ir import Node
from formkit.expressions.runtime import UNKNOWN, Context


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule reads: the answers, the row it belongs to, the context, and the rows its loops stand at."""

    values: Mapping[str, Any]
    row: Mapping[str, Any] | None
    context: Context
    functions: Mapping[str, RuleFunction]
    loops: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    def at(self, index: int, row: Mapping[str, Any]) -> "Reading":
        """The same with loop `index` standing at `row`."""
        return Reading(self.values, self.row, self.context, self.functions, {**self.loops, index: row})


def interpret(node: Node, reading: Reading) -> Any:
    """A condition's true, false or UNKNOWN; a value, blank (None) or UNKNOWN."""
    return _BY_OP[node.op](node, reading)


def _const(node: Node, _reading: Reading) -> Any:
    return node.args[0]


def _get(node: Node, reading: Reading) -> Any:
    where, path = node.args
    if where == "facts":
        value = runtime.fact(reading.context.facts, path)
    elif where == "record":
        value = runtime.reach(reading.context.record, path)
    elif where == "values":
        value = runtime.reach(reading.values, path)
    else:
        value = runtime.reach(reading.row if where == "row" else reading.loops[where], path)
    return None if value in ([], {}) else value


def _today(_node: Node, reading: Reading) -> Any:
    return reading.context.today


def _lifted(function: Callable[..., Any]) -> Callable[[Node, Reading], Any]:
    """An operation on its nodes' values; what is no node is handed on as it is."""

    def run(node: Node, reading: Reading) -> Any:
        parts = [interpret(part, reading) if isinstance(part, Node) else part for part in node.args]
        return runtime.call(function, *parts)

    return run


def _compared(function: Callable[[Any, Any], bool]) -> Callable[[Node, Reading], Any]:
    def run(node: Node, reading: Reading) -> Any:
        left, right = (interpret(part, reading) for part in node.args)
        if left is None or right is None or UNKNOWN in (left, right):
            return UNKNOWN
        return function(left, right)

    return run


def _in(node: Node, reading: Reading) -> Any:
    value = interpret(node.args[0], reading)
    return UNKNOWN if value is None or value is UNKNOWN else value in node.args[1]


def _blank(node: Node, reading: Reading) -> Any:
    value = interpret(node.args[0], reading)
    return UNKNOWN if value is UNKNOWN else value is None


def _yes(node: Node, reading: Reading) -> Any:
    value = interpret(node.args[0], reading)
    return UNKNOWN if value is None else value


def _not(node: Node, reading: Reading) -> Any:
    value = interpret(node.args[0], reading)
    return UNKNOWN if value is UNKNOWN else not value


def _and(node: Node, reading: Reading) -> Any:
    return _all_of([interpret(part, reading) for part in node.args])


def _or(node: Node, reading: Reading) -> Any:
    return _any_of([interpret(part, reading) for part in node.args])


def _all_of(answers: list[Any]) -> Any:
    if False in answers:
        return False
    return UNKNOWN if UNKNOWN in answers else True


def _any_of(answers: list[Any]) -> Any:
    if True in answers:
        return True
    return UNKNOWN if UNKNOWN in answers else False


def _negated(answer: Any) -> Any:
    return UNKNOWN if answer is UNKNOWN else not answer


def _if(node: Node, reading: Reading) -> Any:
    condition, first, second = node.args
    answer = interpret(condition, reading)
    if answer is UNKNOWN:
        return UNKNOWN
    return interpret(first if answer else second, reading)


def _call(node: Node, reading: Reading) -> Any:
    name, parts = node.args
    return runtime.call(reading.functions[name].python, *(interpret(part, reading) for part in parts))


def _any(node: Node, reading: Reading) -> Any:
    return _any_of([_all_of([chosen, answer]) for chosen, answer in _answers(node, reading)])


def _all(node: Node, reading: Reading) -> Any:
    return _all_of([_any_of([_negated(chosen), answer]) for chosen, answer in _answers(node, reading)])


def _answers(node: Node, reading: Reading) -> Iterator[tuple[Any, Any]]:
    """For each row: whether the filter takes it, and what the condition says of it."""
    rows, index, condition, chosen = node.args
    for row in interpret(rows, reading) or ():
        here = reading.at(index, row)
        yield (True if chosen is None else interpret(chosen, here)), interpret(condition, here)


def _chosen(node: Node, reading: Reading) -> Iterator[Reading | None]:
    """The rows a filter takes; None for one of which a strict filter cannot say."""
    rows, index, *_, chosen, strict = node.args
    for row in interpret(rows, reading) or ():
        here = reading.at(index, row)
        answer = True if chosen is None else interpret(chosen, here)
        if answer is True:
            yield here
        elif answer is UNKNOWN and strict:
            yield None


def _count(node: Node, reading: Reading) -> Any:
    if interpret(node.args[0], reading) is UNKNOWN:
        return UNKNOWN
    return runtime.total([UNKNOWN if row is None else 1 for row in _chosen(node, reading)])


def _elements(node: Node, reading: Reading) -> list[Any]:
    return [UNKNOWN if row is None else interpret(node.args[2], row) for row in _chosen(node, reading)]


def _unique(node: Node, reading: Reading) -> Any:
    rows = _chosen(node, reading)
    return runtime.unique(
        [(UNKNOWN,) if row is None else tuple(interpret(key, row) for key in node.args[2]) for row in rows]
    )


_BY_OP: Mapping[str, Callable[[Node, Reading], Any]] = {
    "const": _const,
    "get": _get,
    "today": _today,
    "+": _lifted(add),
    "-": _lifted(sub),
    "*": _lifted(mul),
    "neg": _lifted(neg),
    "/": _lifted(runtime.divide),
    "scaled": _lifted(runtime.scaled),
    "text": _lifted(runtime.decimal_text),
    "==": _compared(lambda left, right: bool(left == right)),
    "!=": _compared(lambda left, right: bool(left != right)),
    "<": _compared(lt),
    "<=": _compared(le),
    ">": _compared(gt),
    ">=": _compared(ge),
    "in": _in,
    "has": _compared(lambda several, value: value in several),
    "blank": _blank,
    "yes": _yes,
    "not": _not,
    "and": _and,
    "or": _or,
    "if": _if,
    "call": _call,
    "any": _any,
    "all": _all,
    "count": _count,
    "sum": lambda node, reading: runtime.total(_elements(node, reading)),
    "min": lambda node, reading: runtime.extreme(min, _elements(node, reading)),
    "max": lambda node, reading: runtime.extreme(max, _elements(node, reading)),
    "unique": _unique,
}
