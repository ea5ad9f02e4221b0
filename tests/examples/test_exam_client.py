"""The example of an exam system, before a portal that is served for real."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn

from examples.exam_client import ExamClient, Refused
from examples.portal.app import open_office, portal_app
from examples.portal.settings import Settings
from tests.portal.exam.examiners import CLIENT, ENVIRONMENT, Archive, question, secret_of

SECRET = secret_of(CLIENT).decode()
PROGRAM = Path(__file__).parents[2] / "examples" / "exam_client.py"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A portal with one collected file; its address."""
    settings = Settings.of(tmp_path_factory.mktemp("portal"), ENVIRONMENT)
    app, office = portal_app(settings), open_office(settings)
    Archive(office, datetime.now(UTC)).keep()
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()
    office.store.close()


@pytest.fixture
def http(portal: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=portal) as client:
        yield client


def test_it_asks_and_is_told_item_by_item(http: httpx.Client) -> None:
    client = ExamClient(http, CLIENT, SECRET)
    asked = question(division="440106", qualifications=[{"type": "accounting", "level": "senior"}])
    for _ in range(2):
        answer = client.check(asked)
        assert answer["status"] == "collected"
        assert answer["items"] == {"name": "match", "division": "match", "qualifications": "no_match"}


def test_a_refusal_says_what_is_wrong(http: httpx.Client) -> None:
    with pytest.raises(Refused, match="422 items_unknown") as why:
        ExamClient(http, CLIENT, SECRET).check(question(height=180))
    assert set(why.value.items) == {"height"}
    with pytest.raises(Refused, match="401 signature_wrong"):
        ExamClient(http, CLIENT, SECRET + "x").check(question())


def test_as_a_program_it_reads_the_question_and_writes_the_answer(portal: str) -> None:
    done = run(portal, question(division="440103"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["items"] == {"name": "match", "division": "no_match"}
    done = run(portal, question(height=180))
    assert done.returncode == 1
    assert "items_unknown" in done.stderr


def run(portal: str, asked: object) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "EXAM_CLIENT": CLIENT, "EXAM_SECRET": SECRET}
    words = [sys.executable, str(PROGRAM), portal]
    return subprocess.run(words, input=json.dumps(asked), env=environment, capture_output=True, text=True, check=False)
