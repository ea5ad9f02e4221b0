"""The checked rule: a tree of typed nodes that is interpreted, compiled, and sent to the browser as JSON.

Ops of conditions (true, false or unknown):
  and or not (nodes) · == != < <= > >= (two nodes) · in (node, texts or numbers) · has (list node, text) ·
  blank (node) · yes (node: a yes-or-no value as a condition) · any all (rows, variable, condition, filter) ·
  unique (rows, variable, key nodes, filter, strict)
Ops of values (a JSON value, blank or unknown):
  const (value) · get (where, path) · today · + - * (two nodes) · neg (node) · / (two nodes, up, down) ·
  scaled, text (node, places: "12.50" ⇄ 1250) · if (condition, node, node) · call (function, nodes) ·
  count (rows, variable, filter, strict) · sum min max (rows, variable, node, filter, strict)

`where` is values, row, record, facts, or the number of a loop variable. A filter is a condition or None: a row counts
where it is definitely true. `strict` filters ask a fact: where one is undecided the answer is unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from formkit.expressions.types import Type, YesNo

CONDITIONS = frozenset(
    {"and", "or", "not", "==", "!=", "<", "<=", ">", ">=", "in", "has", "blank", "yes", "any", "all", "unique"}
)


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a checked rule: what it does, of what type its answer is, which characters say so.

    `size` bounds the code it compiles to, `cost` the steps of running it, `asks_facts` whether a fact may make it
    unknown.
    """

    op: str
    args: tuple[Any, ...]
    type: Type
    start: int
    end: int
    size: int = 1
    cost: int = 1
    asks_facts: bool = False

    @property
    def is_condition(self) -> bool:
        """Whether the answer is true, false or unknown, and never blank."""
        return self.op in CONDITIONS or (self.op == "if" and isinstance(self.type, YesNo))

    def to_json(self) -> list[Any]:
        """The node as the browser reads it: `[op, …]`, places and types left out."""
        return [self.op, *map(_json, self.args)]


def _json(part: Any) -> Any:
    if isinstance(part, Node):
        return part.to_json()
    if isinstance(part, tuple | list):
        return [_json(item) for item in part]
    return part


def parts(node: Node) -> Iterator[Node]:
    """The node and every node in it."""
    waiting: list[Any] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Node):
            yield part
            waiting.extend(reversed(part.args))
        elif isinstance(part, tuple):
            waiting.extend(reversed(part))


def weighed(op: str, args: tuple[Any, ...], kind: Type, start: int, end: int, times: int = 1) -> Node:
    """A node with its bounds worked out from its parts, which run `times` times."""
    size = cost = 1
    asks_facts = op == "get" and args[0] == "facts"
    for part in _children(args):
        size += part.size * _copies(op, part)
        cost += part.cost * _copies(op, part)
        asks_facts = asks_facts or part.asks_facts
    return Node(op, args, kind, start, end, size, 1 + cost * times, asks_facts)


def _children(args: tuple[Any, ...]) -> Iterator[Node]:
    for part in args:
        if isinstance(part, Node):
            yield part
        elif isinstance(part, tuple):
            yield from _children(part)


def _copies(op: str, part: Node) -> int:
    """How often the compiled code holds a part: "definitely true" and "definitely false" each hold their own."""
    if op in ("and", "or", "not", "any", "all", "yes"):
        return 1
    return 2 if part.is_condition else 1
