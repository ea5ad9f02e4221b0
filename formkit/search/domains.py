"""The values worth trying for each input, and whether trying them is as good as trying all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations, islice
from typing import Any

from formkit.expressions import BUILT_IN, UNKNOWN, Choice, Choices, Date, Month, Number, RuleFunction, Text, Type, YesNo
from formkit.fields.base import JSON, Moment, Refused
from formkit.form import Field, Form
from formkit.search.candidates import good_values, taken
from formkit.search.interests import TODAY_TERM, Interests, limits_of, timely
from formkit.search.ordered import Order
from formkit.search.turning import turning_points
from formkit.search.world import HAS_RECORD, RECORD, RECORDED_ROWS, ROWS, TODAY, Input

_FRESH = 2
_MOST_NAMED = 4
_MOST_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Domain:
    """Values, the likelier first; `whole` if no other value could make a difference."""

    values: tuple[JSON, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What values are wanted for: the name rules have for it, its type, and the field if it is one."""

    term: str
    kind: Type
    field: Field | None


class Domains:
    """The domains of the inputs of one search, each made when it is first asked for."""

    def __init__(self, form: Form, interests: Interests) -> None:
        self.form, self.interests = form, interests
        self.first_day = form.edition
        self._known: dict[str, Domain] = {}

    def of(self, wanted: Input) -> Domain:
        """The values to try for an input."""
        term = wanted.term
        if term not in self._known:
            self._known[term] = self._made(wanted, term)
        return self._known[term]

    def moment(self, day: str | None = None) -> Moment:
        """A day with nothing known beside it."""
        return Moment(self.first_day if day is None else day)

    def _made(self, wanted: Input, term: str) -> Domain:
        if wanted == HAS_RECORD:
            return Domain((False, True), whole=True)
        if wanted == TODAY:
            return self._today()
        if wanted.kind in (ROWS, RECORDED_ROWS):
            return self._counts(term)
        kind = self.kind_of(term)
        field = self.field_of(term)
        found, whole = _BY_KIND.get(type(kind), Domains.things)(self, _Asked(term, kind, field))
        values = [value for value in distinct(found) if field is None or wanted.kind == RECORD or takes(field, value)]
        whole = whole and self.interests.is_whole(term)
        extra: list[JSON] = [None] if field is not None else [UNKNOWN, None]
        return Domain((*values, *extra), whole)

    def kind_of(self, term: str) -> Type:
        """The type of a term that is no number of rows."""
        if term == TODAY_TERM:
            return Date()
        if term.startswith("facts."):
            return self.form.facts[term[6:]].type
        field = self.field_of(term)
        return field.type.rule_type() if field is not None else Type()

    def field_of(self, term: str) -> Field | None:
        """The field a term is, or is on record for."""
        return self.form.fields.get(term.removeprefix("record."))

    def _counts(self, term: str) -> Domain:
        path = term.removesuffix("#")
        field = self.field_of(path)
        assert field is not None  # noqa: S101 - rows are those of a field
        needed = max(1, self.interests.rows.get(path, 0))
        kind = field.type
        numbers = {int(each) for each in self.interests.constants_of(term) if isinstance(each, Decimal)}
        near = {each + step for each in numbers for step in (-1, 0, 1)} | {kind.min_rows, kind.max_rows}
        several = len(self.interests.together(term)) > 1
        wanted = {*range(needed + 1), *(each for each in near if numbers or several or each == kind.min_rows)}
        allowed = sorted(each for each in wanted if kind.min_rows <= each <= kind.max_rows or each == 0)
        first = [each for each in allowed if each == needed]
        return Domain(
            tuple(first + [each for each in allowed if each != needed]),
            self.interests.is_whole(term) and not several,
        )

    def _today(self) -> Domain:
        order = Order(Date())
        days = {self.first_day, *self._own_days()}
        points = {order.number(day) + step for day in days for step in (-1, 0, 1)}
        points |= self._points(TODAY_TERM, order)
        low = order.number(self.first_day)
        later = sorted(point for point in points if low <= point <= order.high)
        whole = self.interests.is_whole(TODAY_TERM)
        return Domain(tuple(order.value(point) for point in later), whole)

    def _own_days(self) -> Iterator[str]:
        """Days on which choices come and go, or to which a span of the calendar reaches."""
        for term in sorted(self.interests.terms):
            field = self.field_of(term)
            if field is None:
                continue
            chosen = field.type.choice_list
            for choice in chosen.by_value.values() if chosen is not None else ():
                yield from (day for day in (choice.since, choice.until) if day is not None)
            kind = field.type.rule_type()
            if timely(field) and isinstance(kind, Number | Month):
                order = Order(kind)
                for point in sorted(self._points(term, order)):
                    if order.low <= point <= order.high:
                        year = f"{order.value(point):04}" if isinstance(kind, Number) else order.value(point)
                        yield from (f"{year}-01-01", f"{year}-12-31") if len(year) == 4 else (f"{year}-01",)

    def _points(self, term: str, order: Order) -> set[int]:
        """The places in the order of a type around which it makes a difference where a term lies."""
        together = self.interests.together(term)
        fixed = {order.place_of(each, self.first_day) for each in self.interests.constants_of(term)}
        for other in together:
            fixed |= self._limits(other, order)
        steps = self._copies(together)
        points = {each + step for each in fixed if each is not None for step in range(-steps, steps + 1)}
        return points | self._turns.get(term, set())

    def _limits(self, term: str, order: Order) -> set[int | None]:
        field = self.field_of(term)
        if field is None:
            return {order.number(self.first_day)} if term == TODAY_TERM and isinstance(order.kind, Date) else set()
        return {order.place_of(limit, self.first_day) for limit in limits_of(field)}

    def _copies(self, terms: Iterable[str]) -> int:
        """How many different values may be needed at one place: one for each term and each row it is in."""
        count = 0
        for term in terms:
            holder = term.rpartition(".")[0] if term.removeprefix("record.").count(".") else ""
            count += max(1, self.interests.rows.get(holder, 1))
        return min(count, 4)

    @cached_property
    def _turns(self) -> Mapping[str, set[int]]:
        return turning_points(self.interests, self.kind_of, self.first_day)

    def ordered(self, asked: _Asked) -> tuple[list[JSON], bool]:
        """Days, months and numbers: those around everything they are compared with."""
        kind, term = asked.kind, asked.term
        assert isinstance(kind, Number | Date | Month)  # noqa: S101 - by its kind
        order = Order(kind)
        middle = (not isinstance(kind, Number) and order.place_of(self.first_day, self.first_day)) or 0
        points = self._points(term, order) | {middle, max(order.low, 0), max(order.low, 1)}
        among = [point for point in points if order.low <= point <= order.high]
        alike = {self._sort_of(self.kind_of(other)) for other in self._fields_with(term)}
        return [order.value(each) for each in sorted(among, key=lambda p: abs(p - middle))], len(alike) <= 1

    def _sort_of(self, kind: Type) -> tuple[type, int]:
        return type(kind), kind.scale if isinstance(kind, Number) else 0

    def _fields_with(self, term: str) -> list[str]:
        return [other for other in self.interests.together(term) if not other.endswith("#")]

    def truth(self, _asked: _Asked) -> tuple[list[JSON], bool]:
        """Yes and no."""
        return [True, False], True

    def one_of(self, asked: _Asked) -> tuple[list[JSON], bool]:
        """Every choice that is named, and of the others as many of each sort as there are names weighed together."""
        kind, term, field = asked.kind, asked.term, asked.field
        assert isinstance(kind, Choice)  # noqa: S101 - by its kind
        named = self.interests.constants_of(term)
        together = [other for other in self._fields_with(term) if isinstance(self.kind_of(other), Choice)]
        lists = [frozenset(getattr(self.kind_of(other), "values", ())) for other in together]
        copies = self._copies(together)
        sorts: dict[object, list[JSON]] = {}
        for value in kind.values:
            days = _days_of(field, value)
            sort = value if value in named else (tuple(value in each for each in lists), days)
            sorts.setdefault(sort, []).append(value)
        chosen = [value for values in sorts.values() for value in values[:copies]]
        return sorted(chosen, key=lambda value: value not in named), True

    def several(self, asked: _Asked) -> tuple[list[JSON], bool]:
        """Subsets of the choices that are named, with others added where the number must be kept."""
        kind, term = asked.kind, asked.term
        assert isinstance(kind, Choices)  # noqa: S101 - by its kind
        named = [value for value in kind.values if value in self.interests.constants_of(term)]
        others = [value for value in kind.values if value not in named]
        parts = [list(part) for size in range(len(named) + 1) for part in combinations(named[:_MOST_NAMED], size)]
        found = [
            sorted([*part, *others[:more]], key=kind.values.index)
            for part in parts
            for more in range(len(others) + 1)[:4]
        ]
        alone = len(self.interests.together(term)) == 1
        return [each for each in sorted(found, key=len) if each], alone and len(named) <= _MOST_NAMED

    def words(self, asked: _Asked) -> tuple[list[JSON], bool]:
        """The texts that are named, some that are not, and those a function that reads them may tell apart."""
        term, field = asked.term, asked.field
        named = [each for each in self.interests.constants_of(term) if isinstance(each, str)]
        copies = max(_FRESH, self._copies(self.interests.together(term)))
        if field is None:
            return [*sorted(named), *(f"text {number}" for number in range(1, copies + 1)), *self._hinted(term)], True
        usual = good_values(field, self.moment())
        fresh = list(islice((each for each in usual if isinstance(each, str) and each not in named), copies))
        whole = len(fresh) == copies and not field.type.depends()
        lengths = (each for each in self._lengths(term, fresh))
        return [*sorted(named), *fresh, *self._hinted(term), *lengths], whole

    def _lengths(self, term: str, fresh: list[JSON]) -> Iterator[str]:
        sign = str(fresh[0])[:1] if fresh else "a"
        yield from (sign * length for length in sorted(self._turns.get(term, ())) if 0 < length <= _MOST_LENGTH)

    def _hinted(self, term: str) -> Iterator[JSON]:
        for hint in sorted(self.interests.hints.get(term, ())):
            function = BUILT_IN.get(hint)
            if isinstance(function, RuleFunction):
                yield from (each for arguments, _ in function.vectors for each in arguments if isinstance(each, str))
            else:
                yield from (hint, f"{hint}1", f"{hint}11111")

    def things(self, asked: _Asked) -> tuple[list[JSON], bool]:
        """Uploads and whatever a type of its own holds: what the type itself takes for good."""
        return list(islice(good_values(asked.field, self.moment()), 3)) if asked.field is not None else [], True


_Maker = Callable[[Domains, _Asked], tuple[list[JSON], bool]]
_BY_KIND: Mapping[type, _Maker] = {
    YesNo: Domains.truth,
    Choice: Domains.one_of,
    Choices: Domains.several,
    Number: Domains.ordered,
    Date: Domains.ordered,
    Month: Domains.ordered,
    Text: Domains.words,
}


def takes(field: Field, value: JSON) -> bool:
    """Whether a value of the field is one its type reads as it is, and finds nothing in but what a day may change."""
    if timely(field) or field.type.depends():
        try:
            return bool(field.type.parse(value) == value)
        except Refused:
            return False
    return bool(taken(field, value, Moment("2000-01-01")) == value)


def distinct(values: Iterable[JSON]) -> list[JSON]:
    """The values without what comes again; they may be lists and objects."""
    found: list[JSON] = []
    for value in values:
        if not any(value == each and type(value) is type(each) for each in found):
            found.append(value)
    return found


def _days_of(field: Field | None, value: str) -> tuple[Any, ...]:
    listed = field.type.choice_list if field is not None else None
    return tuple((each.since, each.until) for each in listed.ancestry(value)) if listed is not None else ()
