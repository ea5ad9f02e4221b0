"""The SMS gateway: takes a message over HTTP, signed like everything the portal asks of services."""

import secrets
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from examples.portal.accounts.model import ServiceDown
from examples.portal.services.connection import Connection
from examples.portal.services.refusals import Refused

TIMEOUT = 3.0


@dataclass(frozen=True, slots=True)
class _Taken:
    taken: Literal[True]


_TAKEN = TypeAdapter(_Taken)


class HttpSender:
    """Posts `{id, to, text}` to the gateway; it answers `{"taken": true}`, and takes an id once.

    A connection that breaks is tried once more with the same id.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, mobile: str, text: str) -> None:
        """Hands a message over; raises `ServiceDown` where that fails, or the gateway does not want it."""
        message = {"id": secrets.token_urlsafe(16), "to": mobile, "text": text}
        try:
            self._connection.post("/sms/v1/messages", message, _TAKEN)
        except Refused as refused:
            raise ServiceDown(f"the gateway refused a message: {refused}") from None
