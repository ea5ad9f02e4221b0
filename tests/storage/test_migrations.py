"""From the first schema to the newest with everything kept; what is too old or too new is told, and left alone."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from formkit.storage import migrate, open_store
from formkit.storage.__main__ import main
from formkit.storage.migrations import FOLDER, VERSION_TABLE, upgrade
from formkit.storage.preparing import COMMAND, SchemaMismatch
from formkit.storage.sql_store import SqlStore
from formkit.storage.tables import SCHEMA_VERSION, metadata
from tests.storage.test_contract import ATTACHMENT, DRAFT, ENTRY, RECORD, REVISION

FIRST = Path(__file__).parent / "version_1.sql"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A store as the first formkit left it: one submission with its attachment."""
    path = tmp_path / "formkit.db"
    database = sqlite3.connect(path)
    database.executescript(FIRST.read_text(encoding="utf-8"))
    database.close()
    return path


def dump(path: Path) -> list[str]:
    database = sqlite3.connect(path)
    lines = list(database.iterdump())
    database.close()
    return lines


def test_the_newest_step_is_the_version_this_formkit_reads() -> None:
    script = ScriptDirectory(str(FOLDER))
    assert script.get_current_head() == f"{SCHEMA_VERSION:04d}"
    steps = [step.revision for step in script.walk_revisions()]
    assert steps == [f"{version:04d}" for version in range(SCHEMA_VERSION, 0, -1)]


def test_the_steps_make_the_tables_the_code_speaks_of(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_an_older_store_is_refused_with_the_command_and_left_alone(
    first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formkit.storage.preparing.SCHEMA_VERSION", 99)
    before = dump(first)
    with pytest.raises(SchemaMismatch, match=f"version 1; .*{COMMAND}"):
        open_store(first)
    assert dump(first) == before


def test_a_store_of_the_first_formkit_is_brought_up_to_date_with_all_it_holds(first: Path) -> None:
    migrate(first)
    migrate(first)
    store = open_store(first)
    with store.reading() as view:
        assert view.record("r1") == replace(RECORD, entered=RECORD.submitted, due=None)
        assert view.draft("d1") == replace(DRAFT, submitted_record="r1", earlier=None)
        assert view.revisions("r1") == (REVISION,)
        assert view.attachment("a1") == ATTACHMENT
        assert view.audit_entries("r1") == (ENTRY,)
    store.close()
    assert not any("schema_version" in line for line in dump(first))


def test_a_migration_that_fails_changes_nothing(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(first)

    def upgrade_and_fail(connection: object) -> None:
        upgrade(connection)  # type: ignore[arg-type]
        raise ZeroDivisionError

    monkeypatch.setattr("formkit.storage.migrations.upgrade", upgrade_and_fail)
    with pytest.raises(ZeroDivisionError):
        migrate(first)
    assert dump(first) == before


def test_a_store_of_a_later_formkit_is_not_migrated(first: Path) -> None:
    migrate(first)
    database = sqlite3.connect(first)
    database.execute("UPDATE formkit_version SET version_num = '0099'")
    database.commit()
    database.close()
    with pytest.raises(SchemaMismatch, match="later formkit"):
        migrate(first)


def test_the_command_migrates_and_says_so(first: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", str(first)]) == 0
    assert capsys.readouterr().out == "the store is up to date\n"
    open_store(first).close()


def test_the_command_says_why_it_did_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("not done: ")


def test_the_command_is_one_that_a_shell_can_give(first: Path) -> None:
    command = [sys.executable, "-m", "formkit.storage", "migrate", str(first)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "the store is up to date\n"
    open_store(first).close()
