"""The places that keep accounting personnel, each with a secret of its own; an area belongs to one of them."""

import json
import os
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path

_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
_CITIES = "210200 330200 350200 370200 440300"
_UNITS = "xpcc cpc_organs ngoa cmc_lsd"
PLACES = (*_PROVINCES.split(), *_CITIES.split(), *_UNITS.split())
"""The provinces; the five cities that keep their own, Shenzhen among them [S7]; the units managed separately."""


def place_of(area: str, places: Collection[str]) -> str | None:
    """The place an area code belongs to: the one that says most of it.

    >>> place_of("440106", ["44", "440300"]), place_of("440300", ["44", "440300"]), place_of("999999", ["44"])
    ('44', '440300', None)
    """
    return max((place for place in places if area.startswith(place)), key=len, default=None)


def places_in(folder: Path) -> Mapping[str, bytes]:
    """Secrets by place, kept in `places.json`; made at the first start, readable by its owner alone."""
    path = folder / "places.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = json.dumps({place: secrets.token_hex(32) for place in PLACES}, indent=1)
        fresh = folder / f".places.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(made)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first
        finally:
            fresh.unlink()
    return {place: secret.encode() for place, secret in json.loads(path.read_text()).items()}
