"""Checks that came, went or say something else."""

from collections.abc import Callable, Iterator, Sequence

from formkit.diff.change import Change, Severity
from formkit.diff.pairing import Pairs
from formkit.diff.people import said
from formkit.diff.texts import text_changes
from formkit.form import Check
from formkit.issues import Level
from formkit.texts import Text


def check_changes(pairs: Pairs, path: str, name: Text, old: Sequence[Check], new: Sequence[Check]) -> Iterator[Change]:
    """What changed about the checks that stand at one place.

    One is the same if its rule is; of the others those with the same sentence, then those in the same order, are taken
    to be one that was changed.
    """
    before, after = list(old), list(new)
    for match in (_by_rule(pairs), _by_message):
        for other in tuple(after):
            one = next((each for each in before if match(each, other)), None)
            if one is not None:
                before.remove(one)
                after.remove(other)
                yield from _changed(pairs, path, name, one, other)
    for one, other in zip(before, after, strict=False):
        yield from _changed(pairs, path, name, one, other)
    for one in before[len(after) :]:
        yield Change("check-removed", Severity.SAFE, path, name, {"message": one.message}, old=one.place)
    for other in after[len(before) :]:
        params = {"message": other.message}
        affected = said(pairs.new, other.when) if other.when else None
        rules = tuple(each.text for each in (other.rule, other.when) if each is not None)
        yield Change("check-added", _weight(other), path, name, params, None, other.place, affected, rules)


def _changed(pairs: Pairs, path: str, name: Text, old: Check, new: Check) -> Iterator[Change]:
    kept = pairs.same(old.rule, new.rule) and pairs.same(old.when, new.when)
    if not kept or old.level is not new.level:
        milder = kept and old.level is Level.ERROR
        params = {"message": new.message, "old": said(pairs.old, old.rule), "new": said(pairs.new, new.rule)}
        rules = (old.rule.text, new.rule.text)
        severity = Severity.SAFE if milder else _weight(new)
        yield Change("check-changed", severity, path, name, params, old.place, new.place, rules=rules)
    if old.place and new.place:
        yield from text_changes(path, name, {"message": old.message}, {"message": new.message}, (old.place, new.place))


def _weight(check: Check) -> Severity:
    return Severity.ASKS_AGAIN if check.level is Level.ERROR else Severity.SAFE


def _by_rule(pairs: Pairs) -> Callable[[Check, Check], bool]:
    return lambda old, new: pairs.same(old.rule, new.rule) and pairs.same(old.when, new.when)


def _by_message(old: Check, new: Check) -> bool:
    return old.message == new.message
