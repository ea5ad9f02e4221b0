"""Rows as a file for a spreadsheet: numbers of 18 digits stay text, and nothing in a cell is ever a formula."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO

from xlsxwriter import Workbook

Cell = str | int
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


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
    with Workbook(file, options) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(head) - 1, 22)
        for column, title in enumerate(head):
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(rows, 1):
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
    long_number = len(text) > 11 and text.isdigit()
    return f"'{text}" if long_number or text.lstrip(" ").startswith(_BEGINS_FORMULA) else text


KINDS: Mapping[str, SheetKind] = {
    "csv": SheetKind("text/csv; charset=utf-8", write_csv),
    "xlsx": SheetKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
}
