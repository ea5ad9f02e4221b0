"""A rule → rules that say nearly the same: what an author may have written by mistake, and cases should notice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from formkit.expressions import Choice, Choices, Date, Month, Number, Rule
from formkit.expressions.ir import Node
from formkit.expressions.rule import with_tree
from formkit.expressions.runtime import decimal_text

_NEXT_TO = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_OTHER_SIGN = {"+": "-", "-": "+"}
_LITERAL = re.compile(r"-?[0-9]+(\.[0-9]+)?\s*([KM]B)?", re.IGNORECASE)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A node of a rule's tree with those around it, from the root down."""

    node: Node
    around: tuple[Node, ...]

    @property
    def denied(self) -> Node | None:
        """The `not` that is written with it as one: `not in`, `is not blank`."""
        parent = self.around[-1] if self.around else None
        same = parent is not None and (parent.start, parent.end) == (self.node.start, self.node.end)
        return parent if same and parent is not None and parent.op == "not" else None

    @property
    def stands_alone(self) -> bool:
        """Whether it is written in words of its own that nothing denies: no part of `not x`, or of `a < b < c`."""
        parent = self.around[-1] if self.around else None
        if parent is None:
            return True
        return parent.op != "not" and (parent.op not in ("and", "or") or _apart(parent.args))


def nearly(rule: Rule) -> Iterator[Rule]:
    """Rules that differ from this one in one thing."""
    told: set[str] = set()
    for part in _parts(rule.tree, ()):
        for node, words in _others(part, rule.text):
            start, end = part.node.start, part.node.end
            denied = part.denied
            words = f"not ({words})" if denied is not None else words
            text = f"{rule.text[:start]}{words}{rule.text[end:]}"
            if text not in told:
                told.add(text)
                yield with_tree(rule, _replaced(rule.tree, part.node, node), text)


def _parts(node: Node, around: tuple[Node, ...]) -> Iterator[Part]:
    yield Part(node, around)
    for child in _children(node.args):
        yield from _parts(child, (*around, node))


def _children(args: tuple[Any, ...]) -> Iterator[Node]:
    for each in args:
        if isinstance(each, Node):
            yield each
        elif isinstance(each, tuple):
            yield from _children(each)


