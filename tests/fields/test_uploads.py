"""Uploads: only what the server found out counts."""

import pytest
from pydantic import ValidationError

from formkit.expressions.types import FILE_COLUMNS, File, Rows
from formkit.fields.base import OptionsInvalid
from formkit.fields.uploads import shown_size
from tests.fields.making import findings, make, verdicts

PHOTO = {"id": "p1", "name": "me.jpg", "size": 20_480, "media_type": "image/jpeg", "width": 295, "height": 413}
S51 = {"min_size": "10 KB", "max_size": "2 MB", "min_width": 295, "min_height": 413, "portrait": True}


def test_s51_the_portrait_of_the_checklist() -> None:
    field = make("image", S51)
    assert verdicts(field, PHOTO) == []
    assert verdicts(field, {**PHOTO, "size": 10_239}) == ["file_too_small"]
    assert verdicts(field, {**PHOTO, "size": 2 * 1024**2 + 1}) == ["file_too_large"]
    assert verdicts(field, {**PHOTO, "height": 412}) == ["image_too_small"]
    assert verdicts(field, {**PHOTO, "width": 413}) == ["not_portrait"]
    assert field.hint("zh") == "可上传 JPEG、PNG 文件，每个不超过 2 MB。宽至少 295、高至少 413 像素。须为竖版。"


def test_everything_wrong_with_a_file_is_said_at_once() -> None:
    found = verdicts(make("image", S51), {**PHOTO, "media_type": "application/pdf", "size": 1, "width": None})
    assert found == ["wrong_file_format", "file_too_small", "unreadable_image"]


def test_a_reference_nobody_could_resolve_is_a_missing_file() -> None:
    for kind in ("image", "file"):
        assert verdicts(make(kind), {"id": "made_up"}) == ["file_missing"]
        assert make(kind).parse("made_up") == {"id": "made_up"}


def test_several_files_are_a_list_and_rows_to_the_rules() -> None:
    field = make("file", max_files=3)
    pdf = {**PHOTO, "media_type": "application/pdf"}
    assert field.parse(pdf) == [field.parse([pdf])[0]]
    assert field.parse([pdf, pdf, ""]) == field.parse(pdf)
    assert field.rule_type() == Rows(FILE_COLUMNS, 3)
    assert make("file").rule_type() == File()
    assert field.attributes()["multiple"] is True
    assert field.format(field.parse([pdf, {"id": "b"}]), "zh") == "me.jpg、已上传的文件"


def test_the_browser_offers_only_the_kinds_that_are_taken() -> None:
    attributes = make("image", formats="png", capture="user").attributes()
    assert attributes == {"type": "file", "accept": "image/png,.png", "capture": "user"}


def test_options_that_make_no_sense_are_the_author_s_fault() -> None:
    with pytest.raises(OptionsInvalid, match="limits-crossed"):
        make("image", min_size="3 MB", max_size="2 MB")
    with pytest.raises(OptionsInvalid, match="limits-crossed"):
        make("file", min_files=2)
    with pytest.raises(ValidationError):
        make("image", formats=["gif"])


@pytest.mark.parametrize(
    ("size", "words"), [(10, "10 B"), (1024, "1 KB"), (1536, "1.5 KB"), (5 * 1024**2, "5 MB"), (10_000_000, "9.54 MB")]
)
def test_sizes_are_told_as_people_say_them(size: int, words: str) -> None:
    assert shown_size(size) == words


def test_the_name_of_the_file_is_told() -> None:
    assert findings(make("file"), {**PHOTO, "media_type": "text/html"})[0].params["name"] == "me.jpg"
