"""Two tabs and one draft, a double click, a lost reply, a busy or full store: nothing is lost, nothing comes twice."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from formkit.records.service import records_of
from formkit.records.store import Store, StoreBusy, StoreFull, StoreUnavailable
from tests.web.people import TestClient, Town, Visitor


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


@pytest.fixture
def tabs(town: Town) -> tuple[Visitor, Visitor]:
    """Two tabs on the same page."""
    one = town.visitor("ada").begin()
    return one, town.visitor("ada").open(one.path)


def records(town: Town) -> int:
    return len(records_of(town.store, owner="ada"))


def checked(town: Town) -> Visitor:
    return town.visitor("ada").begin().send(name="Ada").send().send()


def test_the_second_tab_is_told_and_sees_both(tabs: tuple[Visitor, Visitor]) -> None:
    one, two = tabs
    one.send("save", name="from one", number="same")
    two.send("next", name="from <two>", number="same", level="high", reason="why")
    assert two.status == 409
    assert 'role="alert"' in two.page
    text = unescape(two.page)
    assert "from one" in text
    assert "from <two>" in text
    assert "<two>" not in two.page
    assert "why" in text
    assert text.count("same") == 1, "what is the same on both sides is no choice to make"


def test_keeping_mine_stores_it_and_goes_on(tabs: tuple[Visitor, Visitor]) -> None:
    one, two = tabs
    one.send("save", name="from one")
    two.send("next", name="from two", level="high", reason="why", news=["low", "high"])
    two.send("next")
    assert two.step == "reading"
    two.open(two.path.replace("reading", "about"))
    assert 'value="from two"' in two.page
    assert 'value="why"' in two.page
    assert len(re.findall(r'name="news"[^>]* checked', two.page)) == 2


def test_keeping_what_is_stored_is_a_link(tabs: tuple[Visitor, Visitor]) -> None:
    one, two = tabs
    one.send("save", name="from one")
    two.send("next", name="from two")
    link = re.search(r'<a class="button[^>]*href="([^"]+)"', two.page)
    assert link
    assert 'value="from one"' in two.open(link[1]).page


def test_passwords_are_not_on_the_page_of_a_conflict(tabs: tuple[Visitor, Visitor]) -> None:
    one, two = tabs
    one.send("save", name="from one")
    assert "correct horse" not in two.send("next", name="two", code="correct horse battery").page


def test_a_password_alone_is_no_difference(tabs: tuple[Visitor, Visitor]) -> None:
    one, two = tabs
    one.send("save", name="Ada")
    assert two.send("next", name="Ada", code="correct horse battery").step == "reading"


def test_a_third_save_meanwhile_is_a_conflict_again(tabs: tuple[Visitor, Visitor]) -> None:
    one, two = tabs
    one.send("save", name="from one")
    two.send("next", name="from two")
    one.send("save", name="one again")
    assert two.send("next").status == 409


def test_tabs_on_different_steps_do_not_disturb_each_other(town: Town) -> None:
    one = town.visitor("ada").begin().send(name="Ada").send()
    two = town.visitor("ada").open(one.path.replace("more", "about"))
    one.send("save", school__title="Somerville")
    assert two.send("next", name="Augusta").step == "reading"
    assert 'value="Somerville"' in one.open(one.path).page
    assert 'value="Augusta"' in two.open(two.path.replace("reading", "about")).page


def test_a_page_sent_again_after_a_lost_reply_is_no_conflict(tabs: tuple[Visitor, Visitor]) -> None:
    one, two = tabs
    one.send("next", name="Ada", news=["low"])
    two.send("next", name="Ada", news=["low"])
    assert two.step == "reading"


def test_a_double_click_submits_once(town: Town) -> None:
    ada = checked(town)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ada.post("submit"), range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"].partition("?")[0] for answer in answers}) == 1
    assert records(town) == 1


def test_another_tab_and_a_lost_reply_lead_to_the_same_record(town: Town) -> None:
    ada = checked(town)
    other = town.visitor("ada").open(ada.path)
    first = ada.post("submit").headers["location"].partition("?")[0]
    assert other.post("submit").headers["location"].partition("?")[0] == first
    assert ada.post("submit").headers["location"].partition("?")[0] == first
    assert other.open(other.path).path == first
    assert records(town) == 1


def test_a_page_sent_after_the_submission_leads_to_the_record(town: Town) -> None:
    ada = checked(town)
    late = town.visitor("ada").open(ada.path.replace("check", "about"))
    ada.send("submit")
    assert late.post("next", name="late").headers["location"] == ada.path
    headers = {"accept": "application/json"}
    told = late.client.post(late.path + "/autosave", data={**late.hidden, "name": "late"}, headers=headers)
    assert (told.status_code, told.json()["url"]) == (409, ada.path)


def test_what_was_not_on_the_check_page_is_not_submitted(town: Town) -> None:
    ada = checked(town)
    town.visitor("ada").open(ada.path.replace("check", "about")).send("save", name="somebody else")
    ada.send("submit")
    assert ada.status == 409
    assert "check again" in ada.page
    assert records(town) == 0


def test_answers_that_broke_meanwhile_lead_to_their_step(town: Town) -> None:
    ada = checked(town)
    town.visitor("ada").open(ada.path.replace("check", "about")).send("save", name="")
    assert ada.send("submit").step == "about"
    assert records(town) == 0


@dataclass
class Struggling:
    """A store that can read and not write."""

    store: Store
    error: type[StoreUnavailable]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        raise self.error
        yield


@pytest.mark.parametrize("error", [StoreBusy, StoreFull])
class TestNoRoom:
    def struggling(self, town: Town, visitor: Visitor, error: type[StoreUnavailable]) -> Visitor:
        headers = dict(visitor.client.headers)
        client = TestClient(town.application(Struggling(town.store, error)), headers=headers, follow_redirects=False)  # type: ignore[arg-type]
        return Visitor(client, visitor.page, visitor.path)

    def test_what_is_typed_stays_on_the_page_and_the_draft_is_intact(
        self, town: Town, error: type[StoreUnavailable]
    ) -> None:
        ada = town.visitor("ada").begin().send("save", name="kept")
        late = self.struggling(town, ada, error).send("next", name="typed late")
        assert late.status == 503
        assert 'value="typed late"' in late.page
        assert "not saved yet" in late.page
        assert late.post("next").headers["retry-after"]
        assert 'value="kept"' in ada.open(ada.path).page
        again = Visitor(ada.client, late.page, late.path)
        assert again.send("next", name="typed late").step == "reading"

    def test_words_sent_again_do_not_run_over_another_tabs(self, town: Town, error: type[StoreUnavailable]) -> None:
        ada = town.visitor("ada").begin()
        other = town.visitor("ada").open(ada.path).send("save", name="from the other")
        late = self.struggling(town, ada, error).send("next", name="typed late")
        assert late.status == 503
        assert Visitor(ada.client, late.page, late.path).send("next", name="typed late").status == 409
        assert 'value="from the other"' in other.open(other.path).page

    def test_a_submission_can_be_sent_again(self, town: Town, error: type[StoreUnavailable]) -> None:
        ada = checked(town)
        late = self.struggling(town, ada, error).send("submit")
        assert late.status == 503
        assert records(town) == 0
        assert "/records/" in Visitor(ada.client, late.page, late.path).send("submit").path

    def test_a_start_is_told_with_the_time_to_try_again(self, town: Town, error: type[StoreUnavailable]) -> None:
        eve = self.struggling(town, town.visitor("eve").open("/deep/forms/small"), error)
        response = eve.post(None, to="/deep/forms/small")
        assert response.status_code == 503
        assert response.headers["retry-after"]
        assert "saved before" in response.text


def test_what_nobody_foresaw_is_logged_and_told_without_details(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    ada = town.visitor("ada").begin()
    town.facts = {}  # the host forgot a fact
    ada.open(ada.path)
    assert ada.status == 500
    assert "staff" not in ada.page
    assert "not your fault" in ada.page
    assert "FactMissing" in caplog.text
    assert ada.client.get(ada.path).headers["cache-control"] == "no-store"


def test_many_people_at_once_keep_their_own(town: Town) -> None:
    done = threading.Barrier(6)

    def live(name: str) -> str:
        visitor = town.visitor(name).begin()
        done.wait(30)
        visitor.send(name=f"I am {name}").send().send()
        return visitor.send("submit").page

    names = [f"person{number}" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(live, names))
    assert all(f"I am {name}" in page for name, page in zip(names, pages, strict=True))
