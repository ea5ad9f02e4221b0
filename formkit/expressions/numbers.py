"""Exact arithmetic on checked nodes: scales are aligned, and no step can leave the whole numbers both sides hold."""

from formkit.expressions.ir import Node, weighed
from formkit.expressions.problems import Refused
from formkit.expressions.types import LARGEST, Number, Type

QUOTIENT_PLACES = 6
"""A division is rounded to this many places, halves away from zero."""


def literal(digits: str, unit: int, start: int, end: int) -> Node:
    """A number as written: 0.5 is 5 with one place."""
    whole, _, places = digits.partition(".")
    value = int(whole + places) * unit
    return _number("const", (value,), value, value, len(places), start, end)


def read(node: Node) -> Node:
    """A value that comes in as decimal text, as the scaled whole number that is reckoned with."""
    kind = node.type
    if not isinstance(kind, Number) or kind.scale == 0:
        return node
    return weighed("scaled", (node, kind.scale), kind, node.start, node.end)


def written(node: Node) -> Node:
    """The scaled whole number as the JSON value: decimal text where it has places."""
    kind = node.type
    if not isinstance(kind, Number) or kind.scale == 0:
        return node
    return weighed("text", (node, kind.scale), kind, node.start, node.end)


def scaled_to(node: Node, scale: int) -> Node:
    """The same number with `scale` places: rounded, halves away from zero, where it has more."""
    kind = number_type(node)
    if kind.scale == scale:
        return node
    if kind.scale > scale:
        down = 10 ** (kind.scale - scale)
        bounds = (-(-kind.low // -down) - 1, kind.high // down + 1)
        one = _number("const", (1,), 1, 1, 0, node.start, node.end)
        return _number("/", (node, one, 1, down), *bounds, scale, node.start, node.end)
    factor = 10 ** (scale - kind.scale)
    if node.op == "const":
        value = node.args[0] * factor
        return _number("const", (value,), value, value, scale, node.start, node.end)
    by = _number("const", (factor,), factor, factor, 0, node.start, node.end)
    return _number("*", (node, by), kind.low * factor, kind.high * factor, scale, node.start, node.end)


def aligned(left: Node, right: Node) -> tuple[Node, Node]:
    """Both numbers with the places of the finer one."""
    scale = max(number_type(left).scale, number_type(right).scale)
    return scaled_to(left, scale), scaled_to(right, scale)


def arithmetic(sign: str, left: Node, right: Node, start: int, end: int) -> Node:
    """left sign right."""
    if sign == "/":
        return _quotient(left, right, start, end)
    if sign != "*":
        left, right = aligned(left, right)
    a, b = number_type(left), number_type(right)
    if sign == "*":
        corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
        return _number("*", (left, right), min(corners), max(corners), a.scale + b.scale, start, end)
    bounds = (a.low + b.low, a.high + b.high) if sign == "+" else (a.low - b.high, a.high - b.low)
    return _number(sign, (left, right), *bounds, a.scale, start, end)


def negative(node: Node, start: int, end: int) -> Node:
    """-node"""
    kind = number_type(node)
    if node.op == "const":
        return _number("const", (-node.args[0],), -kind.high, -kind.low, kind.scale, start, end)
    return _number("neg", (node,), -kind.high, -kind.low, kind.scale, start, end)


def sum_type(node: Node, max_rows: int, start: int, end: int) -> Number:
    """The type of a sum of up to `max_rows` such numbers."""
    kind = number_type(node)
    return _bounded(min(kind.low * max_rows, 0), max(kind.high * max_rows, 0), kind.scale, start, end)


def joined(first: Number, second: Number) -> Number:
    """The type of a number that is one or the other, both with the same places."""
    return Number(min(first.low, second.low), max(first.high, second.high), first.scale)


def number_type(node: Node) -> Number:
    """The node's type, which the caller knows to be a number."""
    kind: Type = node.type
    assert isinstance(kind, Number)  # noqa: S101 - the checker has asked
    return kind


def _quotient(left: Node, right: Node, start: int, end: int) -> Node:
    a, b = number_type(left), number_type(right)
    if b.low == b.high == 0:
        raise Refused("division-by-zero", start, end)
    shift = QUOTIENT_PLACES + b.scale - a.scale
    up, down = 10 ** max(shift, 0), 10 ** max(-shift, 0)
    smallest = b.low if b.low > 0 else -b.high if b.high < 0 else 1
    most = max(abs(a.low), abs(a.high)) * up // (smallest * down) + 1
    return _number("/", (left, right, up, down), -most, most, QUOTIENT_PLACES, start, end)


def _number(op: str, args: tuple[object, ...], low: int, high: int, scale: int, start: int, end: int) -> Node:
    return weighed(op, args, _bounded(low, high, scale, start, end), start, end)


def _bounded(low: int, high: int, scale: int, start: int, end: int) -> Number:
    if max(-low, high) > LARGEST:
        raise Refused("number-too-large", start, end, most=f"{LARGEST // 10**scale:,}")
    return Number(low, high, scale)
