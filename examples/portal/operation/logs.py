"""The log: a line for each request and each thing that goes wrong, with nothing in it of what people typed."""

import json
import logging
import os
import re
import secrets
import sys
import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "X-Request-ID"
_request_log = logging.getLogger("examples.portal.requests")
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_OURS = ("examples.portal", "formkit", "uvicorn")
"""Whose messages are written; of others only that they said something, and where: nobody knows what they say."""
_request_id: ContextVar[str] = ContextVar("portal_request_id", default="")


def begin(form: str) -> None:
    """Sends the whole process's log to standard error: `json` a line each, or `text`."""
    output = logging.StreamHandler(sys.stderr)
    output.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=logging.WARNING, handlers=[output], force=True)
    logging.captureWarnings(capture=True)
    for name in ("examples.portal", "formkit", *(("uvicorn.error",) if form == "json" else ())):
        logging.getLogger(name).setLevel(logging.INFO)


class JsonLines(logging.Formatter):
    """One JSON object a line; an exception as its types and the places it came through, without what it says."""

    def format(self, record: logging.LogRecord) -> str:
        """A line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            "request_id": _request_id.get(),
            "worker": os.getpid(),
        }
        told |= getattr(record, "request", {})
        if record.exc_info and record.exc_info[1]:
            told["exception"] = list(_chain(record.exc_info[1]))
        return json.dumps({name: value for name, value in told.items() if value != ""}, ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for people in front of a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """A line, and one more for each place of an exception."""
        parts = [_message(record)]
        if request := getattr(record, "request", None):
            parts.append("{method} {route} {status} {milliseconds} ms".format_map(request))
        if record.exc_info and record.exc_info[1]:
            for one in _chain(record.exc_info[1]):
                parts += [f"\n  {one['type']}", *(f"\n    {place}" for place in one["places"])]
        return " ".join(part for part in parts if part)


class RequestLog:
    """ASGI middleware: gives each request its id, and writes its line when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the call on; the route is known once it has been found."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        routes = scope["app"].routes
        began, status = time.perf_counter(), 500
        request_id = _id_of(Headers(scope=scope))
        token = _request_id.set(request_id)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            request = {
                "method": scope["method"] if scope["method"] in _METHODS else "other",
                "route": _route(scope, routes),
                "status": status,
                "milliseconds": round((time.perf_counter() - began) * 1000),
            }
            _request_log.info("", extra={"request": request})
            _request_id.reset(token)


_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})


def _id_of(headers: Headers) -> str:
    given = headers.get(REQUEST_ID, "")
    return given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(16)


def _route(scope: Scope, routes: Iterable[BaseRoute]) -> str:
    """The template of the door that was opened, never the path that was asked for; `-` for none."""
    endpoint = scope.get("endpoint")
    return next((path for path, opened in _templates(routes) if opened is endpoint), "-") if endpoint else "-"


def _templates(routes: Iterable[BaseRoute], above: str = "") -> Iterator[tuple[str, Any]]:
    for route in routes:
        if isinstance(route, Route):
            yield above + route.path, route.endpoint
        elif isinstance(route, Mount):
            yield f"{above}{route.path}/-", route.app
            yield from _templates(route.routes, above + route.path)


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith(_OURS):
        return record.getMessage()
    return f"{record.levelname.lower()} at {record.module}:{record.lineno}"


def _chain(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """An exception and what it came from, the last one first."""
    while error is not None:
        yield {"type": f"{type(error).__module__}.{type(error).__qualname__}", "places": _places(error.__traceback__)}
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)]


def _short(filename: str) -> str:
    """The end of a path: enough to find the file, and nothing of the machine."""
    return "/".join(filename.replace("\\", "/").split("/")[-3:])
