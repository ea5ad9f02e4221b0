from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from formkit.editions import Standing, Timeline
from formkit.records.model import Publication
from tests.editions.leave import DAY, NOW

A = Publication("leave", 1, "2026-01-01", "a", NOW, NOW, "me")
B = Publication("leave", 2, "2026-06-01", "b", NOW + 90 * DAY, NOW + DAY, "me")
AGAIN = Publication("leave", 3, "2026-01-01", "a", NOW + 95 * DAY, NOW + 95 * DAY, "me", rollback=True)


def test_a_planned_edition_comes_into_force_on_its_day() -> None:
    timeline = Timeline((A, B))
    assert timeline.in_force(NOW - DAY) is None
    assert timeline.in_force(NOW + 89 * DAY) == A
    assert timeline.in_force(NOW + 90 * DAY) == B
    assert [timeline.standing_of(one, NOW + DAY) for one in (A, B)] == [Standing.IN_FORCE, Standing.PLANNED]
    assert [timeline.standing_of(one, NOW + 90 * DAY) for one in (A, B)] == [Standing.PAST, Standing.IN_FORCE]


def test_a_rollback_takes_back_what_came_after_what_it_goes_back_to() -> None:
    timeline = Timeline((A, B, AGAIN))
    assert timeline.in_force(NOW + 95 * DAY) == AGAIN
    assert timeline.stands("a")
    assert not timeline.stands("b")
    assert timeline.standing_of(B, NOW + 96 * DAY) is Standing.TAKEN_BACK


def test_a_mend_of_what_is_in_force_does_not_delay_what_is_planned() -> None:
    mended = Publication("leave", 3, "2026-01-01", "a2", NOW + 2 * DAY, NOW + 2 * DAY, "me")
    timeline = Timeline((A, B, mended))
    assert timeline.in_force(NOW + 3 * DAY) == mended
    assert timeline.in_force(NOW + 90 * DAY) == B
    assert timeline.before(NOW + 91 * DAY) == mended


def test_going_back_to_what_is_in_force_cancels_what_is_planned() -> None:
    cancelled = replace(AGAIN, starts=NOW + 2 * DAY, at=NOW + 2 * DAY)
    assert Timeline((A, B, cancelled)).in_force(NOW + 400 * DAY) == cancelled


def test_a_day_has_the_edition_that_is_as_old_as_it() -> None:
    timeline, later = Timeline((A, B)), NOW + 100 * DAY
    found = [timeline.on_day(day, later) for day in ("1999-12-31", "2026-05-31", "2026-06-01", "2030-01-01")]
    assert found == [A, A, B, B]
    assert timeline.on_day("2030-01-01", NOW) == A
    assert Timeline(()).on_day("2030-01-01", NOW) is None


steps = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.booleans()), max_size=8)


@given(steps)
def test_what_is_in_force_stands_and_a_rollback_holds_at_once(taken: list[tuple[int, int, bool]]) -> None:
    publications: tuple[Publication, ...] = ()
    for number, (edition, wait, back) in enumerate(taken, 1):
        at = NOW + number * DAY
        starts = at if back else at + wait * DAY
        publications += (
            Publication("leave", number, f"2026-01-{edition + 1:02}", str(edition), starts, at, "me", back),
        )
        timeline = Timeline(publications)
        current = timeline.in_force(at)
        assert current is None or timeline.stands(current.edition_hash)
        assert len(set(timeline.standing)) == len(timeline.standing)
        if back:
            assert current == publications[-1]
            assert timeline.standing[-1] == current


def test_what_was_in_force_between_two_editions() -> None:
    c = Publication("leave", 3, "2026-09-01", "c", NOW + 200 * DAY, NOW + 3 * DAY, "me")
    timeline = Timeline((A, B, c))
    assert timeline.between("a", "c") == ("b",)
    assert timeline.between("a", "b") == timeline.between("c", "a") == timeline.between("a", "x") == ()
    back = replace(AGAIN, number=4, starts=NOW + 300 * DAY, at=NOW + 300 * DAY)
    assert Timeline((A, B, c, back)).between("a", "c") == ()
