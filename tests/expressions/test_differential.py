"""Generated rules over generated answers: interpreter, compiled rule and browser say the same."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from formkit.expressions import UNKNOWN, Context, Rule, parse_rule
from tests.expressions.evaluators import compiled, in_browser, interpreted
from tests.expressions.generated import NAMES, ROW, SCOPE, answers, conditions, contexts, dates, numbers, words

# What a rule that is well typed by construction may still be refused for.
EXPECTED_PROBLEMS = {
    "number-too-large", "rule-too-large", "rule-too-costly", "rule-too-deep", "rule-too-long", "division-by-zero",
    "never-equal", "never-blank", "unknown-choice",
}  # fmt: skip

Case = tuple[Rule, dict[str, Any], dict[str, Any] | None, Context]
_RELAXED = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@st.composite
def cases(draw: st.DrawFn) -> Case | None:
    """A rule with answers to run it over; None where the rule is refused for a reason that can be."""
    text = draw(st.one_of(conditions(), conditions(4), numbers(3), words(2), dates(2)))
    rule = parse_rule(text, SCOPE, expects=None)
    if not isinstance(rule, Rule):
        assert {problem.code for problem in rule} <= EXPECTED_PROBLEMS, (text, rule)
        return None
    return rule, draw(answers(NAMES)), draw(st.none() | answers(ROW)), draw(contexts())


def spoken(rule: Rule, answer: Any) -> Any:
    """A value that is unknown reads as blank at the top of a rule."""
    return None if answer is UNKNOWN and not rule.tree.is_condition else answer


@settings(_RELAXED, max_examples=250)
@given(cases())
def test_compiled_rules_say_what_the_interpreter_says(case: Case | None) -> None:
    if case is None:
        return
    rule = case[0]
    said, wanted = compiled(*case), spoken(rule, interpreted(*case))
    assert said == wanted, (rule.text, *case[1:])
    assert type(said) is type(wanted), (rule.text, *case[1:])


@settings(_RELAXED, max_examples=6)
@given(found=st.lists(cases(), min_size=20, max_size=40))
def test_browser_says_what_the_interpreter_says(found: list[Case | None], page: Page) -> None:
    run = [case for case in found if case is not None]
    for case, said in zip(run, in_browser(page, run), strict=True):
        wanted = spoken(case[0], interpreted(*case))
        assert spoken(case[0], said) == wanted, (case[0].text, *case[1:])


@settings(_RELAXED, max_examples=200)
@given(st.text(max_size=120) | st.text("()[]'\"=<>!&|+-*/., \nabnqr123andorifelsefor（），＝“”且", max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    found = parse_rule(text, SCOPE)
    if isinstance(found, Rule):
        return
    assert found
    for problem in found:
        assert 0 <= problem.start <= problem.end <= len(text), (text, problem)


@settings(_RELAXED, max_examples=100)
@given(
    conditions(3),
    st.integers(0, 200),
    st.sampled_from(["", "(", ")", "'", " and ", "=", "（", ".", " for ", "q", "\0", "é"]),
)
def test_no_damaged_rule_makes_it_raise(text: str, at: int, piece: str) -> None:
    damaged = text[:at] + piece + text[at + 1 :]
    found = parse_rule(damaged, SCOPE)
    assert isinstance(found, Rule) or all(0 <= problem.start <= problem.end <= len(damaged) for problem in found)
