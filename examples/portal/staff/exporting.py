"""What staff take away: the figures, the masked list, and, a city for a reason, the full one; each leaves a trace."""

from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from examples.portal.accounts.staff import Member, Role
from examples.portal.staff.colleagues import note
from examples.portal.staff.figures import STATUSES, city_chosen, figures
from examples.portal.staff.finding import file_rows, within
from examples.portal.staff.opening import LEAST, MOST, is_reason
from examples.portal.staff.projection import bring_up_to_date
from examples.portal.staff.sheets import KINDS, Cell
from examples.portal.staff.signing_in import own
from examples.portal.tables import files
from examples.portal.web.office import Office
from examples.portal.web.pages import message_page
from examples.portal.web.visit import Visit
from formkit.renderers import Link
from formkit.web.headers import file_headers

IN_MEMORY, CHUNK, PAGE = 1 << 20, 1 << 16, 500


def export_figures(visit: Visit) -> Response:
    """The figures."""
    (member, _), office = own(visit), visit.office
    bring_up_to_date(office)
    head = [visit.say("staff.code"), visit.say("staff.division"), *(_status(visit, one.value) for one in STATUSES)]
    rows: list[Sequence[Cell]] = [
        (one.division, one.name, *(one.counts[status] for status in STATUSES))
        for one in figures(office, member, visit.language, city_chosen(visit, member))
    ]
    kind = _kind(visit)
    note(visit, "figures_exported", member.id, kind=kind, rows=len(rows))
    return _sent(visit, "figures", kind, head, rows)


def export_files(visit: Visit) -> Response:
    """The list of files: masked, or as it is, to a city that says why."""
    (member, _), office = own(visit), visit.office
    kind, full = _kind(visit), visit.posted("content") == "full"
    reason = " ".join(visit.posted("reason").split())
    if full and member.role is not Role.CITY:
        return message_page(visit, "not_your_part", "error", 403)
    if full and not is_reason(reason):
        told = visit.say("staff.reason_wrong", least=LEAST, most=MOST)
        back = Link(visit.say("staff.figures"), "/staff/figures")
        return message_page(visit, "staff.not_exported", "error", 422, back, text=told)
    bring_up_to_date(office)
    details: dict[str, Any] = {"kind": kind, "content": "full" if full else "masked"}
    note(visit, "files_exported", member.id, **details, **({"reason": reason} if full else {}))
    head = [visit.say(code) for code in _HEAD]
    return _sent(visit, "files", kind, head, _file_rows(visit, office, member, full=full))


_HEAD = (
    "staff.receipt",
    "staff.person",
    "number",
    "mobile",
    "staff.division",
    "staff.status",
    "staff.submitted",
)


def _file_rows(visit: Visit, office: Office, member: Member, *, full: bool) -> Iterator[Sequence[Cell]]:
    """Page by page by the receipt number, so that as much is in memory for a million files as for a thousand."""
    last = ""
    while True:
        query = within(member).where(files.c.receipt > last).order_by(files.c.receipt).limit(PAGE)
        with office.accounts.reading() as connection:
            rows = list(file_rows(office, connection, query, visit.language, full=full))
        for one in rows:
            yield (
                one.receipt,
                one.name,
                one.number,
                one.mobile,
                one.division,
                _status(visit, one.status),
                one.day,
            )
        if len(rows) < PAGE:
            return
        last = rows[-1].receipt


def _kind(visit: Visit) -> str:
    kind = visit.posted("format")
    if kind not in KINDS:
        raise HTTPException(404)
    return kind


def _status(visit: Visit, status: str) -> str:
    return visit.say(f"staff.status.{status}")


def _sent(visit: Visit, name: str, kind: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Written to a file before it is sent: who reads slowly holds no connection of the database."""
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    try:
        KINDS[kind].write(file, head, rows)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    headers = file_headers(f"{name}-{visit.today}.{kind}", KINDS[kind].media_type)
    return StreamingResponse(_chunks(file), headers=headers)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
