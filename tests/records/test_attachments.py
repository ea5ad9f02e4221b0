import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from formkit.errors import UnknownName
from formkit.records import service
from formkit.records.attachments import Swept, add_attachment, load_attachment, sweep, with_attachments
from formkit.records.model import Attachment, Draft
from formkit.records.store import AlreadySubmitted, Store, StoreFull
from formkit.storage import DirectoryAttachments, open_store
from tests.forms import form_of
from tests.records.sample import FORM, LATER, NOW, SampleJudge

ME, OTHER = "person-1", "person-2"
PNG = b"\x89PNG and so on"
TAB = "t1"


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    yield store
    store.close()


@pytest.fixture
def files(tmp_path: Path) -> DirectoryAttachments:
    return DirectoryAttachments(tmp_path)


@pytest.fixture
def draft(store: Store) -> Draft:
    return service.start_draft(store, FORM, owner=ME, now=NOW)


def upload(
    store: Store, files: Any, draft: Draft, path: str = "photo", content: Any = PNG, owner: str = ME
) -> Attachment:
    return add_attachment(
        store,
        files,
        draft.id,
        content,
        owner=owner,
        path=path,
        name="我的照片.png",
        media_type="image/png",
        now=NOW,
        width=3,
        height=4,
    )


def save(store: Store, draft: Draft, answers: dict[str, Any]) -> Draft:
    return service.save_draft(store, FORM, draft.id, answers, owner=ME, version=draft.version, now=LATER)


def submit(store: Store, draft: Draft) -> service.Submission:
    return service.submit(store, FORM, draft.id, owner=ME, token=TAB, judge=SampleJudge(), now=LATER)


def is_kept(files: DirectoryAttachments, attachment: Attachment) -> bool:
    try:
        files.open(attachment.id).close()
    except UnknownName:
        return False
    return True


def make_old(tmp_path: Path) -> None:
    moment = (NOW - timedelta(days=30)).timestamp()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            os.utime(file, (moment, moment))


class TestAdding:
    @pytest.mark.parametrize("stream", [True, False])
    def test_an_upload_is_content_row_and_value(self, store: Store, files: Any, draft: Draft, stream: bool) -> None:
        attachment = upload(store, files, draft, content=BytesIO(PNG) if stream else PNG)
        assert load_attachment(store, attachment.id, owner=ME) == attachment
        with files.open(attachment.id) as content:
            assert content.read() == PNG
        assert attachment.value == {
            "id": attachment.id,
            "name": "我的照片.png",
            "size": len(PNG),
            "media_type": "image/png",
            "width": 3,
            "height": 4,
            "sha256": hashlib.sha256(PNG).hexdigest(),
        }

    def test_no_row_before_its_content(self, store: Store, draft: Draft) -> None:
        class Full:
            def keep(self, *_: Any) -> None:
                raise StoreFull

        with pytest.raises(StoreFull):
            upload(store, Full(), draft)
        with store.reading() as view:
            assert view.loose_attachments(LATER) == ()

    def test_only_to_an_open_draft_of_ones_own(self, store: Store, files: Any, tmp_path: Path, draft: Draft) -> None:
        with pytest.raises(UnknownName):
            upload(store, files, draft, owner=OTHER)
        submit(store, draft)
        with pytest.raises(AlreadySubmitted):
            upload(store, files, draft)
        assert not [file for file in tmp_path.rglob("*") if file.is_file()]

    def test_an_attachment_of_somebody_else_is_not_there(self, store: Store, files: Any, draft: Draft) -> None:
        attachment = upload(store, files, draft)
        with pytest.raises(UnknownName):
            load_attachment(store, attachment.id, owner=OTHER)


class TestNaming:
    @pytest.mark.parametrize("named", ["id", "object", "forged object"])
    def test_the_row_speaks_not_the_browser(self, store: Store, files: Any, draft: Draft, named: str) -> None:
        attachment = upload(store, files, draft)
        forged = {**attachment.value, "size": 1, "media_type": "text/html", "more": "x"}
        answer = {"id": attachment.id, "object": attachment.value, "forged object": forged}[named]
        assert save(store, draft, {"photo": answer}).answers == {"photo": attachment.value}
        assert with_attachments(store, FORM, draft, {"photo": answer}) == {"photo": attachment.value}

    def test_several_in_one_answer_and_in_rows(self, store: Store, files: Any, draft: Draft) -> None:
        one, two = upload(store, files, draft), upload(store, files, draft)
        three = upload(store, files, draft, "awards.r1.proof")
        answers = {"photo": [one.id, two.value, "f" * 32], "awards": [{"_id": "r1", "proof": three.id}]}
        saved = save(store, draft, answers)
        assert saved.answers == {"photo": [one.value, two.value], "awards": [{"_id": "r1", "proof": three.value}]}

    def test_somebody_elses_is_left_out_and_the_answer_stays(self, store: Store, files: Any, draft: Draft) -> None:
        mine = upload(store, files, draft)
        theirs = upload(store, files, service.start_draft(store, FORM, owner=OTHER, now=NOW), owner=OTHER)
        first = save(store, draft, {"photo": mine.id})
        assert save(store, first, {"photo": theirs.value}).answers == {"photo": mine.value}

    def test_one_for_another_answer_is_left_out(self, store: Store, files: Any, draft: Draft) -> None:
        proof = upload(store, files, draft, "awards.r1.proof")
        assert save(store, draft, {"photo": proof.id}).answers == {}
        assert save(store, draft, {"awards": [{"_id": "r2", "proof": proof.id}]}).answers == {"awards": [{"_id": "r2"}]}

    def test_one_of_another_draft_is_left_out(self, store: Store, files: Any, draft: Draft) -> None:
        other = service.start_draft(store, FORM, owner=ME, now=NOW, another=True)
        assert save(store, draft, {"photo": upload(store, files, other).id}).answers == {}

    @pytest.mark.parametrize("odd", [7, True, {"id": 7}, {"id": None}, {"name": "x"}, "no such id"])
    def test_what_names_nothing_is_left_out(self, store: Store, draft: Draft, odd: Any) -> None:
        assert save(store, draft, {"photo": odd}).answers == {}

    @pytest.mark.parametrize("blank", [None, "", []])
    def test_a_blank_takes_it_away(self, store: Store, files: Any, draft: Draft, blank: Any) -> None:
        first = save(store, draft, {"photo": upload(store, files, draft).id})
        assert save(store, first, {"photo": blank}).answers == {"photo": blank}

    def test_a_change_may_keep_what_its_record_has(self, store: Store, files: Any, draft: Draft) -> None:
        attachment = upload(store, files, draft)
        record = submit(store, save(store, draft, {"photo": attachment.id})).record
        assert record is not None
        change = service.open_change(store, FORM, record.id, owner=ME, now=LATER)
        assert save(store, change, {"photo": attachment.id}).answers == {"photo": attachment.value}


