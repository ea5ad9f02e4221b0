"""What staff find files by: follows the records on both databases, whoever writes at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from examples.portal.accounts.staff import Role, new_member
from examples.portal.operation.commands import main
from examples.portal.staff.finding import By, find
from examples.portal.staff.projection import bring_up_to_date, rebuild
from examples.portal.tables import files
from formkit.records.model import Record
from tests.portal.exam.examiners import Archive, values
from tests.portal.people import ZHANG, World


@pytest.fixture
def archive(world: World) -> Archive:
    return Archive(world.office, world.clock.now)


def rows(world: World) -> list[tuple[object, ...]]:
    with world.office.accounts.reading() as connection:
        found = select(files.c.record, files.c.division, files.c.status).order_by(files.c.record)
        return [tuple(row) for row in connection.execute(found)]


def test_the_projection_follows_records_and_transfers_and_is_worked_out_again_at_any_time(
    world: World, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = world.office
    file = archive.keep()
    assert bring_up_to_date(office) == 1
    assert rows(world) == [(file.id, "440106", "collected")]
    moved = {**values(), "division": "440115"}
    at = world.clock.now + timedelta(hours=3)
    with office.store.transaction() as tx:
        tx.replace_record(
            Record(**{**{n: getattr(file, n) for n in file.__slots__}, "values": moved, "updated": at}), revision=1
        )
    bring_up_to_date(office)
    assert rows(world) == [(file.id, "440115", "collected")]
    archive.transfer("pending")
    bring_up_to_date(office)
    kept = [(file.id, "440115", "transfer_under_way")]
    assert rows(world) == kept
    bring_up_to_date(office)
    assert rows(world) == kept
    rebuild(office)
    assert rows(world) == kept
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    assert main(["rebuild-files", "--data", str(world.data)]) == 0
    assert rows(world) == kept


def test_what_was_stored_late_behind_the_cursor_is_read_too(world: World, archive: Archive) -> None:
    archive.keep()
    bring_up_to_date(world.office)
    early = world.clock.now - timedelta(minutes=4)
    archive.keep(owner="li", number="C2", submitted=early, updated=early)
    bring_up_to_date(world.office)
    assert len(rows(world)) == 2


def test_what_has_been_settled_for_long_is_not_read_again(world: World, archive: Archive) -> None:
    for number in range(3):
        archive.keep(owner=f"p{number}", number=f"C{number}")
    assert [bring_up_to_date(world.office) for _ in range(2)] == [3, 3]
    world.clock.on(minutes=6)
    archive.keep(owner="li", number="C3", updated=world.clock.now)
    assert [bring_up_to_date(world.office) for _ in range(3)] == [4, 1, 1]
    world.clock.on(minutes=6)
    assert [bring_up_to_date(world.office) for _ in range(2)] == [1, 0]
    assert len(rows(world)) == 4


def test_many_records_are_read_in_batches(world: World, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("examples.portal.staff.projection.BATCH", 2)
    for number in range(5):
        archive.keep(owner=f"p{number}", number=f"C{number}")
    assert bring_up_to_date(world.office) == 5
    assert len(rows(world)) == 5


def test_many_who_read_at_once_make_each_row_once(
    world: World, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("examples.portal.staff.projection.BATCH", 2)
    for number in range(6):
        archive.keep(owner=f"p{number}", number=f"C{number}")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(bring_up_to_date, [world.office] * 4))
    assert len(rows(world)) == 6
    member = new_member("city", Role.CITY, "440100", "", world.clock.now)
    assert len(find(world.office, member, By.NUMBER, ZHANG, "zh")) == 6
