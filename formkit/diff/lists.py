"""Choice lists: what may be chosen now, and what no longer."""

from collections.abc import Iterator, Mapping

from formkit.choices import Choice, ChoiceList
from formkit.diagnostics import Place
from formkit.diff.change import Change, Severity
from formkit.diff.fields import called
from formkit.diff.pairing import Pairs, reordered
from formkit.diff.people import listed, word
from formkit.diff.texts import text_changes
from formkit.texts import LANGUAGES, Text


def list_changes(pairs: Pairs) -> Iterator[Change]:
    """What changed about the choices of fields, once for all fields that take theirs from the same list."""
    fields: dict[tuple[str, str], list[Text]] = {}
    told: dict[tuple[str, str], tuple[ChoiceList, ChoiceList, Place, Place]] = {}
    for old, new in pairs.both:
        before, after = old.type.choice_list, new.type.choice_list
        if before is not None and after is not None:
            key = (before.id, after.id)
            fields.setdefault(key, []).append(called(pairs.new, new))
            told.setdefault(key, (before, after, old.place, new.place))
    for key, (before, after, was, now) in told.items():
        yield from _changes(before, after, _short(fields[key]), (was, now))


def _changes(old: ChoiceList, new: ChoiceList, name: Text, places: tuple[Place, Place]) -> Iterator[Change]:
    earlier = {known: choice.value for choice in new.by_value.values() for known in choice.renamed_from}
    now = {value: value if value in new.by_value else earlier.get(value) for value in old.by_value}

    def change(
        code: str,
        severity: Severity,
        choice: Choice,
        was: Choice | None = None,
        *,
        gone: bool = False,
        **params: object,
    ) -> Change:
        told = {"choice": _label(old if gone else new, choice), **params}
        stands = (choice.place, None) if gone else (was.place if was else None, choice.place)
        return Change(code, severity, f"choices.{new.id}.{choice.value}", name, told, *stands)

    if reordered([found or value for value, found in now.items()], new.by_value):
        yield Change("order-changed", Severity.SAFE, f"choices.{new.id}", name, {"what": word("what.choices")}, *places)
    taken = set(now.values())
    for value, choice in new.by_value.items():
        if value not in taken:
            yield change("choice-added", Severity.SAFE, choice, since=_days(choice))
    for value, choice in old.by_value.items():
        found = now[value]
        if found is None:
            yield change("choice-removed", Severity.BREAKING, choice, gone=True)
            continue
        other = new.by_value[found]
        if found != value:
            yield change("choice-renamed", Severity.SAFE, other, choice, old=value, new=found)
        yield from text_changes(
            f"choices.{new.id}.{found}",
            word("choice_of", name=name, choice=_label(new, other)),
            {"label": choice.label},
            {"label": other.label},
            (choice.place or places[0], other.place or places[1]),
        )
        if _chosen(old, value) and not _chosen(new, found):
            yield change("choice-retired", Severity.ASKS_AGAIN, other, choice, until=word("at_once"))
        elif (choice.since, choice.until) != (other.since, other.until):
            closer = _days_closer(choice, other)
            code, severity = ("choice-retired", Severity.ASKS_AGAIN) if closer else ("choice-restored", Severity.SAFE)
            yield change(code, severity, other, choice, until=_days(other))
        if now.get(old.parents.get(value, "")) != new.parents.get(found):
            yield change("choice-moved", Severity.ASKS_AGAIN, other, choice)


def _days_closer(old: Choice, new: Choice) -> bool:
    """Whether there are days on which it was offered and no longer is."""
    later = (new.since or "") > (old.since or "")
    sooner = new.until is not None and (old.until is None or new.until < old.until)
    return later or sooner


def _chosen(known: ChoiceList, value: str) -> bool:
    return value in known.leaves


def _days(choice: Choice) -> Text:
    """The days on which it may be chosen."""
    if choice.since is None and choice.until is None:
        return word("any_day")
    days: Mapping[str, str] = {"since": choice.since or "", "until": choice.until or ""}
    return word("between" if choice.since and choice.until else "since" if choice.since else "until", **days)


def _label(known: ChoiceList, choice: Choice) -> Text:
    return Text({language: known.label(choice.value, language) for language in LANGUAGES})


def _short(names: list[Text]) -> Text:
    if len(names) > 3:
        return word("several", names=_short(names[:3]), count=len(names))
    return listed(names)
