"""Syntax in a scope → typed nodes, or every problem of the rule."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from formkit.expressions import comparing, numbers
from formkit.expressions.ir import Node, weighed
from formkit.expressions.names import Names
from formkit.expressions.problems import Problem, Refused, nearest, some
from formkit.expressions.scope import Scope
from formkit.expressions.syntax import (
    Arithmetic,
    Call,
    Comparison,
    Either,
    IsBlank,
    Items,
    Junction,
    Loop,
    Name,
    Negative,
    Not,
    NumberLiteral,
    Syntax,
    TextLiteral,
    TruthLiteral,
)
from formkit.expressions.types import (
    Choice,
    Choices,
    Date,
    File,
    Group,
    Month,
    Number,
    Rows,
    Text,
    Type,
    YesNo,
    is_date,
    is_month,
)

MAX_SIZE = 3_000
MAX_COST = 2_000_000
_REGEX_WORDS = frozenset({"match", "matches", "regex", "re", "search", "like", "replace"})
_LOOPS = frozenset({"any", "all", "count", "sum", "min", "max", "unique"})
_WITHOUT_ROWS = frozenset({"today", "date"})


class Reported(Exception):  # noqa: N818 - never leaves the package
    """A part was refused, and its problem is already on the list."""


class Checker:
    """Checks one rule; `problems` fills up, `names` collects what the rule mentions."""

    def __init__(self, scope: Scope) -> None:
        self.problems: list[Problem] = []
        self._scope = scope
        self._names = Names(scope)
        self._by_syntax: Mapping[type, Callable[[Any], Node]] = {
            NumberLiteral: lambda part: numbers.literal(part.digits, part.unit, part.start, part.end),
            TextLiteral: lambda part: weighed("const", (part.value,), Choice((part.value,)), part.start, part.end),
            TruthLiteral: lambda part: weighed("const", (part.value,), YesNo(), part.start, part.end),
            Name: lambda part: numbers.read(self._names.get(part)),
            Items: self._items,
            Negative: self._negative,
            Arithmetic: self._arithmetic,
            Comparison: self._comparison,
            IsBlank: self._is_blank,
            Not: self._not,
            Junction: self._junction,
            Either: self._either,
            Call: self._call,
            Loop: self._loop_here,
        }

    @property
    def mentions(self) -> frozenset[str]:
        """The names the rule mentions so far."""
        return frozenset(self._names.mentions)

    def check(self, tree: Syntax, expects: Type | None) -> Node | None:
        """The rule's root, made to answer with the type expected; None where there are problems."""
        try:
            node = self._expected(self.node(tree), expects)
            if node.size > MAX_SIZE:
                raise Refused("rule-too-large", node.start, node.end)
            if node.cost > MAX_COST:
                raise Refused("rule-too-costly", node.start, node.end)
        except Refused as refused:
            self.problems.append(refused.problem)
        except Reported:
            pass
        return None if self.problems else node

    def node(self, part: Syntax) -> Node:
        """The typed node of one part."""
        return self._by_syntax[type(part)](part)

    def _all(self, checks: Iterable[Callable[[], Node]]) -> list[Node]:
        """The answers of all the checks; every problem among them is put on the list before giving up."""
        nodes, failed = [], False
        for check in checks:
            try:
                nodes.append(check())
            except Refused as refused:
                self.problems.append(refused.problem)
                failed = True
            except Reported:
                failed = True
        if failed:
            raise Reported
        return nodes

    def _condition(self, part: Syntax) -> Node:
        node = self.node(part)
        return _as_condition(node)

    def _conditions(self, parts: Iterable[Syntax]) -> list[Node]:
        return self._all([lambda part=part: self._condition(part) for part in parts])  # type: ignore[misc]

    def _value(self, part: Syntax) -> Node:
        """A part that stands for one value: no list, group or file."""
        node = self.node(part)
        if isinstance(node.type, Rows | Group | File | Choices):
            raise Refused("not-one-value", node.start, node.end, called=node.type.called)
        return node

    def _values(self, parts: Iterable[Syntax]) -> list[Node]:
        return self._all([lambda part=part: self._value(part) for part in parts])  # type: ignore[misc]

    def _number(self, part: Syntax) -> Node:
        return _as_number(self._value(part))

    def _items(self, part: Items) -> NoReturn:
        raise Refused("list-out-of-place", part.start, part.end)

    def _negative(self, part: Negative) -> Node:
        return numbers.negative(self._number(part.operand), part.start, part.end)

    def _arithmetic(self, part: Arithmetic) -> Node:
        parts = self._values((part.left, part.right))
        if any(isinstance(node.type, Date | Month) for node in parts):
            raise Refused("date-arithmetic", part.start, part.end)
        left, right = self._all([lambda node=node: _as_number(node) for node in parts])  # type: ignore[misc]
        return numbers.arithmetic(part.sign, left, right, part.start, part.end)

    def _not(self, part: Not) -> Node:
        return weighed("not", (self._condition(part.operand),), YesNo(), part.start, part.end)

    def _junction(self, part: Junction) -> Node:
        return weighed(part.word, tuple(self._conditions(part.parts)), YesNo(), part.start, part.end)

    def _comparison(self, part: Comparison) -> Node:
        operands = part.operands
        if len(part.signs) == 1:
            return self._pair(part.signs[0], operands[0], operands[1], (part.start, part.end))
        found = self._all(
            [
                lambda sign=sign, left=left, right=right: self._pair(sign, left, right, (left.start, right.end))  # type: ignore[misc]
                for sign, left, right in zip(part.signs, operands[:-1], operands[1:], strict=True)
            ]
        )
        return weighed("and", tuple(found), YesNo(), part.start, part.end)

    def _pair(self, sign: str, left: Syntax, right: Syntax, span: tuple[int, int]) -> Node:
        start, end = span
        if sign not in ("in", "not in"):
            first, second = self._values((left, right))
            return comparing.compared(sign, first, second, start, end)
        found = self._membership(left, right, start, end)
        return found if sign == "in" else weighed("not", (found,), YesNo(), start, end)

    def _membership(self, left: Syntax, right: Syntax, start: int, end: int) -> Node:
        if isinstance(right, Items | TextLiteral | NumberLiteral):
            items = right.items if isinstance(right, Items) else (right,)
            value, *constants = self._values((left, *items))
            return comparing.among(value, constants, start, end)
        several, value = self._all((lambda: self.node(right), lambda: self._value(left)))
        return comparing.contained(several, value, start, end)

    def _is_blank(self, part: IsBlank) -> Node:
        if isinstance(part.operand, Name) and (group := self._names.group(part.operand)) is not None:
            node = self._group_is_blank(part, group)
        else:
            operand = self.node(part.operand)
            if operand.is_condition or operand.op == "const":
                raise Refused("never-blank", operand.start, operand.end)
            node = weighed("blank", (operand,), YesNo(), part.start, part.end)
        return weighed("not", (node,), YesNo(), part.start, part.end) if part.negated else node

    def _group_is_blank(self, part: IsBlank, fields: Iterable[Name]) -> Node:
        blanks = tuple(weighed("blank", (self._names.get(field),), YesNo(), part.start, part.end) for field in fields)
        return weighed("and", blanks, YesNo(), part.start, part.end)

    def _either(self, part: Either) -> Node:
        condition, first, second = self._all(
            (lambda: self._condition(part.condition), lambda: self._value(part.first), lambda: self._value(part.second))
        )
        return comparing.either(condition, first, second, part.start, part.end)

    def _loop_here(self, part: Loop) -> NoReturn:
        raise Refused("no-loop-here", part.start, part.end)

    def _call(self, part: Call) -> Node:
        name = part.name.path[0]
        if name in _LOOPS:
            return self._over_rows(name, part)
        if name == "today":
            self._count_arguments(part, 0)
            return weighed("today", (), Date(), part.start, part.end)
        if name == "date":
            return self._date(part)
        return self._function(name, part)

    def _date(self, part: Call) -> Node:
        self._count_arguments(part, 1)
        argument = part.arguments[0]
        written = argument.value if isinstance(argument, TextLiteral) else ""
        if is_date(written):
            return weighed("const", (written,), Date(), part.start, part.end)
        if is_month(written):
            return weighed("const", (written,), Month(), part.start, part.end)
        raise Refused("not-a-date", argument.start, argument.end, found=written)

    def _function(self, name: str, part: Call) -> Node:
        if name not in self._scope.functions:
            self._refuse_function(name, part.name)
        function = self._scope.functions[name]
        self._count_arguments(part, len(function.parameters))
        values = self._values(part.arguments)
        checks = [
            lambda value=value, kind=kind: comparing.argument(name, value, kind)
            for value, kind in zip(values, function.parameters, strict=True)
        ]
        node = weighed("call", (name, tuple(self._all(checks))), function.result, part.start, part.end)
        return numbers.read(node)

    def _refuse_function(self, name: str, at: Name) -> NoReturn:
        if name in _REGEX_WORDS:
            raise Refused("no-regex", at.start, at.end, found=name)
        known = sorted({*self._scope.functions, *_LOOPS, *_WITHOUT_ROWS})
        raise Refused("unknown-function", at.start, at.end, name=name, near=nearest(name, known), known=some(known, 30))

    def _count_arguments(self, part: Call, wanted: int) -> None:
        if len(part.arguments) != wanted:
            name = part.name.path[0]
            raise Refused("wrong-count", part.start, part.end, name=name, wanted=wanted, found=len(part.arguments))

    def _over_rows(self, name: str, part: Call) -> Node:
        self._count_arguments(part, 1)
        argument = part.arguments[0]
        if isinstance(argument, Loop):
            return self._loop(name, part, argument)
        if name != "count":
            raise Refused("loop-missing", part.start, part.end, name=name)
        node = self.node(argument)
        if not isinstance(node.type, Rows | Choices):
            raise Refused("not-rows", node.start, node.end, called=node.type.called)
        most = node.type.max_rows if isinstance(node.type, Rows) else len(node.type.values)
        return weighed("count", (node, 0, None, False), Number(0, most), part.start, part.end)

    def _loop(self, name: str, part: Call, loop: Loop) -> Node:
        rows = self.node(loop.rows)
        if not isinstance(rows.type, Rows):
            raise Refused("not-rows", rows.start, rows.end, called=rows.type.called)
        index = self._names.open_row(loop.variable, rows.type.columns)
        try:
            chosen = None if loop.condition is None else self._condition(loop.condition)
            return self._loop_body(name, part, loop, (rows, index, chosen))
        finally:
            self._names.close_row(loop.variable)

    def _loop_body(self, name: str, part: Call, loop: Loop, over: tuple[Node, int, Node | None]) -> Node:
        rows, index, chosen = over
        assert isinstance(rows.type, Rows)  # noqa: S101 - asked by the caller
        most, strict = rows.type.max_rows, chosen is not None and chosen.asks_facts
        args: tuple[Any, ...]
        kind: Type = YesNo()
        if name in ("any", "all"):
            args = (rows, index, self._condition(loop.element), chosen)
        elif name == "count":
            self._only_the_variable(loop)
            args, kind = (rows, index, chosen, strict), Number(0, most)
        elif name == "unique":
            args = (rows, index, tuple(self._keys(loop.element)), chosen, strict)
        else:
            element = self._number(loop.element) if name == "sum" else self._ordered(loop.element)
            kind = numbers.sum_type(element, most, part.start, part.end) if name == "sum" else element.type
            args = (rows, index, element, chosen, strict)
        return weighed(name, args, kind, part.start, part.end, times=most)

    def _only_the_variable(self, loop: Loop) -> None:
        if not (isinstance(loop.element, Name) and loop.element.path == loop.variable.path):
            raise Refused("count-what", loop.element.start, loop.element.end, name=loop.variable.path[0])

    def _keys(self, element: Syntax) -> list[Node]:
        return self._values(element.items if isinstance(element, Items) and element.items else (element,))

    def _ordered(self, element: Syntax) -> Node:
        node = self._value(element)
        if not isinstance(node.type, Number | Date | Month):
            raise Refused("no-order", node.start, node.end, called=node.type.called)
        return node

    def _expected(self, node: Node, expects: Type | None) -> Node:
        if isinstance(expects, YesNo) or (expects is None and isinstance(node.type, YesNo)):
            return _as_condition(node)
        if isinstance(expects, Number) and isinstance(node.type, Number):
            node = numbers.scaled_to(node, expects.scale)
        elif expects is not None and not _assignable(node.type, expects):
            raise Refused("wrong-result", node.start, node.end, found=node.type.called, wanted=expects.called)
        return numbers.written(node)


def _as_condition(node: Node) -> Node:
    if node.is_condition:
        return node
    if isinstance(node.type, YesNo):
        return weighed("yes", (node,), YesNo(), node.start, node.end)
    raise Refused("not-a-condition", node.start, node.end, called=node.type.called)


def _as_number(node: Node) -> Node:
    if not isinstance(node.type, Number):
        raise Refused("not-a-number", node.start, node.end, called=node.type.called)
    return node


def _assignable(found: Type, wanted: Type) -> bool:
    if isinstance(wanted, Text):
        return isinstance(found, Text | Choice)
    if isinstance(found, Choice | Choices) and isinstance(wanted, Choice | Choices):
        return type(found) is type(wanted) and set(found.values) <= set(wanted.values)
    return type(found) is type(wanted)
