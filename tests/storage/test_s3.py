"""What is special to an S3-compatible store: one that is away, full, slow, set up otherwise, or killed."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from formkit.errors import UnknownName
from formkit.records.store import StoreFull, StoreUnavailable
from formkit.storage import new_keys, open_attachments, open_store
from formkit.storage.__main__ import main
from formkit.storage.s3 import S3Attachments
from tests.storage.s3_server import BUCKET, ENVIRONMENT, S3Server
from tests.web.people import Town, picture

ONE, TWO = "ab" * 16, "cd" * 16


@contextmanager
def answering(status: int, code: str) -> Iterator[str]:
    """The endpoint of a store that lists nothing and answers everything else with one error."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            listing = b'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></ListBucketResult>'
            self._answer(*((200, listing) if "list-type" in self.path else (status, error)))

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self._answer(status, error)

        def do_DELETE(self) -> None:
            self._answer(status, error)

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    error = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def at(endpoint: str, bucket: str = BUCKET, **environment: str) -> S3Attachments:
    where = f"{bucket}/x?endpoint={endpoint}"
    return S3Attachments(where, environment={**ENVIRONMENT, **environment}, busy_seconds=0.5)


def test_a_store_that_is_killed_and_comes_back_has_what_it_acknowledged(s3: S3Server) -> None:
    place = s3.new_place()
    files = S3Attachments(place.removeprefix("s3://"), busy_seconds=0.5)
    files.keep(ONE, b"one")
    s3.kill()
    try:
        for use in (lambda: files.keep(TWO, b"two"), lambda: files.open(ONE), lambda: files.remove(ONE)):
            with pytest.raises(StoreUnavailable):
                use()
        with pytest.raises(StoreUnavailable):
            list(files.kept())
        with pytest.raises(StoreUnavailable):
            open_attachments(place)
    finally:
        s3.start()
    files.keep(TWO, b"two")
    for attachment_id, content in ((ONE, b"one"), (TWO, b"two")):
        with files.open(attachment_id) as found:
            assert found.read() == content


def test_killed_under_load_it_has_all_that_was_acknowledged_whole(s3: S3Server) -> None:
    files = S3Attachments(s3.new_place().removeprefix("s3://"), busy_seconds=0.5)
    acknowledged: list[str] = []
    enough = Event()

    def keep(number: int) -> None:
        attachment_id = f"{number:032x}"
        try:
            files.keep(attachment_id, attachment_id.encode() * 5_000)
        except StoreUnavailable:
            return
        acknowledged.append(attachment_id)
        if len(acknowledged) > 30:
            enough.set()

    with ThreadPoolExecutor(4) as threads:
        working = [threads.submit(keep, number) for number in range(200)]
        assert enough.wait(60)
        s3.kill()
        for work in working:
            work.cancel()
    s3.start()
    for attachment_id in acknowledged:
        with files.open(attachment_id) as content:
            assert content.read() == attachment_id.encode() * 5_000


@pytest.mark.parametrize("status", [500, 503, 403])
def test_a_store_that_refuses_is_unavailable(status: int) -> None:
    with answering(status, "Whatever") as endpoint:
        files = at(endpoint)
        for use in (lambda: files.keep(ONE, b"one"), lambda: files.open(ONE), lambda: files.remove(ONE)):
            with pytest.raises(StoreUnavailable):
                use()


@pytest.mark.parametrize(("status", "code"), [(507, "Whatever"), (403, "QuotaExceeded"), (507, "XMinioStorageFull")])
def test_a_store_without_room_is_full(status: int, code: str) -> None:
    with answering(status, code) as endpoint, pytest.raises(StoreFull):
        at(endpoint).keep(ONE, b"one")


def test_a_bucket_that_went_is_a_failure_not_a_content_that_is_not_there() -> None:
    with answering(404, "NoSuchBucket") as endpoint, pytest.raises(StoreUnavailable):
        at(endpoint).open(ONE)
    with answering(404, "NoSuchKey") as endpoint, pytest.raises(UnknownName):
        at(endpoint).open(ONE)


def test_an_upload_that_breaks_off_leaves_nothing(s3: S3Server) -> None:
    class Broken(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise ConnectionError("gone")

    files = open_attachments(s3.new_place())
    with pytest.raises(StoreUnavailable):
        files.keep(ONE, Broken())
    assert list(files.kept()) == []


def test_a_wrong_secret_or_bucket_is_told_when_a_service_starts(s3: S3Server) -> None:
    with pytest.raises(StoreUnavailable):
        at(s3.endpoint, **dict.fromkeys(ENVIRONMENT, "wrong"))
    with pytest.raises(StoreUnavailable):
        at(s3.endpoint, bucket="nowhere")
    with pytest.raises(StoreUnavailable):
        at("http://127.0.0.1:1")


def test_the_secret_is_in_the_environment_and_nowhere_else(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreUnavailable, match="names a bucket, and no secret"):
        open_attachments("s3://key:secret@bucket/x")
    with pytest.raises(StoreUnavailable, match="names a bucket"):
        open_attachments("s3:///x")
    with pytest.raises(UnknownName, match="endpoint, region"):
        open_attachments("s3://bucket/x?secret_access_key=y")
    for name in ENVIRONMENT:
        monkeypatch.delenv(name)
    with pytest.raises(StoreUnavailable, match="AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        open_attachments(s3.new_place())


def test_an_unknown_scheme_is_told_and_a_folder_has_one_too(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="s3"):
        open_attachments("ftp://somewhere")
    open_attachments(f"file://{tmp_path}/a").keep(ONE, b"one")
    assert list(open_attachments(tmp_path / "a").kept()) == [ONE]


def test_a_store_that_is_away_costs_the_person_nothing_that_was_typed(s3: S3Server, tmp_path: Path) -> None:
    files = S3Attachments(s3.new_place().removeprefix("s3://"), busy_seconds=0.5)
    town = Town(tmp_path, attachments=files)
    ada = town.visitor().begin()
    for _ in range(2):
        ada.send("next", name="Ada", level="low")
    s3.kill()
    try:
        ada.send("save", files={"photo": ("me.png", picture(), "image/png")}, school__title="Typed before")
        assert (ada.status, "Typed before" in ada.page) == (503, True)
    finally:
        s3.start()
    ada.send("save", files={"photo": ("me.png", picture(), "image/png")}, school__title="Typed before")
    assert (ada.status, "Typed before" in ada.page) == (200, True)
    (found,) = set(re.findall(r"/files/[0-9a-f]{32}", ada.page))
    shown = ada.client.get(f"/deep/forms/small{found}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert len(list(files.kept())) == 1
    town.store.close()


def test_the_command_encrypts_them_anew(s3: S3Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, old = s3.new_place(), new_keys()
    open_store(tmp_path / "formkit.db", keys=old).close()
    open_attachments(place, keys=old).keep(ONE, b"one")
    new = old.rotated()
    new.write(tmp_path / "keys")
    assert main(["reencrypt", str(tmp_path / "formkit.db"), "--attachments", place, "--keys", f"{tmp_path}/keys"]) == 0
    assert "0 rows and 1 attachments" in capsys.readouterr().out
    with open_attachments(place, keys=new.without(old.current)).open(ONE) as content:
        assert content.read() == b"one"
