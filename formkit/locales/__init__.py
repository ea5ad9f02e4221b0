"""Codes to sentences, in zh and en: the last thing that happens to a diagnostic or an issue."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from formkit.diagnostics import Diagnostic
from formkit.issues import Issue
from formkit.texts import DEFAULT_LANGUAGE, LANGUAGES, Text

HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}
DIAGNOSTIC_ROOMS = ("diagnostics", "rules", "treatments", "variants", "lint")
"""Where the sentences stand that the author of a form reads."""


def diagnostic_sentence(diagnostic: Diagnostic, language: str) -> str:
    """What is wrong, and why, in one or two sentences."""
    return sentence(_room_of(diagnostic.code), diagnostic.code, diagnostic.params, language)


def diagnostic_hint(diagnostic: Diagnostic, language: str) -> str:
    """What to do about it; empty where the sentence says it all."""
    return sentence(_room_of(diagnostic.code), f"{diagnostic.code}.hint", diagnostic.params, language, default="")


def _room_of(code: str) -> str:
    return next((room for room in DIAGNOSTIC_ROOMS if code in sentences(room, DEFAULT_LANGUAGE)), DIAGNOSTIC_ROOMS[0])


def issue_sentence(issue: Issue, language: str) -> str:
    """What the person reads: the author's own message where there is one, else the sentence of the code."""
    if issue.message is not None:
        return issue.message.in_(language)
    return sentence("issues", issue.code, issue.params, language)


def sentence(room: str, code: str, params: Mapping[str, object], language: str, *, default: str | None = None) -> str:
    """The sentence of `code` in one room of the locales (`diagnostics`, `issues`, `interface`, …) with its params.

    A `Text` among the params is put in in the same language. An unknown code reads as itself, so that a missing
    translation is seen and hides nothing.
    """
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    template = sentences(room, language).get(code)
    if template is None:
        return f"{code} {dict(params)}" if default is None else default
    words = {name: value.in_(language) if isinstance(value, Text) else value for name, value in params.items()}
    return template.format_map(_Blanks(words))


@cache
def sentences(room: str, language: str) -> Mapping[str, str]:
    """Every sentence of one room in one language: code → template."""
    module = import_module(f"formkit.locales.{language}.{room}")
    return module.SENTENCES  # type: ignore[no-any-return]


class _Blanks(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
