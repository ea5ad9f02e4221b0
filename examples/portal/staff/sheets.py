"""Rows as a file for a spreadsheet: numbers of 18 digits stay text, and nothing in a cell is ever a formula."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain, islice
from tempfile import TemporaryDirectory
from typing import IO

from xlsxwriter import Workbook

Cell = str | int
ROWS = 1 << 20
"""Of one sheet: what goes beyond is lost without a word, unless it goes into another."""
_CONTROLS = ("\t", "\r", "\n")
_BEGINS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""Some spreadsheets take the wide ones too."""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of file: how it is written, and what it is called."""

    media_type: str
    write: Callable[[IO[bytes], Sequence[str], Iterable[Sequence[Cell]]], None]


def write_csv(file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """UTF-8 with a mark, so that a spreadsheet reads Chinese."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    for row in rows:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in row])
    text.flush()
    text.detach()


def write_xlsx(file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A workbook, written row by row; texts are texts, whatever they look like."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    remaining = iter(rows)
    # What is half written lies in a folder that only this process may read, and that goes whatever happens.
    with TemporaryDirectory() as folder, Workbook(file, {**options, "tmpdir": folder}) as book:
        _write_sheet(book, head, remaining)
        for row in remaining:
            _write_sheet(book, head, chain([row], remaining))


def _write_sheet(book: Workbook, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """As many rows as a sheet takes."""
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 22)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(islice(rows, ROWS - 1), 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            else:
                sheet.write_number(number, column, cell)


def inert(text: str) -> str:
    """A text as no spreadsheet calculates it, nor takes for a number and cuts its last digits.

    >>> inert("=1+1"), inert("张三"), inert("440106198808089089")
    ("'=1+1", '张三', "'440106198808089089")
    """
    long_number = len(text) > 11 and text.strip().isdigit()
    formula = text.lstrip().startswith(_BEGINS_FORMULA) or text.lstrip(" ").startswith(_CONTROLS)
    return f"'{text}" if long_number or formula else text


KINDS: Mapping[str, SheetKind] = {
    "csv": SheetKind("text/csv; charset=utf-8", write_csv),
    "xlsx": SheetKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
}
