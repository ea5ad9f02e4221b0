"""Text → lines that fit: what a font can show, broken as Chinese and English are."""

from collections.abc import Callable, Container, Iterator
from unicodedata import category

SUBSTITUTE = "〓"
"""Stands where a printer has no type for a character: it is seen that one is missing."""

_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕〗…—～·％‰℃,.;:?!)]}%”’")
_NOT_LAST = frozenset("（《〈「『【〔〖￥＄([{“‘")
_ENDS_LINE = frozenset("\n\r\v\f\x85\u2028\u2029")
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_UNSEEN = frozenset({"Cc", "Cf"})
_WIDE_FROM = 0x2E80


def printable(text: str, known: Container[int]) -> str:
    """The text in characters of a font that knows `known`: `SUBSTITUTE` for others, nothing for those never seen."""
    return "".join(_shown(sign, known) for sign in text.replace("\r\n", "\n"))


def missing(text: str, known: Container[int]) -> Iterator[str]:
    """The characters that `printable` gives a substitute for, as they come."""
    return (sign for sign in text if _shown(sign, known) == SUBSTITUTE and sign != SUBSTITUTE)


def broken(text: str, width: Callable[[str], float], room: float) -> list[str]:
    """The text in lines no wider than `room`; a word is parted only where it is longer than a line."""
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, width, room)]


def _shown(sign: str, known: Container[int]) -> str:
    if sign in _ENDS_LINE:
        return "\n"
    kind = category(sign)
    if kind in _SPACES or sign == "\t":
        return " "
    if kind in _UNSEEN or _chooses_a_variant(sign):
        return ""
    return sign if ord(sign) in known else SUBSTITUTE


def _chooses_a_variant(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _paragraph(text: str, width: Callable[[str], float], room: float) -> Iterator[str]:
    start, last_gap, used = 0, 0, 0.0
    at = 0
    while at < len(text):
        if at > start and _may_part(text[at - 1], text[at]):
            last_gap = at
        used += width(text[at])
        while used > room and at > start and text[at] != " ":
            end = last_gap if last_gap > start else at
            yield text[start:end].rstrip(" ")
            start = end
            used = sum(map(width, text[start : at + 1]))
        at += 1
    yield text[start:].rstrip(" ")


def _may_part(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before == " " or ord(before) >= _WIDE_FROM or ord(after) >= _WIDE_FROM
