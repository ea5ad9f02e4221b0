"""The door of the rule language: a rule's text in a scope → a Rule that runs, or its problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from formkit.expressions.check import Checker
from formkit.expressions.compile import (
    RUNTIME,
    Compiled,
    called_functions,
    compile_condition,
    compile_value,
    function_names,
    written,
)
from formkit.expressions.functions import RuleFunction
from formkit.expressions.ir import Node, parts, weighed
from formkit.expressions.parse import parse
from formkit.expressions.problems import Problem, Refused
from formkit.expressions.runtime import Context
from formkit.expressions.scan import scan
from formkit.expressions.scope import Scope
from formkit.expressions.syntax import Syntax
from formkit.expressions.types import Type, YesNo

MAX_LENGTH = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A checked and compiled rule.

    `is_true`, `is_false` and `value` take (values, row, context): the form's JSON values, nested, each of its declared
    type, blank ones None or missing; the row the rule belongs to, or None; and the Context. A condition is unknown
    where it is neither definitely true nor definitely false. `value` is the JSON value, None where blank or unknown.
    `names` are the names mentioned: `email`, `full_time.level`, `qualifications`, `facts.x`, `record.y`, `row.level`;
    `called` the functions by the names that `to_python` has for them.
    """

    text: str
    type: Type
    names: frozenset[str]
    functions: frozenset[str]
    uses_today: bool
    tree: Node
    is_true: Compiled
    is_false: Compiled
    value: Compiled
    browser: list[Any] | None
    called: Mapping[str, Any]

    def to_browser(self) -> list[Any] | None:
        """The rule as JSON for `rules.js`; None where it calls a function that has no browser body."""
        return self.browser

    def to_python(self, outcome: bool | None, row: str) -> str:
        """What `is_true` (True), `is_false` (False) or `value` (None) answers, as one Python expression.

        It reads the variables `values` and `context` and the row named; no word of the author's is in it but as repr().
        """
        if outcome is not None and not self.tree.is_condition:
            return "False"
        return written(self.tree, outcome, row)

    @property
    def python_names(self) -> Mapping[str, Any]:
        """What the other names mean that stand in `to_python`."""
        return {**RUNTIME, **self.called}


def parse_rule(text: str, scope: Scope, *, expects: Type | None = YesNo()) -> Rule | tuple[Problem, ...]:  # noqa: B008
    """The rule that `text` is in `scope`, or every problem found in it; no text makes it raise.

    `expects` is the type its answer must have: a condition unless given; None takes any.
    """
    if len(text) > MAX_LENGTH:
        return (Problem("rule-too-long", MAX_LENGTH, len(text), {"most": MAX_LENGTH}),)
    tokens = scan(text, _Words(scope))
    if isinstance(tokens, tuple):
        return tokens
    try:
        tree = parse(tokens)
    except Refused as refused:
        return (refused.problem,)
    return rule_of(text, tree, scope, expects)


def rule_of(text: str, tree: Syntax, scope: Scope, expects: Type | None) -> Rule | tuple[Problem, ...]:
    """The rule that a piece of syntax is, or every problem found in it."""
    checker = Checker(scope)
    root = checker.check(tree, expects)
    if root is None:
        return tuple(sorted(checker.problems, key=lambda problem: (problem.start, problem.end)))
    return _built(text, root, checker.mentions, scope.functions)


def with_tree(rule: Rule, tree: Node, text: str) -> Rule:
    """The rule with another tree, made of its own names and functions; `text` is how that reads."""
    called = {name: RuleFunction(name, (), YesNo(), python=rule.called[f"_f_{name}"]) for name in rule.functions}
    return _built(text, tree, rule.names, called)


def denied(rule: Rule) -> Rule:
    """The condition that holds where this one does not."""
    tree = rule.tree
    return with_tree(rule, weighed("not", (tree,), YesNo(), tree.start, tree.end), f"not ({rule.text})")


def _built(text: str, root: Node, names: frozenset[str], functions: Mapping[str, RuleFunction]) -> Rule:
    if root.is_condition:
        is_true, is_false = compile_condition(root, functions)
        value = _value_of(is_true, is_false)
    else:
        is_true = is_false = _no_condition
        value = compile_value(root, functions)
    called = function_names(root)
    return Rule(
        text=text,
        type=root.type,
        names=names,
        functions=called,
        uses_today=any(node.op == "today" for node in parts(root)),
        tree=root,
        is_true=is_true,
        is_false=is_false,
        value=value,
        called=called_functions(root, functions),
        browser=root.to_json() if all(functions[name].browser for name in called) else None,
    )


def _value_of(is_true: Compiled, is_false: Compiled) -> Compiled:
    def value(values: Mapping[str, Any], row: Mapping[str, Any] | None, context: Context) -> bool | None:
        if is_true(values, row, context):
            return True
        return False if is_false(values, row, context) else None

    return value


def _no_condition(_values: Mapping[str, Any], _row: Mapping[str, Any] | None, _context: Context) -> bool:
    """A rule that is no condition is neither true nor false."""
    return False


class _Words:
    """The words a name of the scope may begin with, for the scanner."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._scope.is_name(word)
