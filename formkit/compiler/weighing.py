"""Of two states of one thing, which asks more: conditions, checks, choices and limits held against each other."""

from collections.abc import Iterator
from typing import Any

from formkit.choices import Choice, ChoiceList
from formkit.expressions import Rule
from formkit.expressions.implying import broken_with, holds_with
from formkit.fields.limits import LOOKS
from formkit.form import Check, Condition, Field, Workflow
from formkit.issues import Level
from formkit.texts import Text


def keeps_words(old: Text, new: Text) -> bool:
    """Whether a text says what it did, in every language it was in."""
    return all(new.get(language) == words for language, words in old.items())


def is_wider(old: Condition | None, new: Condition | None) -> bool:
    """Whether `new` surely holds whenever `old` does."""
    if new is None or old is None:
        return new is None
    if old.unless is not new.unless:
        return False
    first, second = (new, old) if old.unless else (old, new)
    return holds_with(first.rule.tree, second.rule.tree)


def same_condition(old: Condition | None, new: Condition | None) -> bool:
    """Whether two conditions say the same."""
    if old is None or new is None:
        return old is new
    return old.unless is new.unless and _same(old.rule, new.rule)


def _same(old: Rule, new: Rule) -> bool:
    return old.tree.to_json() == new.tree.to_json()


def same_value(old: Field, new: Field) -> bool:
    """Whether two fields are worked out in the same way, if they are."""
    before, after = old.calculation, new.calculation
    if before is None or after is None:
        return before is after
    return _same(before.rule, after.rule) and same_condition(before.condition, after.condition)


def is_stricter(old: Check, new: Check) -> bool:
    """Whether `new` surely refuses all that `old` does."""
    if old.level is Level.ERROR and new.level is not Level.ERROR:
        return False
    if new.when is not None and (old.when is None or not holds_with(old.when.tree, new.when.tree)):
        return False
    return broken_with(old.rule.tree, new.rule.tree)


def days(known: ChoiceList) -> dict[str, tuple[str, str]]:
    """A value that may be chosen → its first and last day."""
    return {value: _valid(known.ancestry(value)) for value in known.by_value if value in known.leaves}


def _valid(chain: tuple[Choice, ...]) -> tuple[str, str]:
    return max(each.since or "" for each in chain), min(each.until or "9999-12-31" for each in chain)


def is_within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    """Whether each day of one span lies in the other."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def changed_options(old: Field, new: Field) -> Iterator[tuple[str, Any, Any]]:
    """The keys of a field's type that changed and matter to its answers; choice lists are another matter."""
    listed = old.type.choice_list is not None and new.type.choice_list is not None
    for key in type(old.type.options).model_fields:
        before, after = getattr(old.type.options, key), getattr(new.type.options, key)
        if before != after and key not in LOOKS and not (key == "choices" and listed):
            yield key, before, after


def process(workflow: Workflow | None) -> object:
    """What happens after submission, without the words."""
    if workflow is None:
        return None
    states = {id_: (state.final, state.reapply) for id_, state in workflow.states.items()}
    ways = {
        id_: (way.sources, way.target, way.by, way.after, way.when.tree.to_json() if way.when else None, way.reason)
        for id_, way in workflow.transitions.items()
    }
    return workflow.start, states, ways, workflow.read_only
