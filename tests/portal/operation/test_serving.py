"""The portal as real processes: one or several, started at once, stopped in the middle of a request."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from examples.portal import tables
from examples.portal.app import open_database
from examples.portal.people import DEMO_PASSWORD, demo_people
from examples.portal.settings import Settings
from tests.portal.people import ZHANG

ROOT = Path(__file__).parents[3]
PATIENCE = 60


class Running:
    """A portal in processes of its own, on a port that it chose."""

    def __init__(self, data: Path, workers: int) -> None:
        command = [sys.executable, "-m", "examples.portal", "--port", "0", "--data", str(data)]
        self.process = subprocess.Popen(
            [*command, "--workers", str(workers)],
            cwd=ROOT,
            env={**os.environ, "PORTAL_LOG": "json"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:([0-9]+)/", self.process.stdout.readline())
        assert found, self.process.communicate(timeout=PATIENCE)
        self.port = int(found[1])
        self.address = f"http://127.0.0.1:{self.port}"

    def stop(self) -> tuple[int, str]:
        """SIGTERM; the exit status and the log."""
        self.process.send_signal(signal.SIGTERM)
        _, log = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, log


@contextmanager
def running(data: Path, workers: int = 1) -> Iterator[Running]:
    portal = Running(data, workers)
    try:
        yield portal
    finally:
        if portal.process.poll() is None:
            portal.process.kill()
            portal.process.communicate(timeout=PATIENCE)


def accounts_in(data: Path) -> int:
    store = open_database(Settings.of(data, {}))
    with store.connected() as connection:
        count: int = connection.execute(select(func.count()).select_from(tables.accounts)).scalar_one()
    store.close()
    return count


def log_in(client: httpx.Client) -> httpx.Response:
    token = re.search(r'name="_csrf" value="([^"]+)"', client.get("/login").text)
    assert token
    typed = {"_csrf": token[1], "_action": "next", "id_number": ZHANG, "password": DEMO_PASSWORD}
    return client.post("/login", data=typed, follow_redirects=True)


def test_several_workers_share_people_sessions_and_secrets(tmp_path: Path) -> None:
    with running(tmp_path / "data", workers=2) as portal:
        with httpx.Client(base_url=portal.address, timeout=PATIENCE, trust_env=False) as client:
            assert log_in(client).url.path == "/forms/accountant_collection"
        signed_in = dict(client.cookies)
        for _ in range(10):
            with httpx.Client(base_url=portal.address, timeout=PATIENCE, trust_env=False, cookies=signed_in) as again:
                assert again.get("/account").status_code == 200, "whichever worker answers knows the session"
        assert accounts_in(tmp_path / "data") == len(demo_people())
        status, log = portal.stop()
    assert status == 0
    assert '"route": "/account"' in log
    assert ZHANG not in log


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads from Linux which processes there are")
def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    with running(tmp_path / "data", workers=2) as portal:
        with httpx.Client(base_url=portal.address, timeout=PATIENCE, trust_env=False) as client:
            assert client.get("/health").status_code == 200
        before = workers_of(portal)
        os.kill(min(before), signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while len(workers_of(portal) - before) != 1:
            assert time.monotonic() < until
            assert httpx.get(f"{portal.address}/ready", timeout=PATIENCE, trust_env=False).status_code == 200
        assert portal.stop()[0] == 0


def workers_of(portal: Running) -> set[int]:
    """The processes of the portal that answer."""
    parent = portal.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    found = set()
    for one in children:
        with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes():
                found.add(int(one))
    return found


def test_portals_started_at_once_on_a_new_folder_agree(tmp_path: Path) -> None:
    with running(tmp_path / "data") as one, running(tmp_path / "data") as two:
        for portal in (one, two):
            assert httpx.get(f"{portal.address}/ready", timeout=PATIENCE, trust_env=False).status_code == 200
        assert accounts_in(tmp_path / "data") == len(demo_people())
        assert [portal.stop()[0] for portal in (one, two)] == [0, 0]


@pytest.mark.parametrize("workers", [1, 2])
def test_told_to_stop_it_answers_what_is_under_way_and_ends_well(tmp_path: Path, workers: int) -> None:
    body = b"_action=next&id_number=440106&password=secret"
    head = (
        "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    )
    with running(tmp_path / "data", workers) as portal:
        with socket.create_connection(("127.0.0.1", portal.port), timeout=PATIENCE) as slow:
            slow.sendall(head.encode())
            assert b"100 Continue" in slow.recv(1000), "the portal reads the body: the request is under way"
            stopped: list[tuple[int, str]] = []
            stopping = threading.Thread(target=lambda: stopped.append(portal.stop()))
            stopping.start()
            _until_nobody_listens(portal.port)
            slow.sendall(body)
            answer = b"".join(iter(lambda: slow.recv(65536), b""))
        stopping.join(PATIENCE)
    assert answer.startswith(b"HTTP/1.1 403"), "it had no token, and was told so"
    assert [status for status, _ in stopped] == [0]


def _until_nobody_listens(port: int) -> None:
    """Returns once new connections are refused: the portal is stopping."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
        except OSError:
            return
