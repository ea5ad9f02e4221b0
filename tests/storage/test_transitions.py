"""Due transitions are taken exactly once: with two processes deciding on the same record, and after a crash."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from formkit.compiler import load
from formkit.compiler.calendars import load_calendar
from formkit.records.transitions import state_changes, take_due
from formkit.storage import open_store
from tests.records.test_transitions import RECORD, add, now_is
from tests.records.transition_worker import DUE, FACTS, FORMS

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where several processes can open one store."""
    if request.param == "sqlite":
        return str(tmp_path / "formkit.db")
    return str(request.getfixturevalue("postgres").new_database())


@contextmanager
def worker(what: str, place: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.records.transition_worker", what, place]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)


def words_of(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def test_two_processes_take_what_is_due_exactly_once(place: str) -> None:
    names = [f"r{number}" for number in range(8)]
    store = open_store(place)
    add(store, *(replace(RECORD, id=name, number=name) for name in names))
    with worker("take", place) as one, worker("take", place) as other:
        for name in names:
            assert (words_of(one), words_of(other)) == (["asked", name], ["asked", name])
            go(one)
            go(other)
        (_, *by_one), (_, *by_other) = words_of(one), words_of(other)
    assert sorted(by_one + by_other) == names
    for name in names:
        assert now_is(store, name).state == "approved"
        assert [change.number for change in state_changes(store, name)] == [1]
    store.close()


def test_a_process_that_dies_before_its_commit_has_taken_nothing(place: str) -> None:
    store = open_store(place)
    add(store, RECORD)
    with worker("die", place) as process:
        assert words_of(process) == ["asked", "r1"]
        go(process)
        assert process.wait(timeout=60) == -signal.SIGKILL
    assert (now_is(store).state, state_changes(store, "r1")) == ("pending", ())
    form, calendar = load(FORMS / "transfer.yaml", "transfer_out"), load_calendar(FORMS / "calendars" / "china.yaml")
    (change,) = take_due(store, form, DUE, facts=lambda _: FACTS, calendar=calendar).taken
    assert (now_is(store).state, state_changes(store, "r1")) == ("approved", (change,))
    store.close()
