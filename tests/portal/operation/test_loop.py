"""What the portal does by itself: each job at its time, whatever becomes of the others."""

import json
import logging
import threading
from datetime import datetime, timedelta

import pytest

from examples.portal.operation.logs import JsonLines
from examples.portal.operation.loop import Job, Loop
from tests.portal.people import Clock


def test_each_job_runs_at_its_time() -> None:
    clock, often, seldom = Clock(), list[datetime](), list[datetime]()
    loop = Loop([Job("often", often.append), Job("seldom", seldom.append, timedelta(hours=1))], clock, 20)
    for _ in range(4):
        loop.tick()
        clock.on(minutes=20)
    assert len(often) == 4
    assert [moment.minute for moment in seldom] == [0, 0]
    assert seldom[1] - seldom[0] == timedelta(hours=1)


def test_a_job_that_fails_is_told_and_neither_stops_the_others_nor_is_given_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries, done = list[datetime](), list[datetime]()

    def failing(now: datetime) -> None:
        tries.append(now)
        raise ValueError("44010619880808908X")

    loop = Loop([Job("failing", failing), Job("other", done.append)], Clock(), 20)
    loop.tick()
    loop.tick()
    assert (len(tries), len(done)) == (2, 2)
    assert [record.getMessage() for record in caplog.records] == ["job failing failed"] * 2
    line = JsonLines().format(caplog.records[0])
    assert "44010619880808908X" not in line
    assert json.loads(line)["exception"][0]["type"] == "builtins.ValueError"
    assert caplog.records[0].levelno == logging.ERROR


def test_it_ends_after_the_job_that_runs_and_begins_no_other() -> None:
    running, may_end, others = threading.Event(), threading.Event(), list[datetime]()

    def slow(_: datetime) -> None:
        running.set()
        may_end.wait(30)

    loop = Loop([Job("slow", slow), Job("other", others.append)], Clock(), 3600)
    loop.start()
    assert running.wait(30)
    stopping = threading.Thread(target=loop.stop)
    stopping.start()
    assert loop._stopped.wait(30)
    may_end.set()
    stopping.join(30)
    assert not stopping.is_alive()
    assert others == []
