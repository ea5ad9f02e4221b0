"""All stand-ins as one app over a folder."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from examples.portal.services.national import TransferOut
from examples.portal.standins import education, nonces, transfers
from examples.portal.standins.database import Database
from examples.portal.standins.doors import Gate, routes_of
from examples.portal.standins.education import Courses, education_doors
from examples.portal.standins.national import national_doors
from examples.portal.standins.nonces import Nonces
from examples.portal.standins.places import places_in
from examples.portal.standins.transfers import Transfers

DEMO = Path(__file__).parent / "demo.json"


def standins_app(
    data: Path,
    *,
    places: Mapping[str, bytes] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    demo: Path | None = DEMO,
) -> Starlette:
    """The national platform and continuing education; without `places`, those kept in the folder."""
    known = places_in(data) if places is None else places
    national = Database(data / "national.db", transfers.SCHEMA + nonces.SCHEMA)
    book = Transfers(national, known.keys())
    courses = Courses(Database(data / "education.db", education.SCHEMA))
    if demo is not None:
        seed(book, courses, json.loads(demo.read_text(encoding="utf-8")))
    gate = Gate(known, Nonces(national, clock), clock)
    return Starlette(routes=routes_of(gate, [*national_doors(book), *education_doors(courses)]))


def seed(book: Transfers, courses: Courses, listed: Mapping[str, Any]) -> None:
    """Tells the stand-ins of the demonstration's people, once."""
    for one in listed["persons"]:
        if book.held_by(one["number"]) is None:
            book.collected(one["place"], one["number"], one["document_type"])
    for one in listed["transfers"]:
        if book.held_by(one["number"]) is None:
            told = {name: value for name, value in one.items() if name != "place"}
            book.report(one["place"], TransferOut(**told | {"at": datetime.fromisoformat(one["at"])}))
    courses.seed(listed["courses"])
