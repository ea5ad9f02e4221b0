"""What an edition declares of answers that are held is done where people meet it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from formkit.records.service import records_of
from tests.web.test_app_editions import NEXT, REQUIRED, Office, draft_of, half_way, submitted, told

ASKED = REQUIRED.replace("steps:", "changes:\n  phone: ask_again\nsteps:", 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.store.close()


def test_a_draft_is_asked_again_and_told_where(office: Office) -> None:
    ada = half_way(office)
    office.publish(ASKED)
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    assert "Steps to complete or to do again Who " in told(ada.page)
    ada.send(None)
    assert ada.step == "who"
    assert draft_of(office, ada) == {"name": "Ada"}


def test_a_change_of_a_record_answers_again_what_is_asked_again(office: Office) -> None:
    ada = submitted(office)
    record = ada.path
    office.publish(ASKED)
    ada.send(None, to=f"{record}/change", step="who")
    assert 'value="Ada"' in ada.page
    assert 'value="123"' not in ada.page
    assert "By the rules in force, please give these anew: Phone." in told(ada.page)
    ada.send("next", name="Ada", phone="")
    assert "Phone" in told(ada.page)
    assert ada.path != record
    ada.send("next", name="Ada", phone="456")
    (kept,) = records_of(office.store, owner="ada")
    assert kept.values["phone"] == "456"
    with office.store.reading() as view:
        (change,) = view.revisions(kept.id)[-1].changes
    assert (change.path, change.old, change.new) == ("phone", "123", "456")


def test_a_change_elsewhere_leads_to_what_is_asked_again(office: Office) -> None:
    ada = submitted(office)
    record = ada.path
    office.publish(ASKED)
    ada.send(None, to=f"{record}/change", step="why")
    ada.send("next", reason="very ill")
    assert records_of(office.store, owner="ada")[0].values["reason"] == "ill"
    assert "Phone" in told(ada.page)


def test_editions_that_a_draft_has_slept_through_do_each_what_they_declare(office: Office) -> None:
    ada = half_way(office)
    office.publish(ASKED)
    office.publish(NEXT.replace("2026-11-01", "2026-11-02").replace("phone: {", "mobile: {renamed_from: phone, "))
    ada.open(f"/deep/forms/leave/drafts/{ada.draft}")
    ada.send(None)
    assert draft_of(office, ada) == {"name": "Ada"}


NEW_FIELD = NEXT.replace(
    "      phone:", "      street: {type: text, label: {zh: 地址, en: Street}, required: true}\n      phone:"
)


@pytest.mark.parametrize("asked", [False, True])
def test_a_new_required_field_is_asked_of_old_records_where_that_is_declared(office: Office, asked: bool) -> None:
    ada = submitted(office)
    record = ada.path
    office.publish(NEW_FIELD.replace("steps:", "changes: {street: ask_again}\nsteps:", 1) if asked else NEW_FIELD)
    ada.send(None, to=f"{record}/change", step="why")
    assert ada.step == ("who" if asked else "why")
    if asked:
        assert "please give these anew: Street" in told(ada.page)
        ada.send("next", name="Ada", phone="123", street="Fleet Street 1")
        assert ada.path == record
        ada.send(None, to=f"{record}/change", step="why")
    ada.send("next", reason="very ill")
    assert ada.path == record
    (kept,) = records_of(office.store, owner="ada")
    assert (kept.values["reason"], kept.values.get("street")) == ("very ill", "Fleet Street 1" if asked else None)
