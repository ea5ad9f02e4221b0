"""Continuing education: people's courses, and its doors."""

import json
from collections.abc import Iterable, Mapping
from sqlite3 import Row
from typing import Any

from examples.portal.services.education import CourseState
from examples.portal.services.refusals import Refusal, Refused
from examples.portal.standins.database import Database
from examples.portal.standins.doors import Door, OfPerson

SCHEMA = """
CREATE TABLE IF NOT EXISTS courses (
    number TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, year INTEGER NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (number, id)
) WITHOUT ROWID;
"""


class Courses:
    """Who takes what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seed(self, listed: Iterable[Mapping[str, Any]]) -> None:
        """Adds courses that are not there yet; one that was finished meanwhile stays finished."""
        rows = [
            (one["number"], one["id"], json.dumps(one["title"], ensure_ascii=False), one["year"], one["state"])
            for one in listed
        ]
        with self._database.transaction() as book:
            book.executemany("INSERT OR IGNORE INTO courses VALUES (?, ?, ?, ?, ?)", rows)

    def of(self, number: str) -> list[Mapping[str, Any]]:
        """A person's courses, the latest year first."""
        query = "SELECT * FROM courses WHERE number = ? ORDER BY year DESC, id"
        with self._database.transaction() as book:
            return [_course(row) for row in book.execute(query, (number,))]

    def finish(self, number: str, course: str) -> Mapping[str, Any]:
        """Finishes a course; again changes nothing."""
        with self._database.transaction() as book:
            of_person = (number, course)
            book.execute(
                "UPDATE courses SET state = ? WHERE number = ? AND id = ?", (CourseState.FINISHED.value, *of_person)
            )
            row = book.execute("SELECT * FROM courses WHERE number = ? AND id = ?", of_person).fetchone()
        if row is None:
            raise Refused(Refusal.UNKNOWN_COURSE)
        return _course(row)


def education_doors(courses: Courses) -> list[Door[Any]]:
    """Both of them."""

    def listed(_place: str, asked: OfPerson, _id: str) -> Mapping[str, Any]:
        return {"courses": courses.of(asked.number)}

    def finish(_place: str, asked: OfPerson, course: str) -> Mapping[str, Any]:
        return courses.finish(asked.number, course)

    return [
        Door("/education/v1/courses", OfPerson, listed),
        Door("/education/v1/courses/{id}/finish", OfPerson, finish),
    ]


def _course(row: Row) -> Mapping[str, Any]:
    return {"id": row["id"], "title": json.loads(row["title"]), "year": row["year"], "state": row["state"]}
