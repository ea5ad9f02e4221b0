"""Who is signed in: a signed cookie, and the secret that signs it."""

import hmac
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "portal_session"
LASTS = 8 * 60 * 60


@dataclass(frozen=True)
class Sessions:
    """Gives and reads the cookie `person.session.since.signature`."""

    secret: bytes
    clock: Callable[[], float] = time.time

    def begin(self, response: Response, person: str, *, secure: bool) -> None:
        """Signs somebody in, in a session of a new name."""
        told = f"{person}.{secrets.token_hex(16)}.{int(self.clock())}"
        response.set_cookie(
            COOKIE, f"{told}.{self._mac(told)}", max_age=LASTS, httponly=True, samesite="lax", secure=secure
        )

    def end(self, response: Response) -> None:
        """Signs out."""
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")

    def read(self, request: Request) -> tuple[str, str] | None:
        """(person, session), or None for nobody."""
        told, _, signature = request.cookies.get(COOKIE, "").rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._mac(told).encode()):
            return None
        person, session, since = told.split(".")
        return (person, session) if self.clock() - int(since) < LASTS else None

    def _mac(self, told: str) -> str:
        return hmac.new(self.secret, f"portal session\n{told}".encode(), sha256).hexdigest()


def secret_in(folder: Path) -> bytes:
    """The portal's secret, made at its first start and readable by its owner alone."""
    path = folder / "secret"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    return path.read_bytes()
