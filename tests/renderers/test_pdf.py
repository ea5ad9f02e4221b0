"""A record as a PDF: what its page says, in order, whatever was typed; the same bytes each time."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdfium2 import PdfDocument, raw
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from formkit.form import Form
from formkit.renderers import Paper, PdfNotInstalled, pdf, record_pdf
from formkit.renderers.pdf import fitted
from formkit.renderers.sheets import BOTTOM, LEFT, RIGHT, TOP, Note, Placed, Sheets, Words
from tests.forms import form_of
from tests.renderers.conftest import CONTEXT, FAULTY

PAPER = Paper(
    made=datetime(2024, 6, 1, 2, 31, tzinfo=UTC),
    platform="广东省会计信息服务平台",
    number="240601-ABCD-EFGH",
    submitted=datetime(2024, 6, 1, 2, 30, tzinfo=UTC),
    state="信息已采集",
)
ONE = """
    form: one
    title: {zh: 一张表, en: One form}
    edition: 2024-01-01
    steps:
      only:
        title: {zh: 步骤, en: Step}
        fields:
          story: {type: long_text, label: {zh: 经过, en: Story}, max_length: 20000}
          photo: {type: image, label: {zh: 证件照, en: Photo}, portrait: true}
          card: {type: image, label: {zh: 证件, en: Card}}
          code: {type: password, label: {zh: 口令, en: Code}}
          unseen: {type: text, label: {zh: 看不见, en: Unseen}, visible_when: "story == 'never'"}
      empty:
        title: {zh: 须知, en: Notice}
        fields:
          text: {type: note, text: {zh: 须知的话, en: Words of notice}}
"""


class TextFile(SingleFileSnapshotExtension):
    """The text of a PDF, as a program reads it."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.fixture(scope="module")
def one() -> Form:
    return form_of(ONE)


def pages(content: bytes) -> list[str]:
    with PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def pictures(content: bytes) -> int:
    with PdfDocument(content) as document:
        return sum(1 for page in document for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))


def written(form: Form, language: str = "zh", paper: Paper = PAPER, **values: Any) -> bytes:
    return record_pdf(form, values, paper=paper, today="2024-06-01", language=language)


def picture(width: int = 60, height: int = 80) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "JPEG")
    return made.getvalue()


def file(name: str) -> dict[str, Any]:
    return {"id": name, "name": f"{name}.jpg", "size": 2048, "media_type": "image/jpeg", "width": 60, "height": 80}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_with_every_widget(snapshot: SnapshotAssertion, form: Form, language: str) -> None:
    content = record_pdf(form, None, answers=FAULTY, paper=PAPER, language=language, **_moment())
    assert snapshot.use_extension(TextFile) == "\n\f\n".join(pages(content))


def _moment() -> dict[str, Any]:
    return {name: CONTEXT[name] for name in ("facts", "today")}