class TestSweeping:
    def test_what_nobody_names_goes(self, store: Store, files: Any, tmp_path: Path, draft: Draft) -> None:
        named, forgotten = upload(store, files, draft), upload(store, files, draft)
        save(store, draft, {"photo": named.id})
        files.keep("ab" * 16, b"its row was never written")
        make_old(tmp_path)
        assert sweep(store, files, now=NOW + timedelta(days=2)) == Swept(attachments=1, contents=2)
        assert is_kept(files, named) and not is_kept(files, forgotten)
        with pytest.raises(UnknownName):
            load_attachment(store, forgotten.id, owner=ME)
        assert sweep(store, files, now=NOW + timedelta(days=2)) == Swept(0, 0)

    def test_what_is_young_stays(self, store: Store, files: Any, tmp_path: Path, draft: Draft) -> None:
        forgotten = upload(store, files, draft)
        make_old(tmp_path)
        assert sweep(store, files, now=NOW + timedelta(hours=23)) == Swept(0, 0)
        assert is_kept(files, forgotten)

    def test_what_another_edition_left_behind_in_a_draft_stays(
        self, store: Store, files: Any, tmp_path: Path, draft: Draft
    ) -> None:
        named = upload(store, files, draft)
        saved = save(store, draft, {"photo": named.id})
        service.move_draft(store, replace(FORM, edition_hash="next"), saved, {}, now=LATER)
        make_old(tmp_path)
        assert sweep(store, files, now=NOW + timedelta(days=9)) == Swept(0, 0)
        assert is_kept(files, named)

    def test_what_a_record_had_in_any_revision_stays(
        self, store: Store, files: Any, tmp_path: Path, draft: Draft
    ) -> None:
        first = upload(store, files, draft)
        record = submit(store, save(store, draft, {"photo": first.id})).record
        assert record is not None
        change = service.open_change(store, FORM, record.id, owner=ME, now=NOW)
        second = upload(store, files, change)
        submit(store, save(store, change, {"photo": second.id}))
        make_old(tmp_path)
        assert sweep(store, files, now=NOW + timedelta(days=9)) == Swept(0, 0)
        assert is_kept(files, first) and is_kept(files, second)

    def test_what_a_submission_left_behind_goes(self, store: Store, files: Any, tmp_path: Path, draft: Draft) -> None:
        forgotten = upload(store, files, draft)
        submit(store, draft)
        make_old(tmp_path)
        assert sweep(store, files, now=NOW + timedelta(days=9)) == Swept(1, 1)
        assert not is_kept(files, forgotten)

    def test_what_a_discarded_draft_named_goes(self, store: Store, files: Any, tmp_path: Path, draft: Draft) -> None:
        save(store, draft, {"photo": upload(store, files, draft).id})
        service.discard_draft(store, draft.id, owner=ME)
        make_old(tmp_path)
        assert sweep(store, files, now=NOW + timedelta(days=9)) == Swept(1, 1)


RENAMED = form_of("""
portrait: {type: image, label: 照片, renamed_from: [picture, photo]}
prizes:
  type: rows
  label: 奖励
  renamed_from: awards
  fields:
    proof: {type: image, label: 证明, renamed_from: scan, max_files: 3}
""")


def test_a_file_stays_the_answer_of_a_field_that_was_renamed(
    store: Store, files: DirectoryAttachments, draft: Draft
) -> None:
    photo, scan = upload(store, files, draft), upload(store, files, draft, "awards.r1.scan")
    row = {"_id": "r1", "proof": [scan.id]}
    kept = with_attachments(store, RENAMED, draft, {"portrait": photo.id, "prizes": [row]})
    assert kept == {"portrait": photo.value, "prizes": [{"_id": "r1", "proof": [scan.value]}]}
    elsewhere = {"portrait": scan.id, "prizes": [{**row, "_id": "r2"}]}
    assert with_attachments(store, RENAMED, draft, elsewhere) == {"prizes": [{"_id": "r2", "proof": []}]}
