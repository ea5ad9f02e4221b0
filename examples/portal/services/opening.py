"""The services that the settings name, each over a connection of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import SecretStr

from examples.portal.services import sms
from examples.portal.services.connection import TIMEOUT, Connection
from examples.portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Connections by name: `national`, `education`, `sms`; one whose address the settings leave out is not there."""

    connections: Mapping[str, Connection] = field(default_factory=dict)

    def down(self) -> tuple[str, ...]:
        """Those that do not answer."""
        return tuple(name for name, connection in self.connections.items() if connection.is_down)

    def close(self) -> None:
        """Gives the connections back."""
        for connection in self.connections.values():
            connection.close()


def open_services(settings: Settings, clock: Callable[[], datetime]) -> Services:
    """Nothing is asked yet."""
    named: dict[str, tuple[str, SecretStr, float]] = {
        "national": (settings.national_url, settings.national_secret, TIMEOUT),
        "education": (settings.education_url, settings.education_secret, TIMEOUT),
        "sms": (settings.sms_url, settings.sms_secret, sms.TIMEOUT),
    }
    return Services(
        {
            name: Connection(
                name,
                url,
                place=settings.place,
                secret=secret.get_secret_value().encode(),
                timeout=timeout,
                clock=clock,
            )
            for name, (url, secret, timeout) in named.items()
            if url
        }
    )
