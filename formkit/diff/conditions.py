"""Conditions that say something else: when something is shown, or must be filled in."""

from collections.abc import Iterator

from formkit.diff.change import Change, Severity
from formkit.diff.pairing import Pairs
from formkit.diff.people import who, word
from formkit.form import Condition
from formkit.texts import Text


def condition_change(
    pairs: Pairs, path: str, name: Text, old: Condition | None, new: Condition | None, what: str
) -> Iterator[Change]:
    """What changed about when something is so."""
    if same_condition(pairs, old, new):
        return
    always = word("always")
    params = {
        "what": word(f"when.{what}"),
        "old": who(pairs.old, [old]) or always,
        "new": who(pairs.new, [new]) or always,
    }
    places = (old.place if old else None, new.place if new else None)
    rules = tuple(each.rule.text for each in (old, new) if each is not None)
    yield Change("condition-changed", Severity.ASKS_AGAIN, path, name, params, *places, rules=rules)


def same_condition(pairs: Pairs, old: Condition | None, new: Condition | None) -> bool:
    """Whether two conditions say the same."""
    if old is None or new is None:
        return old is new
    return old.unless is new.unless and pairs.same(old.rule, new.rule)
