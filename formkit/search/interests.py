"""What rules compare with what: the constants that matter to each name, and the names that are weighed together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from formkit.expressions import Date, Number, Rule
from formkit.expressions.ir import Node
from formkit.fields.base import JSON, Shape
from formkit.form import Condition, Field, Form

Bases = Mapping[str | int, str]
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_LOOPS = frozenset({"any", "all", "count", "sum", "min", "max", "unique"})
TODAY_TERM = "today()"


@dataclass(frozen=True, slots=True)
class Atom:
    """A comparison, where it stands, and the terms it reads."""

    node: Node
    bases: Bases
    rule: Rule
    terms: frozenset[str]


@dataclass
class Interests:
    """Fills up as rules and fields are read; a term is what a rule calls an input."""

    form: Form
    terms: set[str] = field(default_factory=set)
    atoms: list[Atom] = field(default_factory=list)
    worked: set[str] = field(default_factory=set)
    """Terms from which something is worked out."""
    vague: set[str] = field(default_factory=set)
    """Terms of which the values that matter are not all known."""
    rows: dict[str, int] = field(default_factory=dict)
    """How many rows what is said of them may need (`r`, `record.r`)."""
    hints: dict[str, set[str]] = field(default_factory=dict)
    """Texts that stand beside a term in a call."""
    constants: dict[str, set[Any]] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)
    _read: set[object] = field(default_factory=set)

    def together(self, term: str) -> frozenset[str]:
        """The terms that are compared with one another, this one among them."""
        root = self._root(term)
        return frozenset(each for each in {*self.terms, term} if self._root(each) == root)

    def constants_of(self, term: str) -> frozenset[Any]:
        """All that a term, or one weighed with it, is compared with: texts, days, truths; numbers as Decimal."""
        return frozenset().union(*(self.constants.get(each, ()) for each in self.together(term)))

    def is_whole(self, term: str) -> bool:
        """Whether all the places are known where a value of the term may matter."""
        alone = term not in self.worked or len(self.together(term)) == 1
        return alone and self.together(term).isdisjoint(self.vague)

    def link(self, *terms: str) -> None:
        """Notes that these are compared with one another."""
        for term in terms:
            self.terms.add(term)
            self._parents[self._root(term)] = self._root(terms[0])

    def add_constant(self, term: str, value: Any) -> None:
        """Notes a value that matters to a term."""
        self.terms.add(term)
        self.constants.setdefault(term, set()).add(value)

    def need_rows(self, path: str, count: int) -> None:
        """Notes that this many more rows may be needed."""
        self.rows[path] = self.rows.get(path, 0) + count

    def add_condition(self, condition: Condition | None, holder: str) -> None:
        """Reads a condition of something in `holder`, the group or rows field it belongs to."""
        if condition is not None:
            self.add_rule(condition.rule, holder)

    def add_rule(self, rule: Rule, holder: str) -> None:
        """Reads a rule."""
        if (rule, holder) not in self._read:
            self._read.add((rule, holder))
            _Reader(self, rule).condition(rule.tree, {"row": holder})

    def add_shown(self, path: str) -> None:
        """Reads what decides whether a field is shown."""
        top, _, inner = path.partition(".")
        outer = self.form.top_fields[top]
        step = self.form.steps_by_id[self.form.step_of[top]]
        section = next(each for each in step.sections if outer in each.fields)
        for condition in (step.visible, section.visible, outer.visible):
            self.add_condition(condition, "")
        if inner:
            self._decisions(outer, "")
            self.add_condition(self.form.fields[path].visible, top)

    def add_field(self, path: str) -> None:
        """Reads what decides the value of a field."""
        found = self.form.fields.get(path)
        if found is None or path in self._read:
            return
        self._read.add(path)
        self.add_shown(path)
        self._decisions(found, path.rpartition(".")[0])

    def _decisions(self, found: Field, holder: str) -> None:
        lock, calculation, path = found.lock, found.calculation, found.path
        self.add_condition(lock.condition, holder)
        if lock.place is not None and found.shape is Shape.VALUE:
            self.link(path, f"record.{path}")
        if isinstance(found.type.rule_type(), Date) and "today" in limits_of(found):
            self.link(path, TODAY_TERM)
        if calculation is not None and ("value", path) not in self._read:
            self._read.add(("value", path))
            self.add_condition(calculation.condition, holder)
            _Reader(self, calculation.rule).equal(path, calculation.rule.tree, {"row": holder})

    def _root(self, term: str) -> str:
        while (parent := self._parents.get(term, term)) != term:
            term = parent
        return term


@dataclass(frozen=True)
class _Reader:
    """Reads the tree of one rule."""

    into: Interests
    rule: Rule

    def condition(self, node: Node, bases: Bases) -> None:
        """Notes what a condition, or a value, says of what it reads."""
        if node.op in _COMPARISONS:
            self._compared(node, node.args, bases)
        elif node.op == "in":
            self._among(node, bases)
        elif node.op == "has":
            self._compared(node, node.args, bases)
        elif node.op in _LOOPS:
            self._loop(node, bases)
        elif node.op in ("yes", "blank"):
            self._compared(node, node.args, bases)
        elif node.op in ("get", "today"):
            self._term(node, bases)
        else:
            for part in nodes(node.args):
                self.condition(part, bases)

    def equal(self, term: str, node: Node, bases: Bases) -> None:
        """Notes that a term is what a node says."""
        found, exact = self._sides(node, bases)
        self._note(node, [term, *found], exact, bases)

    def _compared(self, node: Node, sides: Iterable[Node], bases: Bases) -> None:
        terms, exact = [], True
        for side in sides:
            found, plain = self._sides(side, bases)
            terms += found
            exact = exact and plain
        self._note(node, terms, exact, bases)
        for value in (value for side in sides for value in _constants(side)):
            for term in terms:
                self.into.add_constant(term, value)

    def _among(self, node: Node, bases: Bases) -> None:
        value, constants = node.args
        self._compared(node, (value,), bases)
        terms, _ = self._sides(value, bases)
        for term in terms:
            for constant in constants:
                self.into.add_constant(term, as_constant(constant, value))

    def _note(self, node: Node, terms: list[str], exact: bool, bases: Bases) -> None:
        if terms:
            self.into.link(*terms)
            self.into.atoms.append(Atom(node, bases, self.rule, frozenset(terms)))
        if not exact:
            self.into.worked.update(terms)
            if len(terms) > 1 or not all(_turns_once(side) for side in node.args):
                self.into.vague.update(terms)

    def _sides(self, node: Node, bases: Bases) -> tuple[list[str], bool]:
        """The terms whose values a node may be, or is worked out from; and whether it is plainly one of them."""
        if node.op in ("get", "today"):
            return self._term(node, bases)
        if node.op in ("scaled", "text") or _aligns(node):
            return self._sides(node.args[0], bases)
        if node.op == "const":
            return [], True
        if node.op == "if":
            self.condition(node.args[0], bases)
            (first, plain), (second, also) = (self._sides(part, bases) for part in node.args[1:])
            return first + second, plain and also
        if node.op == "count" and node.args[2] is None:
            terms, _ = self._term(node.args[0], bases)
            return terms, terms[0].endswith("#")
        if node.is_condition:
            self.condition(node, bases)
            return [], True
        if node.op in _LOOPS:
            return self._loop(node, bases), False
        return self._worked_out(node, bases), False

    def _worked_out(self, node: Node, bases: Bases) -> list[str]:
        terms: list[str] = []
        for part in nodes(node.args):
            terms += self._sides(part, bases)[0]
        if node.op == "call":
            texts = [value for part in nodes(node.args) for value in _constants(part) if isinstance(value, str)]
            for term in terms:
                self.into.hints.setdefault(term, set()).update([node.args[0], *texts])
        return terms

    def _loop(self, node: Node, bases: Bases) -> list[str]:
        path = self._loop_rows(node, bases)
        self.into.need_rows(path, 2 if node.op == "unique" else 1)
        inner = {**bases, node.args[1]: path}
        if node.op not in ("any", "all", "unique"):
            self.into.vague.add(f"{path}#")
        terms: list[str] = []
        for part in nodes(node.args[2:]):
            if part.is_condition:
                self.condition(part, inner)
            else:
                found, plain = self._sides(part, inner)
                terms += found
                if node.op == "unique" and plain:
                    self.into.link(*found) if found else None
                else:
                    self.into.vague.update(found)
        return terms if node.op != "unique" else []

    def _loop_rows(self, node: Node, bases: Bases) -> str:
        return self._term(node.args[0], bases)[0][0].removesuffix("#")

    def _term(self, node: Node, bases: Bases) -> tuple[list[str], bool]:
        """The term that is read (its field too), and whether it is the whole of it."""
        if node.op == "today":
            self.into.link(TODAY_TERM)
            return [TODAY_TERM], True
        where, path = node.args
        base = "" if where == "values" else bases.get(where, where)
        name = ".".join((base, *path)) if base else ".".join(path)
        whole = name
        while not self._is_known(whole) and "." in whole:
            whole = whole.rpartition(".")[0]
        plain = whole.removeprefix("record.")
        found = self.into.form.fields.get(plain)
        if not whole.startswith(("facts.", "record.")):
            self.into.add_field(whole)
            self.into.add_field(whole.partition(".")[0])
        if found is not None and found.shape is Shape.ROWS:
            self.into.need_rows(whole, 0)
            whole += "#"
        self.into.link(whole)
        return [whole], whole.removesuffix("#") == name

    def _is_known(self, name: str) -> bool:
        form = self.into.form
        return name.removeprefix("record.") in form.fields or name.removeprefix("facts.") in form.facts


def _constants(node: Node) -> Iterator[Any]:
    """The constants a side of a comparison may be."""
    if node.op == "const":
        yield as_constant(node.args[0], node)
    elif node.op in ("scaled", "text") or _aligns(node):
        yield from _constants(node.args[0])
    elif node.op == "if":
        for part in node.args[1:]:
            yield from _constants(part)


def as_constant(value: Any, node: Node) -> Any:
    """A constant as it is noted: a number in whole units, whatever scale the node reckons in."""
    if isinstance(node.type, Number) and not isinstance(value, str):
        return Decimal(value).scaleb(-node.type.scale)
    if isinstance(node.type, Number):
        return Decimal(value)
    return value


def _aligns(node: Node) -> bool:
    """Whether a node only writes a number with more places."""
    if node.op != "*" or not isinstance(node.type, Number):
        return False
    inner, by = node.args
    more = node.type.scale - (inner.type.scale if isinstance(inner.type, Number) else 0)
    return (
        by.op == "const" and more > 0 and by.args[0] == 10**more and isinstance(by.type, Number) and not by.type.scale
    )


def _turns_once(node: object) -> bool:
    """Whether a side of a comparison only grows, or only shrinks, with the one term it is worked out from."""
    if not isinstance(node, Node) or node.op in ("const", "get"):
        return True
    if node.op in ("scaled", "text", "neg"):
        return _turns_once(node.args[0])
    if node.op not in ("+", "-", "*", "/"):
        return False
    left, right = nodes(node.args)
    fixed = right.op == "const" or (left.op == "const" and node.op != "/")
    return fixed and _turns_once(left) and _turns_once(right)


def nodes(part: Any) -> Iterator[Node]:
    """The nodes among the parts of a node."""
    if isinstance(part, Node):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from nodes(each)


def timely(field: Field) -> bool:
    """Whether what a type says of a value may change with the day."""
    listed = field.type.choice_list
    if listed is not None:
        return any(each.since or each.until for each in listed.by_value.values())
    return "today" in limits_of(field)


def limits_of(field: Field) -> tuple[JSON, ...]:
    """The least and the greatest value a type declares, as far as it does: numbers in whole units, `today`."""
    kind, options = field.type.rule_type(), field.type.options
    declared = [each for key in ("min", "max") if (each := getattr(options, key, None)) is not None]
    if isinstance(kind, Number):
        bounds = [value for value in (kind.minimum, kind.maximum) if value is not None]
        return (*(Decimal(value).scaleb(-kind.scale) for value in bounds), *declared)
    return tuple(declared)
