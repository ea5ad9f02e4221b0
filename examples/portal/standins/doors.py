"""Every door of a stand-in: a signed JSON post, read strictly, and its answer or refusal as JSON."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from anyio.to_thread import run_sync
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from examples.portal.services.refusals import Refusal, Refused
from examples.portal.services.signing import Message, SignatureRefused, verify
from examples.portal.standins.database import Busy
from examples.portal.standins.nonces import Nonces
from formkit.web.incoming import BodyLimits, BodyRefused, Incoming
from formkit.web.strict_json import parse_json

_log = logging.getLogger("examples.portal.standins")
_LIMITS = BodyLimits(text_bytes=64_000, total_bytes=64_000, drained=64_000, seconds=10)
_DEPTH = 4
_STATUS = {
    Refusal.UNKNOWN_TRANSFER: 404,
    Refusal.UNKNOWN_COURSE: 404,
    Refusal.NOT_SENDER: 403,
    Refusal.NOT_DESTINATION: 403,
}

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(str.upper)]


class Asked(BaseModel):
    """What a door is asked; nothing else is let in."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OfPerson(Asked):
    """Asks about a person."""

    number: Number


_Asked = TypeVar("_Asked", bound=Asked)


@dataclass(frozen=True, slots=True)
class Door(Generic[_Asked]):
    """One way in: what it is asked, and what answers (the asking place, what was asked, the id in the path)."""

    path: str
    asks: type[_Asked]
    handler: Callable[[str, _Asked, str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may come in: the places with their secrets, each signature once."""

    secrets: Mapping[str, bytes]
    nonces: Nonces
    clock: Callable[[], datetime]

    def place(self, request: Request, body: bytes) -> str:
        """The place that signed; raises `SignatureRefused`."""
        query = request.scope["query_string"]
        target = request.scope["raw_path"].decode("latin-1") + (f"?{query.decode('latin-1')}" if query else "")
        return verify(
            request.headers.get("authorization"),
            Message(request.method, target, body),
            now=self.clock(),
            secret_of=self.secrets.get,
            remember=self.nonces.remember,
        )


def routes_of(gate: Gate, doors: Iterable[Door[Any]]) -> list[Route]:
    """The doors as routes."""
    return [Route(door.path, _endpoint(gate, door), methods=["POST"]) for door in doors]


def _endpoint(gate: Gate, door: Door[Any]) -> Callable[[Request], object]:
    async def serve(request: Request) -> Response:
        try:
            async with Incoming(request, _LIMITS) as incoming:
                body = await incoming.whole()
        except BodyRefused as refused:
            return _error(refused.code, refused.status)
        return await run_sync(_answer, gate, door, request, body)

    return serve


def _answer(gate: Gate, door: Door[Any], request: Request, body: bytes) -> Response:
    try:
        place = gate.place(request, body)
        asked = door.asks.model_validate(parse_json(body, depth=_DEPTH))
        return JSONResponse(door.handler(place, asked, request.path_params.get("id", "")))
    except SignatureRefused as refused:
        _log.warning("%s: signature %s", door.path, refused.code)
        return _error(f"signature_{refused.code}", 401)
    except BodyRefused as refused:
        return _error(refused.code, refused.status)
    except ValidationError:
        return _error("not_understood", 422)
    except Refused as refused:
        answer = {"refused": refused.code.value, "place": refused.place}
        return JSONResponse(answer, status_code=_STATUS.get(refused.code, 409))
    except Busy:
        return _error("busy", 503)


def _error(code: str, status: int) -> Response:
    return JSONResponse({"error": code}, status_code=status)
