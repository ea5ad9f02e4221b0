"""While the portal serves, it does its jobs; when it ends, it has given everything back."""

import threading
from pathlib import Path

import pytest

from examples.portal import app
from examples.portal.operation.loop import Job
from tests.portal.people import World
from tests.web.people import TestClient


def test_the_loop_runs_while_it_serves_and_not_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(app, "jobs_of", lambda _: (Job("tell", lambda _: done.set()),))
    world = World(tmp_path)
    assert not done.is_set(), "a portal that is only made does nothing by itself"
    with TestClient(world.app):
        assert done.wait(30)
        assert _loops() == 1
    assert _loops() == 0
    assert world.office.store.engine.pool.checkedin() == 0, "the connections are closed"


def _loops() -> int:
    return sum(thread.name == "portal-loop" for thread in threading.enumerate())
