"""How a code reaches a mobile: whoever sends SMS keeps to `Sender`; the demonstration's shows what it would send."""

import logging
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from examples.portal.accounts.model import masked

_log = logging.getLogger("examples.portal.sms")


class Sender(Protocol):
    """A gateway for SMS."""

    def send(self, mobile: str, text: str) -> None:
        """Hands a message over; raises `ServiceDown` where that fails."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that a page may show: the number masked."""

    to: str
    text: str


class DemoSender:
    """Sends nothing: logs each message, and keeps the last few for the development page."""

    def __init__(self, kept: int = 20) -> None:
        self._messages: deque[Message] = deque(maxlen=kept)

    def send(self, mobile: str, text: str) -> None:
        """Logs and keeps a message."""
        message = Message(masked(mobile), text)
        self._messages.appendleft(message)
        _log.info("SMS to %s: %s", message.to, message.text)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The last ones, the latest first."""
        return tuple(self._messages)
