"""What every attachment store promises: the test a new one must pass."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from formkit.errors import UnknownName
from formkit.storage import Keys, Unreadable, new_keys, open_attachments
from formkit.storage.contents import KeptContents

ONE, TWO = "ab" * 16, "cd" * 16
KINDS = ("folder", "s3", "folder, encrypted", "s3, encrypted")


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new attachment store of each kind can be opened."""
    if "s3" in request.param:
        return str(request.getfixturevalue("s3").new_place())
    return str(tmp_path / "attachments")


@pytest.fixture
def keys(request: pytest.FixtureRequest) -> Keys | None:
    return new_keys() if "encrypted" in request.node.name else None


@pytest.fixture
def files(place: str, keys: Keys | None) -> KeptContents:
    return open_attachments(place, keys=keys)


@pytest.mark.parametrize("content", [b"", b"\x89PNG", os.urandom(12_000_000)], ids=["empty", "small", "large"])
@pytest.mark.parametrize("stream", [True, False])
def test_what_goes_in_comes_out(
    files: KeptContents, place: str, keys: Keys | None, content: bytes, stream: bool
) -> None:
    files.keep(ONE, BytesIO(content) if stream else content)
    assert read(open_attachments(place, keys=keys), ONE) == content
    assert list(files.kept()) == [ONE]


def read(files: KeptContents, attachment_id: str) -> bytes:
    with files.open(attachment_id) as content:
        return content.read()


def test_what_is_kept_again_is_the_later(files: KeptContents) -> None:
    files.keep(ONE, b"one")
    files.keep(ONE, b"two")
    assert read(files, ONE) == b"two"


def test_a_content_that_is_not_there_is_told(files: KeptContents) -> None:
    files.keep(TWO, b"two")
    with pytest.raises(UnknownName):
        files.open(ONE)
    with pytest.raises((UnknownName, FileNotFoundError)):
        files.renew(ONE)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "", "a", ONE.upper(), f"{ONE}\n", f"{ONE}/..", "ab\x00" * 16, "图.jpg"]
)
def test_only_ids_of_its_own_are_places(files: KeptContents, name: str) -> None:
    for use in (lambda: files.keep(name, b"x"), lambda: files.open(name), lambda: files.remove(name)):
        with pytest.raises(UnknownName):
            use()
    assert list(files.kept()) == []


def test_removing_twice_is_removing(files: KeptContents) -> None:
    files.keep(ONE, b"one")
    files.keep(TWO, b"two")
    files.remove(ONE)
    files.remove(ONE)
    assert list(files.kept()) == [TWO]


def test_contents_are_listed_by_age(files: KeptContents) -> None:
    files.keep(ONE, b"one")
    files.keep(TWO, b"two")
    now = datetime.now(UTC)
    assert list(files.kept_before(now - timedelta(hours=1))) == []
    assert sorted(files.kept_before(now + timedelta(hours=1))) == [ONE, TWO]


def test_more_than_a_page_of_contents_is_listed_and_of_other_places_none(files: KeptContents) -> None:
    ids = [f"{number:032x}" for number in range(0, 1 << 20, 1 << 10)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda each: files.keep(each, each.encode()), ids[:1030]))
    assert sorted(files.kept()) == sorted(ids[:1030])


def test_threads_that_keep_and_read_at_once_do_not_mix(files: KeptContents) -> None:
    def keep_and_read(number: int) -> bool:
        content = bytes([number]) * 50_000
        files.keep(f"{number:032x}", content)
        return read(files, f"{number:032x}") == content

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(keep_and_read, range(60)))


def test_encrypted_contents_open_only_with_their_key_and_in_their_place(place: str) -> None:
    old = new_keys()
    open_attachments(place).keep(TWO, b"plain")
    files = open_attachments(place, keys=old)
    files.keep(ONE, b"secret")
    with pytest.raises(Unreadable, match="not encrypted"):
        files.open(TWO)
    both = open_attachments(place, keys=old.rotated())
    assert [both.renew(each) for each in (ONE, TWO, ONE)] == [True, True, False]
    assert [read(both, each) for each in (ONE, TWO)] == [b"secret", b"plain"]
    stored = open_attachments(place)
    assert b"secret" not in read(stored, ONE)
    stored.keep(TWO, read(stored, ONE))
    with pytest.raises(Unreadable, match="altered, or moved"):
        both.open(TWO)
    with pytest.raises(Unreadable, match="no key"):
        files.open(ONE)
