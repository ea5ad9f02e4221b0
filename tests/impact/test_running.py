"""All records together: the same whatever the number of processes, and nothing counted twice or lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.impact import Effect, Entry, Judge, Part, SourceUnreadable, Tally, Unreadable, impact
from formkit.impact.readers.lines import LinesReader
from formkit.impact.tally import BLANK, EXAMPLES, MOST_PARTS, THE_REST, tally_of
from tests.impact.editions import FACTS, NEW, OLD, RECORDS, TODAY, counted, form_from, ndjson, question

JUDGE = Judge(form_from(NEW), form_from(OLD), FACTS, TODAY)
BY = ("status", "school.title", "edition")


def test_one_process_and_two_say_the_same(tmp_path: Path) -> None:
    path = ndjson(tmp_path / "records.ndjson", [(f"{id_}-{n}", values) for n in range(400) for id_, values in RECORDS])
    with path.open("a") as more:
        more.write("broken\n")
    asked = question(by=BY)
    alone, together = counted(path, asked), counted(path, asked, workers=2)
    assert alone == together
    assert alone.complete
    assert (alone.tally.whole.records, alone.tally.unreadable) == (3200, 1)
    kind = next(kind for kind in alone.tally.examples if kind.effect is Effect.ASKED)
    assert [example.id for example in alone.tally.examples[kind]] == ["A2-0", "A2-1", "A2-2"]


class Interrupted(LinesReader):
    """Somebody presses Ctrl+C after the first batch."""

    def batches(self) -> Iterator[Any]:
        batches = super().batches()
        yield next(batches)
        yield next(batches)
        raise KeyboardInterrupt


@pytest.mark.parametrize("workers", [1, 2])
def test_ended_early_it_tells_what_was_counted(workers: int, tmp_path: Path) -> None:
    path = ndjson(tmp_path / "records.ndjson", [RECORDS[0]] * 2500)
    outcome = impact(question(), Interrupted(str(path)), workers=workers)
    assert not outcome.complete
    assert outcome.tally.whole.records in (0, 2000)  # by two processes none may be back yet


def test_it_says_how_far_it_is(tmp_path: Path) -> None:
    path = ndjson(tmp_path / "records.ndjson", [RECORDS[0]] * 2500)
    seen: list[tuple[int, float | None]] = []
    impact(
        question(),
        LinesReader(str(path)),
        workers=1,
        watch=lambda tally, share: seen.append((tally.whole.records, share)),
    )
    assert [count for count, _ in seen] == [1000, 2000, 2500]
    assert [share for _, share in seen] == [0.8, 0.8, 1.0]  # a batch ahead


class Dying(LinesReader):
    """Its batches end the process that makes entries of them."""

    @staticmethod
    def reads(_: Any) -> Any:
        import os

        os._exit(1)


def test_a_process_that_dies_is_told(tmp_path: Path) -> None:
    path = ndjson(tmp_path / "records.ndjson", [RECORDS[0]] * 1500)
    with pytest.raises(SourceUnreadable) as refused:
        impact(question(), Dying(str(path)), workers=2)
    assert refused.value.code == "worker_gone"


ENTRIES = st.sampled_from(
    [Entry(5, values, edition=edition) for _, values in RECORDS for edition in ("2023-01-01", None)]
    + [Unreadable(5, "not_json")]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ENTRIES, max_size=20), st.integers(0, 20))
def test_totals_add_up_however_they_are_cut(entries: list[Entry | Unreadable], cut: int) -> None:
    whole = tally_of(entries, JUDGE, BY)
    parts = Tally()
    for some in (entries[:cut], entries[cut:]):
        parts.merge(tally_of(some, JUDGE, BY))
    assert parts == whole
    assert whole.whole.records + whole.unreadable == len(entries)
    touched = whole.whole.records - whole.untouched
    assert max(whole.whole.effects.values(), default=0) <= touched <= sum(whole.whole.effects.values()) + whole.warned
    for by in BY if whole.whole.records else ():
        summed = Part()
        for part in whole.parts[by].values():
            summed.merge(part)
        assert summed == whole.whole
    for kind, count in whole.whole.kinds.items():
        assert min(count, EXAMPLES) == len(whole.examples[kind])


def test_a_field_with_very_many_values_does_not_fill_the_memory() -> None:
    tally = Tally()
    for start in range(0, 3000, 1000):
        some = [Entry(n, {"status": "student", "tel": str(n)}) for n in range(start, start + 1000)]
        tally.merge(tally_of(some, JUDGE, ("phone",)))
    parts = tally.parts["phone"]
    assert len(parts) == MOST_PARTS + 1
    assert parts[THE_REST].records == 3000 - MOST_PARTS
    assert BLANK not in parts


def test_values_are_kept_with_examples_only_where_they_may_be_shown(tmp_path: Path) -> None:
    path = ndjson(tmp_path / "records.ndjson")
    hidden, shown = counted(path), counted(path, question(show_values=True))
    assert {each.values for examples in hidden.tally.examples.values() for each in examples} == {None}
    assert all(each.values for examples in shown.tally.examples.values() for each in examples)
