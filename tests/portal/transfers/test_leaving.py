"""调出省外申请: S107–S120, from the page to the national platform and back."""

import shutil
from pathlib import Path

import pytest

from examples.portal.services.national import NationalState
from examples.portal.settings import FORMS
from tests.portal.people import ZHANG
from tests.portal.transfers.provinces import Citizen, Nation, Province


@pytest.fixture
def zhang(guangdong: Province) -> Citizen:
    guangdong.collect()
    return guangdong.citizen()


def decided(province: Province, *people: Citizen) -> None:
    """The next working day, and a turn of the loop; whoever was signed in has to sign in again."""
    province.clock.on(days=1)
    province.review()
    for person in people:
        person.log_in()


def test_s108_nobody_leaves_who_was_not_collected(guangdong: Province) -> None:
    page = guangdong.citizen().get("/forms/transfer_out").text
    assert "finish the collection before you apply" in page
    assert ">Start<" not in page


def test_s107_s114_s115_s118_applied_reviewed_and_told(zhang: Citizen, guangdong: Province) -> None:
    page = zhang.apply_to_leave().text
    assert "Under review" in page
    record = guangdong.application()
    assert (record.state, record.values["destination"]) == ("pending", "430100")
    guangdong.review()
    assert guangdong.office.national.standings([record.id])[record.id].state is NationalState.PENDING
    assert guangdong.application().state == "pending", "it is not due yet"
    decided(guangdong, zhang)
    assert guangdong.application().state == "approved"
    assert guangdong.office.national.standings([record.id])[record.id].state is NationalState.AWAITING_RECEIPT
    page = zhang.get(f"/forms/transfer_out/records/{record.id}").text
    assert "Approved" in page and "Awaiting the receiving place" in page and "/transitions/withdraw" in page


def test_s109_meanwhile_the_file_and_the_courses_are_only_looked_at(zhang: Citizen, guangdong: Province) -> None:
    file = guangdong.office.store
    with file.reading() as view:
        record = view.records(guangdong.account_of().id, "accountant_collection")[0]
    token = _token(zhang, f"/forms/accountant_collection/records/{record.id}")
    zhang.apply_to_leave()
    page = zhang.get(f"/forms/accountant_collection/records/{record.id}")
    assert "can be viewed only" in page.text
    assert "/change" not in page.text.partition("<main")[2]
    answer = zhang.client.post(
        f"/forms/accountant_collection/records/{record.id}/change",
        data={"_csrf": token, "step": "work"},
    )
    assert answer.status_code == 409
    assert zhang.post("/education", {"course": "2025-professional"}, page="/account").status_code == 409
    decided(guangdong, zhang)
    assert zhang.withdraw(guangdong.application()).status_code == 200
    page = zhang.get(f"/forms/accountant_collection/records/{record.id}").text
    assert "/change" in page.partition("<main")[2], "withdrawn: it is open again"


def _token(person: Citizen, path: str) -> str:
    return person.get(path).text.partition('name="_csrf" value="')[2].partition('"')[0]


def test_s116_withdrawn_after_approval_and_told_to_the_platform(zhang: Citizen, guangdong: Province) -> None:
    zhang.apply_to_leave()
    record = guangdong.application()
    assert zhang.get(f"/forms/transfer_out/records/{record.id}/transitions/withdraw").status_code == 409, "not yet"
    decided(guangdong, zhang)
    page = zhang.withdraw(record).text
    assert "Withdrawn" in page and "Apply again" in page
    assert guangdong.application().state == "withdrawn"
    assert guangdong.office.national.standings([record.id])[record.id].state is NationalState.WITHDRAWN
    guangdong.review()
    assert guangdong.application().state == "withdrawn"


def test_s117_s120_once_at_a_time_and_again_after_it_ended(zhang: Citizen, guangdong: Province) -> None:
    zhang.apply_to_leave()
    assert "cannot apply twice" in zhang.get("/forms/transfer_out").text
    answer = zhang.client.post("/forms/transfer_out", data={"_csrf": _token(zhang, "/account")})
    assert answer.status_code in (403, 409)
    decided(guangdong, zhang)
    zhang.withdraw(guangdong.application())
    zhang.apply_to_leave("430200")
    assert guangdong.application().state == "pending"
    assert guangdong.application().values["destination"] == "430200"


def test_s115_a_file_with_gaps_is_refused_and_the_gaps_are_named(guangdong: Province) -> None:
    guangdong.collect(email=None)
    zhang = guangdong.citizen()
    zhang.apply_to_leave()
    decided(guangdong, zhang)
    record = guangdong.application()
    assert record.state == "rejected"
    page = zhang.get(f"/forms/transfer_out/records/{record.id}?lang=zh").text
    assert "审核不通过" in page and "电子邮箱" in page and "重新申请" in page


def test_s115_undecided_while_the_platform_does_not_answer(country: Nation) -> None:
    guangdong = country.guangdong()
    guangdong.collect()
    zhang = guangdong.citizen()
    zhang.apply_to_leave()
    guangdong.office.close()
    away = country.guangdong(environment={"PORTAL_NATIONAL_URL": "http://127.0.0.1:9"})
    country.clock.on(days=1)
    away.review()
    assert away.application().state == "pending"
    away.office.close()
    back = country.guangdong()
    back.review()
    assert back.application().state == "approved"
    back.office.close()


