"""After submission: the state of an application, what a person may do, and what the host has to say in it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from formkit.calendars import WorkingDays
from formkit.compiler.calendars import load_calendar
from formkit.form import Form, Transition
from formkit.records.model import Record
from formkit.records.transitions import state_changes, take_due, take_transition
from formkit.texts import Text
from formkit.web import HostRefused, Person, SourceUnavailable
from tests.forms import form_of
from tests.web.people import SMALL, Town, Visitor

MOVE = """
    form: move
    title: {zh: 搬家, en: Moving}
    edition: 2023-05-26
    steps:
      about:
        title: {zh: 去哪里, en: Where to}
        fields:
          place: {type: text, label: {zh: 地方, en: Place}, required: true}
    workflow:
      start: pending
      states:
        pending: {label: {zh: 待审核, en: Under review}, note: {zh: 请等待, en: Please **wait**}}
        approved: {label: {zh: 审核通过, en: Approved}, national_status: {zh: 待接收, en: Awaiting receipt}}
        refused: {label: {zh: 不通过, en: Not approved}, final: true, reapply: true}
        withdrawn: {label: {zh: 已撤回, en: Withdrawn}, final: true, reapply: true}
      transitions:
        approve: {from: pending, to: approved, by: system, after: 1 working_day}
        refuse: {from: approved, to: refused, by: office, reason: true}
        withdraw: {from: approved, to: withdrawn, by: applicant, label: {zh: 撤回, en: Withdraw}}
        give_up: {from: [pending, approved], to: withdrawn, by: applicant, reason: true, label: {zh: 放弃, en: Give up}}
      while: {pending: read_only, approved: read_only, refused: open, withdrawn: open}
