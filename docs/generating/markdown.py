"""Small pieces of Markdown."""

import json
from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written by `python -m docs.reference`; edit the code instead. -->"


def page(title: str, *parts: str) -> str:
    """A page of parts with an empty line between them."""
    return "\n\n".join([NOTICE, f"# {title}", *(part for part in parts if part)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or nothing if there are no rows."""
    lines = [f"| {' | '.join(_cell(each) for each in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *lines])


def code(text: str) -> str:
    """Text as code, whatever it holds."""
    fence = "``" if "`" in text else "`"
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"


def value(found: object) -> str:
    """A JSON value as code; characters that cannot be seen are written out."""
    if isinstance(found, int) and found.bit_length() > 300:
        return "a whole number of thousands of digits"
    written = json.dumps(found, ensure_ascii=False)
    shown = "".join(each if each.isprintable() and each != "\u3000" else f"\\u{ord(each):04x}" for each in written)
    return code(shown if len(shown) <= 90 else f"{shown[:60]} … {shown[-20:]}")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
