"""From a file as it arrived to what is stored and the answer that names it."""

import io

import pytest
from PIL import Image

from formkit.records.files import FileRules
from formkit.records.images import ImageRules
from formkit.records.judged import Refused
from formkit.web.incoming import UploadedFile
from formkit.web.uploads import AcceptedUpload, judge_upload, true_name

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
    assert accepted.value("f1") == {
        "id": "f1",
        "name": "我.jpg",
        "size": len(accepted.stored.content),
        "media_type": "image/jpeg",
        "width": 30,
        "height": 40,
        "sha256": accepted.stored.sha256,
    }


def test_a_document() -> None:
    accepted = judge_upload(upload(PDF, "证明.pdf"), FileRules())
    assert isinstance(accepted, AcceptedUpload)
    assert accepted.stored.content == PDF
    assert set(accepted.value("f2")) == {"id", "name", "size", "media_type", "sha256"}


def test_wherever_the_file_was_left() -> None:
    sent = upload(PDF, "a.pdf")
    sent.file.read()
    assert isinstance(judge_upload(sent, FileRules()), AcceptedUpload)


def test_one_dropped_while_it_streamed() -> None:
    dropped = UploadedFile("portrait", "a.jpg", io.BytesIO(), 2 * 1024 * 1024 + 1, 2 * 1024 * 1024)
    assert judge_upload(dropped, ImageRules()) == Refused("file_too_large", {"size": "2097153 B", "max_size": "2 MB"})


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
    assert refused.code == "file_format"


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