"""
CHINA = load_calendar(Path(__file__).parents[2] / "forms" / "calendars" / "china.yaml")


class Host:
    """A host with a say in it."""

    def __init__(self) -> None:
        self.bar: Text | None = None
        self.refusal: HostRefused | None = None
        self.told: list[tuple[str, str]] = []

    def barred(self, _person: Person, form: Form) -> Text | None:
        return self.bar if form.id == "small" else None

    def on_transition(self, _person: Person, _form: Form, record: Record, transition: Transition) -> None:
        self.told.append((transition.id, record.state or ""))
        if self.refusal:
            raise self.refusal


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def town(tmp_path: Path, host: Host) -> Town:
    more: Mapping[str, Any] = {"calendar": CHINA, "bar": host.barred, "on_transition": host.on_transition}
    return Town(tmp_path, forms={"move": form_of(MOVE), "small": form_of(SMALL)}, more=more)


@pytest.fixture
def ada(town: Town) -> Visitor:
    visitor = town.visitor().begin("move")
    visitor.send(place="Shenzhen").send("submit")
    return visitor


def record_id(visitor: Visitor) -> str:
    return visitor.path.rpartition("/")[2]


def approve(town: Town) -> None:
    town.clock.forward(days=2)
    take_due(town.store, town.forms["move"], town.clock(), facts=lambda _: {}, calendar=CHINA)


def ask(visitor: Visitor, transition: str) -> Visitor:
    return visitor.open(f"{visitor.path}/transitions/{transition}")


def test_what_is_submitted_shows_its_state_and_when_it_is_decided(town: Town, ada: Visitor) -> None:
    assert "Under review" in ada.page
    assert "<strong>wait</strong>" in ada.page
    assert "The system decides from 2026-11-24 on" in ada.page
    with town.store.reading() as view:
        record = view.record(record_id(ada))
    assert record is not None
    assert record.due == datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert "Change" not in ada.page.partition("<main")[2].replace("History of changes", "")
    assert "Under review" in ada.open("/deep/forms/move").page


def test_a_day_nobody_can_tell_yet_is_said(tmp_path: Path) -> None:
    town = Town(tmp_path, forms={"move": form_of(MOVE)}, more={"calendar": WorkingDays("none", {})})
    ada = town.visitor().begin("move").send(place="Shenzhen").send("submit")
    assert "Cannot be told yet" in ada.page


def test_the_history_of_states_says_who(town: Town, ada: Visitor) -> None:
    approve(town)
    page = ada.open(ada.path).page
    assert "Awaiting receipt" in page
    passages = page.partition('class="passages"')[2]
    assert passages.index("Under review") < passages.index("Approved")
    assert "You" in passages and "The system" in passages


def test_withdrawing_is_asked_and_then_done_once(town: Town, ada: Visitor, host: Host) -> None:
    approve(town)
    ada.open(ada.path)
    record = ada.path
    assert f"{record}/transitions/withdraw" in ada.page
    ask(ada, "withdraw")
    assert "Are you sure" in ada.page and "Withdrawn" in ada.page
    answer = ada.post(None)
    again = ada.post(None)
    assert (answer.status_code, again.status_code) == (303, 303)
    assert answer.headers["location"] == again.headers["location"] == f"{record}?taken=1"
    page = ada.open(record).page
    assert "Withdrawn" in page and "Apply again" in page
    assert host.told == [("withdraw", "approved")]
    with town.store.reading() as view:
        assert len(view.state_changes(record_id(ada.open(record)))) == 2


def test_a_reason_is_needed_where_the_form_says_so_and_what_is_typed_stays(ada: Visitor) -> None:
    record = ada.path
    ask(ada, "give_up")
    ada.send(None, reason="  ")
    assert ada.status == 422
    assert "Please give a reason" in ada.page
    ada.send(None, reason="x" * 1001)
    assert ada.status == 422
    assert "x" * 1001 in ada.page
    ada.send(None, reason="<b>no longer</b>")
    assert ada.path == record
    assert "&lt;b&gt;no longer&lt;/b&gt;" in ada.page


@pytest.mark.parametrize("transition", ["withdraw", "approve", "refuse", "none"])
def test_what_is_not_open_to_the_person_is_told_with_the_state(ada: Visitor, transition: str, host: Host) -> None:
    token = ask(ada, "give_up").hidden
    page = ada.open(ada.path.replace("give_up", transition))
    assert page.status == 409
    assert "Under review" in page.page
    assert ada.client.post(ada.path, data=token).status_code == 409
    assert host.told == []


def test_somebody_elses_application_is_not_there(town: Town, ada: Visitor) -> None:
    eve = town.visitor("eve").begin("move")
    assert eve.open(f"{ada.path}/transitions/give_up").status == 404
    assert eve.open(f"{ada.path}/history").status == 404


def test_the_host_may_refuse_and_nothing_is_taken(town: Town, ada: Visitor, host: Host) -> None:
    approve(town)
    record = ada.path
    host.refusal = HostRefused(Text({"zh": "已被接收", "en": "It has been received <there>"}))
    ask(ada, "withdraw").send(None)
    assert ada.status == 409
    assert "It has been received &lt;there&gt;" in ada.page
    assert "Approved" in ada.open(record).page


def test_a_service_that_is_down_is_said_and_it_can_be_tried_again(town: Town, ada: Visitor, host: Host) -> None:
    approve(town)
    record = ada.path
    host.refusal = SourceUnavailable(Text({"zh": "全国平台连不上", "en": "The national platform does not answer"}))
    page = ask(ada, "withdraw")
    answer = ada.post(None)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "does not answer" in answer.text
    host.refusal = None
    page.send(None)
    assert ada.path == record
    assert "Withdrawn" in ada.page


class TestBarred:
    """While the host says no, everything can be read and nothing changes."""

    @pytest.fixture
    def ada(self, town: Town) -> Visitor:
        visitor = town.visitor().begin()
        visitor.send(name="Ada").send().send()
        return visitor.send("submit")

    def test_nothing_can_be_changed_and_why_is_said(self, ada: Visitor, host: Host) -> None:
        record, token = ada.path, ada.hidden
        host.bar = Text({"zh": "调出办理中", "en": "A transfer is under way"})
        assert "A transfer is under way" in ada.open(record).page
        assert "/change" not in ada.page
        answer = ada.client.post(f"{record}/change", data={**token, "step": "about"})
        assert answer.status_code == 409
        assert "A transfer is under way" in answer.text

    def test_a_change_that_was_open_is_kept_and_not_made(self, ada: Visitor, host: Host) -> None:
        record = ada.path
        ada.open(record).send(None, step="about")
        step = ada.path
        host.bar = Text({"zh": "调出办理中", "en": "A transfer is under way"})
        assert "A transfer is under way" in ada.open(step).page
        answer = ada.post(name="Countess")
        assert answer.status_code == 409
        assert "Countess" not in ada.open(record).page
        host.bar = None
        assert "Countess" in ada.open(step).page, "what was typed is kept"
        ada.send(name="Countess")
        assert ada.path == record
        assert "Countess" in ada.page

    def test_nothing_is_begun(self, town: Town, host: Host) -> None:
        host.bar = Text({"zh": "调出办理中", "en": "A transfer is under way"})
        eve = town.visitor("eve").open("/deep/forms/small")
        assert "A transfer is under way" in eve.page
        assert ">Start<" not in eve.page


class TestHistory:
    def test_it_says_what_changed_from_what_to_what(self, town: Town) -> None:
        ada = town.visitor().begin()
        ada.send(name="Ada", level="low").send().send("next", _add="awards")
        row = ada.page.partition('name="awards.')[2].partition(".")[0]
        ada.send(**{f"awards.{row}.prize": "Gold"})
        ada.send("submit")
        record = ada.path
        assert "/history" not in ada.page
        ada.open(record).send(None, step="about")
        ada.send(name="<i>Countess</i>", level="high", reason="because")
        page = ada.open(f"{record}/history").page
        assert "First submitted" in page
        assert "<del" in page and ">Ada</del>" in page
        assert "&lt;i&gt;Countess&lt;/i&gt;" in page
        assert ">Low</del>" in page and ">High</ins>" in page
        assert page.index("because") < page.index("First submitted"), "the latest first"


def test_only_the_block_that_was_chosen_is_changed(town: Town) -> None:
    ada = town.visitor().begin()
    ada.send(name="Ada").send().send().send("submit")
    record = ada.path
    ada.open(record).send(None, step="about")
    ada.send("save", name="Left behind")
    ada.open(record).send(None, step="more")
    ada.send(school__title="Somewhere")
    assert ada.path == record
    assert "Somewhere" in ada.page
    assert "Left behind" not in ada.page


def test_what_a_change_makes_necessary_elsewhere_is_asked_before_anything_counts(tmp_path: Path) -> None:
    text = SMALL.replace("papers: {type: file,", "papers: {type: file, required_when: {level: high},")
    town = Town(tmp_path, forms={"small": form_of(text)})
    ada = town.visitor().begin()
    ada.send(name="Ada", level="low").send().send().send("submit")
    record = ada.path
    ada.open(record).send(None, step="about")
    ada.send(name="Ada", level="high", reason="because")
    assert ada.step == "more"
    assert "does not count yet" in ada.page
    with town.store.reading() as view:
        kept = view.record(record_id(ada.open(record)))
    assert kept is not None and kept.values["level"] == "low"


REVIEWED = """
    form: file
    title: {zh: 档案, en: File}
    edition: 2023-05-26
    steps:
      about:
        title: {zh: 您, en: You}
        fields:
          name: {type: text, label: {zh: 名字, en: Name}, required: true}
    workflow:
      start: in_review
      after_change: in_review
      states:
        in_review: {label: {zh: 待审核, en: In review}}
        approved: {label: {zh: 审核通过, en: Approved}}
        refused: {label: {zh: 审核不通过, en: Refused}}
      transitions:
        approve: {from: in_review, to: approved, by: office}
        refuse: {from: in_review, to: refused, by: office, reason: true}
      while: {in_review: read_only}
