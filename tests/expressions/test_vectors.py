"""Every shared vector, by the interpreter, the compiled rule, and rules.js in real Chromium."""

import json

import pytest
from playwright.sync_api import Page

from formkit.expressions import BUILT_IN, UNKNOWN
from tests.expressions.evaluators import compiled, in_browser, interpreted
from tests.expressions.vectors import FOLDER, Vector, all_vectors

FILES = sorted(path.name for path in FOLDER.glob("*.json"))


def of(file: str) -> list[Vector]:
    return [vector for vector in all_vectors() if vector.file == file]


def wrong(vectors: list[Vector], answers: list[object]) -> list[str]:
    """What was said that should not have been; a value that is unknown reads as blank."""
    report = []
    for vector, said in zip(vectors, answers, strict=True):
        said = None if said is UNKNOWN and not vector.rule.tree.is_condition else said
        wanted = UNKNOWN if vector.answer is None and vector.rule.tree.is_condition else vector.answer
        if said is not wanted and (said != wanted or type(said) is not type(wanted)):
            report.append(f"{vector}: {said!r} instead of {vector.answer!r}")
    return report


@pytest.mark.parametrize("file", FILES)
def test_interpreter_says_what_the_vectors_say(file: str) -> None:
    vectors = of(file)
    assert wrong(vectors, [interpreted(v.rule, v.values, v.row, v.context) for v in vectors]) == []


@pytest.mark.parametrize("file", FILES)
def test_compiled_rules_say_what_the_vectors_say(file: str) -> None:
    vectors = of(file)
    assert wrong(vectors, [compiled(v.rule, v.values, v.row, v.context) for v in vectors]) == []


@pytest.mark.parametrize("file", FILES)
def test_browser_says_what_the_vectors_say(file: str, page: Page) -> None:
    vectors = of(file)
    assert wrong(vectors, in_browser(page, [(v.rule, v.values, v.row, v.context) for v in vectors])) == []


def test_there_are_many_vectors() -> None:
    assert len(all_vectors()) > 600


def test_a_calculated_yes_or_no_is_blank_where_it_is_unknown() -> None:
    vector = next(v for v in all_vectors() if v.rule.text == "length(name) > 2" and v.answer is None)
    assert vector.rule.value(vector.values, vector.row, vector.context) is None


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_function_says_what_its_vectors_say(name: str) -> None:
    function = BUILT_IN[name]
    assert function.vectors, f"{name} has no vectors"
    for arguments, result in function.vectors:
        assert function.python(*arguments) == result, (name, arguments)


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_function_says_the_same_in_the_browser(name: str, page: Page) -> None:
    function = BUILT_IN[name]
    calls = json.dumps([[name, arguments] for arguments, _ in function.vectors])
    answers = json.loads(page.evaluate("calls => JSON.stringify(callAll(JSON.parse(calls)))", calls))
    assert answers == [result for _, result in function.vectors]
