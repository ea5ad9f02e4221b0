"""The `pdf` renderer: a view on sheets of A4, for filing; it needs the extra `pdf`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from zoneinfo import ZoneInfo

from formkit.errors import FormkitError
from formkit.fields.base import Shape
from formkit.locales import sentence
from formkit.renderers.lines import SUBSTITUTE, missing, printable
from formkit.renderers.sheets import (
    BLACK,
    BOTTOM,
    GREY,
    LEFT,
    LIGHT,
    PALE,
    RIGHT,
    TOP,
    Bar,
    Mark,
    Note,
    Picture,
    Piece,
    Placed,
    Sheets,
    Thing,
    Words,
    height_of,
)
from formkit.renderers.view import FieldView, FileView, FormView, StepView

_LABELS, _FACTS = LEFT + 52, LEFT + 30
_PORTRAIT = (28.0, 39.0)
_SMALL = (46.0, 30.0)
_MOST_TOLD = 40
_WITH_TITLE = 18.0
"""What a title takes with the first answer below it: they are not parted."""


class PdfNotInstalled(FormkitError):  # noqa: N818 - read as a sentence: except PdfNotInstalled
    """A PDF was asked for where the extra `pdf` is not installed."""

    def __init__(self) -> None:
        super().__init__("a PDF needs the extra: pip install 'formkit[pdf]'")


def _no_picture(_id: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a portal says of a record on paper; an empty part is left out.

    `made` is when the PDF is made. `picture` gives the content (JPEG or PNG, small) of an uploaded image by its id.
    """

    made: datetime
    platform: str = ""
    number: str = ""
    submitted: datetime | None = None
    changed: datetime | None = None
    state: str = ""
    picture: Callable[[str], bytes | None] = _no_picture


def pdf_installed() -> bool:
    """Whether what a PDF is made with is there."""
    return all(find_spec(name) is not None for name in ("fpdf", "pylopdf_fonts_zh_cn"))


def render_pdf(view: FormView, paper: Paper) -> bytes:
    """The PDF of a view of all steps: the same bytes for the same view and paper. Raises `PdfNotInstalled`."""
    if not pdf_installed():
        raise PdfNotInstalled
    from formkit.renderers.pdf_ink import Imprint, advances, printed  # what only a PDF should cost

    writing = _Writing(view, paper, advances())
    title, author = writing.shown(view.title), writing.shown(paper.platform)
    return printed(writing.sheets(), Imprint(title, author, view.html_language, paper.made))


