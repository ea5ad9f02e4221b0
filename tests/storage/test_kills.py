"""A real application over HTTP, killed again and again: what it had acknowledged is there, exactly once."""

import os
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
from sqlalchemy import select

from formkit.records import service
from formkit.storage import DirectoryAttachments, open_store, tables
from formkit.storage.sql_store import SqlStore
from tests.storage.mortal import FATE
from tests.storage.postgres_server import PostgresServer
from tests.web.people import Town, Visitor

ROOT = Path(__file__).parent.parent.parent
HOME = "/deep/forms/small"
BEGIN, SAVE, UPLOAD, SUBMIT = range(4)
# What is being asked, where its process dies, the how-manieth time it comes there: an upload commits twice.
CHOSEN = (
    *((BEGIN, point, 1) for point in ("committing", "committed", "answering")),
    *((SAVE, point, 1) for point in ("committing", "committed", "answering", "answered")),
    *((UPLOAD, point, 1) for point in ("uploaded", "renamed", "committing", "committed", "answering", "answered")),
    *((UPLOAD, point, 2) for point in ("committing", "committed")),
    *((SUBMIT, point, 1) for point in ("committing", "committed", "answering", "answered")),
)
AT_POINTS, AT_RANDOM = 38, 12


@dataclass
class Server:
    """The application, whichever process it is in just now."""

    process: subprocess.Popen[str]
    port: int
    lives: int = 0

    def watch(self) -> None:
        """Counts the processes that take over."""
        assert self.process.stdout is not None
        for _ in self.process.stdout:
            self.lives += 1

    def client(self, person: str) -> httpx.Client:
        """A browser that connects anew for each request, so that none breaks but the one that is under way."""
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"x-user": person, "sec-fetch-site": "same-origin", "accept-language": "en"},
            limits=httpx.Limits(max_keepalive_connections=0),
            timeout=60,
            trust_env=False,
        )


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    command = [sys.executable, "-m", "tests.storage.mortal", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            server = Server(process, int(process.stdout.readline()))
            watching = Thread(target=server.watch)
            watching.start()
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
        watching.join()


@dataclass
class Applicant:
    """Somebody who fills in the form, repeats what was not answered, and remembers what was acknowledged."""

    name: str
    connect: Callable[[str], httpx.Client]
    broken: int = 0
    acknowledged: list[str] = field(default_factory=list)
    record: str = ""

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.connect(self.name))

    @property
    def paper(self) -> bytes:
        return f"%PDF-1.7\n% {self.name}\n{'x' * 9_000}\ntrailer\n<<>>\nstartxref\n50\n%%EOF\n".encode()

    def apply(self, before: Callable[[int], None]) -> None:
        """From the first page to the receipt; `before` is told what comes."""
        self.ask(lambda: self.visitor.open(HOME))
        before(BEGIN)
        self.ask(lambda: self.visitor.send(None, to=HOME))
        draft = self.visitor.path.rpartition("/")[0]
        before(SAVE)
        self.ask(lambda: self.visitor.send("next", name=f"name of {self.name}"))
        self.acknowledged.append(f"{draft}/about name of {self.name}")
        self.ask(lambda: self.visitor.send("next"))
        before(UPLOAD)
        files = {"papers": (f"{self.name}.pdf", self.paper, "application/pdf")}
        self.ask(lambda: self.visitor.send("save", files=files, school__title=f"school of {self.name}"))
        if self.visitor.status == 409:  # it was kept, but for the answer: the page says so, and shows what is kept
            self.ask(lambda: self.visitor.open(f"{draft}/more"))
        assert self.files() == 1
        self.acknowledged += [f"{draft}/more school of {self.name}", f"{draft}/more {self.name}.pdf"]
        self.ask(lambda: self.visitor.open(f"{draft}/check"))
        before(SUBMIT)
        self.ask(lambda: self.visitor.send("submit"))
        self.record = self.visitor.path
        assert "/records/" in self.record, self.visitor.page

    def ask(self, request: Callable[[], Any]) -> Any:
        """Asks until there is an answer that is not "not now"; the page asked from stays where it was until then."""
        visitor = self.visitor
        page, path, visitor.status = visitor.page, visitor.path, 0
        while True:
            try:
                answer = request()
                if visitor.status != 503:
                    return answer
                visitor.page, visitor.path = page, path
            except httpx.TransportError:
                self.look()
            self.broken += 1

    def look(self) -> None:
        """What was acknowledged is there."""
        for each in self.acknowledged:
            path, _, words = each.partition(" ")
            assert words in self.fetched(path).text, each

    def files(self) -> int:
        """How many files the page shows, each of which is whole."""
        found = set(re.findall(r'href="([^"]+/files/\w+)"', self.visitor.page))
        assert {self.fetched(link).content for link in found} == {self.paper}
        return len(found)

    def fetched(self, path: str) -> httpx.Response:
        """A page, as soon as it can be had."""
        while True:
            with suppress(httpx.TransportError):
                response = self.visitor.client.get(path, follow_redirects=True)
                if response.status_code != 503:
                    return response