def _replaced(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new

    def within(each: Any) -> Any:
        if isinstance(each, Node):
            return _replaced(each, old, new)
        return tuple(map(within, each)) if isinstance(each, tuple) else each

    return replace(node, args=tuple(map(within, node.args)))


def _others(part: Part, text: str) -> Iterator[tuple[Node, str]]:
    node, op = part.node, part.node.op
    written = text[node.start : node.end]
    if node.is_condition and op != "not" and part.stands_alone:
        loose = not part.around or part.around[-1].op in ("and", "or")
        yield replace(node, op="not", args=(node,)), f"not ({written})" if loose else f"(not ({written}))"
    if op == "not":
        inner = node.args[0]
        same = (inner.start, inner.end) == (node.start, node.end)
        yield inner, f"not ({written})" if same else text[inner.start : inner.end]
    if op in ("and", "or"):
        yield from _junctions(node, part, text)
    elif op in _NEXT_TO:
        left, right = node.args
        yield replace(node, op=_NEXT_TO[op]), f"{_slice(left, text)} {_NEXT_TO[op]} {_slice(right, text)}"
    elif op in _OTHER_SIGN and _apart(node.args):
        left, right = node.args
        yield replace(node, op=_OTHER_SIGN[op]), f"({_slice(left, text)} {_OTHER_SIGN[op]} {_slice(right, text)})"
    elif op in ("any", "all"):
        other = "all" if op == "any" else "any"
        yield replace(node, op=other), f"{other}{written[len(op) :]}"
    elif op == "in":
        yield from _members(node, text)
    elif op == "const":
        yield from _constants(node, part, written)
    elif op == "unique":
        yield from _fewer_keys(node, text)


def _junctions(node: Node, part: Part, text: str) -> Iterator[tuple[Node, str]]:
    """The other word, and one part less."""
    if len({(each.start, each.end) for each in node.args}) < len(node.args):
        return  # one word for several: `school is blank` asks each field of the group
    other = "or" if node.op == "and" else "and"
    for word, parts in [(other, node.args), *((node.op, rest) for rest in _one_less(node.args))]:
        joined = f" {word} ".join(_bracketed(each, word, text) for each in parts)
        if len(parts) > 1:
            yield replace(node, op=word, args=parts), f"({joined})" if part.around else joined
        else:
            yield parts[0], joined if part.around else _slice(parts[0], text)


def _bracketed(node: Node, word: str, text: str) -> str:
    written = _slice(node, text)
    loose = node.op in ("and", "or", "if") and node.op != word and not written.startswith("(")
    return f"({written})" if loose else written


def _members(node: Node, text: str) -> Iterator[tuple[Node, str]]:
    """One value less, and one more."""
    value, constants = node.args
    lists = [rest for rest in _one_less(constants) if rest]
    known = value.type.values if isinstance(value.type, Choice) else ()
    more = next((each for each in known if each not in constants), None)
    lists += [(*constants, more)] if more is not None else []
    for each in lists:
        listed = ", ".join(_literal(one, value) for one in each)
        yield replace(node, args=(value, each)), f"{_slice(value, text)} in ({listed})"


def _constants(node: Node, part: Part, written: str) -> Iterator[tuple[Node, str]]:
    value, kind = node.args[0], node.type
    if isinstance(kind, Number):
        if _LITERAL.fullmatch(written.strip()) is not None:
            yield from ((replace(node, args=(each,)), _literal(each, node)) for each in (value - 1, value + 1))
    elif isinstance(kind, Date):
        for days in (-1, 1):
            day = (date.fromisoformat(value) + timedelta(days=days)).isoformat()
            yield replace(node, args=(day,)), f"date('{day}')"
    elif isinstance(kind, Month):
        for months in (-1, 1):
            month = month_after(value, months)
            yield replace(node, args=(month,)), f"date('{month}')"
    elif isinstance(value, str) and part.around:
        other = next((each for each in _values_beside(part) if each != value), None)
        if other is not None:
            yield replace(node, args=(other,)), _literal(other, node)


def _values_beside(part: Part) -> Sequence[str]:
    """The choices of what a text is compared with."""
    parent = part.around[-1]
    for each in parent.args if parent.op in ("==", "!=", "has") else ():
        if isinstance(each, Node) and each.op == "get" and isinstance(each.type, Choice | Choices):
            return each.type.values
    return ()


def _fewer_keys(node: Node, text: str) -> Iterator[tuple[Node, str]]:
    rows, index, keys, *rest = node.args
    for fewer in _one_less(keys):
        if fewer:
            between = text[keys[-1].end : node.end].lstrip(") ")
            listed = ", ".join(_slice(key, text) for key in fewer)
            listed = f"({listed})" if len(fewer) > 1 else listed
            yield replace(node, args=(rows, index, fewer, *rest)), f"unique({listed} {between}"


def _one_less(parts: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if len(parts) > 1:
        yield from ((*parts[:position], *parts[position + 1 :]) for position in range(len(parts)))


def _apart(nodes: tuple[Any, ...]) -> bool:
    """Whether each was written in a place of its own."""
    spans = sorted((node.start, node.end) for node in nodes if isinstance(node, Node))
    return len(spans) == len(nodes) and all(one[1] <= other[0] for one, other in pairwise(spans))


def _slice(node: Node, text: str) -> str:
    return text[node.start : node.end]


def _literal(value: Any, like: Node) -> str:
    kind = like.type
    if isinstance(kind, Number) and isinstance(value, int):
        return decimal_text(value, kind.scale) if kind.scale else str(value)
    if isinstance(kind, Date | Month):
        return f"date('{value}')"
    return f'"{value}"' if "'" in str(value) else f"'{value}'"


def month_after(month: str, count: int) -> str:
    """The month that is `count` months after another, as 2024-09."""
    number = int(month[:4]) * _MONTHS + int(month[5:]) - 1 + count
    return f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"
