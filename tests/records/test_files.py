"""Files by their content: what is allowed and sound is kept, everything else is refused with its reason."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from formkit.locales import sentence
from formkit.records.files import FileRules, judge_file
from formkit.records.judged import Refused, StoredFile, StoredImage

ALL = FileRules(formats=("pdf", "docx", "xlsx", "jpeg", "png", "webp"))
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n50\n%%EOF\n"


def archive(*names: str, content_types: str = "<Types/>", **more: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", content_types)
        for name in names:
            packed.writestr(name, "<x/>")
        for name, content in more.items():
            packed.writestr(name, content)
    return target.getvalue()


def picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(target, kind)
    return target.getvalue()


DOCX = archive("word/document.xml")
XLSX = archive("xl/workbook.xml")


def refusal(content: bytes | Path, rules: FileRules = ALL) -> str:
    judged = judge_file(content, rules)
    assert isinstance(judged, Refused), judged
    for language in ("zh", "en"):
        assert "{" not in sentence("web", judged.code, judged.params, language)
    return judged.code


@pytest.mark.parametrize(("content", "ending"), [(PDF, "pdf"), (DOCX, "document"), (XLSX, "sheet")])
def test_a_sound_document_is_kept_as_it_is(content: bytes, ending: str) -> None:
    judged = judge_file(content, ALL)
    assert isinstance(judged, StoredFile)
    assert judged.content == content
    assert judged.media_type.endswith(ending)


def test_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(PDF)
    assert judge_file(path, ALL) == judge_file(PDF, ALL)


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_is_drawn_anew(kind: str, media_type: str) -> None:
    judged = judge_file(picture(kind) + b"<script>", ALL)
    assert isinstance(judged, StoredImage)
    assert judged.media_type == media_type
    assert b"<script>" not in judged.content


def test_sizes_include_their_limits() -> None:
    exact = FileRules(("pdf",), max_bytes=len(PDF), min_bytes=len(PDF))
    assert isinstance(judge_file(PDF, exact), StoredFile)
    assert refusal(PDF + b"\n", exact) == "file_too_large"
    assert refusal(PDF[1:], exact) == "file_too_small"
    assert refusal(b"") == "file_empty"


@pytest.mark.parametrize(
    ("content", "formats"),
    [
        (b"<html><script>alert(1)</script>", ("pdf",)),
        (b"MZ\x90\x00", ("pdf", "docx")),
        (b"plain text", ("pdf",)),
        (b"\n" + PDF, ("pdf",)),
        (PDF, ("docx", "jpeg")),
        (DOCX, ("xlsx", "pdf")),
        (XLSX, ("docx",)),
        (archive("readme.txt"), ("docx", "xlsx")),
        (picture("PNG"), ("jpeg", "pdf")),
        (picture("JPEG"), ("pdf",)),
        (picture("GIF"), ("jpeg", "png")),
    ],
)
def test_another_kind_is_refused_with_the_allowed_ones_named(content: bytes, formats: tuple[str, ...]) -> None:
    judged = judge_file(content, FileRules(formats))
    assert isinstance(judged, Refused)
    assert judged.code == "wrong_file_format"
    allowed = ", ".join(name.upper() for name in formats)
    assert allowed in sentence("web", judged.code, judged.params, "en")


@pytest.mark.parametrize("content", [PDF[:-8], PDF[:20], PDF + b"<script>", PDF + bytes(5000)])
def test_a_pdf_ends_with_its_mark(content: bytes) -> None:
    assert refusal(content) == "unreadable_file"


@pytest.mark.parametrize("name", [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia"])
def test_a_pdf_with_something_that_acts(name: bytes) -> None:
    assert refusal(PDF.replace(b"/Catalog", b"/Catalog " + name + b" (x)")) == "file_active"


@pytest.mark.parametrize("cut", [1, 30, 100])
def test_a_cut_archive(cut: int) -> None:
    assert refusal(DOCX[:-cut]) == "unreadable_file"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\\..\\b", "C:/x"])
def test_an_archive_that_reaches_out(name: str) -> None:
    assert refusal(archive("word/document.xml", name)) == "unreadable_file"


def test_an_archive_with_macros() -> None:
    assert refusal(archive("word/document.xml", "word/vbaProject.bin")) == "file_active"
    macro = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    assert refusal(archive("word/document.xml", content_types=macro)) == "file_active"


def test_an_archive_that_would_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formkit.records.files._MAX_UNPACKED", 1000)
    assert refusal(archive("word/document.xml", x=bytes(2000))) == "file_too_much_unpacked"
    monkeypatch.setattr("formkit.records.files._MAX_ENTRIES", 1)
    assert refusal(DOCX) == "file_too_much_unpacked"


def test_a_damaged_picture_says_so() -> None:
    assert refusal(picture("JPEG")[:-20]) == "unreadable_image"


def test_unknown_formats_are_the_programmers_fault() -> None:
    with pytest.raises(ValueError, match="exe"):
        FileRules(("exe",))
