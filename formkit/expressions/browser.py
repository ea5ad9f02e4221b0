"""The rules' browser half: the evaluator's file, and the functions' browser bodies as a module."""

import json
from collections.abc import Iterable
from importlib.resources import files

from formkit.expressions.functions import RuleFunction
from formkit.expressions.runtime import UNKNOWN, Context


def evaluator_module() -> str:
    """The text of `rules.js`, an ES module that exports `evaluate`."""
    return files("formkit.expressions").joinpath("rules.js").read_text(encoding="utf-8")


def functions_module(functions: Iterable[RuleFunction]) -> str:
    """An ES module that exports `functions`, a table of name → function, of those that have a browser body."""
    bodies = (
        f"  {json.dumps(function.name, ensure_ascii=False)}: {function.browser},\n"
        for function in sorted(functions, key=lambda function: function.name)
        if function.browser is not None
    )
    return f"export const functions = {{\n{''.join(bodies)}}};\n"


def browser_context(context: Context) -> dict[str, object]:
    """The context as JSON for `evaluate`: a fact that is unknown is left out."""
    facts = {name: value for name, value in context.facts.items() if value is not UNKNOWN}
    return {"record": dict(context.record), "facts": facts, "today": context.today}
