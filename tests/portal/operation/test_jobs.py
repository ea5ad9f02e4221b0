"""The jobs of the loop: what has run out is gone, what is still good stays."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from examples.portal import tables
from examples.portal.operation.jobs import forget, jobs_of
from tests.portal.people import World

KEPT = ("sessions", "codes", "attempts", "registrations", "nonces")


def counts(world: World) -> dict[str, int]:
    office = world.office
    with office.accounts.reading() as connection:
        found = {name: select(func.count()).select_from(getattr(tables, name)) for name in KEPT}
        return {name: connection.execute(query).scalar_one() for name, query in found.items()}


def test_what_has_run_out_is_forgotten_and_the_rest_stays(world: World) -> None:
    office = world.office
    world.person().log_in()
    visitor = world.person()
    visitor.log_in(password="wrong")  # noqa: S106
    visitor.answer_questions()
    visitor.identify()
    visitor.ask_code("13900139000")
    with office.accounts.writing() as connection:
        connection.execute(tables.nonces.insert().values(sender="exam", nonce="n" * 20, at=world.clock()))
    before = counts(world)
    assert all(before.values()), before
    forget(office, world.clock())
    assert counts(world) == before
    world.clock.on(minutes=20)
    forget(office, world.clock())
    assert counts(world) == {**before, "nonces": 0}
    world.clock.on(days=1)
    forget(office, world.clock())
    assert not any(counts(world).values())


def test_uploads_that_nobody_took_over_are_swept(world: World) -> None:
    office = world.office
    office.files.keep("a" * 32, b"left")
    jobs = {job.name: job for job in jobs_of(office)}
    jobs["sweep"].run(office.clock())
    assert list(office.files.kept()) == ["a" * 32]
    # contents are dated by the disk, not by the world's clock
    jobs["sweep"].run(datetime.now(UTC) + timedelta(days=30))
    assert list(office.files.kept()) == []