def test_killed_between_upload_rename_commit_and_answer_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path) -> None:
    applicants = []
    with serving(tmp_path) as server:
        for number in range(AT_POINTS):
            asked, point, nth = CHOSEN[number % len(CHOSEN)]
            one = Applicant(f"p{number}", server.client)

            def doom(what: int, one: Applicant = one, asked: int = asked, point: str = point, nth: int = nth) -> None:
                if what == asked:
                    one.visitor.client.get(f"{FATE}{point}/{nth}")

            one.apply(doom)
            assert one.broken == (point != "answered"), (asked, point, nth)  # a redirect is told whole by its head
            applicants.append(one)
        for one in applicants:
            one.look()
    assert server.lives == AT_POINTS + 1
    _assert_each_once(tmp_path / "test.db", tmp_path, applicants)


def test_killed_at_any_moment_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path) -> None:
    chance = random.Random(20260301)  # noqa: S311 - when to kill, not a secret
    applicants, moments = [], list[Thread]()
    with serving(tmp_path) as server:
        for number in range(AT_RANDOM):
            one = Applicant(f"p{number}", server.client)

            def doom(what: int, one: Applicant = one, chosen: int = chance.randrange(4)) -> None:
                if what == chosen:
                    victim = int(one.visitor.client.get(f"{FATE}never/1").text)
                    moments.append(Thread(target=_kill, args=(victim, chance.uniform(0, 0.05))))
                    moments[-1].start()

            one.apply(doom)
            moments.pop().join()
            applicants.append(one)
        for one in applicants:
            one.look()
    assert server.lives == AT_RANDOM + 1
    _assert_each_once(tmp_path / "test.db", tmp_path, applicants)


def test_postgresql_restarted_under_load_loses_and_doubles_nothing_of_what_was_acknowledged(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    url = postgres.new_database()
    town = Town(tmp_path)
    store = open_store(url)
    town.app = town.application(store)
    applicants = [Applicant(f"p{number}", lambda name: town.visitor(name).client) for number in range(14)]
    moments = [Event() for _ in range(2)]
    submitted = count(1)

    def apply(one: Applicant) -> None:
        one.apply(lambda _: None)
        done = next(submitted)
        for moment, enough in zip(moments, (3, 8), strict=True):
            if done >= enough:
                moment.set()

    with ThreadPoolExecutor(4) as threads:
        working = [threads.submit(apply, one) for one in applicants]
        for moment in moments:
            assert moment.wait(60)
            postgres.stop("immediate")
            postgres.start()
        for work in working:
            work.result(120)
    assert sum(one.broken for one in applicants) > 0
    for one in applicants:
        one.look()
    store.close()
    town.store.close()
    _assert_each_once(url, tmp_path, applicants)


def _kill(process: int, late: float) -> None:
    Event().wait(late)
    os.kill(process, signal.SIGKILL)


def _assert_each_once(place: str | Path, folder: Path, applicants: list[Applicant]) -> None:
    """Everybody has one record with one revision, one closed draft and one readable file; nothing is half."""
    store, files = open_store(place), DirectoryAttachments(folder / "files")
    assert isinstance(store, SqlStore)
    for one in applicants:
        (record,) = service.records_of(store, owner=one.name)
        assert one.record.endswith(record.id)
        assert record.values["name"] == f"name of {one.name}"
        assert record.values["school"] == {"title": f"school of {one.name}"}
        (paper,) = record.values["papers"]
        with files.open(paper["id"]) as content:
            assert content.read() == one.paper
        assert len(service.history(store, record.id, owner=one.name)) == 1
        assert service.open_drafts(store, owner=one.name) == ()
        with store.reading() as view:
            assert [each.id for each in view.attachments_of(record.id)] == [paper["id"]]
            assert [entry.action for entry in view.audit_entries(record.id)] == ["submitted"]
    with store.connected() as connection:
        owners = Counter(connection.execute(select(tables.drafts.c.owner)).scalars())
        assert owners == Counter(one.name for one in applicants)
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    store.close()
