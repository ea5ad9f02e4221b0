"""Whether it runs, and whether it can serve: told to anyone, without a session and without details."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from examples.portal import tables
from examples.portal.accounts.model import ServiceDown
from examples.portal.accounts.store import AccountStore
from examples.portal.operation import health
from examples.portal.operation.health import Readiness
from formkit.records.store import StoreUnavailable
from tests.portal.people import World


def ready(world: World) -> tuple[int, dict[str, dict[str, str]]]:
    answer = world.person().get("/ready")
    assert "set-cookie" not in answer.headers
    return answer.status_code, answer.json()


def test_the_process_answers(world: World) -> None:
    answer = world.person().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_all_is_ready_and_nothing_is_left_of_the_trial(world: World) -> None:
    status, told = ready(world)
    assert (status, told["status"]) == (200, "ready")
    assert told["components"] == {"database": "ok", "tables": "ok", "attachments": "ok"}
    with world.office.accounts.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.attempts)).scalar_one() == 0
    assert list(world.office.files.kept()) == []


def database_gone(world: World, patch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("select", {}, Exception("disk of db.example.gov.cn"))

    patch.setattr(AccountStore, "writing", broken)


def attachments_gone(world: World, patch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise StoreUnavailable("attachments cannot be kept: /srv/kj")

    patch.setattr(type(world.office.files), "keep", broken)


def tables_of_a_later_version(world: World, patch: pytest.MonkeyPatch) -> None:
    with world.office.accounts.writing() as connection:
        connection.execute(text("UPDATE portal_version SET version_num = '99'"))


@pytest.mark.parametrize(
    ("failure", "component"),
    [(database_gone, "database"), (attachments_gone, "attachments"), (tables_of_a_later_version, "tables")],
)
def test_what_fails_is_named_and_no_more(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    failure: Callable[[World, pytest.MonkeyPatch], None],
    component: str,
) -> None:
    failure(world, monkeypatch)
    answer = world.person().get("/ready")
    assert answer.status_code == 503
    components = answer.json()["components"]
    assert components == {"database": "ok", "tables": "ok", "attachments": "ok"} | {component: "failing"}
    assert not any(word in answer.text for word in ("disk", "/srv", "99"))
    assert world.person().get("/health").status_code == 200, "the process itself is well"


def test_a_service_that_is_down_is_told_and_keeps_the_portal_in_service(tmp_path: Path) -> None:
    world = World(tmp_path, development=False)
    services = {"national": "ok", "education": "ok", "sms": "ok"}
    assert ready(world)[1]["services"] == services
    connection = world.office.services.connections["sms"]
    for _ in range(3):
        with pytest.raises(ServiceDown):
            connection.post("/anything", {}, TypeAdapter(bool))
    status, told = ready(world)
    assert (status, told["services"]) == (200, services | {"sms": "degraded"})


def test_who_asks_in_a_row_is_told_what_was_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    readiness = Readiness(world.office, lambda: now)
    assert readiness.components()["attachments"] == "ok"
    attachments_gone(world, monkeypatch)
    assert readiness.components()["attachments"] == "ok"
    now = health._HOLDS_SECONDS
    assert readiness.components()["attachments"] == "failing"
