"""Choice lists: flat or tree, each choice with its labels and the days it is valid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from formkit.diagnostics import Place
from formkit.texts import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: `since` and `until` are ISO days, both included; `children` make a tree."""

    value: str
    label: Text
    since: str | None = None
    until: str | None = None
    children: tuple["Choice", ...] = ()
    renamed_from: tuple[str, ...] = ()
    selectable: bool = True
    place: Place | None = field(default=None, compare=False)

    def valid_on(self, day: str) -> bool:
        """Whether it may be newly chosen on an ISO day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class ChoiceList:
    """A list of choices with look-up by value; in a tree only leaves may be chosen."""

    id: str
    choices: tuple[Choice, ...]
    levels: tuple[Text, ...] = field(default=())
    """What the levels of a tree are called, such as city and district."""
    national: bool = False

    @cached_property
    def by_value(self) -> dict[str, Choice]:
        """Every choice of every level by its value."""
        return {choice.value: choice for choice in _walk(self.choices)}

    @cached_property
    def parents(self) -> dict[str, str]:
        """A child's value → its parent's value."""
        return {child.value: choice.value for choice in _walk(self.choices) for child in choice.children}

    @cached_property
    def leaves(self) -> frozenset[str]:
        """The values that may be chosen, whatever the day."""
        return frozenset(c.value for c in _walk(self.choices) if not c.children and c.selectable)

    @cached_property
    def undated(self) -> dict[str, str]:
        """The values that may be chosen on every day, each by itself."""
        dated = {
            choice.value for choice in self.by_value.values() if choice.since is not None or choice.until is not None
        }
        return {value: value for value in self.leaves if dated.isdisjoint(each.value for each in self.ancestry(value))}

    @cached_property
    def depth(self) -> int:
        """1 for a flat list, 2 for city and district, …"""
        return _depth(self.choices)

    def valid_on(self, day: str) -> tuple[Choice, ...]:
        """The top-level choices offered on an ISO day (children are filtered by their own days)."""
        return tuple(choice for choice in self.choices if choice.valid_on(day))

    def ancestry(self, value: str) -> tuple[Choice, ...]:
        """The choice and those above it, from the top down; empty if there is no such value."""
        chain: list[Choice] = []
        current: str | None = value
        while current is not None and current in self.by_value:
            chain.append(self.by_value[current])
            current = self.parents.get(current)
        return tuple(reversed(chain))

    def label(self, value: str, language: str) -> str:
        """The label of a value with those above it, as `广州市 天河区`; the value itself if it is unknown."""
        return " ".join(choice.label.in_(language) for choice in self.ancestry(value)) or value


def _walk(choices: Sequence[Choice]) -> Iterator[Choice]:
    for choice in choices:
        yield choice
        yield from _walk(choice.children)


def _depth(choices: Sequence[Choice]) -> int:
    return 1 + max((_depth(choice.children) for choice in choices if choice.children), default=0) if choices else 0
