"""Filled sheets → the bytes of a PDF, with fpdf2 and the part of Noto Sans SC that they use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import TextMode
from pylopdf_fonts_zh_cn import sans_path

from formkit.renderers.sheets import Bar, Mark, Placed, Thing, Words

_FAMILY = "formkit"
_BOLD = 0.028
"""How thick, of its size, the outline of a bold character is: the font has one weight."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a PDF says of itself."""

    title: str
    author: str
    language: str
    made: datetime


@cache
def advances() -> Mapping[int, float]:
    """How far each character of the font reaches, at a size of 1."""
    with TTFont(sans_path(), lazy=True) as font:
        unit, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: metrics[name][0] / unit for code, name in font.getBestCmap().items()}


def printed(sheets: Sequence[Sequence[Thing]], imprint: Imprint) -> bytes:
    """The PDF: the same bytes for the same sheets and imprint."""
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.add_font(_FAMILY, "", sans_path())
    pdf.set_title(imprint.title)
    pdf.set_author(imprint.author)
    pdf.set_creator("formkit")
    pdf.set_lang(imprint.language)
    pdf.set_creation_date(imprint.made)
    for things in sheets:
        pdf.add_page()
        for thing in things:
            _draw(pdf, thing)
    return bytes(pdf.output())


def _draw(pdf: FPDF, thing: Thing) -> None:
    match thing:
        case Bar():
            pdf.set_fill_color(thing.grey)
            pdf.rect(thing.x, thing.y, thing.width, thing.height, style="F")
        case Placed(x, y, picture):
            pdf.image(BytesIO(picture.content), x, y, picture.width, picture.height)
        case Mark():
            pdf.set_y(thing.y)
            pdf.start_section(thing.text)
        case Words():
            _write(pdf, thing)


def _write(pdf: FPDF, words: Words) -> None:
    pdf.set_font(_FAMILY, size=words.size)
    pdf.set_text_color(words.grey)
    pdf.set_draw_color(words.grey)
    pdf.set_line_width(words.size * _BOLD * 25.4 / 72)
    if not words.bold:
        pdf.text(words.x, words.y, words.text)
        return
    with pdf.local_context(text_mode=TextMode.FILL_STROKE):  # else the mode would hold for what follows
        pdf.text(words.x, words.y, words.text)