def test_s113_only_jpegs_by_content(zhang: Citizen, guangdong: Province) -> None:
    begun = zhang.press("/forms/transfer_out", {})
    typed = {"destination": "430100", "reason": "x", "_action": "next"}
    png = [("attachments", ("a.jpg", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "image/jpeg"))]
    page = zhang.press(str(begun.url), typed, files=png)
    assert page.status_code == 422
    assert 'value="430100" selected' in page.text, "nothing typed is lost"


def test_s119_received_there_it_cannot_be_withdrawn(zhang: Citizen, guangdong: Province, hunan: Province) -> None:
    zhang.apply_to_leave()
    decided(guangdong, zhang)
    record = guangdong.application()
    hunan.office.national.receive(record.id, "a-receipt-of-hunan")
    answer = zhang.withdraw(record)
    assert answer.status_code == 409
    assert "can no longer be withdrawn" in answer.text
    assert guangdong.application().state == "received"
    page = zhang.get(f"/forms/transfer_out/records/{record.id}").text
    assert "Received" in page and "/transitions/withdraw" not in page


def test_withdrawing_while_the_platform_is_down_changes_nothing_and_can_be_tried_again(country: Nation) -> None:
    guangdong = country.guangdong()
    guangdong.collect()
    zhang = guangdong.citizen()
    zhang.apply_to_leave()
    decided(guangdong, zhang)
    guangdong.office.close()
    away = country.guangdong(environment={"PORTAL_NATIONAL_URL": "http://127.0.0.1:9"})
    zhang = away.citizen()
    answer = zhang.withdraw(away.application())
    assert answer.status_code == 503
    assert "Nothing was done" in answer.text
    assert away.application().state == "approved"
    away.office.close()


def test_more_working_days_are_an_edit_of_the_yaml_alone(country: Nation, guangdong: Province) -> None:
    guangdong.collect()
    zhang = guangdong.citizen()
    zhang.apply_to_leave()
    guangdong.office.close()
    forms = country.folder / "forms"
    text = (forms_of(country) / "transfer.yaml").read_text(encoding="utf-8")
    (forms / "transfer.yaml").write_text(
        text.replace("after: 1 working_day", "after: 3 working_days"), encoding="utf-8"
    )
    slower = country.guangdong(environment={"PORTAL_FORMS": str(forms)})
    country.clock.on(days=1)
    slower.review()
    assert slower.application().state == "pending"
    country.clock.on(days=2)
    slower.review()
    assert slower.application().state == "approved"
    slower.office.close()


def test_one_more_state_is_an_edit_of_the_yaml_alone(country: Nation) -> None:
    text = (forms_of(country) / "transfer.yaml").read_text(encoding="utf-8")
    text = text.replace(STATE_BEFORE, f"{NEW_STATE}{STATE_BEFORE}", 1).replace(WAY_BEFORE, NEW_WAY, 1)
    text = text.replace("while: {pending: read_only,", "while: {checking: read_only, pending: read_only,", 1)
    (country.folder / "forms" / "transfer.yaml").write_text(text, encoding="utf-8")
    province = country.guangdong(environment={"PORTAL_FORMS": str(country.folder / "forms")})
    province.collect()
    zhang = province.citizen()
    zhang.apply_to_leave()
    decided(province, zhang)
    record = province.application()
    assert record.state == "checking"
    assert "复核中" in zhang.get(f"/forms/transfer_out/records/{record.id}?lang=zh").text
    decided(province, zhang)
    assert province.application().state == "approved"
    province.office.close()


STATE_BEFORE = "    approved:\n      label: {zh: 审核通过, en: Approved}\n      national_status"
NEW_STATE = "    checking:\n      label: {zh: 复核中, en: Second look}\n"
WAY_BEFORE = "      from: pending\n      to: approved\n"
NEW_WAY = (
    "      from: checking\n      to: approved\n      by: system\n      after: 1 working_day\n"
    "      label: {zh: 复核通过, en: Second look passed}\n    pass_on:\n      from: pending\n      to: checking\n"
)


def forms_of(country: Nation) -> Path:
    forms = country.folder / "forms"
    if not forms.exists():
        shutil.copytree(FORMS, forms)
    return forms


def test_s15_the_platform_is_told_of_every_file(zhang: Citizen, guangdong: Province, hunan: Province) -> None:
    assert hunan.office.national.held_by(ZHANG) is None
    guangdong.review()
    guangdong.review()
    assert hunan.office.national.held_by(ZHANG) == "44"
    assert hunan.office.national.collected_elsewhere(ZHANG)


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        ("accounting", "proof of your work"),
        ("non_accounting", "proof of your work"),
        ("unemployed", "ask the finance department"),
        ("student", "ask the finance department"),
    ],
)
def test_s110_s111_s112_what_to_attach_follows_the_status_on_file(guangdong: Province, status: str, hint: str) -> None:
    guangdong.collect(employment_status=status)
    zhang = guangdong.citizen()
    page = zhang.get(str(zhang.press("/forms/transfer_out", {}).url)).text
    assert hint in page
