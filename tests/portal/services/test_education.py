"""Continuing education over real HTTP: S101, S102."""

from pathlib import Path

import pytest

from examples.portal.people import DemoPerson, demo_people
from examples.portal.services.education import CourseState, EducationClient, is_open
from examples.portal.services.refusals import Refusal, Refused
from examples.portal.standins.app import standins_app
from tests.portal.services.serving import SECRETS, connection_to, serving

LI = "440118200002299980"


@pytest.mark.parametrize("person", demo_people().values(), ids=lambda person: person.id)
def test_the_demonstrations_people_have_the_courses_that_are_said_of_them(
    education: EducationClient, person: DemoPerson
) -> None:
    courses = education.courses(person.facts["id_number"])
    assert is_open(courses) is person.facts["continuing_education_open"]


def test_who_takes_none_has_none(education: EducationClient) -> None:
    assert education.courses("X1") == ()
    assert not is_open(())


def test_courses_are_listed_the_latest_first(education: EducationClient) -> None:
    courses = education.courses(LI.lower())
    assert [(course.year, course.state) for course in courses] == [
        (2026, CourseState.IN_PROGRESS),
        (2025, CourseState.FINISHED),
    ]
    assert courses[0].title.in_("zh") == "2026年度专业科目"
    assert courses[0].title.in_("en") == "Professional subjects 2026"
    assert courses[0].state.label.in_("zh") == "学习中"


def test_finishing_the_last_opens_the_lock_and_again_changes_nothing(education: EducationClient) -> None:
    for _ in range(2):
        assert education.finish(LI, "2026-professional").state is CourseState.FINISHED
        assert not is_open(education.courses(LI))


@pytest.mark.parametrize(("number", "course"), [(LI, "none"), ("X1", "2026-professional")])
def test_only_a_course_one_takes_is_finished(education: EducationClient, number: str, course: str) -> None:
    with pytest.raises(Refused) as refused:
        education.finish(number, course)
    assert refused.value.code is Refusal.UNKNOWN_COURSE


def test_what_was_finished_stays_so_over_a_restart(tmp_path: Path) -> None:
    for finishes in (True, False):
        with serving(standins_app(tmp_path, places=SECRETS)) as address:
            connection = connection_to(address)
            client = EducationClient(connection)
            if finishes:
                client.finish(LI, "2026-professional")
            assert not is_open(client.courses(LI))
            connection.close()
