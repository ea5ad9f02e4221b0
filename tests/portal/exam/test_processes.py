"""Several processes at once, on both databases: a request is taken once, and a limit is one for all of them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from examples.portal.app import open_database
from examples.portal.exam.callers import NUMBER
from formkit.storage.sql_store import SqlStore
from tests.portal.exam.examiners import ENVIRONMENT, Archive, Examiner, office_of, question
from tests.portal.people import Clock, World
from tests.storage.conftest import postgres as postgres

BODY = json.dumps(question(division="440106")).encode()


@pytest.fixture(params=["sqlite", "postgresql"])
def processes(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[Examiner]]:
    """Two portals over the same data."""
    stores: list[SqlStore] = []

    def opened(*given: Any, **more: Any) -> SqlStore:
        stores.append(open_database(*given, **more))
        return stores[-1]

    monkeypatch.setattr("examples.portal.app.open_database", opened)
    environment = dict(ENVIRONMENT)
    if request.param == "postgresql":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres").new_database()
    clock = Clock()
    worlds = [World(tmp_path / "data", clock=clock, environment=environment) for _ in range(2)]
    Archive(office_of(worlds[0]), clock.now).keep()
    first = Examiner(worlds[0])
    yield [first, replace(first, world=worlds[1])]
    for store in stores:
        store.close()


def statuses(processes: list[Examiner], ask: Callable[[Examiner], int], times: int = 6) -> Counter[int]:
    with ThreadPoolExecutor(times) as pool:
        return Counter(pool.map(ask, [processes[number % 2] for number in range(times)]))


def test_one_request_sent_many_times_at_once_is_taken_once(processes: list[Examiner]) -> None:
    once = processes[0].signed(BODY)
    sent = statuses(processes, lambda one: one.send(BODY, authorization=once).status_code)
    assert sent == {200: 1, 403: 5}


def test_a_limit_holds_for_all_together(processes: list[Examiner], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("examples.portal.exam.callers.NUMBER", replace(NUMBER, most=2))
    assert statuses(processes, lambda one: one.send(BODY).status_code) == {200: 2, 429: 4}
