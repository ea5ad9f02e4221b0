"""How the portal is run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formkit.errors import FormkitError

_NO = frozenset({"0", "false", "no", "off"})


class SettingsInvalid(FormkitError):  # noqa: N818 - read as a sentence: except SettingsInvalid
    """The portal does not start like this."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is kept; and whether this is development: invented people, stand-ins, messages on a page."""

    data: Path
    development: bool = True

    @classmethod
    def of(cls, data: Path, environment: Mapping[str, str]) -> "Settings":
        """As the environment says: `PORTAL_DEVELOPMENT=no` for anything but a demonstration."""
        return cls(data, environment.get("PORTAL_DEVELOPMENT", "yes").lower() not in _NO)
