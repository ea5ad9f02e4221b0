"""Where things are kept: attachments in an S3-compatible store, and a copy of everything that can be opened again."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.portal.people import NEW, PASSWORD, World
from tests.storage.conftest import s3 as s3
from tests.storage.conftest import s3_server as s3_server
from tests.storage.s3_server import S3Server


def test_attachments_may_be_in_an_s3_compatible_store(s3: S3Server, tmp_path: Path) -> None:
    world = World(tmp_path, environment={"PORTAL_ATTACHMENTS": s3.new_place()})
    answer = world.person().get("/ready")
    assert (answer.status_code, answer.json()["components"]["attachments"]) == (200, "ok")
    world.office.files.keep("a" * 32, b"content")
    with world.office.files.open("a" * 32) as content:
        assert content.read() == b"content"
    assert not (tmp_path / "attachments").exists()
    world.office.close()


@pytest.mark.filterwarnings("ignore:unclosed database")
def test_a_copy_made_as_the_how_to_says_serves_again(world: World, tmp_path: Path) -> None:
    world.person().register()
    world.office.files.keep("a" * 32, b"content")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("keys", "secret"):
        shutil.copy2(world.data / name, copy)
    with sqlite3.connect(world.data / "portal.db") as live, sqlite3.connect(copy / "portal.db") as copied:
        live.backup(copied)
    world.person().log_in()
    shutil.copytree(world.data / "attachments", copy / "attachments")
    again = World(copy)
    assert again.person().get("/ready").status_code == 200
    assert again.person().log_in(NEW, PASSWORD).url.path == "/forms/accountant_collection"
    with again.office.files.open("a" * 32) as content:
        assert content.read() == b"content"
    again.office.close()
