"""Sheets of paper being filled from top to bottom: what stands where, before anything is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from formkit.renderers.lines import broken

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 20.0, 190.0, 27.0, 277.0
"""The edges of what is written on a sheet of A4, in millimetres."""

BLACK, GREY, LIGHT, PALE = 0, 95, 200, 240
_POINT = 25.4 / 72
_LINE = 1.5
_PAD = 1.25
_ASCENT = 0.38
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text on its baseline."""

    x: float
    y: float
    text: str
    size: float
    grey: int = BLACK
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled box: a rule, where it is thin."""

    x: float
    y: float
    width: float
    height: float
    grey: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as large as it is drawn."""

    content: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a sheet."""

    x: float
    y: float
    picture: Picture


@dataclass(frozen=True, slots=True)
class Mark:
    """The title of a part, for the list of contents beside the pages."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Text of one cell and how it looks."""

    text: str
    size: float = 10
    grey: int = BLACK
    bold: bool = False


Thing = Words | Bar | Placed | Mark
Piece = Words | Picture
"""What a cell is cut into: a line of text, or a picture."""


@dataclass
class Sheets:
    """The sheets so far, and how far down the last one is filled. `width` is that of a character at a size of 1 mm."""

    width: Callable[[str], float]
    sheets: list[list[Thing]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def place(self, *things: Thing) -> None:
        """Puts something on the sheet as it is."""
        self.sheets[-1].extend(things)

    def space(self, height: float) -> None:
        """Leaves some room, except at the top of a sheet."""
        if self.y > TOP:
            self.y += height

    def keep(self, height: float) -> None:
        """Begins a new sheet unless there is so much room."""
        if self.y + height > BOTTOM and self.y > TOP:
            self.sheets.append([])
            self.y = TOP

    def lines(self, note: Note, room: float) -> list[Words]:
        """The text in lines, not placed yet."""
        size = note.size * _POINT
        cut = broken(note.text, lambda sign: self.width(sign) * size, room)
        return [Words(0, 0, line, note.size, note.grey, note.bold) for line in cut]

    def wide(self, text: str, size: float) -> float:
        """How wide a line is."""
        return sum(map(self.width, text)) * size * _POINT

    def write(self, note: Note, left: float = LEFT, right: float = RIGHT, *, centred: bool = False) -> None:
        """Writes text over the whole width."""
        for line in self.lines(note, right - left):
            self.keep(height_of(line))
            x = (left + right - self.wide(line.text, line.size)) / 2 if centred else left
            self._put(line, x, self.y)
            self.y += height_of(line)

    def row(self, label: Note, pieces: Sequence[Piece], *, at: float, left: float = LEFT, right: float = RIGHT) -> None:
        """Writes a label and beside it, from `at` on, its answer; on as many sheets as it takes."""
        labels: list[Piece] = list(self.lines(label, at - left - 3))
        rest = list(pieces)
        whole = max(_height(labels), _height(rest)) + 2 * _PAD
        self.keep(whole if whole <= BOTTOM - TOP else _PAD * 2 + max(map(height_of, [*labels[:1], *rest[:2]])))
        while labels or rest:
            room = BOTTOM - self.y - 2 * _PAD
            first, labels = _fitting(labels, room)
            second, rest = _fitting(rest, room)
            self._cell(first, left)
            self._cell(second, at)
            self.y += max(_height(first), _height(second)) + 2 * _PAD
            self.place(Bar(left, self.y, right - left, 0.15, LIGHT))
            if labels or rest:
                self.keep(BOTTOM)

    def _cell(self, pieces: Sequence[Piece], x: float) -> None:
        y = self.y + _PAD
        for piece in pieces:
            self._put(piece, x, y)
            y += height_of(piece)

    def _put(self, piece: Piece, x: float, y: float) -> None:
        if isinstance(piece, Picture):
            self.place(Placed(x, y, piece))
        elif piece.text:
            tall = piece.size * _POINT
            baseline = y + tall * _LINE / 2 + tall * _ASCENT
            self.place(Words(x, baseline, piece.text, piece.size, piece.grey, piece.bold))


def height_of(piece: Piece) -> float:
    """How much room a piece takes from top to bottom."""
    return piece.height + _GAP if isinstance(piece, Picture) else piece.size * _POINT * _LINE


def _height(pieces: Sequence[Piece]) -> float:
    return sum(map(height_of, pieces))


def _fitting(pieces: list[Piece], room: float) -> tuple[list[Piece], list[Piece]]:
    """As many as fit, at least one, and the rest."""
    used, count = 0.0, 0
    for piece in pieces:
        used += height_of(piece)
        if used > room and count:
            break
        count += 1
    return pieces[:count], pieces[count:]
