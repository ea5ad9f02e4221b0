"""Things a file declares, keys and functions → the Markdown an editor shows of them, in one language."""

from formkit.expressions import RuleFunction
from formkit.expressions.types import Type
from formkit.locales import sentence
from formkit.lsp.meaning import Key
from formkit.lsp.outline import Declared, Outline

_MOST_CHOICES = 12
_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]()<>#+-!|~"})


def hover_text(thing: Declared | RuleFunction | Key, outline: Outline, language: str) -> str:
    """Markdown of a thing; what the author of the file wrote is text in it, never markup."""
    if isinstance(thing, RuleFunction):
        return _function(thing, language)
    if isinstance(thing, Key):
        return f"`{thing.name}`\n\n{thing.info.description or ''}".strip()
    parts = [f"**{_plain(thing.label.in_(language))}** `{thing.id}`"]
    if thing.type:
        parts.append(_say("type", language, type=f"`{thing.type}`"))
    choices = thing.inner if thing.kind == "list" else outline.choices_of(thing)
    if choices:
        shown = [f"- `{each.id}` {_plain(each.label.in_(language))}" for each in list(choices.values())[:_MOST_CHOICES]]
        more = [_say("more", language, count=len(choices) - _MOST_CHOICES)] if len(choices) > _MOST_CHOICES else []
        parts.append("\n".join([_say("choices", language), *shown, *more]))
    place = thing.place
    parts.append(_say("declared", language, place=f"`{place.file.replace('`', '')}:{place.line}`"))
    return "\n\n".join(parts)


def short_text(thing: Declared | RuleFunction | Key | None, language: str) -> str:
    """One line of a thing, for a list of proposals."""
    if isinstance(thing, RuleFunction):
        return signature(thing, language)
    if isinstance(thing, Key):
        return thing.info.description or ""
    return thing.label.in_(language) if thing is not None else ""


def signature(function: RuleFunction, language: str) -> str:
    """`age_on(date, date) → number`, in the words people read."""
    parameters = [each if isinstance(each, tuple) else (each,) for each in function.parameters]
    told = [_say("or", language).join(_called(kind, language) for kind in kinds) for kinds in parameters]
    return f"{function.name}({', '.join(told)}) → {_called(function.result, language)}"


def _function(function: RuleFunction, language: str) -> str:
    sentences = (function.python.__doc__ or "").strip().partition("\n")[0] if function.python is not len else ""
    return f"`{signature(function, language)}`\n\n{sentences}".strip()


def _called(kind: Type, language: str) -> str:
    return kind.called.in_(language)


def _plain(text: str) -> str:
    return " ".join(text.split()).translate(_MARKUP)


def _say(code: str, language: str, **params: object) -> str:
    return sentence("lsp", code, params, language)
