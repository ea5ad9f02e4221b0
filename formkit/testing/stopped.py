"""Somebody whom a change stops: answers that the old edition takes and the new one does not, tried on both."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache

from formkit.diff import Change, Stopped
from formkit.diff.people import word
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.issues import Issue, Level
from formkit.search.placing import put
from formkit.testing.samples import sample_answers, sample_facts
from formkit.texts import LANGUAGES, Text
from formkit.validation import validate

_MOST_STARTS = 12
_ISSUES = {"became-required": "required", "field-added": "required", "check-added": "check", "check-changed": "check"}
"""What the new edition says to those whom a change stops."""
_WORD = re.compile(r"[^\W\d]\w*")


def with_examples(old: Form, new: Form, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, each with somebody whom it stops where one was found."""
    finder = Finder(old, new)
    return tuple(replace(change, example=finder.example(change)) for change in changes)


class Finder:
    """Looks for people in two editions, on the day the new one comes into force."""

    def __init__(self, old: Form, new: Form) -> None:
        self._old, self._new, self._day = old, new, new.edition
        self._facts = sample_facts(old, today=self._day)
        kept = (id_ for id_, fact in old.facts.items() if id_ in new.facts and new.facts[id_].type == fact.type)
        self._new_facts = {**sample_facts(new, today=self._day), **{id_: self._facts[id_] for id_ in kept}}
        self._filled = cache(self._fill)

    def example(self, change: Change) -> Stopped | None:
        """Somebody whom a change stops; None where nobody was found, which does not mean that there is nobody."""
        if change.code not in _ISSUES or change.path not in self._new.fields:
            return None
        for start in self._starts(change):
            for answers in self._variants(self._filled(start), change.path):
                issue = self._stopping(answers, change)
                if issue is not None:
                    return Stopped(answers, self._said(start), issue)
        return None

    def _starts(self, change: Change) -> Iterator[tuple[tuple[str, JSON], ...]]:
        """Nothing given, then each value of the choices that the rules of the change name."""
        yield ()
        named = {word for rule in change.rules for word in _WORD.findall(rule)}
        for name, field in self._old.top_fields.items():
            listed = field.type.choice_list
            if name in named and listed is not None:
                yield from (((name, value),) for value in sorted(listed.leaves)[:_MOST_STARTS])

    def _fill(self, start: tuple[tuple[str, JSON], ...]) -> dict[str, JSON]:
        return sample_answers(self._old, facts=self._facts, today=self._day, start=dict(start))

    def _variants(self, answers: dict[str, JSON], path: str) -> Iterator[dict[str, JSON]]:
        yield answers
        if self._old.field_at(path) is not None and path.count(".") == 0:
            without = deepcopy(answers)
            put(without, path, None)
            yield without

    def _stopping(self, answers: Mapping[str, JSON], change: Change) -> Issue | None:
        if not validate(self._old, answers, facts=self._facts, today=self._day).ok:
            return None
        found = validate(self._new, answers, facts=self._new_facts, today=self._day).issues
        errors = (each for each in found if each.level is Level.ERROR and each.path == change.path)
        return next((each for each in errors if _is_of(each, change)), None)

    def _said(self, start: tuple[tuple[str, JSON], ...]) -> Text | None:
        for name, value in start:
            field = self._old.top_fields[name]
            listed = field.type.choice_list
            if listed is not None:
                chosen = Text({language: listed.label(value, language) for language in LANGUAGES})
                return word("is", name=field.label, value=chosen)
        return None


def _is_of(issue: Issue, change: Change) -> bool:
    """Whether it is this change that an issue comes from."""
    return issue.code == _ISSUES[change.code] and (issue.code != "check" or issue.place == change.new)
