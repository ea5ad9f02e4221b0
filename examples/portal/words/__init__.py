"""What the portal's pages say, in both languages; a file for each room."""

from examples.portal.words import accounts, exam, staff, transfers
from formkit.texts import Text

_ROOMS = (accounts, exam, staff, transfers)
_SENTENCES: dict[str, tuple[str, str]] = {code: told for room in _ROOMS for code, told in room.SENTENCES.items()}


def say(code: str, language: str, **params: object) -> str:
    """A sentence."""
    return text(code).in_(language).format(**params)


def text(code: str) -> Text:
    """A sentence in both languages."""
    zh, en = _SENTENCES[code]
    return Text({"zh": zh, "en": en})


def wait(seconds: int, language: str) -> str:
    """A time to wait, rounded up: `50 seconds`, `15 minutes`, `23 hours`."""
    for unit, most, size in (("seconds", 90, 1), ("minutes", 90 * 60, 60)):
        if seconds <= most:
            return say(unit, language, count=-(-seconds // size))
    return say("hours", language, count=-(-seconds // 3600))
