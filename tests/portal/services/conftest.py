"""The stand-ins, served for real, and places that ask them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from examples.portal.services.education import EducationClient
from examples.portal.services.national import NationalClient
from examples.portal.standins.app import standins_app
from tests.portal.services.serving import SECRETS, connection_to, serving


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with serving(standins_app(tmp_path, places=SECRETS)) as address:
        yield address


@pytest.fixture
def place(address: str) -> Iterator[Callable[[str], NationalClient]]:
    """The national platform as a place sees it."""
    opened = []

    def made(code: str) -> NationalClient:
        opened.append(connection_to(address, code))
        return NationalClient(opened[-1])

    yield made
    for connection in opened:
        connection.close()


@pytest.fixture
def education(address: str) -> Iterator[EducationClient]:
    connection = connection_to(address)
    yield EducationClient(connection)
    connection.close()
