"""How many files there are in which division, and how they stand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from starlette.responses import Response

from examples.portal.accounts.staff import Member
from examples.portal.exam.files import Status
from examples.portal.staff.divisions import cities_of, divisions, name_of
from examples.portal.staff.projection import bring_up_to_date
from examples.portal.staff.signing_in import own
from examples.portal.tables import files
from examples.portal.web.office import Office
from examples.portal.web.pages import draw
from examples.portal.web.visit import ZONE, Visit

STATUSES = (Status.COLLECTED, Status.TRANSFER_UNDER_WAY, Status.TRANSFERRED_OUT)
WIDTH = 1000
"""Of the longest bar."""
THIN = 8
"""What a single file among many thousands is still seen by."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A status's part of a division's bar."""

    status: Status
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A division's: how many files of each status, and all together."""

    division: str
    name: str
    counts: Mapping[Status, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    def bars(self, most: int) -> list[Bar]:
        """Its bar, status by status, where the longest stands for `most`."""
        found, start = [], 0
        for status, count in self.counts.items():
            if count:
                found.append(Bar(status, start, max(THIN, round(WIDTH * count / most))))
                start += found[-1].width
        return found


def figures(office: Office, member: Member, language: str, city: str = "") -> list[Figures]:
    """Division by division, those without a file too if they are of today; of a city, if one is named."""
    known = files.c
    query = (
        select(known.division, known.status, func.count())
        .where(known.division.startswith(member.begins, autoescape=True))
        .group_by(known.division, known.status)
    )
    with office.accounts.reading() as connection:
        counted = Counter({(place, status): count for place, status, count in connection.execute(query)})
    places = {place for place, _ in counted} | _of_today(office, member)
    return [
        Figures(place, name_of(office, place, language), {one: counted[place, one.value] for one in STATUSES})
        for place in sorted(places)
        if place.startswith(city[:4])
    ]


def by_city(rows: Iterable[Figures], cities: Iterable[tuple[str, str]]) -> list[Figures]:
    """City by city, what its divisions have together; a division of no city stays by itself: all are counted."""
    names = {code[:4]: (code, name) for code, name in cities}
    counted: dict[tuple[str, str], Counter[Status]] = {place: Counter() for place in names.values()}
    for one in rows:
        place = names.get(one.division[:4], (one.division, one.name))
        counted.setdefault(place, Counter()).update(one.counts)
    return [Figures(code, name, {one: counts[one] for one in STATUSES}) for (code, name), counts in counted.items()]


def city_chosen(visit: Visit, member: Member) -> str:
    """The city of `?city=` or of the form, if it is one of the member's."""
    asked = visit.request.query_params.get("city", "") or visit.posted("city")
    return asked if asked in dict(cities_of(visit.office, member, visit.language)) else ""


def show_figures(visit: Visit) -> Response:
    """The table with its bars, and what can be taken away; of several cities, each leads to its divisions."""
    (member, _), office = own(visit), visit.office
    bring_up_to_date(office)
    city = city_chosen(visit, member)
    rows = figures(office, member, visit.language, city)
    cities = cities_of(office, member, visit.language)
    leading = len(cities) > 1 and not city
    if leading:
        rows = by_city(rows, cities)
    return draw(
        visit,
        "staff_figures.html",
        rows=rows,
        most=max((one.total for one in rows), default=0),
        sums={status: sum(one.counts[status] for one in rows) for status in STATUSES},
        statuses=STATUSES,
        width=WIDTH + THIN * len(STATUSES),
        day=visit.today,
        cities=cities if len(cities) > 1 else (),
        city=city,
        leading=leading,
        member=member,
    )


def _of_today(office: Office, member: Member) -> set[str]:
    listed, day = divisions(office), office.clock().astimezone(ZONE).date().isoformat()
    return {
        value
        for value in listed.leaves
        if member.is_for(value) and all(one.valid_on(day) for one in listed.ancestry(value))
    }
