"""Where a comparison of something worked out turns, found by trial: one input is varied, the others stand still."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from formkit.expressions import UNKNOWN, Choice, Choices, Context, Date, File, Month, Number, Rule, Text, Type
from formkit.expressions.interpret import Reading, interpret
from formkit.fields.base import JSON, Shape
from formkit.form import Field, Form
from formkit.search.interests import TODAY_TERM, Atom, Interests
from formkit.search.ordered import Order, order_of
from formkit.search.world import functions_of

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_STEPS = (0, 1, 2, 3, 5, 8, 12, 18, 31, 60, 92, 183, 366, 731, 1100, 1830, 3660, 5500, 6800, 7310, 9200, 11000, 15000)
_FAR = (18300, 22000, 25600, 30000, 36600)
_MOST_LENGTH = 200


_Key = tuple[Rule, int, int, str, str]
_known: WeakKeyDictionary[Form, dict[_Key, frozenset[int]]] = WeakKeyDictionary()
"""What was found by trial once: a rule's atom (its place, its holder) and the term that is varied → the turns."""


def turning_points(interests: Interests, kind_of: Callable[[str], Type], today: str) -> Mapping[str, set[int]]:
    """Term → the places on both sides of each turn; of texts the lengths."""
    known = _known.setdefault(interests.form, {})
    found: dict[str, set[int]] = {}
    for atom in interests.atoms:
        if atom.terms.isdisjoint(interests.worked) or not atom.node.is_condition:
            continue
        for term in interests.together(next(iter(atom.terms))):
            key = (atom.rule, atom.node.start, atom.node.end, atom.bases["row"], term)
            if key not in known:
                known[key] = frozenset(_Trial(interests.form, atom, term, kind_of, today).turns())
            found.setdefault(term, set()).update(known[key])
    return found


@dataclass(frozen=True)
class _Trial:
    """One comparison, and the term that is varied."""

    form: Form
    atom: Atom
    term: str
    kind_of: Callable[[str], Type]
    today: str

    def turns(self) -> Iterator[int]:
        """The places where the comparison comes out differently than one place further."""
        places = sorted(self._places())
        seen = [self._comes_out(place) for place in places]
        for number in range(len(places) - 1):
            low, at_low = places[number], seen[number]
            while at_low != seen[number + 1]:
                low, high = self._between(low, places[number + 1], at_low)
                yield from (low, high)
                low, at_low = high, self._comes_out(high)

    def _between(self, low: int, high: int, at_low: object) -> tuple[int, int]:
        """Two places next to each other of which only the first comes out as `low` does."""
        while high - low > 1:
            middle = (low + high) // 2
            if self._comes_out(middle) == at_low:
                low = middle
            else:
                high = middle
        return low, high

    def _places(self) -> set[int]:
        kind = self.kind_of(self.term) if not self.term.endswith("#") else Type()
        if isinstance(kind, Text):
            return {*range(13), 18, 20, 50, 100, _MOST_LENGTH}
        order = order_of(kind)
        if order is None:
            return set()
        middle = (
            0 if isinstance(kind, Number) else order.number(self.today if isinstance(kind, Date) else self.today[:7])
        )
        scale = 10**kind.scale if isinstance(kind, Number) else 1
        far = [10**power for power in range(5, 11)] if isinstance(kind, Number) else _FAR
        steps = [sign * step * scale for step in (*_STEPS, *far) for sign in (1, -1)]
        return {min(max(middle + step, order.low), order.high) for step in steps}

    def _comes_out(self, place: int) -> object:
        """On which side the comparison is with the term at a place."""
        kind = self.kind_of(self.term)
        order = order_of(kind)
        value = order.value(place) if order is not None else "a" * place
        probe = _Probe(self.form, {self.term: value}, self.kind_of, self.today)
        loops = {key: probe.inside(path) for key, path in self.atom.bases.items() if isinstance(key, int)}
        row = probe.inside(self.atom.bases["row"])
        reading = Reading(probe.top, row, probe.context, functions_of(self.atom.rule), loops)
        node = self.atom.node
        if node.op in _COMPARISONS:
            left, right = (interpret(part, reading) for part in node.args)
            return None if None in (left, right) or UNKNOWN in (left, right) else (left > right) - (left < right)
        if node.op == "in":
            found = interpret(node.args[0], reading)
            return None if found in (None, UNKNOWN) else tuple((found > each) - (found < each) for each in node.args[1])
        return interpret(node, reading)


class _Probe:
    """Values that are one and the same for every term but those given; what is calculated is worked out of them."""

    def __init__(self, form: Form, given: Mapping[str, JSON], kind_of: Callable[[str], Type], today: str) -> None:
        self.form, self.given, self.kind_of, self.today = form, given, kind_of, today
        self.top = _Values(self, "", form.top_fields)
        record = _Values(self, "record.", form.top_fields)
        facts = {name: self.value(f"facts.{name}") for name in form.facts}
        self.context = Context(record, facts, given.get(TODAY_TERM, today))

    def inside(self, path: str) -> "_Values":
        """A group, or a row of a list."""
        field = self.form.fields.get(path.removeprefix("record."))
        inner = {each.id: each for each in field.fields} if field is not None else {}
        return _Values(self, f"{path}.", inner)

    def value(self, term: str) -> JSON:
        """The value of a term."""
        return self.given[term] if term in self.given else self._usual(self.kind_of(term))

    def _usual(self, kind: Type) -> JSON:
        match kind:
            case Number():
                return Order(kind).value(min(max(kind.low, 10**kind.scale), kind.high))
            case Date():
                return self.today
            case Month():
                return self.today[:7]
            case Text():
                return "a"
            case Choice():
                return kind.values[0]
            case Choices():
                return list(kind.values[:1])
            case File():
                return {"id": "f1", "name": "a", "size": 1, "width": 1, "height": 1}
        return True


class _Values(Mapping[str, Any]):
    """The fields of the form, or of a part of it, as a rule reads them."""

    def __init__(self, probe: _Probe, prefix: str, fields: Mapping[str, Field]) -> None:
        self._probe, self._prefix, self._fields = probe, prefix, fields

    def __getitem__(self, name: str) -> Any:
        field = self._fields[name]
        path = f"{self._prefix}{name}"
        if field.shape is not Shape.VALUE:
            inside = self._probe.inside(path)
            return [inside] if field.shape is Shape.ROWS else inside
        if field.calculation is not None and path not in self._probe.given and not path.startswith("record."):
            rule = field.calculation.rule
            row = None if field.path == field.id else self
            worked = interpret(rule.tree, Reading(self._probe.top, row, self._probe.context, functions_of(rule)))
            return None if worked is UNKNOWN else worked
        return self._probe.value(path)

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self._fields else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)
