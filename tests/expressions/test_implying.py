"""One condition follows from another only if it really does."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.expressions import Context, Rule, parse_rule
from formkit.expressions.implying import broken_with, holds_with
from tests.expressions.generated import SCOPE

_ATOMS = st.sampled_from(
    ("y", "z", "n < 2", "n <= 2", "n > 2", "n >= 1", "1 < n", "n == 2", "n != 2", "n in (1, 2)", "n not in (1, 2)")
) | st.sampled_from(("c == 'a'", "c != 'a'", "c in ('a', 'b')", "c not in ('a', 'b')", "n is blank", "y is not blank"))
CONDITIONS = st.recursive(
    _ATOMS,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner) | inner.map("(not {})".format)
    ),
    max_leaves=4,
)
ANSWERS = [
    {"y": y, "z": z, "n": n, "c": c}
    for y, z, n, c in product((None, True, False), (None, True, False), (None, 0, 1, 2, 3), (None, "a", "b", "c"))
]
CONTEXT = Context(today="2026-01-01", facts={}, record={})


def rule(text: str) -> Rule:
    found = parse_rule(text, SCOPE)
    assert isinstance(found, Rule), found
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("y", "y or z"),
        ("y and z", "y"),
        ("y and z", "z or n > 3"),
        ("c == 'a'", "c in ('a', 'b')"),
        ("c in ('a', 'b')", "c in ('b', 'c', 'a')"),
        ("c != 'a' and y", "c != 'a'"),
        ("n > 5", "n > 3"),
        ("n > 3", "n >= 3"),
        ("3 > n", "n < 4"),
        ("not (y or z)", "not y"),
        ("(y or z) and n > 3", "z or y"),
    ],
)
def test_it_follows(first: str, second: str) -> None:
    assert holds_with(rule(first).tree, rule(second).tree)
    assert first == second or not holds_with(rule(second).tree, rule(first).tree) or "(y or z) and" in first


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("y", "z"),
        ("n >= 3", "n > 3"),
        ("c != 'a'", "c == 'b'"),
        ("y or z", "y"),
        ("n > 3", "m > 3"),
        ("n < 3", "n > 1"),
    ],
)
def test_it_does_not_follow(first: str, second: str) -> None:
    assert not holds_with(rule(first).tree, rule(second).tree)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("y", "y and z"),
        ("y or z", "z"),
        ("n < 20", "n < 10"),
        ("c in ('a', 'b')", "c == 'a'"),
        ("n < 5", "n < 5 and y"),
    ],
)
def test_it_is_broken_too(first: str, second: str) -> None:
    assert broken_with(rule(first).tree, rule(second).tree)
    assert not broken_with(rule(second).tree, rule(first).tree)


@settings(deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_what_is_said_to_follow_does(first: str, second: str) -> None:
    one, other = rule(first), rule(second)
    if holds_with(one.tree, other.tree):
        assert all(other.is_true(each, None, CONTEXT) for each in ANSWERS if one.is_true(each, None, CONTEXT))
    if broken_with(one.tree, other.tree):
        assert all(other.is_false(each, None, CONTEXT) for each in ANSWERS if one.is_false(each, None, CONTEXT))
