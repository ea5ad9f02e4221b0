"""Doors: method, path, and who may open it; and how a request comes to its handler."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from anyio.to_thread import run_sync
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from examples.portal.accounts.model import ServiceDown
from examples.portal.accounts.staff import Role
from examples.portal.web.office import Office
from examples.portal.web.pages import message_page, see
from examples.portal.web.visit import GUEST, Visit, is_secure, session_cookie, visit_of
from formkit.records.store import StoreUnavailable
from formkit.texts import LANGUAGES
from formkit.web import LANGUAGE_COOKIE
from formkit.web.bodies import BodyLimits, BodyRefused, FormBody, read_form
from formkit.web.csrf import TOKEN_FIELD

_log = logging.getLogger("examples.portal")
LIMITS = BodyLimits(fields=60, field_bytes=4000, text_bytes=40_000, files=1, file_bytes=1000, total_bytes=200_000)
"""Pages of a few short answers."""
_Handler = Callable[[Visit], Response]


class Access(StrEnum):
    """Who may open a door; one of development is not there outside it."""

    ANYONE = "anyone"
    PERSON = "person"
    DEVELOPMENT = "development"
    STAFF = "staff"
    """Whatever their part."""
    DEPARTMENT = "department"
    """A district or a city: who may look into files."""
    CITY = "city"


ROLES: Mapping[Access, frozenset[Role]] = {
    Access.STAFF: frozenset(Role),
    Access.DEPARTMENT: frozenset({Role.DISTRICT, Role.CITY}),
    Access.CITY: frozenset({Role.CITY}),
}
"""Which parts of the staff a door opens to."""


@dataclass(frozen=True, slots=True)
class Door:
    """One way in. `again` shows the page with what was typed where its token has run out."""

    method: str
    path: str
    access: Access
    handler: _Handler
    again: _Handler | None = None


def routes_of(office: Office, doors: Iterable[Door]) -> list[Route]:
    """The doors as routes; those of development only where this is one."""
    opened = [door for door in doors if office.development or door.access is not Access.DEVELOPMENT]
    return [Route(door.path, _endpoint(office, door), methods=[door.method]) for door in opened]


def not_found(office: Office) -> Callable[[Request, Exception], object]:
    """What answers to addresses that no door has."""

    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = await run_sync(_guarded, office, request, None, lambda visit: _told(visit, error.status_code))
        response.headers.update(error.headers or {})
        return response

    return handle


def _endpoint(office: Office, door: Door) -> Callable[[Request], object]:
    async def serve(request: Request) -> Response:
        body = None
        if door.method == "POST":
            try:
                body = await read_form(request, limits=LIMITS)
            except BodyRefused as refused:
                status = refused.status
                return await run_sync(_guarded, office, request, None, lambda visit: _told(visit, status))
            body.close()
        return await run_sync(_guarded, office, request, body, lambda visit: _through(door, visit))

    return serve


def _guarded(office: Office, request: Request, body: FormBody | None, handler: _Handler) -> Response:
    """Runs a handler; whatever goes wrong ends in a page, never with a word of what was typed."""
    nobody = Visit(office, request, office.clock(), None, None, GUEST.read(request) or "nobody")
    try:
        visit = visit_of(office, request, body)
        response = handler(visit)
    except HTTPException as error:
        return _told(nobody, error.status_code)
    except (DBAPIError, PoolTimeout, StoreUnavailable, ServiceDown) as error:
        _log.warning("not available: %s", type(error).__name__)
        return message_page(nobody, "unavailable", "error", 503)
    except Exception as error:
        _log.exception("failed: %s", type(error).__name__)
        return message_page(nobody, "failed", "error", 500)
    _remember(visit, response)
    return response


def _through(door: Door, visit: Visit) -> Response:
    if kept_out := _kept_out(door, visit):
        return kept_out
    if door.method == "GET":
        return door.handler(visit)
    refused = visit.office.csrf.check("POST", visit.request.headers, visit.bound_to, visit.posted(TOKEN_FIELD))
    if refused is None:
        return door.handler(visit)
    if refused.code != "csrf_cross_site" and door.again is not None:
        return door.again(visit)
    return _told(visit, refused.status)


def _kept_out(door: Door, visit: Visit) -> Response | None:
    if door.access is Access.PERSON and visit.account is None:
        return see(f"/login?next={door.path}")
    if door.access in ROLES and visit.staff is None:
        return see(f"/staff/login?next={visit.request.url.path if door.method == 'GET' else '/staff'}")
    if door.access in ROLES and visit.staff and visit.staff.role not in ROLES[door.access]:
        return message_page(visit, "not_your_part", "error", 403)
    return None


def _told(visit: Visit, status: int) -> Response:
    if status == 404:
        return message_page(visit, "no_page", "error", 404)
    return message_page(visit, "failed", "error", status, text=visit.say("refused"))


def _remember(visit: Visit, response: Response) -> None:
    """Keeps the guest's id, a language that was chosen, and forgets a session that has ended."""
    request, given = visit.request, response.headers.getlist("set-cookie")
    if visit.session is None and not GUEST.read(request) and not given and "immutable" not in _caching(response):
        GUEST.give(request, response, visit.guest_token)
    if visit.session is None and session_cookie(request).read(request) and not given:
        session_cookie(request).take(request, response)
    chosen = request.query_params.get("lang")
    if chosen in LANGUAGES and request.method == "GET":
        response.set_cookie(LANGUAGE_COOKIE, str(chosen), httponly=True, samesite="lax", secure=is_secure(request))


def _caching(response: Response) -> str:
    return response.headers.get("cache-control", "")
