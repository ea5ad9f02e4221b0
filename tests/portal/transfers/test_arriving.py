"""省外调入: S121–S129; and a person who moves from one province to the other and back."""

import pytest

from examples.portal.exam.files import Status, file_of
from examples.portal.services.national import NationalState
from tests.portal.people import PASSWORD, ZHANG, ZHANG_MOBILE
from tests.portal.transfers.provinces import CHANGSHA, DISTRICT, Citizen, Nation, Province


@pytest.fixture
def left(guangdong: Province) -> Citizen:
    """张三, whom Guangdong lets go to Changsha."""
    guangdong.collect()
    zhang = guangdong.citizen()
    zhang.apply_to_leave()
    guangdong.clock.on(days=1)
    guangdong.review()
    assert guangdong.application().state == "approved"
    return zhang


@pytest.fixture
def arriving(left: Citizen, hunan: Province) -> Citizen:
    return Citizen(hunan.person().client, hunan)


def test_s121_nobody_arrives_whom_nobody_let_go(hunan: Province) -> None:
    stranger = Citizen(hunan.person().client, hunan)
    page = stranger.verify()
    assert page.status_code == 422
    assert "No completed transfer-out was found" in page.text
    assert ZHANG in page.text, "what was typed is kept"


def test_s121_another_name_is_not_found(arriving: Citizen) -> None:
    page = arriving.verify(name="李四")
    assert page.status_code == 422
    assert "No completed transfer-out was found" in page.text


def test_s124_the_code_must_be_right(arriving: Citizen) -> None:
    page = arriving.verify(sms_code="000000")
    assert page.status_code == 422
    assert "The code is wrong" in page.text


def test_s125_the_place_must_be_the_one_named_there(arriving: Citizen) -> None:
    page = arriving.verify(division="430200")
    assert page.status_code == 422
    assert "not the place named in your transfer-out" in page.text


def test_nothing_is_confirmed_that_was_not_verified(arriving: Citizen) -> None:
    assert arriving.get("/transfer/in/confirm").url.path == "/transfer/in"
    arriving.post("/transfer/in/confirm", {"password": PASSWORD}, page="/transfer/in")
    with arriving.world.office.accounts.reading() as connection:
        assert arriving.world.office.accounts.by_number(connection, ZHANG) is None


def test_s126_s127_s128_confirmed_reviewed_and_collected_there(
    arriving: Citizen, hunan: Province, guangdong: Province, left: Citizen
) -> None:
    page = arriving.verify()
    assert page.url.path == "/transfer/in/confirm"
    assert "张三" in page.text and ZHANG in page.text and "Changsha" in page.text
    assert arriving.confirm("short").status_code == 422
    page = arriving.confirm()
    assert page.url.path == "/login"
    assert "Your transfer in has been sent" in page.text
    assert hunan.arrival().state == "pending"
    assert "sms_code" not in hunan.arrival().values and "password" not in hunan.arrival().values
    arriving.log_in(ZHANG, PASSWORD)
    assert "under review" in arriving.get("/forms/accountant_collection").text
    arriving.post("/transfer/in/confirm", page="/transfer/in")
    hunan.clock.on(days=1)
    hunan.review()
    assert hunan.arrival().state == "approved"
    guangdong.review()
    assert guangdong.application().state == "received", "S119: the other place has been told"
    arriving.log_in(ZHANG, PASSWORD)
    begun = arriving.get("/forms/accountant_collection").text
    assert ">Start<" in begun, "S128: the collection follows"
    left.log_in()
    assert "your file here is closed" in left.get("/forms/accountant_collection").text


def test_withdrawn_meanwhile_nobody_is_received(
    arriving: Citizen, hunan: Province, guangdong: Province, left: Citizen
) -> None:
    arriving.verify()
    arriving.confirm()
    left.log_in()
    left.withdraw(guangdong.application())
    hunan.clock.on(days=1)
    hunan.review()
    arrival = hunan.arrival()
    assert arrival.state == "rejected"
    assert guangdong.application().state == "withdrawn"
    arriving.log_in(ZHANG, PASSWORD)
    page = arriving.get(f"/forms/transfer_in/records/{arrival.id}?lang=zh").text
    assert "没有查到可以接收的调出手续" in page


