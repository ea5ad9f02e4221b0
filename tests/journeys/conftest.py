"""The portal, served for real, and a real browser in front of it."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser

from examples.portal.app import portal_app
from examples.portal.settings import Settings
from tests.journeys.traveller import Traveller


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[str]:
    """The portal over SQLite in a folder; its address. The socket listens before the server runs: no waiting."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(portal_app(Settings(data=tmp_path / "data")), log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


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
