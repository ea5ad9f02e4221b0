"""Strategies for rules that are well typed by construction, and for answers to run them over."""

from typing import Any

from hypothesis import strategies as st

from formkit.expressions import (
    UNKNOWN,
    Choice,
    Choices,
    Context,
    Date,
    File,
    Group,
    Month,
    Number,
    Rows,
    Scope,
    Text,
    Type,
    YesNo,
)

_MISSING = object()
LETTERS = ("a", "b", "c")
COLUMNS: dict[str, Type] = {
    "c": Choice(LETTERS), "n": Number(-20, 20), "pay": Number(-9999, 9999, 2), "day": Date(), "y": YesNo(), "t": Text(),
    "s": Choices(LETTERS),
}  # fmt: skip
NAMES: dict[str, Type] = {
    **COLUMNS, "m": Number(-20, 20), "rate": Number(0, 20000, 4), "z": YesNo(), "later": Date(), "mo": Month(),
    "f": File(), "g": Group({"t": Text(), "n": Number(-20, 20), "y": YesNo()}), "r": Rows(COLUMNS, 20),
}  # fmt: skip
FACTS: dict[str, Type] = {name: COLUMNS[name] for name in ("y", "n", "c", "s", "day", "pay")}
ROW: dict[str, Type] = {"k": Number(-20, 20), "w": Text()}
SCOPE = Scope(NAMES, FACTS, NAMES, ROW)

_COMPARE = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
_EQUAL = st.sampled_from(["==", "!="])
_DAYS = ("1999-12-31", "2000-02-29", "2024-02-28", "2024-02-29", "2024-03-01")


@st.composite
def conditions(draw: st.DrawFn, depth: int = 3, row: str | None = None) -> str:
    """The text of a condition; `row` is the word for the row of the loop it stands in."""
    if depth == 0:
        return draw(st.sampled_from([*_reads("y", row), "z", "g.y", "yes", "no"]))
    kinds = [
        "and",
        "or",
        "not",
        "number",
        "number",
        "word",
        "date",
        "in",
        "has",
        "blank",
        "truth",
        "if",
        "chain",
        "deep",
    ]
    kind = draw(st.sampled_from(kinds if row else [*kinds, "loop", "loop", "unique", "count"]))
    return draw(_CONDITIONS[kind](depth - 1, row))


def _junction(word: str) -> Any:
    def build(depth: int, row: str | None) -> st.SearchStrategy[str]:
        parts = st.lists(conditions(depth, row), min_size=2, max_size=3)
        return parts.map(lambda found: f"({f' {word} '.join(found)})")

    return build


def _not(depth: int, row: str | None) -> st.SearchStrategy[str]:
    return conditions(depth, row).map("(not {})".format)


def _number(depth: int, row: str | None) -> st.SearchStrategy[str]:
    return st.builds("({} {} {})".format, numbers(depth, row), _COMPARE, numbers(depth, row))


def _chain(depth: int, row: str | None) -> st.SearchStrategy[str]:
    number = numbers(depth, row)
    return st.builds("({} {} {} {} {})".format, number, _COMPARE, number, _COMPARE, number)


def _word(depth: int, row: str | None) -> st.SearchStrategy[str]:
    return st.builds("({} {} {})".format, words(depth, row), _EQUAL, words(depth, row))


def _date(depth: int, row: str | None) -> st.SearchStrategy[str]:
    return st.builds("({} {} {})".format, dates(depth, row), _COMPARE, dates(depth, row))


def _in(depth: int, row: str | None) -> st.SearchStrategy[str]:
    letters = st.lists(st.sampled_from(["'a'", "'b'", "'c'"]), min_size=1, max_size=3).map(", ".join)
    amounts = st.lists(st.integers(-3, 3).map(str) | st.just("0.5"), min_size=1, max_size=3).map(", ".join)
    word = st.sampled_from(["in", "not in"])
    return st.builds("({} {} ({},))".format, words(depth, row), word, letters) | st.builds(
        "({} {} ({},))".format, numbers(depth, row), word, amounts
    )


def _has(depth: int, row: str | None) -> st.SearchStrategy[str]:
    value = st.sampled_from(["'a'", "'c'", *_reads("c", row), *_reads("t", row)])
    return st.builds("({} {} {})".format, value, st.sampled_from(["in", "not in"]), st.sampled_from(_reads("s", row)))


def _blank(depth: int, row: str | None) -> st.SearchStrategy[str]:
    names = ["f", "g", "r", "record.f", "record.g", *(name for word in COLUMNS for name in _reads(word, row))]
    operand = st.sampled_from(names) | numbers(depth, row).map("({} + n)".format)
    return st.builds("({} {})".format, operand, st.sampled_from(["is blank", "is not blank"]))


def _truth(depth: int, row: str | None) -> st.SearchStrategy[str]:
    return st.builds("({} {} {})".format, conditions(depth, row), _EQUAL, conditions(depth, row))


def _if(depth: int, row: str | None) -> st.SearchStrategy[str]:
    part = conditions(depth, row)
    return st.builds("({} if {} else {})".format, part, part, part)


def _deep(depth: int, row: str | None) -> st.SearchStrategy[str]:
    return conditions(depth, row)


def _loop(depth: int, row: str | None) -> st.SearchStrategy[str]:
    inner = conditions(depth, "q")
    chosen = st.just("") | conditions(min(depth, 1), "q").map(" if {}".format)
    rows = st.sampled_from(["r", "record.r"])
    return st.builds("{}({} for q in {}{})".format, st.sampled_from(["any", "all"]), inner, rows, chosen)


