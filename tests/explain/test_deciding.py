"""The parts of a rule that decided, and nothing else: what they name decides the same over any other answers."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.explain.deciding import Claim, decided, worked_out
from formkit.explain.reasons import Operand, Origin, Reason, RowReason, Value, values_in
from formkit.expressions import UNKNOWN, Context, Rule, parse_rule
from tests.expressions.generated import NAMES, ROW, SCOPE, answers, conditions, contexts, dates, numbers, words

THOROUGH = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
CLAIMS = (Claim(True, True), Claim(True, False), Claim(False, True), Claim(False, False))
EXPRESSIONS = st.one_of(numbers(), words(2), dates(2))


def value_of(name: str, value: Any) -> Value:
    return Value(name, value, Origin.TYPED)


def holds(claim: Claim, rule: Rule, values: Any, row: Any, context: Context) -> bool:
    definitely = rule.is_true if claim.truth else rule.is_false
    return definitely(values, row, context) is claim.met


def rows_in(part: Reason | RowReason | Operand) -> list[str]:
    """The names of the rows that count."""
    own = [part.name] if isinstance(part, RowReason) else []
    inner: list[Any] = [*getattr(part, "rows", ()), *getattr(part, "reasons", ()), *getattr(part, "parts", ())]
    return own + [name for each in [*inner, *getattr(part, "operands", ())] for name in rows_in(each)]


class World:
    """Answers, row and context somebody else gave, into which the values named are put."""

    def __init__(self, values: Any, row: Any, context: Context) -> None:
        self.values, self.row = dict(values), dict(row)
        self.record, self.facts, self.today = dict(context.record), dict(context.facts), context.today
        self.places: dict[str, Any] = {}

    def put(self, read: Value) -> None:
        first, *rest = read.name.split(".")
        if read.name == "today":
            self.today = read.value
        elif first == "facts":
            self.facts[rest[0]] = read.value
        elif first == "row":
            self.row[rest[0]] = read.value
        elif first == "record":
            self._put(self.record, "record.", rest, read.value)
        else:
            self._put(self.values, "", [first, *rest], read.value)

    def _put(self, into: Any, prefix: str, path: list[str], value: Any) -> None:
        name = prefix + path[0]
        if path[0] == "r":
            if len(path) == 3 and path[1] in self.places.get(name, {}):
                into["r"][self.places[name][path[1]]][path[2]] = value
            elif name not in self.places:
                into["r"] = value and [{}]
        elif len(path) == 1:
            into[path[0]] = value
        else:
            into[path[0]] = {**(into.get(path[0]) or {}), path[1]: value}

    def keep_rows(self, names: list[str]) -> None:
        """Of the rows read there are those that count, with other columns than they had."""
        for name in dict.fromkeys(names):
            base, _, number = name.rpartition(".")
            holder = self.record if base.startswith("record") else self.values
            places = self.places.setdefault(base, {})
            if not places:
                holder["r"] = []
            places.setdefault(number, len(places))
            holder["r"].append({"c": "b", "n": 3, "pay": "7.77", "y": True, "t": "x", "s": ["b"]})

    def put_all(self, part: Reason | Operand) -> None:
        self.keep_rows(rows_in(part))
        for read in sorted(values_in(part), key=lambda each: each.name.count(".")):
            self.put(read)

    @property
    def context(self) -> Context:
        return Context(self.record, self.facts, self.today)


@THOROUGH
@given(conditions(), answers(NAMES), answers(ROW), contexts(), answers(NAMES), answers(ROW), contexts())
def test_the_values_named_decide_the_same_among_any_others(
    text: str, values: Any, row: Any, context: Context, others: Any, other_row: Any, other: Context
) -> None:
    rule = parse_rule(text, SCOPE)
    if not isinstance(rule, Rule):
        return
    for claim in CLAIMS:
        if holds(claim, rule, values, row, context):
            reason = decided(rule, claim, values, row, context, value_of, "row")
            world = World(others, other_row, other)
            world.put_all(reason)
            assert holds(claim, rule, world.values, world.row, world.context), (claim, reason)


@THOROUGH
@given(EXPRESSIONS, answers(NAMES), answers(ROW), contexts(), answers(NAMES), answers(ROW), contexts())
def test_the_values_named_give_the_same_value(
    text: str, values: Any, row: Any, context: Context, others: Any, other_row: Any, other: Context
) -> None:
    rule = parse_rule(text, SCOPE, expects=None)
    if not isinstance(rule, Rule):
        return
    found = worked_out(rule, values, row, context, value_of, "row")
    value = rule.value(values, row, context)
    assert (None if found.value is UNKNOWN else found.value) == value
    world = World(others, other_row, other)
    world.put_all(found)
    assert rule.value(world.values, world.row, world.context) == value


def named(text: str, claim: Claim, **values: Any) -> list[str]:
    rule = parse_rule(text, SCOPE)
    assert isinstance(rule, Rule), rule
    context = Context(facts=values.pop("facts", {}))
    assert holds(claim, rule, values, None, context)
    return [value.name for value in values_in(decided(rule, claim, values, None, context, value_of))]


@pytest.mark.parametrize(
    ("text", "claim", "values", "names"),
    [
        ("y and n > 3", Claim(True, False), {"y": True, "n": 2}, ["n"]),
        ("y and n > 3", Claim(True, True), {"y": True, "n": 4}, ["y", "n"]),
        ("y or n > 3", Claim(True, True), {"y": False, "n": 4}, ["n"]),
        ("y or n > 3", Claim(True, False), {"y": False, "n": 2}, ["y", "n"]),
        ("not (y and n > 3)", Claim(True, True), {"y": True, "n": 2}, ["n"]),
        ("n > m", Claim(True, False), {"n": 2}, ["m"]),
        ("y if n > 3 else z", Claim(True, True), {"n": 4, "y": True, "z": False}, ["n", "y"]),
        ("any(q.n > 3 for q in r)", Claim(True, True), {"r": [{"n": 1}, {"n": 5}]}, ["r", "r.2.n"]),
        ("any(q.n > 3 for q in r)", Claim(True, False), {"r": [{"n": 1}, {"n": 2}]}, ["r", "r.1.n", "r.2.n"]),
        ("all(q.n > 3 for q in r if q.y)", Claim(False, True), {"r": [{"y": True, "n": 1}, {"n": 2}]},
         ["r", "r.1.y", "r.1.n"]),
        ("unique(q.c for q in r)", Claim(False, True), {"r": [{"c": "a"}, {"c": "b"}, {"c": "a"}]},
         ["r", "r.1.c", "r.3.c"]),
        ("facts.y or y", Claim(True, False), {"y": False, "facts": {"y": UNKNOWN}}, ["facts.y", "y"]),
    ],
)  # fmt: skip
def test_only_what_decided_is_named(text: str, claim: Claim, values: dict[str, Any], names: list[str]) -> None:
    assert named(text, claim, **values) == names
