"""What the browser is sent: small, without eval, under a strict policy, and careful with names."""

import gzip
import json

from playwright.sync_api import Page

from formkit.expressions import UNKNOWN, Context, Rule, Scope, Text, YesNo, parse_rule
from formkit.expressions.browser import browser_context, evaluator_module
from tests.expressions.evaluators import POLICY, in_browser


def test_the_evaluator_is_small() -> None:
    assert len(gzip.compress(evaluator_module().encode(), 9)) <= 2560


def test_the_evaluator_makes_no_code_at_run_time() -> None:
    text = evaluator_module()
    assert not any(word in text for word in ("eval(", "Function(", "innerHTML", "import("))


def test_a_fact_that_is_unknown_is_left_out_for_the_browser() -> None:
    context = Context({"a": 1}, {"open": UNKNOWN, "shut": None}, "2024-09-01")
    sent = browser_context(context)
    assert json.loads(json.dumps(sent)) == {"record": {"a": 1}, "facts": {"shut": None}, "today": "2024-09-01"}


def test_the_page_forbids_eval(page: Page) -> None:
    assert "unsafe" not in POLICY
    assert page.evaluate("evalSaid") == "EvalError"


def test_what_every_object_has_is_no_answer(page: Page) -> None:
    names = ("constructor", "valueof", "toString", "hasOwnProperty")
    scope = Scope({name: Text() for name in names}, facts={"constructor": YesNo()})
    for text in (*(f"{name} is blank" for name in names), "facts.constructor"):
        rule = parse_rule(text, scope)
        assert isinstance(rule, Rule)
        (said,) = in_browser(page, [(rule, {}, None, Context())])
        assert said is (UNKNOWN if text.startswith("facts") else True), text
