"""Somebody of each part at a browser."""

import pytest

from tests.portal.people import World
from tests.portal.staff.officers import Officer, officer


@pytest.fixture
def city(world: World) -> Officer:
    return officer(world, "city")


@pytest.fixture
def tianhe(world: World) -> Officer:
    return officer(world, "tianhe")
