"""Rules that say nearly the same: each reads as what it does, and differs in one thing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.cases.other_trees import nearly
from formkit.expressions import Rule, parse_rule
from tests.expressions.evaluators import compiled
from tests.expressions.generated import SCOPE
from tests.expressions.test_differential import _RELAXED, EXPECTED_PROBLEMS, Case, cases


def others(text: str) -> list[str]:
    rule = parse_rule(text, SCOPE, expects=None)
    assert isinstance(rule, Rule), rule
    return [each.text for each in nearly(rule)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y", ["not (y)"]),
        ("not y", ["y"]),
        ("n < 3", ["not (n < 3)", "n <= 3", "n < 2", "n < 4"]),
        ("n == 1.5", ["not (n == 1.5)", "n == 1.4", "n == 1.6"]),
        ("f.size < 2 KB", ["not (f.size < 2 KB)", "f.size <= 2 KB", "f.size < 2047", "f.size < 2049"]),
        ("c == 'b'", ["not (c == 'b')", "c == 'a'"]),
        ("'b' in s", ["not ('b' in s)", "'a' in s"]),
        ("c in ('a', 'b')", ["not (c in ('a', 'b'))", "c in ('b')", "c in ('a')", "c in ('a', 'b', 'c')"]),
        ("c not in ('a',)", ["not (c not in ('a',))", "not (c in ('a', 'b'))"]),
        ("t is not blank", ["not (t is not blank)"]),
        ("day >= date('2024-03-01')", ["not (day >= date('2024-03-01'))", "day > date('2024-03-01')",
                                       "day >= date('2024-02-29')", "day >= date('2024-03-02')"]),
        ("mo == date('2024-01')", ["not (mo == date('2024-01'))", "mo == date('2023-12')", "mo == date('2024-02')"]),
        ("y and z or n > 1", [
            "not (y and z or n > 1)", "y and z and n > 1", "n > 1", "y and z", "not (y and z) or n > 1",
            "(y or z) or n > 1", "z or n > 1", "y or n > 1", "not (y) and z or n > 1", "y and not (z) or n > 1",
            "y and z or not (n > 1)", "y and z or n >= 1", "y and z or n > 0", "y and z or n > 2",
        ]),
        ("1 < n < 5", ["not (1 < n < 5)", "1 < n or n < 5", "n < 5", "1 < n", "1 <= n < 5", "0 < n < 5", "2 < n < 5",
                       "1 < n <= 5", "1 < n < 4", "1 < n < 6"]),
        ("g is blank", ["not (g is blank)"]),
        ("unique((q.c, q.n) for q in r)", ["not (unique((q.c, q.n) for q in r))", "unique(q.n for q in r)",
                                            "unique(q.c for q in r)"]),
        ("any(q.y for q in r)", ["not (any(q.y for q in r))", "all(q.y for q in r)", "any((not (q.y)) for q in r)"]),
        ("n + 1", ["(n - 1)", "n + 0", "n + 2"]),
        ("facts.c", []),
    ],
)  # fmt: skip
def test_what_an_author_may_have_meant_instead(text: str, expected: list[str]) -> None:
    assert others(text) == expected


@settings(_RELAXED, max_examples=50)
@given(cases(), st.data())
def test_each_reads_as_what_it_does(case: Case | None, data: st.DataObject) -> None:
    if case is None:
        return
    rule, *given_ = case
    made = list(nearly(rule))
    if not made:
        return
    other = data.draw(st.sampled_from(made))
    read = parse_rule(other.text, SCOPE, expects=None)
    if not isinstance(read, Rule):
        assert {problem.code for problem in read} <= EXPECTED_PROBLEMS | {"types-differ"}, (rule.text, other.text, read)
        return
    assert compiled(read, *given_) == compiled(other, *given_), (rule.text, other.text)
