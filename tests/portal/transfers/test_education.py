"""继续教育 over HTTP: what it locks, how the lock goes, and what is said while it is down [S101, S102]."""

from examples.portal.people import demo_people
from formkit.records.model import Record
from tests.portal.transfers.provinces import Citizen, Nation, Province

LI = "440118200002299980"


def collected(guangdong: Province) -> tuple[Citizen, Record]:
    """李四, who has a course in progress."""
    known = demo_people()["li"].facts
    own = {name: known[name] for name in ("name", "id_number", "sex", "birth_date", "mobile")}
    record = guangdong.collect(LI, **own)
    return guangdong.citizen(LI), record


def work_page(person: Citizen, record: Record) -> str:
    """The page on which the work is changed."""
    path = f"/forms/accountant_collection/records/{record.id}"
    return str(person.press(path, {"step": "work"}, url=f"{path}/change").text)


def test_s101_s102_the_division_is_locked_with_its_reason_until_the_course_is_finished(guangdong: Province) -> None:
    li, record = collected(guangdong)
    page = work_page(li, record)
    assert 'name="division"' not in page
    assert "unfinished data in progress" in page
    assert 'name="unit_name"' in page, "everything else can be changed"
    courses = li.get("/education").text
    assert "the division in your file cannot be changed" in courses
    assert "The course is finished" in li.post("/education", {"course": "2026-professional"}).text
    assert 'name="division"' in work_page(li, record), "the fact has cleared, no form was edited"


def test_s102_a_service_that_is_down_keeps_the_lock_and_is_said(country: Nation) -> None:
    away = country.guangdong(environment={"PORTAL_EDUCATION_URL": "http://127.0.0.1:9"})
    li, record = collected(away)
    page = work_page(li, record)
    assert 'name="division"' not in page
    assert 'name="unit_name"' in page
    told = li.get("/education")
    assert told.status_code == 503
    assert "does not answer" in told.text
    away.office.close()


def test_a_course_of_nobody_is_not_finished(guangdong: Province) -> None:
    li, _ = collected(guangdong)
    assert li.post("/education", {"course": "2025-professional"}).url.path == "/education"
    assert "In progress" in li.get("/education").text
