"""Where things stand in a YAML text: indexes to lines and columns, and the nodes that remember them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from re import compile as pattern

from formkit.diagnostics import Place

_BREAK = pattern(r"\r\n|\n|\r")
_YAML_SPACE = " \t\r\n\x85\u2028\u2029"
_RUN = pattern(f"[{_YAML_SPACE}]+|[^{_YAML_SPACE}]+")
_JOINED = pattern("\\\\(?:\r\n|[\r\n\x85\u2028\u2029])[ \t]*")
_HEX_ESCAPES = {"x": 2, "u": 4, "U": 8}
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
}
_ESCAPES |= {"N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}


class Lines:
    """The line starts of one text, as an editor counts them: after LF, CR LF and CR."""

    __slots__ = ("_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def place(self, start: int, end: int) -> Place:
        """The place of the characters `start` to `end` (exclusive); indexes beyond the text mean its end."""
        start = max(0, min(start, len(self.text)))
        return Place(self.file, *self._position(start), *self._position(max(start, min(end, len(self.text)))))

    def line_number(self, index: int) -> int:
        """The line, counted from 1, that the character at `index` stands on."""
        return bisect_right(self._starts, index)

    def line_span(self, number: int) -> tuple[int, int]:
        """Start and end index of a line (counted from 1), without its line break."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return start, start + len(self.text[start:end].rstrip("\r\n"))

    def _position(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1


@dataclass(slots=True)
class Node:
    """One value in its text: its indexes, how it was written, and its children.

    `style` is None for a plain scalar, else the character that opened it: ' " | > and, for containers, empty.
    `size` counts the node and all below it, aliases followed; it is 0 while the node is still open.
    """

    lines: Lines
    start: int
    end: int
    value: object
    style: str | None = ""
    entries: dict[str, tuple[int, int, "Node"]] | None = None
    items: "list[Node] | None" = None
    size: int = 1
    height: int = 0
    _offsets: "tuple[tuple[int, int], ...] | None" = field(default=None, repr=False)

    @property
    def offsets(self) -> tuple[tuple[int, int], ...]:
        """For each character of a scalar's value its start and end index in the text; empty where they do not agree."""
        if self._offsets is None:
            written = list(_written(self.lines.text, self)) if self.style != "" else []
            self._offsets = _aligned(str(self.value), written) if written else ()
        return self._offsets


def _written(text: str, node: Node) -> Iterator[tuple[str, int, int]]:
    """The characters of a scalar as they mean, with the span each was written in; folded breaks as they stand."""
    start, end = node.start, node.end
    if node.style in ("|", ">"):
        found = _BREAK.search(text, start, end)
        start = found.end() if found else end
    elif node.style in ("'", '"'):
        start, end = start + 1, end - 1
    index = start
    while index < end:
        character, width = _character(text, index, node.style)
        if character:
            yield character, index, index + width
        index += width


def _character(text: str, index: int, style: str | None) -> tuple[str, int]:
    """The character written at `index` and how many characters it takes; an escaped line break means nothing."""
    if style == "'" and text.startswith("''", index):
        return "'", 2
    if style == '"' and text[index] == "\\":
        letter = text[index + 1]
        if letter in _HEX_ESCAPES:
            digits = _HEX_ESCAPES[letter]
            return chr(int(text[index + 2 : index + 2 + digits], 16)), 2 + digits
        joined = _JOINED.match(text, index)
        return ("", len(joined.group())) if joined else (_ESCAPES.get(letter, letter), 2)
    return text[index], 1


def _aligned(value: str, written: list[tuple[str, int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans for each character of `value`: words must agree exactly, runs of space are laid over one another.

    Folding and indentation only ever change runs of space, so one walk serves plain, quoted and block scalars.
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for run in _RUN.findall(value):
        if run[0] in _YAML_SPACE:
            after = _end_of_space(written, at)
            spans += _laid_over(run, written[at:after]) if after > at else [spans[-1]] * len(run) if spans else []
            at = after
            continue
        at = _end_of_space(written, at)
        piece = written[at : at + len(run)]
        if "".join(character for character, _, _ in piece) != run:
            return ()
        spans += [(start, end) for _, start, end in piece]
        at += len(run)
    return tuple(spans) if len(spans) == len(value) else ()


def _end_of_space(written: list[tuple[str, int, int]], at: int) -> int:
    while at < len(written) and written[at][0] in _YAML_SPACE:
        at += 1
    return at


def _laid_over(run: str, written: list[tuple[str, int, int]]) -> list[tuple[int, int]]:
    """Line breaks of the value lie at the start of the written space, blanks at its end, after the indentation."""
    last = len(written) - 1
    breaks = len(run.rstrip(" \t"))
    at = [min(place, last) if place < breaks else max(0, last + 1 - len(run) + place) for place in range(len(run))]
    return [written[place][1:] for place in at]
