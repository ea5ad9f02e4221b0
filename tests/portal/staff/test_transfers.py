"""The lists of transfers: by state, with their day or why there is none, of the member's divisions, naming nobody."""

import re
from datetime import timedelta

import pytest

from examples.portal.staff.projection import bring_up_to_date
from examples.portal.staff.transferring import Term, arriving, leaving, term_of
from tests.portal.exam.examiners import Archive
from tests.portal.people import ZHANG, World
from tests.portal.staff.officers import Officer, officer


@pytest.fixture
def archive(world: World) -> Archive:
    return Archive(world.office, world.clock.now)


def arrive(archive: Archive, number: str, division: str, **more: object) -> None:
    form = archive.office.policy.transfer_in
    archive._add(form.id, form.edition, f"new {number}", {"division": division}, number=number, **more)


def test_each_application_stands_with_its_term(world: World, archive: Archive, city: Officer) -> None:
    office, form, now = world.office, world.office.policy.transfer_out, world.clock.now
    archive.keep()
    archive.transfer("pending", number="T1", due=now + timedelta(days=1))
    archive.transfer("pending", number="T2", due=now - timedelta(days=1))
    archive.transfer("pending", number="T3")
    archive.transfer("approved", number="T4")
    bring_up_to_date(office)
    found = {one.receipt: term_of(form, one, now) for one in leaving(office, city.member)}
    assert found == {"T1": Term.DUE, "T2": Term.UNDECIDED, "T3": Term.NO_YEAR, "T4": Term.NONE}
    page = city.get("/staff/transfers").text
    for shown in ("Under review (3)", "Approved (1)", "2026-11-24", "calendar", "not decided", "Tianhe"):
        assert shown in page, shown
    for hidden in (ZHANG, "张三"):
        assert hidden not in page


def test_each_sees_the_applications_of_their_divisions_alone(world: World, archive: Archive) -> None:
    archive.keep()
    archive.transfer("pending")
    arrive(archive, "I1", "440106", state="pending")
    arrive(archive, "I2", "440115", state="rejected")
    bring_up_to_date(world.office)
    seen = {}
    for name in ("tianhe", "nansha", "city", "foshan", "province"):
        member = officer(world, name, signed_in=False).member
        found = [*leaving(world.office, member), *arriving(world.office, member)]
        seen[name] = [one.receipt for one in found]
    assert seen == {
        "tianhe": ["T1", "I1"],
        "nansha": ["I2"],
        "city": ["T1", "I1", "I2"],
        "foshan": [],
        "province": ["T1", "I1", "I2"],
    }


def test_an_application_is_opened_like_a_file(world: World, archive: Archive, tianhe: Officer) -> None:
    archive.keep()
    transfer = archive.transfer("pending")
    arrive(archive, "I1", "440106", state="pending")
    for record in (transfer.id, "transfer_in-I1"):
        path = f"/staff/files/{record}"
        assert tianhe.post(path, {"reason": "办理调转"}).status_code == 200
        assert officer(world, "nansha").get(path).status_code == 404
    assert officer(world, "support").get("/staff/transfers").status_code == 403


def test_a_long_list_is_cut_and_says_so(
    world: World, archive: Archive, city: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("examples.portal.staff.transferring.MOST", 2)
    for number in range(5):
        arrive(archive, f"I{number}", "440106", state="pending")
    page = city.get("/staff/transfers").text
    assert "Under review (5)" in page
    assert page.count('href="/staff/files/') == 2
    assert "3 more" in page


def test_what_is_due_first_and_what_was_done_last_come_first(world: World, archive: Archive, city: Officer) -> None:
    now = world.clock.now
    archive.keep()
    for days in (3, 1, 2):
        archive.transfer("pending", number=f"DUE{days}", due=now + timedelta(days=days))
        archive.transfer("approved", number=f"DONE{days}", entered=now - timedelta(days=days))
    archive.transfer("pending", number="NOYEAR")
    page = city.get("/staff/transfers").text
    assert re.findall(r">([A-Z]+\d?)</a>", page) == ["NOYEAR", "DUE1", "DUE2", "DUE3", "DONE1", "DONE2", "DONE3"]
