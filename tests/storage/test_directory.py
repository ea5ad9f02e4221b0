import errno
import os
import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from formkit.errors import UnknownName
from formkit.records.store import StoreFull, StoreUnavailable
from formkit.storage import DirectoryAttachments

ONE, TWO = "ab" * 16, "cd" * 16
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def files(tmp_path: Path) -> DirectoryAttachments:
    return DirectoryAttachments(tmp_path / "attachments")


def contents(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "", "a", ONE.upper(), f"{ONE}\n", f"{ONE}/..", "ab\x00" * 16, "图.jpg"]
)
def test_only_ids_of_its_own_are_paths(files: DirectoryAttachments, tmp_path: Path, name: str) -> None:
    for use in (lambda: files.keep(name, b"x"), lambda: files.open(name), lambda: files.remove(name)):
        with pytest.raises(UnknownName):
            use()
    assert contents(tmp_path) == []


def test_removing_twice_is_removing(files: DirectoryAttachments, tmp_path: Path) -> None:
    files.keep(ONE, b"one")
    files.keep(TWO, b"two")
    files.remove(ONE)
    files.remove(ONE)
    assert contents(tmp_path / "attachments") == [f"cd/{TWO}"]


def test_only_the_owner_may_read(files: DirectoryAttachments, tmp_path: Path) -> None:
    files.keep(ONE, b"one")
    folder = tmp_path / "attachments"
    modes = {stat.S_IMODE(place.stat().st_mode) for place in (folder, folder / "ab", folder / "unfinished")}
    assert (modes, stat.S_IMODE((folder / "ab" / ONE).stat().st_mode)) == ({0o700}, 0o600)


def test_content_is_synced_before_it_has_its_name_and_its_folder_after(
    files: DirectoryAttachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[tuple[str, str]] = []
    fsync, rename = os.fsync, Path.rename

    def seen_fsync(descriptor: int) -> None:
        place = Path(f"/proc/self/fd/{descriptor}").readlink()
        happened.append(("fsync", "folder" if place.is_dir() else place.parent.name))
        fsync(descriptor)

    def seen_rename(self: Path, target: Path) -> Path:
        happened.append(("rename", target.parent.name))
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(Path, "rename", seen_rename)
    files.keep(ONE, b"one")
    assert happened == [("fsync", "unfinished"), ("rename", "ab"), ("fsync", "folder")]


@pytest.mark.parametrize(
    ("number", "failure"),
    [(errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EIO, StoreUnavailable)],
)
def test_a_failing_disk_is_told_and_leaves_nothing(
    files: DirectoryAttachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, failure: type[Exception]
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(failure):
        files.keep(ONE, b"one")
    assert contents(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_nothing(files: DirectoryAttachments, tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise ConnectionError("gone")

    with pytest.raises(StoreUnavailable):
        files.keep(ONE, Broken())
    assert contents(tmp_path) == []


def test_old_contents_are_listed_and_old_leftovers_deleted(files: DirectoryAttachments, tmp_path: Path) -> None:
    folder = tmp_path / "attachments"
    files.keep(ONE, b"old")
    files.keep(TWO, b"new")
    for name in ("old.part", "new.part"):
        (folder / "unfinished" / name).write_bytes(b"half")
    for place, age in ((folder / "ab" / ONE, 2), (folder / "cd" / TWO, 0), (folder / "unfinished" / "old.part", 2)):
        moment = (NOW - timedelta(days=age)).timestamp()
        os.utime(place, (moment, moment))
    assert list(files.kept_before(NOW - timedelta(days=1))) == [ONE]
    assert contents(folder / "unfinished") == ["new.part"]
