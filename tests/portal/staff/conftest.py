"""A portal, and somebody of each part at a browser."""

from pathlib import Path

import pytest

from tests.portal.people import World
from tests.portal.staff.officers import Officer, officer


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "data")


@pytest.fixture
def city(world: World) -> Officer:
    return officer(world, "city")


@pytest.fixture
def tianhe(world: World) -> Officer:
    return officer(world, "tianhe")
