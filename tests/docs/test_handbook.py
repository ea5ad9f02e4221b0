"""The handbook says the same in both languages, and its pictures are those of its pages."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import STAFF, blocks, prose
from tests.docs.pictures import DRAWN, LARGEST, PICTURES, html_of

PAGES = sorted({path.name for folder in STAFF.values() for path in folder.glob("*.md")} - {"README.md"})
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)]*)\)")


def pictures(page: Path) -> list[tuple[str, str]]:
    """The pictures a page shows, with what each is called."""
    return [(found["alt"], found["path"]) for found in _PICTURE.finditer(prose(page))]


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_change_the_same_files_and_show_the_same_pictures(name: str) -> None:
    chinese, english = (folder / name for folder in STAFF.values())
    files = [
        [(block.name, block.part, block.text) for block in blocks(page) if block.language != "console"]
        for page in (chinese, english)
    ]
    assert files[0] == files[1]
    assert [path for _, path in pictures(chinese)] == [path for _, path in pictures(english)]


@pytest.mark.parametrize("language", STAFF)
@pytest.mark.parametrize("name", PAGES)
def test_every_picture_is_there_and_is_told_to_who_cannot_see_it(name: str, language: str) -> None:
    for alt, path in pictures(STAFF[language] / name):
        assert len(alt) > 8, path
        picture = (STAFF[language] / path).resolve()
        assert picture.parent == PICTURES
        assert picture.stat().st_size <= LARGEST


def test_every_picture_is_drawn_and_shown() -> None:
    shown = {Path(path).stem for name in PAGES for _, path in pictures(STAFF["zh"] / name)}
    assert shown == set(DRAWN) == {path.stem for path in PICTURES.iterdir()}


@pytest.mark.parametrize("name", DRAWN)
def test_what_a_picture_shows_is_still_what_its_page_changes(name: str) -> None:
    assert "<h1" in html_of(name)


@pytest.mark.parametrize("language", STAFF)
def test_the_contents_name_every_page(language: str) -> None:
    contents = (STAFF[language] / "README.md").read_text("utf-8")
    assert [name for name in PAGES if f"]({name})" not in contents] == []
