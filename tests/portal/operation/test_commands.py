"""The verbs: what they do, and that what goes wrong is told in a sentence."""

import re
from argparse import Namespace
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from examples.portal.accounts.staff import Role, new_member
from examples.portal.app import open_database, open_office
from examples.portal.operation import commands
from examples.portal.operation.commands import Verb, main
from examples.portal.operation.serving import make_ready
from examples.portal.people import demo_people
from examples.portal.settings import Settings
from examples.portal.staff.finding import By, find
from examples.portal.staff.projection import bring_up_to_date
from tests.portal.exam.examiners import Archive
from tests.portal.people import PRODUCTION, ZHANG

OLD = f"k1:{urlsafe_b64encode(bytes(range(32))).decode()}"
NEW = f"k2:{urlsafe_b64encode(bytes(range(32, 64))).decode()}"


def test_without_a_verb_it_serves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    served: list[Namespace] = []
    verb = Verb("", lambda _, options: served.append(options), commands._serve_options)
    monkeypatch.setattr(commands, "VERBS", {"serve": verb})
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "named"))
    assert main([]) == 0
    assert main(["--port", "8001", "--data", "elsewhere", "--workers", "3"]) == 0
    assert [(one.port, one.data, one.workers) for one in served] == [
        (8000, tmp_path / "named", None),
        (8001, Path("elsewhere"), 3),
    ]
    with pytest.raises(SystemExit):
        main(["--workers", "0"])


def test_weak_settings_are_told_and_nothing_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {**PRODUCTION, "PORTAL_SECRET": "weak"}.items():
        monkeypatch.setenv(name, value)
    assert main(["serve", "--data", str(tmp_path / "data")]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("not done: the portal does not start")
    assert "PORTAL_SECRET" in told.err
    assert not (tmp_path / "data").exists()


def test_migrate_brings_tables_up_to_date_again_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["migrate", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "the tables are up to date\n" * 2
    store = open_database(Settings.of(tmp_path, {}))
    with store.writing() as connection:
        connection.execute(text("UPDATE portal_version SET version_num = '99'"))
    store.close()
    assert main(["migrate", "--data", str(tmp_path)]) == 1
    assert "run the later portal" in capsys.readouterr().err


def test_after_reencrypt_the_old_key_is_needed_no_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_ready(Settings.of(tmp_path, {"FORMKIT_KEYS": OLD}))
    office = open_office(Settings.of(tmp_path, {"FORMKIT_KEYS": OLD}))
    office.files.keep("a" * 32, b"content")
    Archive(office, datetime.now(UTC)).keep()
    bring_up_to_date(office)
    office.close()
    monkeypatch.setenv("FORMKIT_KEYS", f"{NEW},{OLD}")
    assert main(["reencrypt", "--data", str(tmp_path)]) == 0
    people = len(demo_people())
    told = re.fullmatch(
        r"(\d+) rows, (\d+) attachments and (\d+) accounts encrypted with the first key\n", capsys.readouterr().out
    )
    assert told
    leaving = sum(1 for person in demo_people().values() if person.transfer)
    assert int(told[1]) > 1
    assert int(told[2]) == 1 + 4 * leaving, "three pictures of each file, and the proof"
    assert int(told[3]) == people
    office = open_office(Settings.of(tmp_path, {"FORMKIT_KEYS": NEW}))
    with office.accounts.reading() as connection:
        account = office.accounts.by_number(connection, ZHANG)
    assert account is not None
    assert account.name == "张三"
    member = new_member("city", Role.CITY, "440100", "", office.clock())
    assert len(find(office, member, By.NUMBER, ZHANG, "zh")) == 1
    with office.files.open("a" * 32) as content:
        assert content.read() == b"content"
    office.close()
