"""The one place where text from people is cleaned: NFC, trimmed, free of control and bidi characters."""

import re
from unicodedata import is_normalized, normalize

from formkit.fields.base import JSON, Refused
from formkit.texts import Text

# Control characters and lone surrogates come from faulty programs, not from keyboards: refused, not guessed at.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]").search
# Invisible: soft hyphen, zero-width, bidi marks and overrides, joiners, byte-order mark, tags. Dropped silently.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]"
)
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_LINE_SPACE = re.compile("[ \t]*[\n\t][ \t]*")

_NARROW = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x3002: 0x2E}
_NARROW |= dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE63), 0x2D)

TEXT = Text({"zh": "文字", "en": "a text"})


def clean_line(raw: JSON) -> str:
    """One line of clean text, perhaps empty; line ends and tabs become a space. Raises `Refused`."""
    if type(raw) is not str:
        raise Refused("wrong_type", expected=TEXT)
    # isprintable: no control, format, surrogate or odd space character; the common case ends here.
    if raw.isprintable() and is_normalized("NFC", raw):
        return raw.strip()
    return _LINE_SPACE.sub(" ", _clean(raw)).strip()


def clean_lines(raw: JSON) -> str:
    """Clean text of several lines, each line end a plain newline. Raises `Refused`."""
    if type(raw) is not str:
        raise Refused("wrong_type", expected=TEXT)
    return _clean(raw)


def narrow(text: str) -> str:
    """Full-width digits, letters and signs as ASCII, any dash as a hyphen: for numbers and identifiers."""
    return text if text.isascii() else normalize("NFC", text.translate(_NARROW)).strip()


def _clean(raw: str) -> str:
    # Trimmed first: a stray control character at an end that counts as white space does no harm.
    text = _LINE_END.sub("\n", _INVISIBLE.sub("", raw)).strip()
    if _FORBIDDEN(text):
        raise Refused("unreadable_characters")
    return normalize("NFC", text).strip()
