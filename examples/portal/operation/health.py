"""Whether the process answers, and whether it can serve: two addresses for whoever watches over the portal."""

import logging
import threading
import time
from collections.abc import Callable, Mapping

from anyio.to_thread import run_sync
from sqlalchemy import insert
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from examples.portal.migrations import check
from examples.portal.tables import attempts
from examples.portal.web.office import Office
from formkit.records.identifiers import new_id
from formkit.records.store import AttachmentStore

_log = logging.getLogger("examples.portal.health")
_HOLDS_SECONDS = 1.0
"""For so long a finding is told again: who asks in a row costs no writing."""


def health_routes(office: Office) -> list[Route]:
    """`/health` and `/ready`: for anyone, without a session, without details."""
    readiness = Readiness(office)

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        components = await run_sync(readiness.components)
        is_ready = all(state == "ok" for state in components.values())
        down = office.services.down()
        told = {
            "status": "ready" if is_ready else "not_ready",
            "components": components,
            "services": {name: "degraded" if name in down else "ok" for name in office.services.connections},
        }
        return JSONResponse(told, 200 if is_ready else 503)

    return [Route("/health", health), Route("/ready", ready)]


class Readiness:
    """Tries each component; one thread at a time, and the others wait for what it finds."""

    def __init__(self, office: Office, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks, self._lock = ticks, threading.Lock()
        self._found: Mapping[str, str] = {}
        self._until = float("-inf")
        self._tries: Mapping[str, Callable[[], object]] = {
            "database": lambda: _write_nothing(office),
            "tables": lambda: check(office.store),
            "attachments": lambda: _try_attachments(office.files),
        }

    def components(self) -> Mapping[str, str]:
        """`ok` or `failing` for each."""
        with self._lock:
            if self._ticks() >= self._until:
                self._found = {name: _state(name, attempt) for name, attempt in self._tries.items()}
                self._until = self._ticks() + _HOLDS_SECONDS
            return self._found


def _state(name: str, attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except Exception:
        _log.exception("%s is not ready", name)
        return "failing"
    return "ok"


class _UndoneError(Exception):
    """Ends a transaction that is not to be kept."""


def _write_nothing(office: Office) -> None:
    """Writes a row, reads it, and takes it back."""
    subject = f"ready {new_id()}"
    try:
        with office.accounts.writing() as connection:
            connection.execute(insert(attempts).values(kind="ready", subject=subject, at=office.clock()))
            connection.execute(attempts.select().where(attempts.c.subject == subject)).one()
            raise _UndoneError
    except _UndoneError:
        pass


def _try_attachments(files: AttachmentStore) -> None:
    """Keeps and removes one byte, as an upload would."""
    name = new_id()
    files.keep(name, b"?")
    files.remove(name)
