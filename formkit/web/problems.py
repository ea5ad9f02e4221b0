"""What went wrong with a request → a page, or JSON for a program, that says what to do next."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from formkit.errors import UnknownName
from formkit.locales import sentence
from formkit.records.store import AlreadySubmitted, DraftConflict, StoreBusy, StoreFull, StoreUnavailable
from formkit.renderers import Link, Message
from formkit.web.csrf import CsrfRefused
from formkit.web.incoming import BodyRefused
from formkit.web.look import draw_message, paragraphs
from formkit.web.site import HostRefused
from formkit.web.visit import NotSignedIn, Visit
from formkit.web.work import DraftOutdated

_log = logging.getLogger("formkit.web")
_KINDS = frozenset({"form", "step", "draft", "record", "attachment", "thumbnail"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A status, and the code whose title and sentence the person reads (from the room `pages`, or as given)."""

    status: int
    code: str
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class CsrfFailed(Exception):  # noqa: N818 - read as a sentence: except CsrfFailed
    """A post that did not come from our own page."""

    def __init__(self, refused: CsrfRefused) -> None:
        self.refused = refused
        super().__init__(refused.code)


def answer(visit: Visit, error: Exception) -> Response:
    """The answer to a request that ended in `error`."""
    if isinstance(error, AlreadySubmitted):
        return _already(visit, error)
    if isinstance(error, DraftOutdated):
        return _outdated(visit, error)
    to_be_read = visit.request.method in ("GET", "HEAD") and not _wants_json(visit)
    if isinstance(error, NotSignedIn) and visit.site.login_url and to_be_read:
        return RedirectResponse(_login_url(visit), 303)
    problem = problem_of(visit, error)
    return _as_json(visit, problem) if _wants_json(visit) else _as_page(visit, problem)


def problem_of(visit: Visit, error: Exception) -> Problem:
    """Which problem an error is; one that nobody foresaw is logged and told without its details."""
    match error:
        case NotSignedIn():
            return Problem(401, "not_signed_in")
        case BodyRefused():
            return Problem(error.status, "refused", error.sentence(visit.language))
        case CsrfFailed():
            return Problem(error.refused.status, "refused", sentence("web", error.refused.code, {}, visit.language))
        case UnknownName(kind=kind) if kind in _KINDS:
            return Problem(404, "not_found", visit.say(f"no_{kind}"))
        case HostRefused():
            code = "unavailable" if error.status == 503 else "read_only"
            headers = {"Retry-After": "30"} if error.status == 503 else {}
            return Problem(error.status, code, error.reason.in_(visit.language), headers)
        case DraftConflict():
            return Problem(409, "conflict")
        case StoreFull():
            return Problem(503, "full", headers={"Retry-After": "600"})
        case StoreBusy() | StoreUnavailable():
            return Problem(503, "busy", headers={"Retry-After": "5"})
        case HTTPException(status_code=404):
            return Problem(404, "not_found", visit.say("no_page"))
        case HTTPException(status_code=405):
            return Problem(405, "wrong_method", headers=error.headers or {})
    # the route and not the path, in which anything may stand
    route = getattr(visit.request.scope.get("route"), "path", "")
    _log.error("%s %s failed", visit.request.method, route, exc_info=error)
    return Problem(500, "failed")


def _as_page(visit: Visit, problem: Problem) -> Response:
    links = []
    if problem.code == "not_signed_in" and visit.site.login_url:
        links.append(Link(visit.say("sign_in"), _login_url(visit)))
    links.append(Link(visit.say("to_start"), visit.site.home_url or visit.addresses.to("forms")))
    texts = paragraphs(problem.text or visit.say(problem.code))
    message = Message(visit.say(f"{problem.code}.title"), texts, "error", tuple(links))
    response = draw_message(visit, message, problem.status)
    response.headers.update(problem.headers)
    return response


def _as_json(visit: Visit, problem: Problem) -> Response:
    text = problem.text or visit.say(problem.code)
    return JSONResponse({"code": problem.code, "message": text}, problem.status, dict(problem.headers))


def _already(visit: Visit, error: AlreadySubmitted) -> Response:
    url = visit.addresses.to("record", form=error.record.form, record=error.record.id)
    if _wants_json(visit):
        return JSONResponse({"code": "submitted", "message": visit.say("submitted"), "url": url}, 409)
    return RedirectResponse(url, 303)


def _outdated(visit: Visit, error: DraftOutdated) -> Response:
    url = visit.addresses.to("edition", form=error.form, draft=error.draft)
    if _wants_json(visit):
        return JSONResponse({"code": "outdated", "message": visit.say("outdated"), "url": url}, 409)
    return RedirectResponse(url, 303)


def _wants_json(visit: Visit) -> bool:
    accept = visit.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def _login_url(visit: Visit) -> str:
    scope = visit.request.scope
    here = scope["path"] if visit.request.method == "GET" else visit.addresses.to("forms")
    separator = "&" if "?" in str(visit.site.login_url) else "?"
    return f"{visit.site.login_url}{separator}{urlencode({'next': here})}"
