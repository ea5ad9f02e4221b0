"""A rule as a value: conditions, calculated values, the browser's half, functions of one's own."""

from typing import Any

import pytest

from formkit.errors import UnknownName
from formkit.expressions import (
    BUILT_IN,
    UNKNOWN,
    Context,
    Date,
    Number,
    Rows,
    Rule,
    RuleFunction,
    Scope,
    Text,
    YesNo,
    parse_rule,
)
from formkit.expressions.browser import functions_module
from tests.expressions.evaluators import interpreted

SCOPE = Scope({"age": Number(0, 150), "name": Text(), "ok": YesNo(), "birth": Date()}, facts={"open": YesNo()})
EMPTY = Context()


def rule(text: str, scope: Scope = SCOPE, **more: Any) -> Rule:
    found = parse_rule(text, scope, **more)
    assert isinstance(found, Rule), found
    return found


def test_unknown_is_neither_true_nor_false() -> None:
    found = rule("age > 18")
    assert not found.is_true({}, None, EMPTY)
    assert not found.is_false({}, None, EMPTY)
    assert found.value({}, None, EMPTY) is None


def test_a_fact_that_is_not_there_is_unknown() -> None:
    found = rule("facts.open is blank")
    for facts in ({}, {"open": UNKNOWN}):
        context = Context(facts=facts)
        assert (found.is_true({}, None, context), found.is_false({}, None, context)) == (False, False)
    assert found.is_true({}, None, Context(facts={"open": None}))


def test_a_value_is_no_condition() -> None:
    found = rule("age + 1", expects=Number())
    assert found.value({"age": 3}, None, EMPTY) == 4
    assert not found.is_true({"age": 3}, None, EMPTY)
    assert not found.is_false({"age": 3}, None, EMPTY)


@pytest.mark.parametrize(("age", "outcome"), [(20, True), (3, False), (None, None)])
def test_a_rule_can_be_had_as_a_python_expression(age: int | None, outcome: bool | None) -> None:
    found = rule("age > 18 and age_on(birth, today()) > 0", Scope({"birth": Date()}, row={"age": Number(0, 150)}))
    values, context = {"birth": "1990-01-01"}, Context(today="2020-01-01")
    names = {**found.python_names, "values": values, "context": context, "there": {"age": age}}
    assert eval(found.to_python(True, "there"), names) is (outcome is True)  # noqa: S307
    assert bool(eval(found.to_python(False, "there"), names)) is (outcome is False)  # noqa: S307
    assert eval(found.to_python(None, "there"), names) is outcome  # noqa: S307


def test_running_a_rule_changes_nothing() -> None:
    rows = [{"n": 1}, {"n": None}]
    values: dict[str, Any] = {"rows": rows}
    found = rule("unique(q.n for q in rows) and count(rows) == 2", Scope({"rows": Rows({"n": Number(0, 9)})}))
    assert found.is_true(values, None, EMPTY)
    assert values == {"rows": [{"n": 1}, {"n": None}]}


def test_the_texts_of_a_rule_cannot_leave_their_quotes() -> None:
    text = "name == \"'); __import__('os').abort() #\" or name == '\u2028{0}%s'"
    found = rule(text)
    assert found.is_true({"name": "'); __import__('os').abort() #"}, None, EMPTY)
    assert found.is_true({"name": "\u2028{0}%s"}, None, EMPTY)


def test_the_deepest_rule_compiles() -> None:
    deep = "age"
    for _ in range(26):
        deep = f"(1 + {deep})"
    assert rule(f"{deep} == 30").is_true({"age": 4}, None, EMPTY)
    nots = "not " * 26 + "ok"
    assert rule(nots).is_true({"ok": True}, None, EMPTY)


def test_the_browser_gets_plain_json() -> None:
    assert rule("age >= 18 and name == 'a'").to_browser() == [
        "and",
        [">=", ["get", "values", ["age"]], ["const", 18]],
        ["==", ["get", "values", ["name"]], ["const", "a"]],
    ]


def _shout(text: str) -> str:
    return text.upper()


SHOUT = RuleFunction("shout", (Text(),), Text(), _shout, "text => text.toUpperCase()", ((("a",), "A"),))
COUNT_IN_FILE = RuleFunction("credit", (Text(),), Number(0, 99, 1), lambda text: f"{len(text)}.5")


def test_a_function_of_ones_own_is_one_value() -> None:
    scope = Scope({"name": Text()}, functions=BUILT_IN.extended([SHOUT]))
    found = rule("shout(name) == 'ANN'", scope)
    assert found.is_true({"name": "ann"}, None, EMPTY)
    assert found.is_false({"name": "bob"}, None, EMPTY)
    assert not found.is_false({}, None, EMPTY)
    assert found.to_browser() == ["==", ["call", "shout", [["get", "values", ["name"]]]], ["const", "ANN"]]


def test_a_function_gives_and_takes_json_values() -> None:
    scope = Scope({"name": Text()}, functions=BUILT_IN.extended([COUNT_IN_FILE]))
    assert rule("credit(name) * 2 == 7", scope).is_true({"name": "ann"}, None, EMPTY)
    assert rule("credit(name)", scope, expects=Number(scale=2)).value({"name": "ann"}, None, EMPTY) == "3.50"


def test_a_rule_whose_function_has_no_browser_body_waits_for_the_server() -> None:
    scope = Scope({"name": Text()}, functions=BUILT_IN.extended([COUNT_IN_FILE]))
    assert rule("credit(name) > 2", scope).to_browser() is None


def test_the_module_holds_the_functions_that_have_a_browser_body() -> None:
    text = functions_module([SHOUT, COUNT_IN_FILE])
    assert text == 'export const functions = {\n  "shout": text => text.toUpperCase(),\n};\n'


def test_a_function_must_have_a_name_that_a_rule_can_say() -> None:
    with pytest.raises(ValueError, match="two words"):
        RuleFunction("two words", (), Text(), str)


def test_the_built_in_functions_are_a_value() -> None:
    BUILT_IN.extended([SHOUT])
    with pytest.raises(UnknownName):
        BUILT_IN["shout"]


def test_the_interpreter_can_be_asked_about_a_part_of_a_rule() -> None:
    found = rule("age >= 18 and ok")
    part = found.tree.args[0]
    assert interpreted(found, {"age": 20, "ok": False}, None, EMPTY) is False
    assert found.text[part.start : part.end] == "age >= 18"
