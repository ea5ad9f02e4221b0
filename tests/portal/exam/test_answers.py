"""What the exam system is told, item by item: S130 and S131 as decided."""

from typing import Any

import pytest

from tests.portal.exam.examiners import Archive, Examiner, question
from tests.portal.people import NEW, ZHANG


def test_s130_each_claim_is_held_against_the_file(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    claims = {
        "division": "440106",
        "employment_status": "accounting",
        "full_time.level": "20",
        "full_time.degree": "3",
        "accounting_since": "2010-08",
        "is_cpa": True,
        "part_time.level": "20",
    }
    answer = examiner.ask({**question(**claims), "document_type": "resident_id"})
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "collected",
        "at": "2026-11-23T02:00:00Z",
        "edition": "2023-05-26",
        "items": {
            "name": "match",
            "document_type": "match",
            "division": "match",
            "employment_status": "match",
            "full_time.level": "match",
            "full_time.degree": "no_match",
            "accounting_since": "match",
            "is_cpa": "no_match",
            "part_time.level": "not_on_record",
        },
    }


def test_s131_the_answer_has_verdicts_and_never_what_is_on_file(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    told = examiner.ask(question(division="440103", **{"full_time.school": "暨南大学"})).text
    for kept in ("440106", "中山大学", "张三", ZHANG, "2010-07", "zhang.san", "13800138000"):
        assert kept not in told


def test_the_number_is_found_however_it_was_typed(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    for written in (ZHANG, ZHANG.lower(), f" {ZHANG[:6]} {ZHANG[6:]} ", "４４" + ZHANG[2:]):
        assert examiner.ask(question(written)).json()["status"] == "collected", written


def test_nobody_on_record_is_all_there_is_to_say(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    for number in (NEW, "no number at all", "·"):
        assert examiner.ask(question(number, division="440106")).json() == {"status": "not_on_record"}


def test_who_registered_and_did_not_finish_is_not_collected(examiner: Examiner) -> None:
    answer = examiner.ask(question(division="440106")).json()
    assert answer["status"] == "not_collected"
    assert answer["at"] == "2026-11-23T02:00:00Z"
    assert answer["items"] == {"name": "not_on_record", "division": "not_on_record"}


@pytest.mark.parametrize(
    ("state", "status", "verdict"),
    [
        ("pending", "transfer_under_way", "match"),
        ("approved", "transfer_under_way", "match"),
        ("rejected", "collected", "match"),
        ("withdrawn", "collected", "match"),
        ("received", "transferred_out", "not_on_record"),
    ],
)
def test_a_transfer_shows_in_the_status(
    examiner: Examiner, archive: Archive, state: str, status: str, verdict: str
) -> None:
    archive.keep()
    archive.transfer(state)
    answer = examiner.ask(question(division="440106")).json()
    assert answer["status"] == status
    assert answer["at"] == ("2026-11-23T02:00:00Z" if status == "collected" else "2026-11-23T03:00:00Z")
    assert answer["items"]["division"] == verdict


def test_who_came_back_after_a_transfer_is_on_file_again(examiner: Examiner, archive: Archive) -> None:
    archive.transfer("received")
    archive.keep(updated=archive.now.replace(hour=5))
    assert examiner.ask(question(division="440106")).json()["status"] == "collected"


def test_an_older_refusal_does_not_hide_a_transfer(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    archive.transfer("rejected", number="T1")
    archive.transfer("pending", number="T2")
    assert examiner.ask(question()).json()["status"] == "transfer_under_way"


def test_claims_that_cannot_be_compared_are_named_whoever_it_is(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    unknown = examiner.ask(question(height="180", division="440106"))
    assert unknown.status_code == 422
    assert unknown.json()["code"] == "items_unknown"
    assert set(unknown.json()["items"]) == {"height"}
    unreadable = examiner.ask(question(is_cpa="perhaps", accounting_since="2010"))
    assert unreadable.status_code == 422
    assert unreadable.json()["code"] == "items_unreadable"
    assert unreadable.json()["items"]["accounting_since"].startswith("This month cannot be read")
    assert examiner.ask(question(name="张三") | {"items": {"name": "张三"}}).status_code == 422, "said twice"
    assert examiner.ask(question(NEW, height="180", division="440106")).json() == unknown.json()


def test_a_question_of_another_shape_is_refused(examiner: Examiner) -> None:
    wrong: list[tuple[Any, str]] = [
        ({"name": "张三"}, "number"),
        ({"number": ZHANG}, "name"),
        ({"number": 440106, "name": "张三"}, "number"),
        ({"number": "4" * 65, "name": "张三"}, "number"),
        ({**question(), "more": 1}, "more"),
        ({**question(), "items": []}, "items"),
        ({**question(), "items": {f"item{number}": 1 for number in range(201)}}, "items"),
        ([], "JSON"),
        ("张三", "JSON"),
    ]
    for body, named in wrong:
        answer = examiner.ask(body)
        assert answer.status_code == 422
        assert answer.json()["code"] == "question_malformed"
        assert named in answer.json()["message"]
        assert ZHANG not in answer.text
