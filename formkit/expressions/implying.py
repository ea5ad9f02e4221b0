"""Whether one condition holds, or is broken, whenever another is: as far as their forms alone show it."""

from typing import Any

from formkit.expressions.ir import Node

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def holds_with(first: Node, second: Node) -> bool:
    """Whether `second` is definitely true wherever `first` is; False where that cannot be told."""
    return _Following().follows(first, second, outcome=True)


def broken_with(first: Node, second: Node) -> bool:
    """Whether `second` is definitely false wherever `first` is; False where that cannot be told."""
    return _Following().follows(first, second, outcome=False)


class _Following:
    """One question; what has been worked out of two parts is not worked out again."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, bool], bool] = {}

    def follows(self, first: Node, second: Node, *, outcome: bool) -> bool:
        pair = (id(first), id(second), outcome)
        if pair not in self._known:
            self._known[pair] = first.to_json() == second.to_json() or self._by_parts(first, second, outcome)
        return self._known[pair]

    def _by_parts(self, first: Node, second: Node, outcome: bool) -> bool:
        every, some = ("and", "or") if outcome else ("or", "and")
        if first.op == some:
            return all(self.follows(each, second, outcome=outcome) for each in _parts(first))
        if second.op == every:
            return all(self.follows(first, each, outcome=outcome) for each in _parts(second))
        if first.op == "not" and second.op == "not":
            return self.follows(first.args[0], second.args[0], outcome=not outcome)
        if second.op == some and any(self.follows(first, each, outcome=outcome) for each in _parts(second)):
            return True
        if first.op == every and any(self.follows(each, second, outcome=outcome) for each in _parts(first)):
            return True
        return _values_follow(first, second, outcome) or _bounds_follow(first, second, outcome)


def _parts(node: Node) -> list[Node]:
    return [each for arg in node.args for each in (arg if isinstance(arg, tuple) else (arg,))]


def _values_follow(first: Node, second: Node, outcome: bool) -> bool:
    """x == 'a' → x in ('a', 'b'), and its like."""
    one, other = _values(first), _values(second)
    if one is None or other is None or one[:2] != other[:2]:
        return False
    few, many = (one, other) if outcome is (one[1] == "in") else (other, one)
    return few[2] <= many[2]


def _values(node: Node) -> tuple[Any, str, frozenset[Any]] | None:
    """What is compared, whether it must be among or not among some values, and these."""
    if node.op == "in":
        return node.args[0].to_json(), "in", frozenset(node.args[1])
    if node.op in ("==", "!="):
        left, right = node.args
        value, constant = (right, left) if left.op == "const" else (left, right)
        if constant.op == "const" and value.op != "const":
            return value.to_json(), "in" if node.op == "==" else "not in", frozenset(constant.args)
    return None


def _bounds_follow(first: Node, second: Node, outcome: bool) -> bool:
    """x < 10 → x < 20, and its like."""
    one, other = _bound(first), _bound(second)
    if one is None or other is None or one[:2] != other[:2]:
        return False
    (_, below, before, strict), (_, _, after, strictly) = one, other
    if before == after:
        return (strict or not strictly) if outcome else (strictly or not strict)
    return bool((before < after) is (below is outcome))


def _bound(node: Node) -> tuple[Any, bool, Any, bool] | None:
    """What is compared, whether it must lie below, the bound, and whether the bound itself is out."""
    if node.op not in _MIRRORED:
        return None
    left, right = node.args
    sign = _MIRRORED[node.op] if left.op == "const" else node.op
    value, constant = (right, left) if left.op == "const" else (left, right)
    if constant.op != "const" or value.op == "const":
        return None
    return value.to_json(), sign in ("<", "<="), constant.args[0], sign in ("<", ">")
