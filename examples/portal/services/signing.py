"""How a request says who sends it: a signature over its method, path, body and time, good once and for minutes."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from formkit.errors import FormkitError

SCHEME = "Formkit-HMAC-SHA256"
WINDOW = timedelta(minutes=5)
"""How far the sender's clock and the receiver's may be apart."""
SECRET_BYTES = 32
"""A shorter secret is refused."""

_HEADER = re.compile(
    SCHEME + r" place=([A-Za-z0-9_-]{1,32}), at=([0-9]{1,12}), nonce=([A-Za-z0-9_-]{16,64}), signature=([0-9a-f]{64})"
)
_LONGEST_HEADER = 300
_NOBODY = bytes(SECRET_BYTES)


class SignatureRefused(FormkitError):  # noqa: N818 - read as a sentence: except SignatureRefused
    """Who sent a request is not known; `code` is missing, malformed, untimely, wrong or replayed."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"signature refused: {code}")


@dataclass(frozen=True, slots=True)
class Message:
    """What is signed of a request: `target` is its path, with the query where there is one, as on the wire."""

    method: str
    target: str
    body: bytes


Secrets = Callable[[str], bytes | None]
"""A place's secret; None for a place that nobody knows."""
Remember = Callable[[str, str, datetime], bool]
"""Keeps (place, nonce) until a moment, for all processes of the server; False where it was there already."""


def sign(message: Message, *, place: str, secret: bytes, at: datetime, nonce: str) -> str:
    """The `Authorization` header; `nonce` is a random word of 16 to 64 letters and digits, new for every request."""
    check_secret(secret)
    seconds = int(at.timestamp())
    header = f"{SCHEME} place={place}, at={seconds}, nonce={nonce}, signature="
    return header + _signature(message, place, seconds, nonce, secret)


def verify(header: str | None, message: Message, *, now: datetime, secret_of: Secrets, remember: Remember) -> str:
    """The place that sent a request, or `SignatureRefused`; a nonce is remembered only once the signature is right."""
    place, seconds, nonce, signature = _read(header)
    if abs(seconds - now.timestamp()) > WINDOW.total_seconds():
        raise SignatureRefused("untimely")
    secret = secret_of(place)
    expected = _signature(message, place, seconds, nonce, secret or _NOBODY)
    if not hmac.compare_digest(expected, signature) or secret is None:
        raise SignatureRefused("wrong")
    until = datetime.fromtimestamp(seconds, UTC) + WINDOW + timedelta(seconds=1)
    if not remember(place, nonce, until):
        raise SignatureRefused("replayed")
    return place


def check_secret(secret: bytes) -> None:
    """Raises `ValueError` for a secret that is too short to be one."""
    if len(secret) < SECRET_BYTES:
        raise ValueError(f"the secret of a place has at least {SECRET_BYTES} bytes")


def _read(header: str | None) -> tuple[str, int, str, str]:
    if not header:
        raise SignatureRefused("missing")
    found = _HEADER.fullmatch(header) if len(header) <= _LONGEST_HEADER else None
    if found is None:
        raise SignatureRefused("malformed")
    place, seconds, nonce, signature = found.groups()
    return place, int(seconds), nonce, signature


def _signature(message: Message, place: str, seconds: int, nonce: str, secret: bytes) -> str:
    """Nothing signed can hold a line break but the target, which no server lets in: two requests never read alike."""
    digest = sha256(message.body).hexdigest()
    lines = (SCHEME, place, str(seconds), nonce, message.method, message.target, digest)
    return hmac.new(secret, "\n".join(lines).encode(), sha256).hexdigest()