"""


def test_a_record_that_is_reviewed_is_changed_between_reviews_and_reviewed_again(tmp_path: Path) -> None:
    town = Town(tmp_path, forms={"file": form_of(REVIEWED)})
    ada = town.visitor().begin("file")
    ada.send(name="Ada").send("submit")
    record = ada.path
    assert "In review" in ada.page
    assert "/change" not in ada.page

    def decide(transition: str, reason: str | None = None) -> None:
        town.clock.forward(hours=1)
        outcome = take_transition(
            town.store, town.forms["file"], record.rpartition("/")[2], transition,
            by="office", actor="clerk", now=town.clock(), facts={}, reason=reason,
        )  # fmt: skip
        assert outcome.change

    decide("refuse", "写全名")
    ada.open(record)
    assert "Refused" in ada.page
    assert "写全名" in ada.page
    ada.send(None, to=f"{record}/change", step="about")
    ada.send(name="Ada Lovelace")
    assert ada.path == record
    assert "In review" in ada.page
    decide("approve")
    assert "Approved" in ada.open(record).page
    assert "begin" not in town.visitor().open("/deep/forms/file").page.lower().partition("<form")[0]
    states = [one.target for one in state_changes(town.store, record.rpartition("/")[2])]
    assert states == ["refused", "in_review", "approved"]


def test_who_opened_a_change_cannot_send_it_while_the_record_is_looked_at(tmp_path: Path) -> None:
    town = Town(tmp_path, forms={"file": form_of(REVIEWED.replace("start: in_review", "start: approved"))})
    ada = town.visitor().begin("file")
    ada.send(name="Ada").send("submit")
    record = ada.path
    ada.send(None, to=f"{record}/change", step="about")
    with town.store.transaction() as tx:
        kept = tx.record(record.rpartition("/")[2])
        assert kept
        tx.replace_record(replace(kept, state="in_review"), revision=1)
    assert ada.send(name="Eve").status == 409
    with town.store.reading() as view:
        kept = view.record(record.rpartition("/")[2])
    assert kept is not None
    assert kept.values == {"name": "Ada"}
