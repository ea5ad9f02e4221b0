"""Each rule's own example passes and fails it as it says."""

import pytest

from formkit.compiler import Compiler
from formkit.lint import RULES, LintRule, lint
from formkit.locales import diagnostic_hint, diagnostic_sentence
from formkit.texts import LANGUAGES

MARK = "# <-"


def found(text: str) -> list[tuple[str, int]]:
    compiled = Compiler().compile_text(text)
    assert not compiled.diagnostics, compiled.diagnostics
    return sorted((each.code, each.place.line) for each in lint(compiled))


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_the_passing_example_is_clean_by_every_rule(rule: LintRule) -> None:
    assert found(rule.passing) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_the_failing_example_fails_where_it_says_and_nowhere_else(rule: LintRule) -> None:
    marked = [number for number, line in enumerate(rule.failing.splitlines(), 1) if line.endswith(MARK)]
    assert marked
    assert found(rule.failing) == [(rule.code, line) for line in marked]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_says_what_and_what_to_do(rule: LintRule, language: str) -> None:
    for finding in lint(Compiler().compile_text(rule.failing)):
        for told in (diagnostic_sentence(finding, language), diagnostic_hint(finding, language)):
            assert told
            assert rule.code not in told
            assert "{" not in told
