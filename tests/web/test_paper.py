"""A record as a PDF, through its door."""

import re
from pathlib import Path

import pytest

from formkit.web import paper, reading
from tests.web.people import Town, Visitor, picture


@pytest.fixture
def ada(tmp_path: Path) -> Visitor:
    """Ada on her record's page."""
    ada = Town(tmp_path).visitor("ada").begin().send(name="Ada Lovelace").send()
    ada.send("next", files={"photo": ("me.png", picture(), "image/png")})
    return ada.send("submit")


def test_the_page_links_to_a_file_named_by_the_receipt_number(ada: Visitor) -> None:
    number = re.search(r"Receipt number: ([\w-]+)", ada.page)
    link = re.search(r'href="([^"]+/pdf)"', ada.page)
    assert number
    assert link
    answer = ada.client.get(link[1])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert f"filename*=UTF-8''{number[1]}.pdf" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"%PDF-")
    assert b"/Subtype /Image" in answer.content
    assert ada.client.get(link[1]).content == answer.content, "the clock stands still"
    assert ada.client.get(link[1] + "?lang=zh").content != answer.content


def test_without_the_extra_there_is_neither_link_nor_file(ada: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (paper, reading):
        monkeypatch.setattr(module, "pdf_installed", lambda: False)
    assert "/pdf" not in ada.open(ada.path).page
    assert ada.client.get(ada.path + "/pdf").status_code == 404
