import dataclasses

import pytest

from formkit.records.model import Attachment, AuditEntry, Change, Draft, Record, Revision
from tests.records.sample import NOW

DRAFT = Draft("d1", "sample", "2026", "hash", "me", NOW, NOW)


@pytest.mark.parametrize("noun", [Attachment, AuditEntry, Change, Draft, Record, Revision])
def test_nouns_are_frozen_and_slotted(noun: type) -> None:
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in noun.__dict__


def test_a_draft_begins_empty() -> None:
    assert (dict(DRAFT.answers), DRAFT.version, DRAFT.purpose, DRAFT.record) == ({}, 1, "new", None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        DRAFT.version = 2  # type: ignore[misc]


def test_the_value_of_an_attachment_names_no_owner_and_no_place() -> None:
    value = Attachment("a1", "me", "photo", "x.png", "image/png", 5, "0" * 64, NOW, draft="d1").value
    assert set(value) == {"id", "name", "size", "media_type", "width", "height", "sha256"}
