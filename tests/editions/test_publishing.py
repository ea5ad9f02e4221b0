from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from formkit import FormInvalid, load
from formkit.editions import (
    AlreadyInForce,
    NothingToGoBackTo,
    Timeline,
    compiled_edition,
    publish,
    read_edition,
    roll_back,
)
from formkit.records.store import Store
from formkit.storage import open_store
from tests.editions.leave import COMPILER, DAY, NOW, leave, write_leave


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "formkit.db")
    yield opened
    opened.close()


def test_an_edition_is_its_files_and_compiles_to_the_same_form(tmp_path: Path) -> None:
    edition = leave(tmp_path, "2026-01-01")
    assert set(edition.texts) == {"leave.yaml", "lists/kinds.yaml"}
    assert edition.file == "leave.yaml"
    form, from_disk = compiled_edition(edition, COMPILER), load(tmp_path / "leave.yaml")
    assert form.edition_hash == edition.hash == from_disk.edition_hash
    assert form.edition == edition.name == "2026-01-01"


def test_an_edition_is_the_same_wherever_its_folder_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = leave(tmp_path / "here", "2026-01-01")
    file = write_leave(tmp_path / "there", "2026-01-01")
    monkeypatch.chdir(file.parent)
    assert read_edition("leave.yaml", "leave", COMPILER) == here


def test_lists_of_a_folder_above_come_too(tmp_path: Path) -> None:
    file = write_leave(tmp_path / "forms", "2026-01-01")
    (tmp_path / "forms" / "lists").rename(tmp_path / "lists")
    file.write_text(file.read_text("utf-8").replace("lists/kinds", "../lists/kinds"), "utf-8")
    edition = read_edition(file, "leave", COMPILER)
    assert set(edition.texts) == {"forms/leave.yaml", "lists/kinds.yaml"}
    assert compiled_edition(edition, COMPILER).edition_hash == edition.hash


def test_published_ahead_it_waits_for_its_day(store: Store, tmp_path: Path) -> None:
    publish(store, leave(tmp_path, "2026-01-01"), compiler=COMPILER, at=NOW, actor="me", reason="第一版")
    planned = publish(store, leave(tmp_path, "2026-06-01"), compiler=COMPILER, at=NOW + DAY, actor="me")
    assert planned.starts.isoformat() == "2026-06-01T00:00:00+08:00"
    with store.reading() as view:
        timeline = Timeline(view.publications("leave"))
        entries = view.audit_entries("leave")
    first, second = timeline.publications
    assert (first.number, first.reason, second.number) == (1, "第一版", 2)
    assert timeline.in_force(NOW + 2 * DAY) == first
    assert timeline.in_force(planned.starts) == second
    assert [entry.action for entry in entries] == ["published", "published"]


def test_the_same_again_is_told_and_not_published(store: Store, tmp_path: Path) -> None:
    edition = leave(tmp_path, "2026-01-01")
    publish(store, edition, compiler=COMPILER, at=NOW, actor="me")
    with pytest.raises(AlreadyInForce):
        publish(store, edition, compiler=COMPILER, at=NOW + DAY, actor="me")


def test_what_does_not_load_is_refused_and_nothing_is_stored(store: Store, tmp_path: Path) -> None:
    edition = leave(tmp_path, "2026-01-01")
    broken = replace(
        edition, texts={**edition.texts, "leave.yaml": edition.texts["leave.yaml"].replace("kinds}", "k}")}
    )
    with pytest.raises(FormInvalid):
        publish(store, broken, compiler=COMPILER, at=NOW, actor="me")
    with store.reading() as view:
        assert view.publications() == ()
        assert view.edition("leave", edition.hash) is None


def test_going_back_publishes_the_one_before_or_the_one_named(store: Store, tmp_path: Path) -> None:
    editions = [leave(tmp_path, day) for day in ("2026-01-01", "2026-02-01", "2026-02-02")]
    for edition in editions:
        publish(store, edition, compiler=COMPILER, at=NOW, actor="me")
    back = roll_back(store, "leave", at=NOW + DAY, actor="you", reason="写错了")
    assert (back.edition, back.rollback, back.reason) == ("2026-02-01", True, "写错了")
    back = roll_back(store, "leave", to=editions[0].hash[:8], at=NOW + 2 * DAY, actor="you")
    assert back.edition == "2026-01-01"
    with pytest.raises(NothingToGoBackTo):
        roll_back(store, "leave", at=NOW + 3 * DAY, actor="you")
    with pytest.raises(NothingToGoBackTo):
        roll_back(store, "leave", to="2031-01-01", at=NOW + 3 * DAY, actor="you")
    assert roll_back(store, "leave", to="2026-02-02", at=NOW + 4 * DAY, actor="you").edition == "2026-02-02"
