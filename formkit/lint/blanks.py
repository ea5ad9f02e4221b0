"""Conditions that say "not …" of what may be left blank: a blank is neither the same nor another."""

from collections.abc import Iterator
from dataclasses import replace

from formkit.diagnostics import Diagnostic, Severity
from formkit.expressions import UNKNOWN, Rule, YesNo
from formkit.expressions.interpret import Reading, interpret
from formkit.expressions.ir import Node, parts, weighed
from formkit.fields.base import Shape
from formkit.form import Field, Form
from formkit.lint.failing import blank_asked, name_of
from formkit.lint.rule import Linted, LintRule
from formkit.lint.visit import VISIT
from formkit.lint.written import WrittenCondition
from formkit.search import Claim, Filled, Says
from formkit.search.world import functions_of

_LOOPS = frozenset({"any", "all", "count", "sum", "min", "max", "unique"})


def not_when_blank(linted: Linted) -> Iterator[Diagnostic]:
    """Conditions that do not hold where an answer is left blank for good, though it is not what they exclude."""
    look = linted.look
    for written in look.conditions:
        rule = written.condition.rule
        tree = _with_blanks(rule.tree, blank_asked(rule.tree))
        if written.condition.unless or written.about == "transition" or tree is rule.tree:
            continue
        meant = Says(_rule(rule, tree), True, written.holder)
        unsaid = Says(rule, UNKNOWN, written.holder)
        example = look.example(*written.given, meant, unsaid, *_filled(linted.form, written))
        if example is not None:
            example = replace(example, given=frozenset(field.path for field in _fields(linted.form, written)))
            params = {"name": look.name(written.path), "about": look.about(written), "example": look.told(example)}
            yield Diagnostic("not-when-blank", written.place, params, Severity.WARNING, example)


def _with_blanks(node: Node, known: frozenset[str]) -> Node:
    """The condition as if a blank were another value than any; the same where it denies nothing of an answer."""
    if node.op in ("and", "or"):
        inner = tuple(_with_blanks(part, known) for part in node.args)
        same = all(new is old for new, old in zip(inner, node.args, strict=True))
        return node if same else weighed(node.op, inner, YesNo(), node.start, node.end)
    if node.op not in ("!=", "not") or any(part.op in _LOOPS for part in parts(node)):
        return node
    read = [part for part in parts(node) if part.op == "get" and part.args[0] in ("values", "row")]
    blanks = [weighed("blank", (part,), YesNo(), part.start, part.end) for part in read if name_of(part) not in known]
    return weighed("or", (node, *blanks), YesNo(), node.start, node.end) if blanks else node


def _rule(rule: Rule, tree: Node) -> Rule:
    functions = functions_of(rule)
    return replace(
        rule,
        tree=tree,
        is_true=lambda values, row, context: interpret(tree, Reading(values, row, context, functions)) is True,
        is_false=lambda values, row, context: interpret(tree, Reading(values, row, context, functions)) is False,
    )


def _filled(form: Form, written: WrittenCondition) -> Iterator[Claim]:
    """That what has to be filled in is: while somebody is on the way to it, nothing need be said."""
    for field in _fields(form, written):
        if field.required.place is not None:
            yield Filled(field.path, where_shown=True)


def _fields(form: Form, written: WrittenCondition) -> Iterator[Field]:
    """The fields whose answers the condition reads."""
    for name in sorted(written.condition.rule.names):
        field = form.fields.get(f"{written.holder}.{name[4:]}" if name.startswith("row.") else name)
        if field is not None and field.shape is Shape.VALUE:
            yield field


NOT_WHEN_BLANK = LintRule(
    "not-when-blank",
    not_when_blank,
    passing=VISIT
    + """\
      language: {type: text, label: {zh: 讲解语言, en: Language}}
      interpreter:
        type: yes_no
        label: {zh: 要不要翻译, en: Is an interpreter needed?}
        visible_when: language is not blank and language != '中文'
""",
    failing=VISIT
    + """\
      language: {type: text, label: {zh: 讲解语言, en: Language}}
      interpreter:
        type: yes_no
        label: {zh: 要不要翻译, en: Is an interpreter needed?}
        visible_when: language != '中文' # <-
""",
)
