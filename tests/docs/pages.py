"""The pages of the documentation, and the blocks of code in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(path for path in DOCS.rglob("*.md")),
)
WRITTEN_BY_HAND = tuple(
    path
    for path in PAGES
    if DOCS / "decisions" not in path.parents and not path.read_text("utf-8").startswith("<!-- Written by")
)

_FENCE = re.compile(r"^```(?P<language>\w*) ?(?P<name>\S*)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """A fenced block: ```` ```yaml forms/leave.yaml ```` has a language and the name of the file it is."""

    language: str
    name: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, from its top."""
    text = page.read_text("utf-8")
    for found in _FENCE.finditer(text):
        yield Block(found["language"], found["name"], found["text"], text.count("\n", 0, found.start()) + 2)


def prose(page: Path) -> str:
    """A page without its code."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page.read_text("utf-8")))


def title(page: Path) -> str:
    """How a page is called in the names of tests."""
    return page.relative_to(ROOT).as_posix()
