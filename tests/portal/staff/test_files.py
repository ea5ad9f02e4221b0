"""What staff find and open: their own divisions only, masked until a reason is given, and never without a trace."""

import logging
from io import BytesIO

import pytest
from PIL import Image

from formkit.records.model import Attachment, AuditEntry, Record
from tests.portal.exam.examiners import Archive
from tests.portal.people import ZHANG, ZHANG_MOBILE, World
from tests.portal.staff.officers import Officer, officer

REASON = "本人来电咨询变更情况"


@pytest.fixture
def archive(world: World) -> Archive:
    return Archive(world.office, world.clock.now)


@pytest.fixture
def file(archive: Archive) -> Record:
    return archive.keep()


def search(who: Officer, text: str, by: str = "number") -> str:
    page = who.post("/staff/search", {"by": by, "text": text})
    assert page.status_code == 200
    assert page.url.path == "/staff/search"
    return page.text


def entries(world: World, subject: str) -> tuple[AuditEntry, ...]:
    with world.office.store.reading() as view:
        return view.audit_entries(subject)


@pytest.mark.parametrize(
    ("by", "text"),
    [("number", "440106 19880808 908x"), ("name", "张三"), ("mobile", "138 0013 8000"), ("receipt", " c1 ")],
)
def test_a_file_is_found_by_an_exact_word_and_shown_masked(file: Record, city: Officer, by: str, text: str) -> None:
    page = search(city, text, by)
    assert f'href="/staff/files/{file.id}">张*</a>' in page
    for shown in ("440***********908X", "138****8000", "Tianhe", "C1", "Collected"):
        assert shown in page
    for hidden in (ZHANG, ZHANG_MOBILE, "张三"):
        assert hidden not in page.replace(f'value="{text}"', "")
    assert "Found: 0" in search(city, "不在", by)


@pytest.mark.parametrize(("name", "sees"), [("tianhe", True), ("nansha", False), ("foshan", False), ("province", True)])
def test_each_sees_the_people_of_their_divisions_alone(world: World, file: Record, name: str, sees: bool) -> None:
    one = officer(world, name)
    assert (f"/staff/files/{file.id}" in search(one, ZHANG)) is sees
    path = f"/staff/files/{file.id}"
    for answer in (one.get(path), one.send(path, {"reason": REASON}), one.get(f"{path}/attachments/{'e' * 32}")):
        assert answer.status_code == (200 if sees and "attachments" not in str(answer.url) else 404)


def test_support_learns_that_there_is_an_account_and_nothing_of_its_file(world: World, file: Record) -> None:
    world.person(**{"user-agent": "Somebody's browser"}).log_in()
    one = officer(world, "support")
    for page in (search(one, ZHANG), search(one, "C1", "receipt")):
        assert "440***********908X" in page
        assert "Somebody" in page
        assert ZHANG not in page
        assert file.id not in page
        assert "Tianhe" not in page
    assert one.get(f"/staff/files/{file.id}").status_code == 403


def test_a_record_is_opened_for_a_reason_and_for_a_quarter_of_an_hour(
    world: World, file: Record, city: Officer
) -> None:
    path = f"/staff/files/{file.id}"
    asked = city.get(path).text
    assert ZHANG not in asked
    assert "440***********908X" in asked
    for reason in ("", " x ", f"查 {ZHANG_MOBILE} 的档案", "长" * 201):
        assert city.post(path, {"reason": reason}).status_code == 422
    assert ZHANG not in city.get(path).text
    opened = city.post(path, {"reason": REASON})
    assert opened.url.path == path
    for shown in (ZHANG, ZHANG_MOBILE, "zhang.san@example.com", REASON, "中山大学"):
        assert shown in opened.text
    [entry] = entries(world, file.id)
    assert (entry.action, entry.actor, entry.at) == ("file_opened", city.member.id, world.clock.now)
    assert entry.details == {"staff": "city", "reason": REASON}
    world.clock.on(minutes=14)
    assert ZHANG in city.get(path).text
    world.clock.on(minutes=2)
    assert ZHANG not in city.get(path).text


def test_what_one_has_opened_is_not_open_to_another_who_sees_the_trail(
    world: World, file: Record, city: Officer, tianhe: Officer
) -> None:
    path = f"/staff/files/{file.id}"
    city.post(path, {"reason": REASON})
    page = tianhe.get(path).text
    assert ZHANG not in page
    assert REASON in page
    assert ">city</td>" in page


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (30, 40), "#9fc3e8").save(made, "JPEG")
    return made.getvalue()


def attach(world: World, record: Record | None, number: str = "a", media_type: str = "image/jpeg") -> str:
    row = Attachment(
        id=number * 32,
        owner="zhang",
        path="portrait",
        name="photo.jpg",
        media_type=media_type,
        size=1,
        sha256="0" * 64,
        created=world.clock.now,
        record=record.id if record else None,
    )
    world.office.files.keep(row.id, picture())
    with world.office.store.transaction() as tx:
        tx.add_attachment(row)
    return row.id


def test_an_attachment_is_seen_within_the_opened_record_alone_in_a_sandbox_and_leaves_a_trace(
    world: World, archive: Archive, city: Officer
) -> None:
    file, other = archive.keep(), archive.keep(owner="li", number="C2")
    own, strange = attach(world, file), attach(world, other, "b")
    html = attach(world, file, "c", "text/html")
    path = f"/staff/files/{file.id}"
    assert city.get(f"{path}/attachments/{own}").url.path == path, "asked for the reason"
    city.post(path, {"reason": REASON})
    answer = city.get(f"{path}/attachments/{own}")
    assert answer.content == picture()
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert city.get(f"{path}/attachments/{html}").headers["content-disposition"].startswith("attachment")
    assert city.get(f"{path}/attachments/{strange}").status_code == 404
    assert city.get(f"{path}/attachments/{'d' * 32}").status_code == 404
    looked = {one.details["attachment"] for one in entries(world, file.id) if one.action == "file_attachment_opened"}
    assert looked == {own, html}


def test_no_number_stands_in_an_address_a_log_or_the_trail(
    world: World, file: Record, city: Officer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    city.post("/staff/search", {"by": "number", "text": ZHANG})
    city.post(f"/staff/files/{file.id}", {"reason": REASON})
    trail = [*entries(world, city.member.id), *entries(world, file.id)]
    told = "\n".join([*(one.getMessage() for one in caplog.records), *map(str, trail)])
    assert [one.action for one in trail] == ["staff_searched", "file_opened"]
    for number in (ZHANG, ZHANG_MOBILE):
        assert number not in told
