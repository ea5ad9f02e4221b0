"""Which values may be compared, chosen between, and handed to a function; and the nodes that do so."""

from collections.abc import Sequence

from formkit.expressions import numbers
from formkit.expressions.functions import Parameter
from formkit.expressions.ir import Node, weighed
from formkit.expressions.problems import Refused, nearest, some
from formkit.expressions.types import Choice, Choices, Date, Month, Number, Text, Type, YesNo

_WORDS = (Text, Choice)


def compared(sign: str, left: Node, right: Node, start: int, end: int) -> Node:
    """left sign right, for the signs == != < <= > >=."""
    left, right = _comparable(left, right, start, end)
    if sign not in ("==", "!=") and not isinstance(left.type, Number | Date | Month):
        raise Refused("no-order", start, end, called=left.type.called)
    return weighed(sign, (left, right), YesNo(), start, end)


def among(value: Node, constants: Sequence[Node], start: int, end: int) -> Node:
    """value in (constant, …)"""
    if not constants:
        raise Refused("empty-list", start, end)
    for constant in constants:
        if constant.op != "const":
            raise Refused("list-of-constants", constant.start, constant.end)
        _comparable(value, constant, constant.start, constant.end)
    if isinstance(value.type, Number):
        scale = max(numbers.number_type(node).scale for node in (value, *constants))
        value, *constants = [numbers.scaled_to(node, scale) for node in (value, *constants)]
    return weighed("in", (value, tuple(node.args[0] for node in constants)), YesNo(), start, end)


def contained(several: Node, value: Node, start: int, end: int) -> Node:
    """value in several, a field that holds several choices."""
    if not isinstance(several.type, Choices):
        raise Refused("not-a-list", several.start, several.end, called=several.type.called)
    if not isinstance(value.type, _WORDS):
        raise Refused("types-differ", start, end, left=value.type.called, right=several.type.called)
    if value.op == "const":
        _refuse_unknown_choice(value, several.type.values)
    return weighed("has", (several, value), YesNo(), start, end)


def either(condition: Node, first: Node, second: Node, start: int, end: int) -> Node:
    """first if condition else second"""
    if isinstance(first.type, Number) and isinstance(second.type, Number):
        first, second = numbers.aligned(first, second)
        kind: Type = numbers.joined(numbers.number_type(first), numbers.number_type(second))
    elif isinstance(first.type, Choice) and isinstance(second.type, Choice):
        kind = Choice(tuple(dict.fromkeys((*first.type.values, *second.type.values))))
    elif isinstance(first.type, _WORDS) and isinstance(second.type, _WORDS):
        kind = Text()
    elif type(first.type) is type(second.type):
        kind = first.type
    else:
        raise Refused("types-differ", start, end, left=first.type.called, right=second.type.called)
    if isinstance(kind, YesNo):
        first, second = _truth(first), _truth(second)
    return weighed("if", (condition, first, second), kind, start, end)


def argument(function: str, value: Node, wanted: Parameter) -> Node:
    """A value as the JSON value a function takes."""
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    for kind in kinds:
        if isinstance(kind, Number) and isinstance(value.type, Number) and value.type.scale <= kind.scale:
            return numbers.written(numbers.scaled_to(value, kind.scale))
        if isinstance(kind, Text) and isinstance(value.type, _WORDS):
            return value
        if type(kind) is type(value.type) and not isinstance(kind, Number):
            return value
    if value.op == "const" and any(isinstance(kind, Date | Month) for kind in kinds):
        raise _date_in_quotes(value)
    raise Refused(
        "wrong-argument", value.start, value.end, name=function, found=value.type.called, wanted=kinds[0].called
    )


def _truth(node: Node) -> Node:
    return node if node.is_condition else weighed("yes", (node,), YesNo(), node.start, node.end)


def _comparable(left: Node, right: Node, start: int, end: int) -> tuple[Node, Node]:
    a, b = left.type, right.type
    if isinstance(a, Number) and isinstance(b, Number):
        return numbers.aligned(left, right)
    if isinstance(a, _WORDS) and isinstance(b, _WORDS):
        _refuse_never_equal(left, right, start, end)
        return left, right
    if type(a) is type(b) and isinstance(a, YesNo | Date | Month):
        return left, right
    for one, other in ((left, right), (right, left)):
        _refuse_wrong_quotes(one, other)
    raise Refused("types-differ", start, end, left=a.called, right=b.called)


def _refuse_wrong_quotes(value: Node, constant: Node) -> None:
    """A constant that would do with quotes, without them, or within date(…)."""
    if constant.op != "const":
        return
    literal = constant.args[0]
    if isinstance(value.type, Date | Month) and isinstance(constant.type, Choice):
        raise _date_in_quotes(constant)
    if isinstance(value.type, _WORDS) and isinstance(constant.type, Number) and constant.type.scale == 0:
        raise Refused("quotes-missing", constant.start, constant.end, mend=f"'{literal}'")
    if isinstance(value.type, Number) and isinstance(literal, str) and literal.replace(".", "", 1).isdecimal():
        raise Refused("quotes-too-many", constant.start, constant.end, mend=literal)


def _date_in_quotes(constant: Node) -> Refused:
    return Refused("date-in-quotes", constant.start, constant.end, mend=f"date('{constant.args[0]}')")


def _refuse_never_equal(left: Node, right: Node, start: int, end: int) -> None:
    for value, constant in ((left, right), (right, left)):
        if constant.op == "const" and isinstance(value.type, Choice) and value.op != "const":
            return _refuse_unknown_choice(constant, value.type.values)
    if set(_listed(left)).isdisjoint(_listed(right)) and _listed(left) and _listed(right):
        raise Refused("never-equal", start, end)
    return None


def _listed(node: Node) -> tuple[str, ...]:
    return node.type.values if isinstance(node.type, Choice) else ()


def _refuse_unknown_choice(constant: Node, values: Sequence[str]) -> None:
    literal = constant.args[0]
    if literal not in values:
        near = nearest(literal, values)
        raise Refused("unknown-choice", constant.start, constant.end, value=literal, near=near, known=some(values))
