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
def guangdong(country: Nation) -> Iterator[Province]:
    province = country.guangdong()
    yield province
    province.office.close()


@pytest.fixture
def hunan(country: Nation) -> Iterator[Province]:
    province = country.hunan()
    yield province
    province.office.close()
