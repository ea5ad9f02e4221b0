"""Codes by SMS: S29, every number of the decision."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from examples.portal.accounts.codes import Codes, Purpose
from examples.portal.accounts.model import LimitReached
from examples.portal.accounts.secret import Secret
from examples.portal.tables import codes as table
from examples.portal.tables import metadata
from tests.portal.people import Clock

MOBILE = "13900139000"
CODES = Codes(Secret(bytes(range(32))))
REGISTER = Purpose.REGISTER


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_s29_six_digits_used_once(connection: Connection, clock: Clock) -> None:
    code = CODES.make(connection, REGISTER, MOBILE, clock.now)
    assert len(code) == 6 and code.isdigit()
    assert CODES.judge(connection, REGISTER, MOBILE, code, clock.now)
    assert CODES.use(connection, REGISTER, MOBILE, code, clock.now)
    assert not CODES.use(connection, REGISTER, MOBILE, code, clock.now)
    assert not CODES.judge(connection, REGISTER, MOBILE, code, clock.now)


def test_s29_five_minutes(connection: Connection, clock: Clock) -> None:
    code = CODES.make(connection, REGISTER, MOBILE, clock.now)
    clock.on(minutes=4, seconds=59)
    assert CODES.judge(connection, REGISTER, MOBILE, code, clock.now)
    clock.on(seconds=1)
    assert not CODES.judge(connection, REGISTER, MOBILE, code, clock.now)
    assert not CODES.use(connection, REGISTER, MOBILE, code, clock.now)


def test_s29_five_tries(connection: Connection, clock: Clock) -> None:
    code = CODES.make(connection, REGISTER, MOBILE, clock.now)
    for _ in range(4):
        assert not CODES.judge(connection, REGISTER, MOBILE, wrong(code), clock.now)
    assert CODES.judge(connection, REGISTER, MOBILE, code, clock.now)
    assert not CODES.judge(connection, REGISTER, MOBILE, code, clock.now), "the sixth try, right or wrong"


def test_s29_bound_to_number_and_purpose(connection: Connection, clock: Clock) -> None:
    code = CODES.make(connection, REGISTER, MOBILE, clock.now)
    assert not CODES.judge(connection, Purpose.FORGOTTEN, MOBILE, code, clock.now)
    assert not CODES.judge(connection, REGISTER, "13900139001", code, clock.now)
    assert not CODES.use(connection, Purpose.MOBILE, MOBILE, code, clock.now)
    assert CODES.judge(connection, REGISTER, MOBILE, code, clock.now)


def test_s29_again_after_sixty_seconds_and_the_old_one_is_worthless(connection: Connection, clock: Clock) -> None:
    old = CODES.make(connection, REGISTER, MOBILE, clock.now)
    clock.on(seconds=59)
    with pytest.raises(LimitReached) as reached:
        CODES.make(connection, Purpose.FORGOTTEN, MOBILE, clock.now)
    assert (reached.value.code, reached.value.seconds) == ("code_too_soon", 1)
    clock.on(seconds=1)
    new = CODES.make(connection, REGISTER, MOBILE, clock.now)
    assert new == old or not CODES.judge(connection, REGISTER, MOBILE, old, clock.now)
    assert CODES.judge(connection, REGISTER, MOBILE, new, clock.now)


def test_s29_five_a_day_a_number_whatever_for(connection: Connection, clock: Clock) -> None:
    for purpose in (*Purpose, *list(Purpose)[:1]):
        CODES.make(connection, purpose, MOBILE, clock.now)
        clock.on(minutes=2)
    with pytest.raises(LimitReached) as reached:
        CODES.make(connection, REGISTER, MOBILE, clock.now)
    assert reached.value.code == "code_too_many"
    CODES.make(connection, REGISTER, "13900139001", clock.now)
    clock.on(hours=23, minutes=51)
    CODES.make(connection, REGISTER, MOBILE, clock.now)


def test_s29_stored_hashed(connection: Connection, clock: Clock) -> None:
    code = CODES.make(connection, REGISTER, MOBILE, clock.now)
    row = connection.execute(table.select()).one()
    assert code not in row.code_hash[:6] or len(row.code_hash) == 64
    assert MOBILE not in str(tuple(row))
    assert row.code_hash != Codes(Secret(bytes(32)))._hash(row.id, code), "keyed: six digits would be guessed otherwise"


def test_a_code_that_could_not_be_sent_is_forgotten(connection: Connection, clock: Clock) -> None:
    CODES.make(connection, REGISTER, MOBILE, clock.now)
    CODES.withdraw(connection, REGISTER, MOBILE)
    CODES.withdraw(connection, REGISTER, MOBILE)
    CODES.make(connection, REGISTER, MOBILE, clock.now)
