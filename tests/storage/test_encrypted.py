"""An encrypted store: nothing typed is seen on disk, nothing can be exchanged unseen, and keys can be changed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from formkit.records import service
from formkit.records.attachments import add_attachment, load_attachment
from formkit.records.model import Draft, Record
from formkit.storage import DirectoryAttachments, Keys, Unreadable, keys_from_file, new_keys, open_store, reencrypt
from formkit.storage.__main__ import main
from formkit.storage.keys import KeysInvalid
from formkit.storage.sql_store import SqlStore
from tests.records.sample import FORM, LATER, NOW, SampleJudge

TYPED = (
    "Secretname",
    "Secretcity",
    "Secrettitle",
    "Secretreason",
    "Secretfile",
    "Secretcontent",
    "Secretdraft",
    "密名",
)


@dataclass(frozen=True)
class Kept:
    """A store, its attachments, and the folder both are in."""

    folder: Path
    store: SqlStore
    files: DirectoryAttachments

    def on_disk(self) -> bytes:
        self.store.close()
        return b"".join(file.read_bytes() for file in sorted(self.folder.rglob("*")) if file.is_file())

    def seen(self) -> list[str]:
        """What of that which was typed can be seen on disk."""
        written = self.on_disk()
        forms = {word: {word.encode(), word.encode("unicode_escape"), word.encode("utf-16-le")} for word in TYPED}
        return [word for word, shapes in forms.items() if any(shape in written for shape in shapes)]


def kept(folder: Path, keys: Keys | None) -> Kept:
    store = open_store(folder / "formkit.db", keys=keys)
    assert isinstance(store, SqlStore)
    return Kept(folder, store, DirectoryAttachments(folder / "attachments", keys=keys))


def fill(here: Kept, owner: str = "me") -> Record:
    """A record, a change of it with a reason, an attachment, and a draft begun."""
    draft = service.start_draft(here.store, FORM, owner=owner, now=NOW)
    photo = add_attachment(
        here.store,
        here.files,
        draft.id,
        b"Secretcontent" * 100,
        owner=owner,
        path="photo",
        name="Secretfile.png",
        media_type="image/png",
        now=NOW,
    )
    answers: dict[str, Any] = {
        "name": "Secretname 密名",
        "photo": photo.id,
        "home": {"city": "Secretcity"},
        "awards": [{"_id": "r1", "title": "Secrettitle"}],
    }
    draft = service.save_draft(here.store, FORM, draft.id, answers, owner=owner, version=1, now=NOW)
    record = submit(here, draft.id, owner)
    change = service.open_change(here.store, FORM, record.id, owner=owner, now=LATER)
    service.save_draft(here.store, FORM, change.id, {"name": "Secretname 2"}, owner=owner, version=1, now=LATER)
    submit(here, change.id, owner, reason="Secretreason")
    begun = service.start_draft(here.store, FORM, owner=owner, now=LATER, another=True)
    service.save_draft(here.store, FORM, begun.id, {"name": "Secretdraft"}, owner=owner, version=1, now=LATER)
    return record


def submit(here: Kept, draft_id: str, owner: str, reason: str | None = None) -> Record:
    outcome = service.submit(
        here.store, FORM, draft_id, owner=owner, token=owner, judge=SampleJudge(), now=LATER, reason=reason
    )
    assert outcome.record is not None
    return outcome.record


def everything(here: Kept, owner: str = "me") -> list[Any]:
    (record,) = service.records_of(here.store, owner=owner)
    photo = load_attachment(here.store, record.values["photo"]["id"], owner=owner)
    with here.files.open(photo.id) as content:
        history = service.history(here.store, record.id, owner=owner)
        return [record, history, service.open_drafts(here.store, owner=owner), photo, content.read()]


def test_a_plain_store_shows_what_was_typed_so_the_next_test_tells(tmp_path: Path) -> None:
    here = kept(tmp_path, None)
    fill(here)
    assert here.seen() == list(TYPED)


def test_nothing_typed_is_seen_on_disk_and_all_of_it_is_read(tmp_path: Path) -> None:
    keys = new_keys()
    here = kept(tmp_path, keys)
    fill(here)
    before = everything(here)
    assert here.seen() == []
    again = kept(tmp_path, keys)
    assert everything(again) == before
    again.store.close()
    record, history, drafts, photo, content = before
    assert (record.values["name"], photo.name, content) == ("Secretname 2", "Secretfile.png", b"Secretcontent" * 100)
    assert (history[1].reason, history[1].changes[0].new) == ("Secretreason", "Secretname 2")
    assert [draft.answers for draft in drafts] == [{"name": "Secretdraft"}]


@pytest.mark.parametrize(
    ("table", "columns"),
    [("records", '"values"'), ("revisions", '"values"'), ("revisions", "reason"), ("attachments", "name")],
)
def test_rows_exchanged_in_the_database_are_told(tmp_path: Path, table: str, columns: str) -> None:
    here = kept(tmp_path, new_keys())
    fill(here, "me")
    fill(here, "other")
    with here.store.writing() as connection:
        whose = {"records": "owner", "revisions": "actor", "attachments": "owner"}[table]
        other = f"(SELECT {columns} FROM {table} WHERE {whose} = 'other' AND {columns} IS NOT NULL LIMIT 1)"  # noqa: S608 - ours
        connection.execute(text(f"UPDATE {table} SET {columns} = {other} WHERE {whose} = 'me'"))  # noqa: S608 - ours
    with pytest.raises(Unreadable, match=rf"in {table} cannot be read: it was altered, or moved"):
        everything(here, "me")
    everything(here, "other")
    here.store.close()


def test_fields_exchanged_within_a_row_are_told(tmp_path: Path) -> None:
    here = kept(tmp_path, new_keys())
    record = fill(here)
    with here.store.writing() as connection:
        connection.execute(text('UPDATE revisions SET "values" = changes'))
    with pytest.raises(Unreadable, match=f"values of {record.id}/1 in revisions"):
        everything(here)
    here.store.close()


def test_contents_exchanged_in_the_folder_are_told(tmp_path: Path) -> None:
    files = DirectoryAttachments(tmp_path, keys=new_keys())
    one, two = "ab" * 16, "cd" * 16
    files.keep(one, b"one")
    files.keep(two, b"two")
    (tmp_path / "ab" / one).write_bytes((tmp_path / "cd" / two).read_bytes())
    with pytest.raises(Unreadable, match=f"content of {one}"):
        files.open(one)


def test_a_value_put_there_unencrypted_is_told(tmp_path: Path) -> None:
    here = kept(tmp_path, new_keys())
    fill(here)
    with here.store.writing() as connection:
        connection.execute(text("""UPDATE records SET "values" = '{"name": "forged"}'"""))
    with pytest.raises(Unreadable, match="not encrypted"):
        everything(here)
    here.store.close()


def test_without_the_keys_an_encrypted_store_is_told(tmp_path: Path) -> None:
    here = kept(tmp_path, new_keys())
    fill(here)
    here.store.close()
    for keys, why in ((None, "open the store with its keys"), (new_keys(), "there is no key")):
        other = kept(tmp_path, keys)
        with pytest.raises(Unreadable, match=why):
            everything(other)
        other.store.close()


def test_a_new_key_takes_over_and_the_old_one_is_needed_no_more(tmp_path: Path) -> None:
    old = new_keys()
    new = old.rotated()
    here = kept(tmp_path, old)
    fill(here)
    before = everything(here)
    here.store.close()
    both = kept(tmp_path, new)
    assert everything(both) == before
    done = reencrypt(both.store, both.files)
    assert (done.rows, done.contents, done.unreadable) == (7, 1, ())
    assert reencrypt(both.store, both.files).rows == 0
    both.store.close()
    alone = kept(tmp_path, new.without(old.current))
    assert everything(alone) == before
    alone.store.close()


def test_more_rows_than_a_batch_are_all_encrypted_anew(store: SqlStore) -> None:
    drafts = [Draft(f"d{number}", "sample", "2026", "hash", "me", NOW, NOW) for number in range(205)]
    with store.transaction() as tx:
        for draft in drafts:
            tx.add_draft(draft)
    keys = store.keys.rotated() if store.keys else new_keys()
    keyed = SqlStore(store.engine, lambda _: None, keys=keys)
    assert (reencrypt(keyed).rows, reencrypt(keyed).rows) == (205, 0)
    with keyed.reading() as view:
        assert sorted(view.open_drafts("me"), key=lambda draft: int(draft.id[1:])) == drafts


def test_a_plain_store_becomes_an_encrypted_one(tmp_path: Path) -> None:
    plain = kept(tmp_path, None)
    fill(plain)
    before = everything(plain)
    plain.store.close()
    new_keys().write(tmp_path / "keys")
    arguments = ["reencrypt", str(tmp_path / "formkit.db"), "--attachments", str(tmp_path / "attachments")]
    assert main([*arguments, "--keys", str(tmp_path / "keys")]) == 0
    encrypted = kept(tmp_path, keys_from_file(tmp_path / "keys"))
    assert everything(encrypted) == before
    assert encrypted.seen() == []


def test_what_cannot_be_read_is_left_and_listed(tmp_path: Path) -> None:
    old = new_keys()
    here = kept(tmp_path, old)
    record = fill(here)
    with here.store.writing() as connection:
        connection.execute(text('UPDATE revisions SET "values" = changes WHERE number = 1'))
    here.store.close()
    both = kept(tmp_path, old.rotated())
    done = reencrypt(both.store, both.files)
    assert done.rows == 6
    assert [place.partition(" cannot")[0] for place in done.unreadable] == [f"values of {record.id}/1 in revisions"]
    both.store.close()


def test_reencrypting_needs_keys(tmp_path: Path) -> None:
    here = kept(tmp_path, None)
    with pytest.raises(KeysInvalid):
        reencrypt(here.store)
    here.store.close()
