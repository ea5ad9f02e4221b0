"""A portal of its own for each test; where people and their accounts are the matter, once over each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.people import Browser, World
from tests.storage.conftest import postgres as postgres

DATABASES = ("sqlite", "postgresql")
_ON_ALL = frozenset(
    {"test_app", "test_own_account", "test_registration", "test_signing_in", "test_transfers", "test_projection"}
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] in _ON_ALL:
        metafunc.parametrize("world", DATABASES, indirect=True)


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    environment = {}
    if getattr(request, "param", "sqlite") == "postgresql":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres").new_database()
    world = World(tmp_path / "data", environment=environment)
    yield world
    world.office.close()


@pytest.fixture
def person(world: World) -> Browser:
    return world.person()
