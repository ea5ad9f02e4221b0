"""An edition is published while people are at work: nothing typed is lost, and everybody is told what changed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from formkit.compiler import Compiler
from formkit.editions import Editions, publish, read_edition, roll_back
from formkit.records.attachments import sweep
from formkit.records.model import Edition
from formkit.records.service import load_draft, records_of
from formkit.storage import DirectoryAttachments, open_store
from tests.web.people import Town, Visitor, picture

COMPILER = Compiler()
FIRST = """\
form: leave
title: {zh: 请假, en: Leave}
edition: 2026-01-01
steps:
  who:
    title: {zh: 谁, en: Who}
    fields:
      name: {type: text, label: {zh: 名字, en: Name}, required: true}
      phone: {type: text, label: {zh: 电话, en: Phone}}
  why:
    title: {zh: 事由, en: Why}
    fields:
      reason: {type: text, label: {zh: 理由, en: Reason}, required: true, max_length: 40}
      from_day: {type: date, label: {zh: 从哪天, en: From}}
"""
NEXT = FIRST.replace("2026-01-01", "2026-11-01")
REQUIRED = NEXT.replace("en: Phone}}", "en: Phone}, required: true}")
RENAMED = NEXT.replace("      phone: {", "      mobile: {renamed_from: phone, ")
DECIDED = NEXT.replace("max_length: 40", "max_length: 10")
TODAY = "2026-11-23"


class Office(Town):
    """A town whose form is published from its store."""

    def __init__(self, folder: Path) -> None:
        self.shipped = {"leave": edition(FIRST, folder)}
        super().__init__(folder)

    def __post_init__(self) -> None:
        store = open_store(self.folder / "test.db")
        self.forms = Editions(store, self.shipped, compiler=COMPILER, clock=self.clock, look_again=0)  # type: ignore[assignment]
        super().__post_init__()

    def publish(self, text: str, **drafts: str) -> None:
        if drafts:
            listed = ", ".join(f"{name}: {value}" for name, value in drafts.items())
            text = text.replace("steps:", f"drafts: {{{listed}}}\nsteps:", 1)
        self.clock.forward(minutes=1)
        publish(self.store, edition(text, self.folder), compiler=COMPILER, at=self.clock(), actor="office")

    def roll_back(self) -> None:
        self.clock.forward(minutes=1)
        roll_back(self.store, "leave", at=self.clock(), actor="office")


def edition(text: str, folder: Path) -> Edition:
    file = folder / "leave.yaml"
    file.write_text(text, "utf-8")
    return read_edition(file, "leave", COMPILER)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.store.close()


def half_way(office: Office, **typed: str) -> Visitor:
    """Ada, who has filled in the first step and is at the second."""
    ada = office.visitor().begin("leave")
    ada.send(**{"name": "Ada", "phone": "123", **typed})
    assert ada.step == "why"
    return ada


def told(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)))


def draft_of(office: Office, ada: Visitor) -> dict[str, object]:
    return dict(load_draft(office.store, ada.draft, owner="ada").answers)


def test_who_comes_back_is_told_what_changed_and_which_steps_to_do_again(office: Office) -> None:
    ada = half_way(office, phone="")
    office.publish(REQUIRED)
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    assert ada.step == "edition"
    page = told(ada.page)
    assert "from 2026-11-01 on a new edition applies (you filled in the one of 2026-01-01)" in page
    assert "Phone" in page
    assert re.search(r"Steps to complete or to do again Who ", page)
    ada.send(None)
    assert ada.step == "who"
    assert 'value="Ada"' in ada.page
    assert "Reason" not in ada.page
    ada.send(name="Ada", phone="456")
    assert ada.step == "why"
    with office.store.reading() as view:
        actions = [entry.action for entry in view.audit_entries(ada.draft)]
    assert actions == ["moved_to_edition"]


def test_what_is_typed_on_a_page_of_the_old_edition_is_kept(office: Office) -> None:
    ada = half_way(office)
    office.publish(RENAMED)
    ada.send("next", reason="typed before I knew")
    assert ada.step == "edition"
    ada.send(None)
    assert draft_of(office, ada)["reason"] == "typed before I knew"
    assert draft_of(office, ada)["mobile"] == "123"
    assert "phone" not in draft_of(office, ada)


def test_what_is_saved_by_itself_meanwhile_is_kept_too(office: Office) -> None:
    ada = half_way(office)
    office.publish(REQUIRED)
    saved = ada.client.post(
        f"{ada.action}/autosave", data={**ada.hidden, "reason": "by itself"}, headers={"accept": "application/json"}
    )
    assert saved.status_code == 200
    assert draft_of(office, ada)["reason"] == "by itself"


def test_nothing_is_submitted_in_an_edition_that_has_gone(office: Office) -> None:
    ada = half_way(office)
    ada.send("next", reason="ill")
    assert ada.step == "check"
    office.publish(REQUIRED)
    ada.send("submit")
    assert ada.step == "edition"
    assert not records_of(office.store, owner="ada")
    ada.send(None)
    assert ada.step == "check"
    ada.send("submit")
    (record,) = records_of(office.store, owner="ada")
    assert record.edition == "2026-11-01"


def test_drafts_may_keep_their_edition_until_a_day(office: Office) -> None:
    ada = half_way(office)
    office.publish(REQUIRED, when_published="keep", until="2026-12-31")
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    assert ada.step == "why"
    assert "You are filling in the edition of 2026-01-01; submit it by 2026-12-31" in told(ada.page)
    ada.send("next", reason="ill")
    ada.send("submit")
    (record,) = records_of(office.store, owner="ada")
    assert record.edition == "2026-01-01"

    bob = office.visitor("bob").begin("leave")
    assert "You are filling in the edition" not in told(bob.page)


def test_after_that_day_they_move(office: Office) -> None:
    ada = half_way(office)
    office.publish(REQUIRED, when_published="keep", until="2026-11-23")
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    assert ada.step == "why"
    office.clock.forward(days=1)
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    assert ada.step == "edition"


def test_a_draft_may_have_to_begin_anew(office: Office) -> None:
    ada = half_way(office)
    office.publish(REQUIRED, when_published="restart")
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    assert "filled in anew" in told(ada.page)
    assert draft_of(office, ada)["name"] == "Ada"
    ada.send(None)
    assert ada.step == "who"
    assert draft_of(office, ada) == {}
    office.roll_back()
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    ada.send(None)
    assert draft_of(office, ada)["name"] == "Ada"


def test_the_day_of_an_answer_decides_between_editions_that_are_valid_at_once(office: Office) -> None:
    ada = half_way(office)
    office.publish(DECIDED, decided_by="from_day")
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    assert ada.step == "why"
    ada.send("next", reason="a long reason, taken before", from_day="2026-10-01")
    ada.send("submit")
    (record,) = records_of(office.store, owner="ada")
    assert (record.edition, record.values["reason"]) == ("2026-01-01", "a long reason, taken before")

    bob = office.visitor("bob").begin("leave")
    bob.send(name="Bob")
    bob.send("save", reason="short", from_day="2026-10-01")
    assert bob.step == "edition"
    assert "The edition that applies to you is that of 2026-01-01" in told(bob.page)
    bob.send(None)
    bob.send("save", reason="short", from_day="2026-11-02")
    assert bob.step == "edition"


def test_going_back_brings_a_draft_back_with_all_it_had(office: Office) -> None:
    ada = half_way(office)
    office.publish(NEXT.replace("      phone: {type: text, label: {zh: 电话, en: Phone}}\n", ""))
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    ada.send(None)
    assert "phone" not in draft_of(office, ada)
    ada.send("save", reason="more")
    office.roll_back()
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    assert ada.step == "edition"
    ada.send(None)
    found = draft_of(office, ada)
    assert (found["phone"], found["reason"]) == ("123", "more")


def test_an_uploaded_file_comes_along_and_outlives_the_sweep(office: Office) -> None:
    with_file = NEXT.replace(
        "      from_day:", "      proof: {type: file, label: {zh: 证明, en: Proof}, max_files: 2}\n      from_day:"
    )
    office.publish(with_file)
    ada = half_way(office)
    ada.send("save", files={"proof": ("a.png", picture(), "image/png")}, reason="see the file")
    office.publish(with_file.replace("proof: {", "evidence: {renamed_from: proof, "))
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    ada.send(None)
    ada.send("save", reason="see the file still")
    assert "a.png" in str(draft_of(office, ada)["evidence"])
    office.publish(NEXT)
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    ada.send(None)
    assert "evidence" not in draft_of(office, ada)
    assert (
        sweep(
            office.store, DirectoryAttachments(office.folder / "files"), now=office.clock() + timedelta(days=9)
        ).attachments
        == 0
    )


def submitted(office: Office, **typed: str) -> Visitor:
    ada = half_way(office, **typed)
    ada.send("next", reason="ill")
    ada.send("submit")
    assert "/records/" in ada.path
    return ada


def test_an_old_record_is_read_in_its_edition_and_changed_by_what_changes(office: Office) -> None:
    ada = submitted(office, phone="")
    record = ada.path
    office.publish(RENAMED.replace("max_length: 40", "max_length: 2").replace("en: Phone}}", "en: Mobile}}"))
    ada.open(record)
    assert "Phone" in ada.page
    assert "Mobile" not in ada.page
    ada.send(None, to=f"{record}/change", step="who")
    assert ada.step == "who"
    assert "Mobile" in ada.page
    ada.send("next", name="Ada", mobile="789")
    assert ada.path == record, told(ada.page)
    (kept,) = records_of(office.store, owner="ada")
    assert (kept.values["mobile"], kept.values["reason"], kept.edition) == ("789", "ill", "2026-11-01")
    assert "phone" not in kept.values
    ada.open(f"{record}/history")
    assert "Mobile" in ada.page


def test_a_change_begun_before_is_told_as_well(office: Office) -> None:
    ada = submitted(office, phone="")
    record = ada.path
    ada.send(None, to=f"{record}/change", step="who")
    ada.send("save", phone="1")
    office.publish(RENAMED)
    ada.send(None, to=f"{record}/change", step="why")
    assert ada.step == "edition"
    ada.send(None)
    assert draft_of(office, ada)["mobile"] == "1"


def test_the_stylesheet_of_every_edition_is_served(office: Office) -> None:
    hidden = "visible_when: {name: Ada}, "
    ada = half_way(office)
    office.publish(NEXT.replace("phone: {", f"phone: {{{hidden}"), when_published="keep")
    bob = office.visitor("bob").begin("leave")
    for visitor in (ada, bob):
        (sheet,) = re.findall(r'href="([^"]*/leave-[0-9a-f]+\.css)"', visitor.page) or [""]
        found = visitor.client.get(sheet)
        assert found.status_code == 200
        assert found.headers["content-type"] == "text/css; charset=utf-8"
    assert ada.client.get(re.sub("leave-[0-9a-f]+", "leave-0", sheet)).status_code == 404


def test_who_tries_another_persons_draft_learns_nothing(office: Office) -> None:
    ada = half_way(office)
    office.publish(REQUIRED)
    bob = office.visitor("bob").open(f"/deep/forms/leave/drafts/{ada.draft}/edition")
    assert bob.status == 404
    assert "Ada" not in bob.page


def test_a_move_from_a_page_that_is_old_by_now_loses_nothing(office: Office) -> None:
    ada = half_way(office)
    office.publish(REQUIRED)
    page = office.visitor().open(f"/deep/forms/leave/drafts/{ada.draft}/edition")
    ada.send("save", reason="meanwhile")
    page.send(None)
    assert page.status == 409
    ada.send(None)
    assert draft_of(office, ada)["reason"] == "meanwhile"
