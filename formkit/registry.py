"""Names to things: a registry is a value, and extending it gives a new one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from formkit.errors import UnknownName

Thing = TypeVar("Thing")


class Registry(Mapping[str, Thing], Generic[Thing]):
    """An immutable mapping of name to thing; `kind` names the things in errors."""

    def __init__(self, kind: str, things: Mapping[str, Thing]) -> None:
        self.kind = kind
        self._things = dict(things)

    def extended(
        self, things: Mapping[str, Thing] | Iterable[Thing], *, name: Callable[[Thing], str] | None = None
    ) -> "Registry[Thing]":
        """A new registry that has `things` too; an iterable is named by `name`, else by each thing's `.name`."""
        if not isinstance(things, Mapping):
            things = {(name or _name_of)(thing): thing for thing in things}
        return Registry(self.kind, {**self._things, **things})

    def __getitem__(self, name: str) -> Thing:
        try:
            return self._things[name]
        except KeyError:
            raise UnknownName(self.kind, name, sorted(self._things)) from None

    def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
        """The thing called `name`, else `default`."""
        return self._things.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __hash__(self) -> int:
        return hash((self.kind, frozenset(self._things)))


def _name_of(thing: object) -> str:
    return str(thing.name)  # type: ignore[attr-defined]
