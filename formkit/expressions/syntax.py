"""What a rule says, before its names and types are looked at: the parser's tree."""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Syntax:
    """A part of a rule; `start` and `end` are characters of its text."""

    start: int
    end: int

    @property
    def children(self) -> Sequence["Syntax"]:
        """The parts of this part."""
        return ()


@dataclass(frozen=True, slots=True)
class NumberLiteral(Syntax):
    """A number as written, times its unit (KB, MB)."""

    digits: str
    unit: int


@dataclass(frozen=True, slots=True)
class TextLiteral(Syntax):
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True)
class TruthLiteral(Syntax):
    """yes or no."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    """A name with its dots: `full_time.level`, `facts.open`."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items(Syntax):
    """Several things in brackets."""

    items: tuple[Syntax, ...]

    @property
    def children(self) -> Sequence[Syntax]:
        return self.items


@dataclass(frozen=True, slots=True)
class Negative(Syntax):
    """-x"""

    operand: Syntax

    @property
    def children(self) -> Sequence[Syntax]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Arithmetic(Syntax):
    """a + b, with - * / alike."""

    sign: str
    left: Syntax
    right: Syntax

    @property
    def children(self) -> Sequence[Syntax]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Comparison(Syntax):
    """a < b <= c: one operand more than signs; the signs are == != < <= > >= in, not in."""

    signs: tuple[str, ...]
    operands: tuple[Syntax, ...]

    @property
    def children(self) -> Sequence[Syntax]:
        return self.operands


@dataclass(frozen=True, slots=True)
class IsBlank(Syntax):
    """x is blank; x is not blank where `negated`."""

    operand: Syntax
    negated: bool

    @property
    def children(self) -> Sequence[Syntax]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Not(Syntax):
    """not x"""

    operand: Syntax

    @property
    def children(self) -> Sequence[Syntax]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Junction(Syntax):
    """a and b and c, or the same with or."""

    word: str
    parts: tuple[Syntax, ...]

    @property
    def children(self) -> Sequence[Syntax]:
        return self.parts


@dataclass(frozen=True, slots=True)
class Either(Syntax):
    """first if condition else second"""

    condition: Syntax
    first: Syntax
    second: Syntax

    @property
    def children(self) -> Sequence[Syntax]:
        return (self.condition, self.first, self.second)


@dataclass(frozen=True, slots=True)
class Loop(Syntax):
    """element for variable in rows if condition"""

    element: Syntax
    variable: Name
    rows: Name
    condition: Syntax | None

    @property
    def children(self) -> Sequence[Syntax]:
        return (self.element, self.rows) + (() if self.condition is None else (self.condition,))


@dataclass(frozen=True, slots=True)
class Call(Syntax):
    """name(arguments); one Loop for `any(… for q in rows)`."""

    name: Name
    arguments: tuple[Syntax, ...]

    @property
    def children(self) -> Sequence[Syntax]:
        return self.arguments


def too_deep(tree: Syntax) -> Syntax | None:
    """The first part that lies deeper than MAX_DEPTH, found without recursion."""
    waiting = [(tree, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > MAX_DEPTH:
            return part
        waiting.extend((child, depth + 1) for child in part.children)
    return None
