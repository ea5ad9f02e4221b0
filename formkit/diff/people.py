"""Conditions as people say them: for whom a change counts."""

from collections.abc import Iterable, Sequence

from formkit.expressions import Rule
from formkit.expressions.ir import Node
from formkit.form import Condition, Field, Form
from formkit.locales import sentence
from formkit.texts import LANGUAGES, Text

_WORDS = {"==": "is", "!=": "is_not", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}


def who(form: Form, conditions: Iterable[Condition | None]) -> Text | None:
    """Those for whom all of some conditions hold; None: everybody."""
    known = [condition for condition in conditions if condition is not None]
    if not known:
        return None
    return Text({language: _all_told(form, known, language) for language in LANGUAGES})


def said(form: Form, rule: Rule) -> Text:
    """A rule in words where it is simple, else as it is written."""
    return Text({language: _of_rule(form, rule, language) for language in LANGUAGES})


def word(code: str, *, default: str | None = None, **params: object) -> Text:
    """A word of this room in every language; `default` where there is none."""
    return Text({language: sentence("diff", code, params, language, default=default) for language in LANGUAGES})


def listed(names: Iterable[Text]) -> Text:
    """Several names after one another."""
    known = list(names)
    return Text({each: _say("comma", each).join(name.in_(each) for name in known) for each in LANGUAGES})


def around(form: Form, field: Field) -> tuple[Condition | None, ...]:
    """What decides whether a field is shown."""
    top = form.top_fields[field.path.partition(".")[0]]
    outside = next(
        (step.visible, section.visible) for step in form.steps for section in step.sections if top in section.fields
    )
    return (*outside, top.visible, *([field.visible] if field is not top else []))


def _all_told(form: Form, conditions: Iterable[Condition], language: str) -> str:
    return _say("and", language).join(dict.fromkeys(_told(form, each, language) for each in conditions))


def _told(form: Form, condition: Condition, language: str) -> str:
    if condition.unless and condition.rule.tree.op == "!=":
        same = _simple(form, condition.rule.tree, language, word="is_or_blank")
        return same or _say("except", language, told=_of_rule(form, condition.rule, language))
    told = _of_rule(form, condition.rule, language)
    return _say("except", language, told=told) if condition.unless else told


def _of_rule(form: Form, rule: Rule, language: str) -> str:
    return _phrase(form, rule.tree, language) or _say("rule", language, text=rule.text)


def _phrase(form: Form, node: Node, language: str) -> str:
    """A condition in words; empty where it is not of the simple kind."""
    if node.op == "and":
        told = [_phrase(form, part, language) for part in _nodes(node.args)]
        return _say("and", language).join(told) if all(told) else ""
    if node.op == "not" and node.args[0].op in ("yes", "blank"):
        return _simple(form, node.args[0], language, negative=True)
    return _simple(form, node, language)


def _simple(form: Form, node: Node, language: str, *, negative: bool = False, word: str = "") -> str:
    read = node.args[0] if node.args and isinstance(node.args[0], Node) else None
    if read is None or read.op != "get" or read.args[0] not in ("values", "facts", "record"):
        return ""
    name = _name(form, read, language)
    if node.op in ("yes", "blank"):
        return _say(f"{node.op}.not" if negative else node.op, language, name=name)
    if node.op == "in":
        *shown, last = (_value(form, read, value, language) for value in node.args[1])
        values = _say("or", language).join([*filter(None, [_say("comma", language).join(shown)]), last])
        return _say("among", language, name=name, values=values)
    other = node.args[1] if len(node.args) > 1 else None
    if node.op in _WORDS and isinstance(other, Node) and other.op == "const":
        return _say(word or _WORDS[node.op], language, name=name, value=_value(form, read, other.args[0], language))
    return ""


def _name(form: Form, read: Node, language: str) -> str:
    where, path = read.args
    if where == "facts":
        return form.facts[path[0]].label.in_(language)
    parts = (form.fields.get(".".join(path[: depth + 1])) for depth in range(len(path)))
    named = " · ".join(part.label.in_(language) for part in parts if part is not None) or ".".join(path)
    return _say("on_record", language, name=named) if where == "record" else named


def _value(form: Form, read: Node, value: object, language: str) -> str:
    if isinstance(value, bool):
        return sentence("interface", "yes" if value else "no", {}, language)
    where, path = read.args
    field = form.fields.get(".".join(path)) if where != "facts" else None
    listed = field.type.choice_list if field is not None else None
    return listed.label(str(value), language) if listed is not None else str(value)


def _nodes(args: Sequence[object]) -> Iterable[Node]:
    for each in args:
        if isinstance(each, Node):
            yield each
        elif isinstance(each, tuple):
            yield from _nodes(each)


def _say(code: str, language: str, **params: object) -> str:
    return sentence("diff", code, params, language)
