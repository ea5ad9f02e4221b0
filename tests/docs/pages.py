"""The pages of the documentation, and the blocks of code in them."""

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from formkit.compiler import Compiler
from formkit.editions import publish
from formkit.editions.content import edition_of
from formkit.storage import open_store

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# What the handbook for policy staff speaks of: a form, its lists and cases, and records.
HANDBOOK = DOCS / "handbook"
# What the front page and the first page for policy staff speak of stands in the project itself.
IN_THE_PROJECT = {"README.md", "docs/zh/README.md", "docs/en/README.md"}
STAFF = {"zh": DOCS / "zh", "en": DOCS / "en"}
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

_FENCE = re.compile(r"^```(?P<language>\w*) ?(?P<name>\S*) ?(?P<part>\w*)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """A fenced block: ```` ```yaml forms/leave.yaml ```` has a language and the name of the file it is.

    Where it is only a part of that file, `part` says which: what stands there `before` a change, or `after` it.
    """

    language: str
    name: str
    part: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, from its top."""
    text = page.read_text("utf-8")
    for found in _FENCE.finditer(text):
        yield Block(
            found["language"], found["name"], found["part"], found["text"], text.count("\n", 0, found.start()) + 2
        )


def prose(page: Path) -> str:
    """A page without its code."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page.read_text("utf-8")))


def title(page: Path) -> str:
    """How a page is called in the names of tests."""
    return page.relative_to(ROOT).as_posix()


def prepare_story(page: Path, folder: Path) -> None:
    """Puts what a page speaks of into its folder; the handbook's form twice, `current/` being published."""
    if title(page) in IN_THE_PROJECT:
        for name in ("forms", "examples"):
            (folder / name).symlink_to(ROOT / name)
    elif page.parent in STAFF.values():
        shutil.copytree(HANDBOOK, folder, dirs_exist_ok=True)
        shutil.copytree(HANDBOOK / "forms", folder / "current")
        (folder / "data").mkdir()
        _publish(folder / "current" / "info.yaml", folder / "data" / "portal.db")


def _publish(form: Path, database: Path) -> None:
    """Makes a store in which this form is in force since the first day of its edition."""
    compiler = Compiler()
    compiled = compiler.compile_path(form)
    edition = edition_of(compiled, next(iter(compiled.forms)))
    store = open_store(database)
    publish(store, edition, compiler=compiler, at=datetime(2026, 1, 1, tzinfo=UTC), actor="王", reason="第一版")
    store.close()


def write_named(told: Iterable[Block], folder: Path) -> Iterator[Block]:
    """Writes each block that has a name into its file of this folder, changes included, and gives each block."""
    before: Block | None = None
    for block in told:
        path = folder / block.name
        if block.part == "before":
            assert path.read_text("utf-8").count(block.text) == 1, f"line {block.line}: not once in {block.name}"
            before = block
        elif block.part == "after":
            assert before is not None, f"line {block.line}: after what?"
            assert before.name == block.name, f"line {block.line}: after what?"
            path.write_text(path.read_text("utf-8").replace(before.text, block.text), "utf-8")
            before = None
        elif block.name:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
        yield block
    assert before is None, "a change without its end"
