"""Every link leads somewhere, and every page can be found from the index."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, PAGES, ROOT, blocks, prose, title

MODULE = re.compile(r"`([\w/]+(?:\.(?:py|js)|/))`")
FOLDERS = ("", "formkit", "formkit/expressions", "formkit/renderers/themes/default/static")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)


def anchors(page: Path) -> set[str]:
    """The names by which GitHub lets its headings be linked to."""
    text = page.read_text("utf-8")
    for block in blocks(page):
        text = text.replace(block.text, "")
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(prose(page)):
        if re.match(r"https?:", link):
            continue
        target, _, anchor = link.partition("#")
        found = (page.parent / target).resolve() if target else page
        assert found.exists(), link
        assert found.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(found), link


@pytest.mark.parametrize("page", sorted((DOCS / "explanation").glob("*.md")), ids=title)
def test_every_module_it_names_is_there(page: Path) -> None:
    named = MODULE.findall(page.read_text("utf-8"))
    assert len(named) > 5
    assert [name for name in named if not any((ROOT / folder / name).exists() for folder in FOLDERS)] == []


def test_the_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    named = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(index)}
    decisions = set(DOCS.rglob("decisions/[0-9]*.md"))
    assert {title(page) for page in set(DOCS.rglob("*.md")) - named - decisions} == {"docs/README.md"}
