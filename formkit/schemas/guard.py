"""Bytes → text that may be given to the YAML parser, or the diagnostic that says why not."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from re import compile as pattern

from formkit.diagnostics import Diagnostic
from formkit.locales import sentence
from formkit.schemas.positions import Lines
from formkit.texts import LANGUAGES, Text

_FORBIDDEN = pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def read_bytes(path: Path, limit: int) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The bytes of a file (at most one more than `limit`), or why they cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1), ()
    except (OSError, ValueError) as error:
        reason = Text({language: _reason(error, language) for language in LANGUAGES})
        place = Lines(str(path), "").place(0, 0)
        return b"", (Diagnostic("unreadable-file", place, {"file": str(path), "reason": reason}),)


def guarded_text(content: str | bytes, file: str, limit: int) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text without its byte order mark, and whatever keeps it from being parsed.

    The text comes back also when it is refused, as far as it can be shown, so that a diagnostic can quote its line.
    """
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    start = Lines(file, "").place(0, 0)
    if len(raw) > limit:
        return "", (Diagnostic("file-too-large", start, {"limit": _megabytes(limit)}),)
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or _every_other_nul(raw):
        return "", (Diagnostic("utf-16", start),)
    raw = raw.removeprefix(BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error.start, file)
    found = _FORBIDDEN.search(text)
    if found is None:
        return text, ()
    place = Lines(file, text).place(found.start(), found.end())
    return text, (Diagnostic("control-character", place, {"character": f"U+{ord(found.group()):04X}"}),)


def _every_other_nul(raw: bytes) -> bool:
    """Latin letters in UTF-16: its mark at the beginning may have been lost."""
    head = raw[:200]
    return len(head) > 3 and max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4


def _not_utf8(raw: bytes, start: int, file: str) -> tuple[str, tuple[Diagnostic, ...]]:
    text = raw.decode("utf-8", "replace")
    index = len(raw[:start].decode("utf-8"))
    return text, (Diagnostic("not-utf-8", Lines(file, text).place(index, index + 1), {"byte": f"0x{raw[start]:02X}"}),)


def _reason(error: Exception, language: str) -> str:
    kinds = ((FileNotFoundError, "missing"), (IsADirectoryError, "folder"), (PermissionError, "permission"))
    kind = next((word for cause, word in kinds if isinstance(error, cause)), "other")
    return sentence("diagnostics", f"unreadable-file.{kind}", {}, language)


def _megabytes(limit: int) -> str:
    return f"{limit / 1_000_000:g} MB" if limit >= 100_000 else f"{limit} B"
