"""Rules bind as Python's expressions do, and what they leave out of Python is refused."""

import ast
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.expressions.parse import parse
from formkit.expressions.problems import Refused
from formkit.expressions.scan import scan
from formkit.expressions.syntax import (
    MAX_DEPTH,
    Arithmetic,
    Call,
    Comparison,
    Either,
    Items,
    Junction,
    Loop,
    Name,
    Negative,
    Not,
    NumberLiteral,
    Syntax,
    TextLiteral,
)


def read(text: str) -> Syntax:
    tokens = scan(text)
    assert isinstance(tokens, list), tokens
    return parse(tokens)


def refused(text: str) -> str:
    with pytest.raises(Refused) as caught:
        read(text)
    return caught.value.problem.code


_SIGNS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in", ast.And: "and", ast.Or: "or",
}  # fmt: skip


def python_shape(node: Any) -> Any:
    """The shape Python gives an expression."""
    match node:
        case ast.BoolOp():
            return (_SIGNS[type(node.op)], *map(python_shape, node.values))
        case ast.BinOp():
            return (_SIGNS[type(node.op)], python_shape(node.left), python_shape(node.right))
        case ast.UnaryOp():
            return ("not" if isinstance(node.op, ast.Not) else "neg", python_shape(node.operand))
        case ast.Compare():
            signs = tuple(_SIGNS[type(sign)] for sign in node.ops)
            return (signs, *map(python_shape, [node.left, *node.comparators]))
        case ast.IfExp():
            return ("if", python_shape(node.test), python_shape(node.body), python_shape(node.orelse))
        case ast.Tuple():
            return ("items", *map(python_shape, node.elts))
        case ast.Call(func=ast.Name(id=name)):
            return ("call", name, *map(python_shape, node.args))
        case ast.GeneratorExp():
            (loop,) = node.generators
            return ("for", python_shape(node.elt), python_shape(loop.iter), *map(python_shape, loop.ifs))
        case ast.Attribute() | ast.Name():
            return ast.unparse(node)
        case ast.Constant():
            return str(node.value)
    raise AssertionError(ast.dump(node))


def rule_shape(part: Syntax) -> Any:
    """The shape the rule's parser gives it, in the same terms."""
    match part:
        case Junction():
            return (part.word, *map(rule_shape, part.parts))
        case Arithmetic():
            return (part.sign, rule_shape(part.left), rule_shape(part.right))
        case Not():
            return ("not", rule_shape(part.operand))
        case Negative():
            return ("neg", rule_shape(part.operand))
        case Comparison():
            return (part.signs, *map(rule_shape, part.operands))
        case Either():
            return ("if", rule_shape(part.condition), rule_shape(part.first), rule_shape(part.second))
        case Items():
            return ("items", *map(rule_shape, part.items))
        case Call():
            return ("call", part.name.path[0], *map(rule_shape, part.arguments))
        case Loop():
            chosen = () if part.condition is None else (rule_shape(part.condition),)
            return ("for", rule_shape(part.element), rule_shape(part.rows), *chosen)
        case Name():
            return ".".join(part.path)
        case NumberLiteral():
            return part.digits
        case TextLiteral():
            return part.value
    raise AssertionError(part)


_ATOMS = st.sampled_from(["a", "b.c", "1", "'x'", "f(a, 2)", "any(q.x == 1 for q in r if q.y or a)", "(a, 'x')"])


def _longer(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = ["+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", " in ", " not in ", " and ", " or "]
    pairs = st.builds("{}{}{}".format, smaller, st.sampled_from(signs), smaller)
    choices = st.builds("{} if {} else {}".format, smaller, smaller, smaller)
    return pairs | choices | smaller.map("not {}".format) | smaller.map("-{}".format) | smaller.map("({})".format)


@settings(deadline=None, max_examples=300)
@given(st.recursive(_ATOMS, _longer, max_leaves=12))
def test_rules_bind_as_python_does(text: str) -> None:
    try:
        wanted = python_shape(ast.parse(text, mode="eval").body)
    except SyntaxError:
        with pytest.raises(Refused):
            read(text)
        return
    assert rule_shape(read(text)) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rule-empty"),
        (" \n ", "rule-empty"),
        ("a ==", "rule-incomplete"),
        ("a and", "rule-incomplete"),
        ("any(q.x for q in", "rule-incomplete"),
        ("a == 1 b", "missing-sign"),
        ("a 3", "missing-sign"),
        ("a 'x'", "missing-sign"),
        ("a == == 3", "out-of-place"),
        ("and a", "out-of-place"),
        ("a == not b", "out-of-place"),
        ("f(a", "bracket-not-closed"),
        ("(a", "bracket-not-closed"),
        ("(a]", "out-of-place"),
        ("a)", "out-of-place"),
        ("a is 3", "is-what"),
        ("a is not 3", "is-what"),
        ("1 < a is blank", "is-what"),
        ("a is blank == b", "is-what"),
        ("a if b", "no-else"),
        ("a[0]", "no-subscript"),
        ("r[0].x == 1", "no-subscript"),
        ("name.lower() == 'x'", "no-method"),
        ("(q.x for q in r)", "no-loop-here"),
        ("[q.x for q in r]", "no-loop-here"),
        ("any(q.x for q in r for p in s)", "no-second-for"),
        ("any(q.x for q.y in r)", "odd-row-word"),
        ("f(key=3)", "foreign-sign"),
        ("f(*a)", "out-of-place"),
        ("a.", "rule-incomplete"),
        ("a.3", "out-of-place"),
        ("((a).b)", "out-of-place"),
    ],
)
def test_what_is_not_said_rightly_has_a_code(text: str, code: str) -> None:
    tokens = scan(text)
    if isinstance(tokens, tuple):
        assert code in {problem.code for problem in tokens}
    else:
        assert refused(text) == code


@pytest.mark.parametrize("piece", ["(", "not ", "-", "f(", "[", "a if a else ", "a+"])
def test_depth_is_bounded(piece: str) -> None:
    text = piece * 400 + "a" + {"(": ")", "f(": ")", "[": "]"}.get(piece, "") * 400
    assert refused(text) == "rule-too-deep"
    shallow = piece * (MAX_DEPTH - 2) + "a" + {"(": ")", "f(": ")", "[": "]"}.get(piece, "") * (MAX_DEPTH - 2)
    assert read(shallow)


def test_every_part_knows_its_characters() -> None:
    text = "a == 1 and (b + 2) * 3 > f(c)"
    tree = read(text)
    assert isinstance(tree, Junction)
    assert [text[part.start : part.end] for part in tree.parts] == ["a == 1", "(b + 2) * 3 > f(c)"]
