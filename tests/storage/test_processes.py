"""What is promised when several processes write, and when one of them is killed at any moment."""

import random
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import pytest

from formkit.records import service
from formkit.storage import DirectoryAttachments, open_store
from formkit.storage.sqlite import sqlite_driver
from tests.records.sample import FORM
from tests.storage.worker import NOW

KILLS = 10
ROOT = Path(__file__).parent.parent.parent


@contextmanager
def worker(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.storage.worker", *arguments]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def test_killed_at_any_moment_what_was_acknowledged_is_there_exactly_once(tmp_path: Path) -> None:
    chance = random.Random(20260301)  # noqa: S311 - where to kill, not a secret
    acknowledged: list[list[str]] = []
    for kill in range(KILLS):
        with worker("many", str(tmp_path), f"run-{kill}") as process:
            acknowledged += [line_of(process).split() for _ in range(chance.randint(1, 12))]
            _spend(chance)
            process.send_signal(signal.SIGKILL)
            rest, complaint = process.communicate(timeout=60)
            assert not complaint
            # a line cut off by the kill was no acknowledgement
            acknowledged += [line.split() for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    assert len(acknowledged) >= KILLS
    store, files = open_store(tmp_path / "formkit.db"), DirectoryAttachments(tmp_path / "attachments")
    for owner, number in acknowledged:
        (record,) = service.records_of(store, owner=owner)
        assert (record.number, record.values["name"]) == (number, owner)
        with files.open(record.values["photo"]["id"]) as content:
            assert content.read() == owner.encode()
    _assert_nothing_half(tmp_path)
    store.close()


def test_processes_racing_to_submit_make_one_record(tmp_path: Path) -> None:
    store = open_store(tmp_path / "formkit.db")
    draft = service.start_draft(store, FORM, owner="me", now=NOW)
    given = ("given", str(tmp_path), draft.id)
    with worker(*given, "tab 1") as one, worker(*given, "tab 2") as two:
        assert (line_of(one), line_of(two)) == ("ready", "ready")
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        answers = [line_of(process).split() for process in (one, two)]
    (record,) = service.records_of(store, owner="me")
    assert {number for number, _ in answers} == {record.number}
    assert sorted(repeated for _, repeated in answers) == ["False", "True"]
    store.close()


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to watch the system calls")
def test_file_then_folder_then_row_are_on_disk_before_the_answer(tmp_path: Path) -> None:
    watched = "trace=fsync,fdatasync,rename,renameat,renameat2,write,pwrite64"
    strace = ["strace", "-f", "-y", "-o", str(tmp_path / "calls"), "-e", watched]
    program = [sys.executable, "-m", "tests.storage.worker", "single", str(tmp_path), "me"]
    run = subprocess.run([*strace, *program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    if "ptrace" in run.stderr or "PTRACE" in run.stderr:
        pytest.skip("this machine lets nobody watch system calls")
    assert run.returncode == 0, run.stderr
    calls = (tmp_path / "calls").read_text().splitlines()
    start = next(at for at, call in enumerate(calls) if "rename" in call) - 1
    seen = [kind for kind in map(_kind_of_call, calls[start:]) if kind]
    row = ["write-ahead log written", "write-ahead log synced"]
    assert [kind for kind, _ in groupby(seen)] == ["file synced", "renamed", "folder synced", *row * 3, "answered"]


def _kind_of_call(call: str) -> str | None:
    """What a line of strace means to us; None if nothing."""
    patterns = {
        r" fsync\(\d+<\S*/unfinished/": "file synced",
        r" rename(at2?)?\(": "renamed",
        r" fsync\(\d+<\S*/attachments/[0-9a-f]{2}>": "folder synced",
        r" pwrite64\(\d+<\S*-wal>": "write-ahead log written",
        r" f(data)?sync\(\d+<\S*-wal>": "write-ahead log synced",
        r" write\(1<.*acknowledged": "answered",
    }
    return next((kind for pattern, kind in patterns.items() if re.search(pattern, call)), None)


def _spend(chance: random.Random) -> None:
    """A little work of random length, so that the kill falls on any moment of the other process's way."""
    sum(range(chance.randint(0, 400_000)))


def _assert_nothing_half(folder: Path) -> None:
    """Every record has its revision, its photo and its closed draft; the database is sound."""
    database = sqlite_driver().connect(str(folder / "formkit.db"))
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    records = [row[0] for row in database.execute("SELECT id FROM records")]
    assert records
    for table, column in (("revisions", "record"), ("attachments", "record"), ("drafts", "submitted_record")):
        found = Counter(row[0] for row in database.execute(f"SELECT {column} FROM {table}") if row[0])  # noqa: S608
        assert found == Counter(records), table
    database.close()
