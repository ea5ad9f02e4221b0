"""Whether a request that changes something was sent from our own page by the person it claims."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

TOKEN_FIELD = "_csrf"  # noqa: S105 - the name of a form field; no id of a form may begin with _
TOKEN_HEADER = "x-csrf-token"  # noqa: S105 - the name of a header

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_SALT_BYTES = 12
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class CsrfRefused:
    """Why a request is not taken; the sentence of `code` is in the room `web` of the locales."""

    code: str
    status: int = 403


class CsrfProtection:
    """Tells our own pages' posts from others': by Fetch Metadata, by Origin, and by a token bound to the session.

    `secret` has at least 32 bytes; tokens of `older_secrets` still pass, so that a secret can be changed. `origins`
    (such as `https://kj.example.gov.cn`) are ours too, where a proxy changes the Host it forwards.
    """

    def __init__(
        self,
        secret: bytes,
        *,
        older_secrets: Iterable[bytes] = (),
        origins: Iterable[str] = (),
        salt: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._secrets = (secret, *older_secrets)
        if any(len(each) < 32 for each in self._secrets):
            raise ValueError("a secret for CSRF tokens has at least 32 bytes")
        self._origins = frozenset(origin.lower().rstrip("/") for origin in origins)
        self._salt = salt

    def token(self, session_id: str) -> str:
        """A token for the pages of this session; another each time, so that compression cannot give it away."""
        if not session_id:
            raise ValueError("a CSRF token is bound to a session: give its id")
        salt = self._salt(_SALT_BYTES).hex()
        return f"{salt}.{_mac(self._secrets[0], salt, session_id)}"

    def check(
        self, method: str, headers: Mapping[str, str], session_id: str, posted_token: str | None
    ) -> CsrfRefused | None:
        """None where the request may go on. `headers` are looked up in lower case, as Starlette's can be."""
        if method.upper() in _SAFE_METHODS:
            return None
        if not self._is_same_origin(headers):
            return CsrfRefused("csrf_cross_site")
        if not posted_token:
            return CsrfRefused("csrf_token_missing")
        return None if self._is_ours(posted_token, session_id) else CsrfRefused("csrf_token_wrong")

    def _is_same_origin(self, headers: Mapping[str, str]) -> bool:
        """By the browser's own word; a client that says nothing at all is left to the token."""
        site = headers.get("sec-fetch-site")
        if site in ("same-origin", "none"):
            return True
        origin = headers.get("origin") or headers.get("referer")
        if not origin:
            return site is None
        scheme, host = _scheme_and_host(origin)
        if f"{scheme}://{host}" in self._origins:
            return True
        port = _DEFAULT_PORTS.get(scheme)
        if site is not None or port is None or not host:
            return False
        return host.removesuffix(port) == headers.get("host", "").lower().removesuffix(port)

    def _is_ours(self, token: str, session_id: str) -> bool:
        salt, _, mac = token.partition(".")
        if not session_id or len(salt) != 2 * _SALT_BYTES:
            return False
        given = mac.encode("utf-8", "replace")
        known = [hmac.compare_digest(given, _mac(secret, salt, session_id).encode()) for secret in self._secrets]
        return any(known)


def _scheme_and_host(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc


def _mac(secret: bytes, salt: str, session_id: str) -> str:
    message = f"formkit csrf\n{salt}\n{session_id}".encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(hmac.new(secret, message, sha256).digest()).decode().rstrip("=")
