"""Texts that a form in several languages has in one of them only."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from formkit.compiler.reporting import YamlPath
from formkit.diagnostics import Diagnostic, Place, Severity
from formkit.form import Form
from formkit.lint.rule import Linted, LintRule
from formkit.locales import sentence
from formkit.schemas.form_spec import FieldSpec, FormSpec
from formkit.texts import LANGUAGES, Text

_MOST_SHOWN = 40
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def missing_translation(linted: Linted) -> Iterator[Diagnostic]:
    """Texts without one of the languages that the form's title has; of a choice list the first is told."""
    for language in linted.form.languages if len(linted.form.languages) > 1 else ():
        for text, path in _texts(linted):
            if _lacks(text, language):
                yield _told(language, text, linted.place(path))
        for known in linted.form.choices.values():
            lacking = [each for each in known.by_value.values() if _lacks(each.label, language)]
            place = lacking[0].place if lacking else None
            if place is not None:
                params = {"count": len(lacking)} if len(lacking) > 1 else {}
                yield _told(language, lacking[0].label, place, **params)


def _told(language: str, text: Text, place: Place, **params: object) -> Diagnostic:
    params = {"value": next(iter(text.values()))[:_MOST_SHOWN], **params}
    value = _in_all("one_of_many" if "count" in params else "one_text", params)
    told = {"value": value, "language": _in_all(f"language.{language}", {}), "code": language}
    return Diagnostic("missing-translation", place, told, Severity.WARNING)


def _in_all(code: str, params: Mapping[str, object]) -> Text:
    return Text({language: sentence("lint", code, params, language) for language in LANGUAGES})


def _lacks(text: Text, language: str) -> bool:
    """Whether a text means nothing to readers of a language: `QQ` and `2 MB` are the same in all."""
    if language in text:
        return False
    words = " ".join(text.values())
    return any(each.isalpha() for each in words) if language == "zh" else _CHINESE.search(words) is not None


def _texts(linted: Linted) -> Iterator[tuple[Text, YamlPath]]:
    """Every text that people read but for choices, with its path in the file."""
    spec = FormSpec.model_validate(linted.document.value)
    return ((text, path) for path, text in _within(spec, (), linted.form) if path[0] != "choices")


def _within(value: object, path: YamlPath, form: Form) -> Iterator[tuple[YamlPath, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _within(getattr(value, name), (*path, info.alias or name), form)
        if isinstance(value, FieldSpec) and path[0] == "steps":
            found = form.fields.get(_definition(path))
            yield from _within(found.type.options, path, form) if found is not None else ()
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within(inner, (*path, key), form)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, inner in enumerate(value):
            yield from _within(inner, (*path, index), form)


def _definition(path: YamlPath) -> str:
    """The definition path of the field whose keys are written at a path of the file."""
    return ".".join(str(path[i + 1]) for i in range(2, len(path) - 1) if path[i] == "fields")


_FORM = """\
form: leave
title: {{zh: 请假, en: Leave}}
edition: 2026-01-01
steps:
  only:
    title: {{zh: 请假, en: Leave}}
    fields:
      days: {{type: integer, label: {{zh: 天数, en: Days}}, required: true}}
      qq: {{type: text, label: QQ}}
      reason: {{type: text, label: {reason}}}{mark}
"""
MISSING_TRANSLATION = LintRule(
    "missing-translation",
    missing_translation,
    passing=_FORM.format(reason="{zh: 事由, en: Reason}", mark=""),
    failing=_FORM.format(reason="事由", mark=" # <-"),
)
