"""PostgreSQL goes away and comes back while people register: who was told of an account has it, once."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from httpx import Response
from sqlalchemy import func, select

from examples.portal import tables
from examples.portal.people import demo_people
from formkit.fields.id_numbers import check_digit
from tests.portal.people import ACCOUNT, Outbox, World
from tests.storage.postgres_server import PostgresServer, programs

AT_ONCE, EACH = 4, 3
RESTARTS_AFTER = (2, 6)
"""How many have been told of their account when the server goes away."""


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of this test's own, which it may stop."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL")
    with PostgresServer(found) as server:
        yield server


class Crowd:
    """People who register until they are told that they have an account, or that there is one."""

    def __init__(self, world: World, outbox: Outbox) -> None:
        self._world, self._outbox = world, outbox
        self._mobiles = (f"139{number:08}" for number in count())
        self._changed = threading.Condition()
        self.told: set[str] = set()
        self.refused = 0

    def wait_for(self, told: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.told) >= told, 120)

    def register(self, numbers: list[str]) -> None:
        for number in numbers:
            while not self._try(number):
                with self._changed:
                    self.refused += 1

    def _try(self, number: str) -> bool:
        """Whether it need not be tried again; with a mobile of its own, for a code is sent once a minute."""
        with self._changed:
            mobile = next(self._mobiles)
        page = self._from_the_first_question(number, mobile)
        if page is None or page.status_code == 503:
            return False
        if "You are registered" in page.text:
            with self._changed:
                self.told.add(number)
                self._changed.notify_all()
            return True
        return "This document number is already registered" in page.text

    def _from_the_first_question(self, number: str, mobile: str) -> Response | None:
        """The last page; None where one on the way could not be had."""
        person = self._world.person()
        try:
            person.answer_questions()
            person.identify(id_number=number)
            person.ask_code(mobile)
            code = "".join(re.findall("[0-9]{6}", text)[0] for to, text in self._outbox.sent if to == mobile)
            return person.post("/register/account", {**ACCOUNT, "mobile": mobile, "sms_code": code})
        except AssertionError:
            return None


def test_restarted_under_load_nothing_acknowledged_is_lost_or_doubled(server: PostgresServer, tmp_path: Path) -> None:
    outbox = Outbox()
    world = World(tmp_path, outbox=outbox, environment={"DATABASE_URL": server.new_database()})
    crowd = Crowd(world, outbox)
    numbers = [[number_of(EACH * one + each) for each in range(EACH)] for one in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        registering = [threads.submit(crowd.register, own) for own in numbers]
        for told in RESTARTS_AFTER:
            crowd.wait_for(told)
            server.stop("immediate")
            server.start()
        for one in registering:
            one.result(timeout=120)
    assert crowd.refused, "the server was missed"
    with world.office.accounts.reading() as connection:
        kept = {number for own in numbers for number in own if world.office.accounts.by_number(connection, number)}
        accounts = connection.execute(select(func.count()).select_from(tables.accounts)).scalar_one()
    assert crowd.told <= kept
    assert kept == {number for own in numbers for number in own}
    assert accounts == len(demo_people()) + AT_ONCE * EACH
    world.office.close()


def number_of(order: int) -> str:
    """An invented number that is well formed."""
    front = f"44010619900307{100 + order}"
    return front + check_digit(front)
