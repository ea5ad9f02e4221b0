"""What is wrong with a rule, as values: a code, a span of its text, and what the sentence needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from formkit.texts import Text as Words

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a rule: characters `start` to `end` of its text; `params` fill the sentence of `code`."""

    code: str
    start: int
    end: int
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class ShortProblem:
    """One finding about a rule in the short form: at `key`, or at the value number `index` of the list there."""

    code: str
    key: str
    index: int | None = None
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


class Refused(Exception):  # noqa: N818 - never leaves the package
    """Stops the reading of a rule; `parse_rule` turns it into its problem."""

    def __init__(self, code: str, start: int, end: int, **params: object) -> None:
        self.problem = Problem(code, start, end, params)
        super().__init__(code)


def nearest(word: str, known: Iterable[str]) -> Words:
    """A question that names the known word closest to `word`; empty where none is close."""
    candidates = list(known)
    found = get_close_matches(word, candidates, n=1, cutoff=0.6)
    if not found:
        found = [name for name in candidates if _alike(name.casefold(), word.casefold())][:1]
    if not found:
        return Words({"zh": "", "en": ""})
    return Words({"zh": f"是不是 {found[0]}？", "en": f"Did you mean {found[0]}?"})


def _alike(name: str, word: str) -> bool:
    return name == word or (len(word) > 2 and word in name) or (len(name) > 2 and name in word)


def some(words: Iterable[str], most: int = 12) -> str:
    """The words in a row, the first dozen of them."""
    listed = list(words)
    return ", ".join(listed[:most]) + (" …" if len(listed) > most else "")
