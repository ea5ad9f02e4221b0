"""Continuing education: a person's courses; while one is in progress the division stays as it is [S101, S102]."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote

from pydantic import TypeAdapter

from examples.portal.services.connection import Connection
from formkit.texts import Text


class CourseState(StrEnum):
    """How far a person is."""

    IN_PROGRESS = "in_progress"
    FINISHED = "finished"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    CourseState.IN_PROGRESS: Text({"zh": "学习中", "en": "In progress"}),
    CourseState.FINISHED: Text({"zh": "已完成", "en": "Finished"}),
}


@dataclass(frozen=True, slots=True)
class Course:
    """A course a person takes or took."""

    id: str
    title: Text
    year: int
    state: CourseState


def is_open(courses: Sequence[Course]) -> bool:
    """继续教育有在途未完成数据: whether a course is in progress, which locks the division [S101]."""
    return any(course.state is CourseState.IN_PROGRESS for course in courses)


class ContinuingEducation(Protocol):
    """What the portal asks of it; each raises `ServiceDown` where it does not answer, and may be repeated."""

    def courses(self, number: str) -> Sequence[Course]:
        """A person's courses, the latest year first; empty for who takes none."""

    def finish(self, number: str, course: str) -> Course:
        """Finishes a course; raises `Refused` (UNKNOWN_COURSE)."""


@dataclass(frozen=True, slots=True)
class _Course:
    id: str
    title: Mapping[str, str]
    year: int
    state: CourseState

    def made(self) -> Course:
        return Course(self.id, Text(self.title), self.year, self.state)


@dataclass(frozen=True, slots=True)
class _Courses:
    courses: list[_Course]


_COURSE, _COURSES = TypeAdapter(_Course), TypeAdapter(_Courses)


class EducationClient:
    """Continuing education over HTTP."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def courses(self, number: str) -> Sequence[Course]:
        """A person's courses."""
        answer = self._connection.post("/education/v1/courses", {"number": number}, _COURSES)
        return tuple(course.made() for course in answer.courses)

    def finish(self, number: str, course: str) -> Course:
        """Finishes a course."""
        path = f"/education/v1/courses/{quote(course, safe='')}/finish"
        return self._connection.post(path, {"number": number}, _COURSE).made()
