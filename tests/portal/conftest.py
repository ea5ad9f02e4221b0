"""A portal of its own for each test."""

from pathlib import Path

import pytest

from tests.portal.people import Browser, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "data")


@pytest.fixture
def person(world: World) -> Browser:
    return world.person()
