"""A process that submits and says so, line by line, until it has done its number or is killed."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from formkit.records import service
from formkit.records.attachments import add_attachment
from formkit.storage import DirectoryAttachments, open_store
from tests.records.sample import FORM, SampleJudge

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def submit_one(folder: Path, owner: str) -> str:
    """One person's whole way: begin, upload, answer, submit; the receipt number."""
    store, files = open_store(folder / "formkit.db"), DirectoryAttachments(folder / "attachments")
    draft = service.start_draft(store, FORM, owner=owner, now=NOW)
    photo = add_attachment(
        store, files, draft.id, owner.encode(), owner=owner, path="photo", name="p", media_type="image/png", now=NOW
    )
    answers = {"name": owner, "photo": photo.id}
    draft = service.save_draft(store, FORM, draft.id, answers, owner=owner, version=draft.version, now=NOW)
    outcome = service.submit(store, FORM, draft.id, owner=owner, token=owner, judge=SampleJudge(), now=NOW)
    store.close()
    assert outcome.record is not None
    return outcome.record.number


def submit_many(folder: Path, name: str) -> None:
    """One person after the other, for as long as it lives."""
    number = 0
    while True:
        owner = f"{name}-{number}"
        print(owner, submit_one(folder, owner), flush=True)
        number += 1


def submit_single(folder: Path, owner: str) -> None:
    """One person."""
    print("acknowledged", submit_one(folder, owner), flush=True)


def submit_given(folder: Path, draft_id: str, token: str) -> None:
    """Submit one draft that others submit too, when told to; its receipt number."""
    store = open_store(folder / "formkit.db")
    print("ready", flush=True)
    sys.stdin.readline()
    outcome = service.submit(store, FORM, draft_id, owner="me", token=token, judge=SampleJudge(), now=NOW)
    assert outcome.record is not None
    print(outcome.record.number, outcome.repeated, flush=True)
    store.close()


if __name__ == "__main__":
    what, folder, *rest = sys.argv[1:]
    tasks: dict[str, Callable[..., None]] = {"many": submit_many, "single": submit_single, "given": submit_given}
    tasks[what](Path(folder), *rest)
