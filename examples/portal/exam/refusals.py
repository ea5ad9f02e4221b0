"""What went wrong → a JSON answer that says so, and a line in the log without a word about a person."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from examples.portal import words
from examples.portal.accounts.model import LimitReached
from examples.portal.exam.claims import ClaimsRefused
from examples.portal.exam.messages import Problem
from examples.portal.services.signing import SCHEME, SignatureRefused
from formkit.locales import sentence
from formkit.records.store import StoreUnavailable
from formkit.web.bodies import BodyRefused

_log = logging.getLogger("examples.portal.exam")
_LATER = {"Retry-After": "5"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status and what the program is told."""

    status: int
    problem: Problem
    headers: Mapping[str, str] = field(default_factory=dict)


def refuse(error: Exception, client: str, language: str) -> Response:
    """The answer to a request that ended in `error`; one that nobody foresaw is logged whole."""
    refusal = _refusal(error, language)
    if refusal.status == 500:
        _log.exception("exam interface failed: %s", type(error).__name__, exc_info=error)
    else:
        _log.warning("exam question of %s refused: %s %s", client or "?", refusal.status, refusal.problem.code)
    body = refusal.problem.model_dump_json(exclude_none=True)
    return Response(body, refusal.status, dict(refusal.headers), "application/json")


def _refusal(error: Exception, language: str) -> Refusal:
    match error:
        case BodyRefused():
            return Refusal(error.status, Problem(code=error.code, message=error.sentence(language)))
        case SignatureRefused(code="replayed"):
            return Refusal(403, _told("signature_replayed", language))
        case SignatureRefused():
            return Refusal(401, _told(f"signature_{error.code}", language), {"WWW-Authenticate": SCHEME})
        case ValidationError():
            wrong = sorted({str(one["loc"][0]) if one["loc"] else "JSON" for one in error.errors(include_input=False)})
            return Refusal(422, _told("question_malformed", language, names=", ".join(wrong)))
        case ClaimsRefused():
            return Refusal(422, _claims(error, language))
        case LimitReached():
            wait = words.wait(error.seconds, language)
            return Refusal(429, _told(error.code, language, wait=wait), {"Retry-After": str(error.seconds)})
        case DBAPIError() | PoolTimeout() | StoreUnavailable():
            return Refusal(503, _told("exam_unavailable", language), _LATER)
        case HTTPException(status_code=404 | 405):
            code = "exam_no_address" if error.status_code == 404 else "exam_wrong_method"
            return Refusal(error.status_code, _told(code, language), error.headers or {})
    return Refusal(500, _told("exam_failed", language))


def _claims(error: ClaimsRefused, language: str) -> Problem:
    code = "items_unknown" if error.unknown else "items_unreadable"
    told = {
        path: sentence("issues", why.code, why.params, language) if why else words.say("item_unknown", language)
        for path, why in error.items.items()
    }
    return _told(code, language, names=", ".join(told)).model_copy(update={"items": told})


def _told(code: str, language: str, **params: object) -> Problem:
    return Problem(code=code.removeprefix("exam_"), message=words.say(code, language, **params))