def _unique(depth: int, row: str | None) -> st.SearchStrategy[str]:
    key = st.sampled_from(["q.c", "q.n", "(q.c, q.n)", "(q.c, facts.n)", "(q.pay, q.day, q.y)", "q.n / 2", "q.n > 1"])
    chosen = st.just("") | conditions(min(depth, 1), "q").map(" if {}".format)
    return st.builds("unique({} for q in r{})".format, key, chosen)


def _count(depth: int, row: str | None) -> st.SearchStrategy[str]:
    return st.builds("({} {} {})".format, aggregates(depth), _COMPARE, st.integers(-5, 20))


_CONDITIONS: dict[str, Any] = {
    "and": _junction("and"), "or": _junction("or"), "not": _not, "number": _number, "chain": _chain, "word": _word,
    "date": _date, "in": _in, "has": _has, "blank": _blank, "truth": _truth, "if": _if, "deep": _deep, "loop": _loop,
    "unique": _unique, "count": _count,
}  # fmt: skip


def aggregates(depth: int) -> st.SearchStrategy[str]:
    """The text of a number worked out over rows."""
    chosen = st.just("") | conditions(min(depth, 1), "q").map(" if {}".format)
    over = st.builds("{}({} for q in r{})".format, st.sampled_from(["sum", "min", "max"]), numbers(1, "q"), chosen)
    return (
        over | chosen.map("count(q for q in r{})".format) | st.sampled_from(["count(r)", "count(s)", "count(facts.s)"])
    )


@st.composite
def numbers(draw: st.DrawFn, depth: int = 2, row: str | None = None) -> str:
    """The text of a number."""
    if depth <= 0:
        names = [*_reads("n", row), *_reads("pay", row), "m", "rate", "k", "g.n", "f.size"]
        return draw(st.sampled_from(names) | st.sampled_from(["0", "1", "2", "0.5", "-1", "12.50"]))
    smaller = numbers(depth - 1, row)
    signs = st.builds("({} {} {})".format, smaller, st.sampled_from(["+", "-", "*", "/"]), smaller)
    choice = st.builds("({} if {} else {})".format, smaller, conditions(min(depth - 1, 1), row), smaller)
    called = st.builds("days_between({}, {})".format, dates(depth - 1, row), dates(depth - 1, row))
    measured = words(depth - 1, row).map("length({})".format)
    negative = smaller.map("(-{})".format)
    return draw(st.one_of(smaller, signs, signs, choice, called, measured, negative))


@st.composite
def words(draw: st.DrawFn, depth: int = 1, row: str | None = None) -> str:
    """The text of a text."""
    if depth <= 0:
        return draw(st.sampled_from([*_reads("t", row), "'a'", "'b'", "w", "g.t"]))
    smaller = words(depth - 1, row)
    return draw(smaller | st.builds("({} if {} else {})".format, smaller, conditions(min(depth - 1, 1), row), smaller))


@st.composite
def dates(draw: st.DrawFn, depth: int = 1, row: str | None = None) -> str:
    """The text of a date."""
    if depth <= 0:
        return draw(st.sampled_from([*_reads("day", row), "later", "today()", *(f"date('{day}')" for day in _DAYS)]))
    smaller = dates(depth - 1, row)
    moved = st.builds("date_add_days({}, {})".format, smaller, st.sampled_from(["1", "-1", "n", "m", "facts.n"]))
    return draw(smaller | moved)


def _reads(name: str, row: str | None) -> list[str]:
    """The ways a rule can read something of this kind."""
    return [
        name,
        f"record.{name}",
        *([f"facts.{name}"] if name in FACTS else []),
        *([f"{row}.{name}"] * 3 if row else []),
    ]


def values_of(kind: Type) -> st.SearchStrategy[Any]:
    """JSON values of a type, none of them blank."""
    if isinstance(kind, Number):
        whole = st.integers(max(kind.low, -30), min(kind.high, 30)) | st.integers(kind.low, kind.high)
        return whole if kind.scale == 0 else whole.map(lambda value: _decimal(value, kind.scale))
    if isinstance(kind, Choices):
        return st.lists(st.sampled_from(kind.values), max_size=2, unique=True)
    if isinstance(kind, Rows):
        return st.lists(answers(kind.columns), max_size=3)
    if isinstance(kind, Group):
        return answers(kind.fields)
    if isinstance(kind, Choice):
        return st.sampled_from(kind.values)
    plain: dict[type, st.SearchStrategy[Any]] = {
        YesNo: st.booleans(),
        Text: st.sampled_from(["a", "b", "", "会计", "𠮷"]),
        Date: st.sampled_from(_DAYS),
        Month: st.sampled_from(["2024-01", "2024-02"]),
        File: st.integers(0, 5).map(lambda size: {"id": "f1", "size": size}),
    }
    return plain[type(kind)]


def answers(types: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Values for names of these types: most filled in, some blank, some missing."""
    every = st.fixed_dictionaries({name: _mostly(values_of(kind), None, _MISSING) for name, kind in types.items()})
    return every.map(lambda found: {name: value for name, value in found.items() if value is not _MISSING})


def _mostly(values: st.SearchStrategy[Any], *seldom: Any) -> st.SearchStrategy[Any]:
    return st.integers(0, 4 + len(seldom)).flatmap(lambda n: values if n <= 4 else st.just(seldom[n - 5]))


def contexts() -> st.SearchStrategy[Context]:
    """A record, facts of which some are unknown, and a day."""
    facts = st.fixed_dictionaries(
        {name: st.just(UNKNOWN) | st.none() | values_of(kind) for name, kind in FACTS.items()}
    )
    return st.builds(Context, answers(NAMES), facts, st.sampled_from(_DAYS))


def _decimal(value: int, scale: int) -> str:
    sign, digits = "-" if value < 0 else "", str(abs(value)).rjust(scale + 1, "0")
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}"
