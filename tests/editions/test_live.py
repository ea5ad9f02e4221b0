import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from formkit.editions import Editions, FixedForms, publish, roll_back
from formkit.records.model import Edition
from formkit.records.store import Store, StoreBusy
from formkit.storage import open_store
from tests.editions.leave import COMPILER, NOW, leave


@dataclass
class World:
    """A store, a clock, and the workers that serve its forms."""

    store: Store
    now: datetime = NOW
    published: list[Edition] = field(default_factory=list)

    def worker(self, shipped: Edition, **more: object) -> Editions:
        return Editions(
            self.store,
            {"leave": shipped},
            compiler=COMPILER,
            clock=lambda: self.now,
            look_again=0,
            **more,  # type: ignore[arg-type]
        )

    def publish(self, edition: Edition) -> None:
        publish(self.store, edition, compiler=COMPILER, at=self.now, actor="me")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = open_store(tmp_path / "formkit.db")
    yield World(store)
    store.close()


def title(forms: Editions) -> str:
    return forms["leave"].steps[0].title.in_("zh")


def test_what_a_program_brings_is_in_force_until_something_is_published(world: World, tmp_path: Path) -> None:
    one, other = (world.worker(leave(tmp_path, "2026-01-01", "甲")) for _ in range(2))
    assert title(one) == title(other) == "甲"
    world.publish(leave(tmp_path, "2026-01-01", "乙"))
    assert title(one) == title(other) == "乙"
    with world.store.reading() as view:
        assert [each.actor for each in view.publications("leave")] == ["start", "me"]


def test_a_planned_edition_takes_over_in_its_first_moment(world: World, tmp_path: Path) -> None:
    forms = world.worker(leave(tmp_path, "2026-01-01", "甲"))
    world.publish(leave(tmp_path, "2026-06-01", "乙"))
    world.now = datetime.fromisoformat("2026-05-31T23:59:59+08:00")
    assert title(forms) == "甲"
    world.now = datetime.fromisoformat("2026-06-01T00:00:00+08:00")
    assert title(forms) == "乙"
    roll_back(world.store, "leave", at=world.now, actor="me")
    assert title(forms) == "甲"


def test_a_program_started_anew_goes_by_the_store_unless_it_adopts(world: World, tmp_path: Path) -> None:
    first, second = leave(tmp_path, "2026-01-01", "甲"), leave(tmp_path, "2026-01-01", "乙")
    world.worker(first)
    assert title(world.worker(second)) == "甲"
    assert title(world.worker(second, adopt=True)) == "乙"
    assert title(world.worker(first, adopt=True)) == "乙"


def test_old_editions_can_be_read_for_ever(world: World, tmp_path: Path) -> None:
    first, second = leave(tmp_path, "2026-01-01", "甲"), leave(tmp_path, "2026-02-01", "乙")
    world.worker(first)
    world.publish(second)
    forms = world.worker(second)
    old = forms.edition("leave", first.hash)
    assert old is not None
    assert old.steps[0].title.in_("zh") == "甲"
    assert forms.stands("leave", first.hash)
    assert not forms.stands("leave", "no")
    assert forms.edition("leave", "no") is None
    assert forms.on_day("leave", "2026-01-15").edition == "2026-01-01"
    assert forms.on_day("leave", "2026-02-15").edition == "2026-02-01"


def test_an_edition_that_does_not_load_here_never_replaces_a_good_one(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = leave(tmp_path, "2026-01-01", "甲")
    forms = world.worker(good)
    broken = replace(good, hash="other", texts={**good.texts, "leave.yaml": "form: leave\n"})
    with world.store.transaction() as tx:
        tx.add_edition(broken)
        (last,) = tx.publications("leave")
        tx.add_publication(replace(last, number=2, edition_hash="other"))
    with caplog.at_level(logging.ERROR):
        assert title(forms) == title(world.worker(good)) == "甲"
    assert "does not load here" in caplog.text


def test_while_the_store_is_down_everything_stays_as_it_is(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = world.worker(leave(tmp_path, "2026-01-01", "甲"))

    def down() -> None:
        raise StoreBusy("down")

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "reading", down)
        assert title(forms) == "甲"
        assert forms.edition("leave", "no") is None
    world.publish(leave(tmp_path, "2026-01-01", "乙"))
    assert title(forms) == "乙"


def test_fixed_forms_are_of_one_edition(world: World, tmp_path: Path) -> None:
    form = world.worker(leave(tmp_path, "2026-01-01"))["leave"]
    fixed = FixedForms({"leave": form})
    assert (list(fixed), len(fixed), fixed["leave"]) == (["leave"], 1, form)
    assert fixed.edition("leave", form.edition_hash) is fixed.on_day("leave", "1999-01-01") is form
    assert fixed.stands("leave", form.edition_hash)
    assert fixed.edition("leave", "no") is fixed.edition("no", "no") is None
