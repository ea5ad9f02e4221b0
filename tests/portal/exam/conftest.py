"""A portal with an exam system in front of it, and its archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.exam.examiners import ENVIRONMENT, Archive, Examiner, office_of
from tests.portal.people import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "data", environment=ENVIRONMENT)


@pytest.fixture
def archive(world: World) -> Iterator[Archive]:
    office = office_of(world)
    yield Archive(office, world.clock.now)
    office.store.close()


@pytest.fixture
def examiner(world: World) -> Examiner:
    return Examiner(world)
