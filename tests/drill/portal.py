"""A portal running in two processes, people in front of it, and the officer at the command line."""

import os
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from examples.portal.app import open_office
from examples.portal.people import DEMO_PASSWORD, demo_people
from examples.portal.settings import Settings
from examples.portal.staff.enrolling import enrol
from tests.portal.staff.officers import PASSWORD, STAFF
from tests.web.people import Visitor

ROOT = Path(__file__).parents[2]
PATIENCE = 60
SWITCHED_WITHIN = 15
WORKERS = 2


class Portal:
    """The portal of a folder of forms, reached over HTTP."""

    def __init__(self, data: Path, forms: Path) -> None:
        self.data, self.forms = data, forms
        self.environment = {**os.environ, "PORTAL_DATA": str(data), "PORTAL_FORMS": str(forms), "PORTAL_LOG": "json"}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = ["--factory", "examples.portal.operation.factory:app", "--workers", str(WORKERS)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", *command, "--port", str(self.port), "--log-level", "warning"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.clients: list[httpx.Client] = []
        asking = self.client()
        self._wait(lambda: asking.get("/ready").status_code == 200)
        self._witness = self.citizen("qian").client

    def client(self) -> httpx.Client:
        """A browser without cookies."""
        headers = {"accept-language": "zh", "sec-fetch-site": "same-origin"}
        address = f"http://127.0.0.1:{self.port}"
        made = httpx.Client(base_url=address, headers=headers, timeout=PATIENCE, trust_env=False)
        self.clients.append(made)
        return made

    def citizen(self, name: str) -> "Citizen":
        """One of the demonstration's people, signed in."""
        client = self.client()
        token = re.search(r'name="_csrf" value="([^"]+)"', client.get("/login").text)
        assert token
        typed = {"_csrf": token[1], "_action": "next", "id_number": demo_people()[name].facts["id_number"]}
        answer = client.post("/login", data={**typed, "password": DEMO_PASSWORD}, follow_redirects=True)
        assert answer.url.path == "/forms/accountant_collection", answer.text
        return Citizen(client)

    def officer(self, name: str) -> httpx.Client:
        """Somebody of the finance department, signed in."""
        office = open_office(Settings.of(self.data, self.environment))
        enrol(office, name, *STAFF[name], PASSWORD)
        office.close()
        client = self.client()
        token = re.search(r'name="_csrf" value="([^"]+)"', client.get("/staff/login").text)
        assert token
        typed = {"_csrf": token[1], "_action": "next", "name": name, "password": PASSWORD}
        assert client.post("/staff/login", data=typed, follow_redirects=True).url.path == "/staff"
        return client

    def formkit(self, *words: str) -> tuple[int, str]:
        """A command, as the officer gives it in the folder of the forms: its exit status and what it printed."""
        command = [sys.executable, "-m", "formkit.cli", *words, "--lang", "zh"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(command, cwd=self.forms, env=environment, capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout + ran.stderr

    def serves_everywhere(self, step: str, *, there: bool = True) -> bool:
        """Whether within seconds every process has, or has not, a step of this title among those of the collection."""
        client = self._witness

        def everywhere() -> bool:
            pages = [client.get("/forms/accountant_collection").text for _ in range(4 * WORKERS)]
            return all((step in page) is there for page in pages)

        return self._wait(everywhere, SWITCHED_WITHIN)

    def _wait(self, condition: Any, seconds: float = PATIENCE) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if condition():
                    return True
            except httpx.TransportError:
                assert self.process.poll() is None, "the portal has ended"
            time.sleep(0.1)
        return False


class Citizen(Visitor):
    """A person at a browser without JavaScript."""

    def begin(self, form: str = "accountant_collection") -> "Citizen":
        self.open(f"/forms/{form}")
        self.send(action=None, to=f"/forms/{form}")
        return self

    def fill(self, **typed: Any) -> "Citizen":
        """Sends the step with what is typed; pictures among it are uploaded."""
        files = {name: (f"{name}.png", value, "image/png") for name, value in typed.items() if isinstance(value, bytes)}
        texts = {name: value for name, value in typed.items() if not isinstance(value, bytes)}
        at = self.step
        self.send("next", files=files or None, **texts)
        assert self.step != at, "\n".join(re.findall(r'class="error"[^>]*>(.*?)<', self.page, re.S))
        return self


@contextmanager
def running(data: Path, forms: Path) -> Iterator[Portal]:
    """The portal, stopped at the end whatever happens."""
    portal = Portal(data, forms)
    try:
        yield portal
    finally:
        for client in portal.clients:
            client.close()
        portal.process.terminate()
        portal.process.wait(PATIENCE)


def photo() -> bytes:
    """A picture that every edition takes: upright, more than 20 KB and less than 500 KB."""
    made, noise = BytesIO(), random.Random(7)  # noqa: S311 - nothing secret
    Image.frombytes("L", (300, 420), noise.randbytes(300 * 420)).save(made, "PNG")
    assert 20 * 1024 < len(made.getvalue()) < 500 * 1024
    return made.getvalue()
