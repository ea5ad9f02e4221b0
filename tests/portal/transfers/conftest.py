"""A country of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.transfers.provinces import Nation, Province, nation


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Nation]:
    with nation(tmp_path) as found:
        yield found


@pytest.fixture
def guangdong(request: pytest.FixtureRequest, country: Nation) -> Iterator[Province]:
    environment = {}
    if getattr(request, "param", "sqlite") == "postgresql":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres").new_database()
    province = country.guangdong(environment=environment)
    yield province
    province.office.close()


@pytest.fixture
def hunan(country: Nation) -> Iterator[Province]:
    province = country.hunan()
    yield province
    province.office.close()