def test_the_platform_down_is_said_and_what_was_typed_is_kept(country: Nation) -> None:
    away = country.guangdong(environment={"PORTAL_NATIONAL_URL": "http://127.0.0.1:9"})
    person = Citizen(away.person().client, away)
    page = person.verify(division=DISTRICT)
    assert page.status_code == 503
    assert "does not answer" in page.text and ZHANG in page.text
    away.office.close()


def test_a_double_click_applies_once(arriving: Citizen, hunan: Province) -> None:
    arriving.verify()
    token = arriving.get("/transfer/in/confirm").text.partition('name="_csrf" value="')[2].partition('"')[0]
    typed = {"_csrf": token, "_action": "next", "password": PASSWORD, "password_repeat": PASSWORD}
    first = arriving.client.post("/transfer/in/confirm", data=typed)
    second = arriving.client.post("/transfer/in/confirm", data=typed)
    assert first.url.path == "/login" and second.status_code in (200, 409)
    with hunan.office.store.reading() as view:
        assert len(view.records(hunan.account_of().id, "transfer_in")) == 1


@pytest.mark.parametrize("guangdong", ["sqlite", "postgresql"], indirect=True)
def test_a_person_moves_to_the_other_province_and_back(arriving: Citizen, hunan: Province, guangdong: Province) -> None:
    arriving.verify()
    arriving.confirm()
    hunan.clock.on(days=1)
    hunan.review()
    guangdong.review()
    hunan.collect(division=CHANGSHA)
    hunan.review()
    assert guangdong.office.national.held_by(ZHANG) == "43"
    arriving.log_in(ZHANG, PASSWORD)
    arriving.apply_to_leave(DISTRICT)
    hunan.clock.on(days=1)
    hunan.review()
    assert hunan.application().state == "approved"
    back = Citizen(guangdong.person().client, guangdong)
    page = back.verify(division=DISTRICT)
    assert page.url.path == "/transfer/in/confirm"
    assert 'name="password"' not in page.text, "there is an account already"
    page = back.post("/transfer/in/confirm")
    assert page.url.path == "/login"
    guangdong.clock.on(days=1)
    guangdong.review()
    hunan.review()
    assert (guangdong.arrival().state, hunan.application().state) == ("approved", "received")
    assert hunan.office.national.held_by(ZHANG) == "44"
    back.log_in()
    with guangdong.office.store.reading() as view:
        record = view.records(guangdong.account_of().id, "accountant_collection")[0]
    page = back.get(f"/forms/accountant_collection/records/{record.id}").text
    assert "/change" in page.partition("<main")[2], "the file is open again"
    assert file_of(guangdong.office, ZHANG).status is Status.COLLECTED, "the exam system is told so too"
    assert file_of(hunan.office, ZHANG).status is Status.TRANSFERRED_OUT
    standing = guangdong.office.national.standings([guangdong.application().id])
    assert standing[guangdong.application().id].state is NationalState.RECEIVED


def test_an_account_is_asked_for_its_own_mobile(arriving: Citizen, hunan: Province, left: Citizen) -> None:
    arriving.verify()
    arriving.confirm()
    hunan.clock.on(minutes=2)
    other = Citizen(hunan.person().client, hunan)
    page = other.verify(mobile="13900139000")
    assert page.status_code == 422
    assert "mobile number of that account" in page.text
    assert ZHANG_MOBILE not in page.text


def test_s15_whom_another_province_holds_cannot_register_here(
    left: Citizen, guangdong: Province, hunan: Province
) -> None:
    assert left.world is guangdong
    stranger = hunan.person()
    page = stranger.register(name="张三", id_number=ZHANG)
    assert page.status_code == 422
    assert "Another place already holds a file" in page.text


def test_s122_the_way_in_is_found_without_a_login(hunan: Province) -> None:
    person = hunan.person()
    assert 'href="/transfer/in"' in person.get("/transfer").text
    page = person.get("/transfer/in").text
    for name in ("name", "id_number", "mobile", "sms_code", "division"):
        assert f'name="{name}"' in page, "S123: exactly the five"
    assert 'name="document_type"' not in page, "S129"


def test_s95_the_status_of_the_collection_is_on_the_account_page(guangdong: Province) -> None:
    zhang = guangdong.citizen()
    assert "未采集" in zhang.get("/account?lang=zh").text
    guangdong.collect()
    assert "信息已采集" in zhang.get("/account?lang=zh").text
