"""Ids nobody can guess, and receipt numbers people can read out."""

import secrets
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letter that is taken for a digit or another letter: no 0, 1, I, L, O, U."""


def new_id() -> str:
    """32 hexadecimal digits, random: fit for a URL and a file name, and no use to somebody who guesses."""
    return secrets.token_hex(16)


def receipt_number(now: datetime, time_zone: str, taken: Callable[[str], bool]) -> str:
    """A number such as `20241231-7KQM-42XR` that is not taken: the day where the form lives, then chance."""
    day = now.astimezone(ZoneInfo(time_zone)).strftime("%Y%m%d")
    while True:
        number = f"{day}-{_four()}-{_four()}"
        if not taken(number):
            return number


def _four() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(4))
