"""A form application in a process that dies at a chosen point of its work; another takes its place at once.

`python -m tests.storage.mortal FOLDER` prints its port, and then the id of each process that serves it. The parent
holds the socket and everything that is imported, and forks: so a death costs milliseconds, not a start of Python.
"""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from formkit.records import service
from formkit.records.store import Reading, Store, Transaction
from formkit.storage import open_store
from tests.web.people import Town

POINTS = ("uploaded", "renamed", "committing", "committed", "answering", "answered")
"""Before the rename, after it, before a commit, after it, before the answer, and after its head."""
FATE = "/fate/"
"""A request to `/fate/POINT/NTH` decides where; the answer is the id of the process."""


@dataclass
class Fate:
    """Where this process is going to die: at the `left`-th time it comes to `point`."""

    point: str = ""
    left: int = 0

    def passes(self, point: str) -> None:
        """Here is the point; is it the one?"""
        if point == self.point:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class MortalStore:
    """A store whose process may die just before and just after a commit."""

    store: Store
    fate: Fate

    def reading(self) -> AbstractContextManager[Reading]:
        return self.store.reading()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self.store.transaction() as tx:
            yield tx
            self.fate.passes("committing")
        self.fate.passes("committed")

    def close(self) -> None:
        self.store.close()


@dataclass
class MortalApp:
    """The application, whose process may die before and after an answer."""

    app: ASGIApp
    fate: Fate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(FATE):
            point, _, nth = scope["path"].removeprefix(FATE).partition("/")
            self.fate.point, self.fate.left = point, int(nth)
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": str(os.getpid()).encode()})
            return

        async def mortal_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.fate.passes("answering")
            await send(message)
            if message["type"] == "http.response.start":
                self.fate.passes("answered")

        await self.app(scope, receive, mortal_send)


def mortal_rename(fate: Fate) -> None:
    """Makes the renaming of a content, within this process, a point to die at."""
    rename = Path.rename

    def passing(self: Path, target: Any) -> Path:
        fate.passes("uploaded")
        done = rename(self, target)
        fate.passes("renamed")
        return done

    Path.rename = passing  # type: ignore[assignment, method-assign]


def main(folder: Path) -> None:
    """One life after the other, until it is told to end."""
    fate = Fate()
    town = Town(folder)
    store = MortalStore(town.store, fate)
    app = MortalApp(town.application(store), fate)
    town.app = Starlette(routes=[Mount("/", app)])
    warm = town.visitor("warm").begin().send("next", name="warm").send("next")
    warm.send("save", files={"papers": ("warm.pdf", b"no PDF", "application/pdf")})
    service.discard_draft(town.store, warm.draft, owner="warm")
    town.store.close()
    mortal_rename(fate)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        print(listening.getsockname()[1], flush=True)
        while True:
            child = os.fork()
            if child == 0:
                store.store = open_store(folder / "test.db")
                uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off")).run(sockets=[listening])
                os._exit(0)
            signal.signal(signal.SIGTERM, lambda *_, child=child: _end(child))
            print(child, flush=True)
            os.waitpid(child, 0)


def _end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
