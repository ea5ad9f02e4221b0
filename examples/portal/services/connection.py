"""A connection to one service: signed JSON posts that end in an answer, a refusal, or `ServiceDown`, within seconds."""

import json
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from examples.portal.accounts.model import ServiceDown
from examples.portal.services.breaker import Breaker
from examples.portal.services.refusals import Refusal, Refused
from examples.portal.services.signing import Message, check_secret, sign

_Answer = TypeVar("_Answer")
_log = logging.getLogger("examples.portal.services")
TIMEOUT = 2.0
LONGEST_ANSWER = 1024 * 1024
_REFUSING = frozenset({403, 404, 409})
_KEEP_ALIVE = 2.0
"""Shorter than servers keep an idle connection, so that hardly any is taken up that they are just closing."""


@dataclass(frozen=True, slots=True)
class _No:
    refused: Refusal
    place: str | None = None


_NO = TypeAdapter(_No)


class _Failed(Exception):  # noqa: N818 - read as a sentence: except _Failed
    """A try that brought nothing to believe; the text has no word of what was sent or came.

    `well`: the service is up, it only does not like this one request; nobody else need be kept from asking.
    """

    def __init__(self, why: str, *, well: bool = False) -> None:
        self.well = well
        super().__init__(why)


class Connection:
    """To the service `name` at `base_url`, as a place with its secret; threads share it and its pool.

    What is posted must be safe to repeat: a connection that breaks is tried once more. `timeout` seconds bound each
    of connecting and reading, and the answer as a whole to twice that. `clock` dates the signatures; `ticks` counts
    seconds, for the waiting.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        place: str,
        secret: bytes,
        timeout: float = TIMEOUT,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        check_secret(secret)
        self.place = place
        self._name, self._secret, self._timeout = name, secret, timeout
        self._clock, self._ticks = clock, ticks
        self._breaker = Breaker(ticks)
        self._http = httpx.Client(
            base_url=base_url,
            timeout=timeout,
            limits=httpx.Limits(max_connections=20, keepalive_expiry=_KEEP_ALIVE),
            follow_redirects=False,
            trust_env=False,
        )

    def post(self, path: str, body: Mapping[str, object], answer: TypeAdapter[_Answer]) -> _Answer:
        """The answer; raises `Refused` where the service says no, `ServiceDown` for anything it should not say."""
        if not self._breaker.lets_through():
            raise ServiceDown(f"{self._name} was down a moment ago")
        try:
            status, content = self._exchange(path, json.dumps(body).encode())
            made = _read(status, content, answer)
        except _Failed as failure:
            self._breaker.tell(answered=failure.well)
            _log.warning("%s POST %s: %s", self._name, path, failure)
            raise ServiceDown(f"{self._name}: {failure}") from None
        self._breaker.tell(answered=True)
        if isinstance(made, _No):
            raise Refused(made.refused, made.place)
        return made

    @property
    def is_down(self) -> bool:
        """Whether the service did not answer when it was last asked, several times in a row."""
        return self._breaker.is_resting

    def close(self) -> None:
        """Gives the pool back."""
        self._http.close()

    def _exchange(self, path: str, body: bytes) -> tuple[int, bytes]:
        try:
            try:
                return self._once(path, body)
            except (httpx.NetworkError, httpx.RemoteProtocolError):
                return self._once(path, body)
        except httpx.HTTPError as error:
            raise _Failed(type(error).__name__) from None

    def _once(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Each try is signed anew: a nonce is good once."""
        until = self._ticks() + 2 * self._timeout
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        request = self._http.build_request("POST", path, content=body, headers=headers)
        message = Message("POST", request.url.raw_path.decode("ascii"), body)
        nonce = secrets.token_urlsafe(16)
        request.headers["Authorization"] = sign(
            message, place=self.place, secret=self._secret, at=self._clock(), nonce=nonce
        )
        response = self._http.send(request, stream=True)
        try:
            return response.status_code, self._content(response, until)
        finally:
            response.close()

    def _content(self, response: httpx.Response, until: float) -> bytes:
        content = bytearray()
        for chunk in response.iter_raw():
            content += chunk
            if len(content) > LONGEST_ANSWER:
                raise _Failed("answer too long")
            if self._ticks() > until:
                raise _Failed("answer too slow")
        return bytes(content)


def _read(status: int, content: bytes, answer: TypeAdapter[_Answer]) -> _Answer | _No:
    try:
        if status == 200:
            return answer.validate_json(content, strict=True)
        if status in _REFUSING:
            return _NO.validate_json(content, strict=True)
    except ValidationError as error:
        kinds = sorted({problem["type"] for problem in error.errors(include_input=False, include_url=False)})
        raise _Failed(f"status {status}, answer not understood: {', '.join(kinds)}", well=status != 200) from None
    raise _Failed(f"status {status}", well=400 <= status < 500)