def test_the_same_record_is_the_same_bytes(one: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(one, story="一样")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert written(one, story="一样") == first
    later = Paper(made=datetime(2025, 1, 1, tzinfo=UTC))
    assert written(one, story="一样", paper=later) != first


def test_each_page_says_whose_it_is_and_which_of_how_many(one: Form) -> None:
    found = pages(written(one, story="很长的经过。" * 1500))
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert f"第 {number} 页 / 共 {len(found)} 页" in page
        assert PAPER.number in page
        assert PAPER.platform in page
    assert "".join(found).count("很") == 1500


def test_only_what_is_visible_and_kept_is_on_paper(one: Form) -> None:
    text = "".join(pages(written(one, story="有", code="口令里的话", unseen="藏着")))
    for words in ("看不见", "藏着", "口令", "须知"):
        assert words not in text
    assert "未填写" in text


def test_times_are_those_where_the_form_lives(one: Form) -> None:
    text = "".join(pages(written(one)))
    assert "提交时间 2024-06-01 10:30" in text
    assert "生成时间：2024-06-01 10:31" in text
    assert "最近变更" not in text


def test_a_rare_character_is_shown_or_seen_to_be_missing(one: Form) -> None:
    text = "".join(pages(written(one, story="张㐂𠮷，王䶮")))
    assert "张㐂〓，王䶮" in text
    assert "U+20BB7" in text
    assert "U+" not in "".join(pages(written(one, story="张三")))


def test_pictures_are_drawn_small_and_named(one: Form) -> None:
    values = {"photo": file("p1"), "card": file("c1")}
    asked: dict[str, bytes | None] = {"p1": picture(), "c1": picture(240, 150)}
    content = written(one, paper=_with(asked.get), **values)
    assert pictures(content) == 2
    assert "证件照 p1.jpg 2 KB" in pages(content)[0].replace("　", " ")


@pytest.mark.parametrize("content", [None, b"", b"no picture", picture()[:300], b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_a_picture_that_cannot_be_read_leaves_its_name(one: Form, content: bytes | None) -> None:
    made = written(one, paper=_with(lambda _: content), photo=file("p1"))
    assert pictures(made) == 0
    assert "p1.jpg" in pages(made)[0]


def _with(picture: Callable[[str], bytes | None]) -> Paper:
    return Paper(made=PAPER.made, picture=picture)


def test_a_picture_keeps_its_shape_in_its_box() -> None:
    for size in ((60, 80), (300, 10), (1, 2000)):
        drawn = fitted(picture(*size), (28, 39))
        assert drawn is not None
        assert drawn.width <= 28.001
        assert drawn.height <= 39.001
        assert drawn.width / drawn.height == pytest.approx(size[0] / size[1])


def test_it_says_what_it_is(one: Form) -> None:
    content = written(one, "en", story="x")
    with PdfDocument(content) as document:
        told = document.get_metadata_dict()
        assert (told["Title"], told["Author"]) == ("One form", PAPER.platform)
        assert told["CreationDate"].startswith("D:20240601023100")
        assert [entry.get_title() for entry in document.get_toc()] == ["Step"]
    assert b"/Lang (en" in content


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "שלום \u202e עולם" * 300, "\n" * 2000, "a\x00\x07b", "\ud800", "e\u0301" * 900, "（" * 500]
)
def test_no_text_breaks_a_page(one: Form, text: str) -> None:
    content = written(one, story=text, card=file("c1") | {"name": text})
    assert "证件照" in "".join(pages(content))


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=300), st.text(min_size=1, max_size=80))
def test_any_text_is_the_same_bytes_twice(one: Form, story: str, name: str) -> None:
    first, again = (written(one, story=story, card=file("c1") | {"name": name}) for _ in range(2))
    assert first == again
    assert "证件照" in "".join(pages(first))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text("会计abc ，\n", max_size=400), st.integers(0, 60)), max_size=12))
def test_nothing_stands_beyond_the_edges_or_upon_another(rows: list[tuple[str, int]]) -> None:
    out = Sheets(lambda sign: 1.0 if ord(sign) > 0x2E80 else 0.5)
    for text, label in rows:
        out.row(Note("标" * label), out.lines(Note(text), RIGHT - 72), at=72)
    for sheet in out.sheets:
        words = [thing for thing in sheet if isinstance(thing, Words)]
        for thing in words:
            assert TOP <= thing.y <= BOTTOM
            assert thing.x + out.wide(thing.text, thing.size) <= RIGHT + 0.001
            assert thing.x >= LEFT
        for column in (LEFT, 72):
            lines = [thing.y for thing in words if thing.x == column]
            assert all(later - earlier > 3 for earlier, later in pairwise(lines))
        assert not [thing for thing in sheet if isinstance(thing, Placed)]
    assert out.sheets == [[]] or all(out.sheets), "no sheet is empty"


def test_without_the_extra_it_is_said_what_to_install(one: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    with pytest.raises(PdfNotInstalled, match=r"formkit\[pdf\]"):
        written(one)
