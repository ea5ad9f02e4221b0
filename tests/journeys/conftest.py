"""The portal, served for real, and a real browser in front of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from examples.portal.standins.app import standins_app
from tests.journeys.traveller import Traveller
from tests.portal.services.serving import SECRETS, serving
from tests.portal.transfers.provinces import Nation, Province, Today


@pytest.fixture
def nation(tmp_path: Path) -> Iterator[Nation]:
    """The stand-ins of the national platform and of continuing education, as `make run` has them."""
    clock = Today()
    with serving(standins_app(tmp_path / "standins", places=SECRETS, clock=clock)) as address:
        yield Nation(address, tmp_path, clock)


@pytest.fixture
def province(nation: Nation) -> Iterator[Province]:
    """The portal over SQLite in a folder."""
    made = nation.guangdong_today()
    yield made
    made.office.close()


@pytest.fixture
def portal(province: Province) -> Iterator[str]:
    """Its address."""
    with serving(province.app) as address:
        yield address


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go."""
    named = os.environ.get("SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


Arrive = Callable[..., Traveller]


@pytest.fixture
def arrive(browser: Browser, portal: str, album: Path) -> Iterator[Arrive]:
    """A person who opens a browser of their own."""
    opened: list[Traveller] = []

    def made(*, width: int = 1280, language: str = "zh", script: bool = True) -> Traveller:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale={"zh": "zh-CN", "en": "en-GB"}[language],
            java_script_enabled=script,
            base_url=portal,
        )
        context.set_default_timeout(15_000)
        opened.append(Traveller(context.new_page(), album, f"{language}-{width}-{'js' if script else 'plain'}", script))
        return opened[-1]

    yield made
    for traveller in opened:
        traveller.close()
    assert [trouble for traveller in opened for trouble in traveller.troubles] == []
