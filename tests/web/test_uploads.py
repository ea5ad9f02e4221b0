"""From a file as it arrived to what is stored, or the issue at its field."""

import io

import pytest
from PIL import Image

from formkit.fields.base import Surroundings
from formkit.fields.uploads import FileField, ImageField
from formkit.locales import issue_sentence
from formkit.records.files import FileRules
from formkit.records.images import ImageRules
from formkit.records.judged import Refused
from formkit.web.incoming import UploadedFile
from formkit.web.uploads import AcceptedUpload, judge_upload, rules_for, true_name, upload_issue

PDF = b"%PDF-1.7\nxref\nstartxref\n9\n%%EOF\n"


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (30, 40), "red").save(target, "JPEG", comment=b"<script>")
    return target.getvalue()


def upload(content: bytes, filename: str, over_limit: int | None = None) -> UploadedFile:
    return UploadedFile("portrait", filename, io.BytesIO(content), len(content), over_limit)


def test_a_picture() -> None:
    accepted = judge_upload(upload(picture(), "我.gif"), ImageRules())
    assert isinstance(accepted, AcceptedUpload)
    assert b"<script>" not in accepted.stored.content
    assert (accepted.name, accepted.width, accepted.height) == ("我.jpg", 30, 40)
    assert accepted.stored.media_type == "image/jpeg"


def test_a_document() -> None:
    accepted = judge_upload(upload(PDF, "证明.pdf"), FileRules())
    assert isinstance(accepted, AcceptedUpload)
    assert accepted.stored.content == PDF
    assert (accepted.name, accepted.width, accepted.height) == ("证明.pdf", None, None)


def test_wherever_the_file_was_left() -> None:
    sent = upload(PDF, "a.pdf")
    sent.file.read()
    assert isinstance(judge_upload(sent, FileRules()), AcceptedUpload)


def test_one_dropped_while_it_streamed() -> None:
    dropped = UploadedFile("portrait", "a.jpg", io.BytesIO(), 2 * 1024 * 1024 + 1, 2 * 1024 * 1024)
    assert judge_upload(dropped, ImageRules()) == Refused("file_too_large", {"size": "2097153 B", "max": "2 MB"})


@pytest.mark.parametrize("rules", [ImageRules(max_bytes=10), FileRules(max_bytes=10)])
def test_one_too_large_is_not_even_read(rules: ImageRules | FileRules) -> None:
    closed = upload(picture(), "a.jpg")
    closed.file.close()
    refused = judge_upload(closed, rules)
    assert isinstance(refused, Refused)
    assert refused.code == "file_too_large"


def test_a_refusal_of_either_judge() -> None:
    assert judge_upload(upload(b"", "a.jpg"), ImageRules()) == Refused("file_empty")
    refused = judge_upload(upload(b"<html>", "a.pdf"), FileRules())
    assert isinstance(refused, Refused)
    assert refused.code == "wrong_file_format"


def test_a_refusal_becomes_an_issue_with_its_sentence() -> None:
    sent = upload(b"", "a.jpg")
    refused = judge_upload(sent, ImageRules())
    assert isinstance(refused, Refused)
    issue = upload_issue(sent, refused)
    assert (issue.code, issue.path, issue.params["name"]) == ("file_empty", "portrait", "a.jpg")
    assert issue_sentence(issue, "zh") == "文件是空的（0 字节）。请重新选择文件。"
    assert issue_sentence(issue, "en") == "The file is empty (0 bytes). Choose the file again."


def test_the_rules_of_an_image_field() -> None:
    asked = ImageField.Options(
        formats=["jpeg"], max_size="2 MB", min_size="10 KB", min_width=295, min_height=413, portrait=True
    )
    field = ImageField(asked, Surroundings({}))
    assert rules_for(field) == ImageRules(("jpeg",), 2 * 1024 * 1024, 10 * 1024, 295, 413, portrait=True)
    assert rules_for(ImageField(ImageField.Options(), Surroundings({}))) == ImageRules(min_width=0, min_height=0)


def test_the_rules_of_a_file_field() -> None:
    field = FileField(FileField.Options(formats=["pdf", "docx"], max_size="1 MB"), Surroundings({}))
    assert rules_for(field) == FileRules(("pdf", "docx"), 1024 * 1024)


@pytest.mark.parametrize(
    ("filename", "media_type", "name"),
    [
        ("me.jpeg", "image/jpeg", "me.jpeg"),
        ("me.php", "image/jpeg", "me.jpg"),
        ("me.jpg.exe", "image/png", "me.jpg.png"),
        ("me", "image/webp", "me.webp"),
        (".jpg", "image/jpeg", "file.jpg"),
        ("", "application/pdf", "file.pdf"),
    ],
)
def test_a_name_tells_the_truth(filename: str, media_type: str, name: str) -> None:
    assert true_name(filename, media_type) == name