class _Writing:
    """One view being written down."""

    def __init__(self, view: FormView, paper: Paper, advances: Mapping[int, float]) -> None:
        self.view, self.paper, self.known = view, paper, advances
        self.out = Sheets(lambda sign: advances[ord(sign)])
        self.form, self.language = view.parts.form, view.language
        self.substituted: dict[str, None] = {}
        self.portrait = self._portrait()

    def sheets(self) -> Sequence[Sequence[Thing]]:
        """All sheets, each with its head and foot."""
        self._title()
        for step in self.view.steps:
            self._step(step)
        self._end()
        for number in range(1, len(self.out.sheets) + 1):
            self._head_and_foot(number)
        return self.out.sheets

    def shown(self, text: str) -> str:
        """The text as the font can show it; what it cannot is noted."""
        self.substituted.update(dict.fromkeys(missing(text, self.known)))
        return printable(text, self.known)

    def _note(self, text: str, size: float = 10, grey: int = BLACK, *, bold: bool = False) -> Note:
        return Note(self.shown(text), size, grey, bold)

    def _say(self, code: str, **params: object) -> str:
        return sentence("interface", code, params, self.language)

    def _moment(self, moment: datetime | None) -> str:
        return moment.astimezone(ZoneInfo(self.form.time_zone)).strftime("%Y-%m-%d %H:%M") if moment else ""

    def _title(self) -> None:
        """The title, and below it what is known of the record, with the person's picture beside it."""
        out, paper = self.out, self.paper
        out.write(self._note(self.view.title, 18, bold=True), centred=True)
        out.space(5)
        top, right = out.y, RIGHT
        if self.portrait is not None:
            picture = self.portrait[1]
            right -= _PORTRAIT[0] + 6
            out.place(Placed(RIGHT - picture.width, top, picture))
        out.place(Bar(LEFT, top, right - LEFT, 0.3, GREY))
        told = {
            "number": paper.number,
            "state": paper.state,
            "submitted": self._moment(paper.submitted),
            "changed": self._moment(paper.changed),
            "edition": self.form.edition,
            "basis": "\n".join(self.form.basis),
        }
        for code, text in told.items():
            if text:
                answer = out.lines(self._note(text), right - _FACTS)
                out.row(self._note(self._say(f"pdf.{code}"), grey=GREY), answer, at=_FACTS, right=right)
        if self.portrait is not None and len(out.sheets) == 1:
            out.y = max(out.y, top + self.portrait[1].height)

    def _step(self, step: StepView) -> None:
        sections = [(section, _answers(section.fields)) for section in step.sections if section.visible]
        if not any(fields for _, fields in sections):
            return
        self._heading(step.title)
        for section, fields in sections:
            if section.part.title and fields:
                self._part_title(section.part.title)
            self._answers(fields)

    def _heading(self, text: str) -> None:
        out, note = self.out, self._note(text, 12.5, bold=True)
        height = sum(map(height_of, out.lines(note, RIGHT - LEFT - 8))) + 2.4
        out.space(7)
        out.keep(height + _WITH_TITLE)
        out.place(Mark(out.y, note.text), Bar(LEFT, out.y, RIGHT - LEFT, height, PALE))
        out.place(Bar(LEFT, out.y, 1.2, height, GREY))
        out.y += 1.2
        out.write(note, LEFT + 4, RIGHT - 4)
        out.y += 1.2

    def _part_title(self, text: str, size: float = 11) -> None:
        self.out.space(3)
        self.out.keep(_WITH_TITLE)
        self.out.write(self._note(text, size, bold=True))
        self.out.y += 0.6

    def _answers(self, fields: Sequence[FieldView]) -> None:
        for field in fields:
            if field.is_value:
                pieces = [piece for file in field.files for piece in self._file(file)] or self._text(field)
                self.out.row(self._note(field.label, grey=GREY), pieces, at=_LABELS)
            else:
                self._part_title(field.label)
                self._inner(field)

    def _inner(self, field: FieldView) -> None:
        """A group's answers, or each row's."""
        if field.part.field.shape is not Shape.ROWS:
            self._answers(_answers(field.fields))
        elif not field.rows:
            self.out.write(self._note(self._say("no_rows_read"), grey=GREY))
        for row in field.rows:
            self._part_title(row.title, 10)
            self._answers(_answers(row.fields))

    def _text(self, field: FieldView) -> Sequence[Piece]:
        blank = field.value is None
        note = self._note(self._say("blank"), grey=GREY) if blank else self._note(field.text)
        return self.out.lines(note, RIGHT - _LABELS)

    def _file(self, file: FileView) -> Iterator[Piece]:
        known = self.portrait is not None and self.portrait[0] == file.id
        picture = None if known else self._picture(file, _SMALL)
        if picture is not None:
            yield picture
        name = f"{file.name}　{file.size}" if file.size else file.name
        yield from self.out.lines(self._note(name), RIGHT - _LABELS)

    def _picture(self, file: FileView, box: tuple[float, float]) -> Picture | None:
        content = self.paper.picture(file.id) if file.is_picture else None
        return fitted(content, box) if content else None

    def _portrait(self) -> tuple[str, Picture] | None:
        """The first picture of a person: an image that must be taller than wide."""
        for field in _answers([field for step in self.view.steps for field in step.fields]):
            if getattr(field.type.options, "portrait", False):
                for file in field.files[:1]:
                    picture = self._picture(file, _PORTRAIT)
                    return (file.id, picture) if picture else None
        return None

    def _end(self) -> None:
        """When it was made, and of which characters a substitute stands here."""
        notes = [self._say("pdf.made", time=self._moment(self.paper.made))]
        if self.substituted:
            codes = [f"U+{ord(sign):04X}" for sign in self.substituted]
            more = "…" if len(codes) > _MOST_TOLD else ""
            notes.append(self._say("pdf.substitute", sign=SUBSTITUTE, codes=" ".join(codes[:_MOST_TOLD]) + more))
        lines = [self._note(text, 8.5, GREY) for text in notes]
        self.out.space(5)
        for note in lines:
            self.out.write(note)

    def _head_and_foot(self, number: int) -> None:
        out, sheet = self.out, self.out.sheets[number - 1]
        count = self._say("pdf.page", number=number, count=len(out.sheets))
        texts = ((self.paper.platform, self.paper.number, TOP - 8), (self.view.title, count, BOTTOM + 9))
        for left, right, y in texts:
            end = self._note(right, 8.5, GREY)
            width = out.wide(end.text, end.size)
            sheet.append(Words(RIGHT - width, y, end.text, end.size, GREY))
            start = out.lines(self._note(left, 8.5, GREY), RIGHT - LEFT - width - 6)
            sheet.append(Words(LEFT, y, start[0].text, 8.5, GREY))
        sheet.append(Bar(LEFT, TOP - 6, RIGHT - LEFT, 0.2, GREY))
        sheet.append(Bar(LEFT, BOTTOM + 4, RIGHT - LEFT, 0.2, LIGHT))


def fitted(content: bytes, box: tuple[float, float]) -> Picture | None:
    """The picture as large as its box lets it be; None if it cannot be read."""
    from PIL import Image  # comes with the extra

    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
            image.load()
            width, height = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    scale = min(box[0] / width, box[1] / height)
    return Picture(content, width * scale, height * scale)


def _answers(fields: Iterable[FieldView]) -> list[FieldView]:
    return [field for field in fields if field.is_read]
