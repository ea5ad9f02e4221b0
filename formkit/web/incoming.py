"""What arrives in a request's body: its limits, its refusals, its stream under watch, and the form made of it."""

import unicodedata
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from types import MappingProxyType, TracebackType
from typing import IO

import anyio
from starlette.requests import ClientDisconnect, Request

from formkit.errors import FormkitError
from formkit.locales import sentence
from formkit.records.judged import size_text

_MB = 1024 * 1024
_NOTHING: Mapping[str, object] = MappingProxyType({})
_LONGEST_FILENAME = 100


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """How much one request may bring, in bytes where not said otherwise.

    `seconds` is the patience for the whole body, which grows by a second for each `bytes_per_second` that arrived.
    `drained` is how much more is read and dropped after a body proved too large, so that a browser shows the answer
    instead of a broken connection. Files stay in memory up to `spool`, then go to an unnamed file in `folder`.
    """

    fields: int = 2000
    field_bytes: int = 100_000
    text_bytes: int = 2 * _MB
    files: int = 40
    file_bytes: int = 20 * _MB
    total_bytes: int = 60 * _MB
    seconds: float = 30
    bytes_per_second: int = 16 * 1024
    drained: int = 60 * _MB
    depth: int = 32
    spool: int = _MB
    folder: str | None = None


DEFAULT_LIMITS = BodyLimits()


class BodyRefused(FormkitError):  # noqa: N818 - read as a sentence: except BodyRefused
    """A body that is not read to its end or not believed: a code, an HTTP status, and the params of the sentence."""

    def __init__(self, code: str, status: int, params: Mapping[str, object] = _NOTHING) -> None:
        self.code, self.status, self.params = code, status, dict(params)
        super().__init__(f"{status} {code} {self.params}")

    def sentence(self, language: str) -> str:
        """What the person reads."""
        return sentence("web", self.code, self.params, language)


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as it arrived: the field it came for, its cleaned name, its bytes in an open file set to the start.

    `over_limit` is the field's own limit where the file is larger: its bytes were dropped while it streamed and
    `size` is what it had, so that the page can say so and keep everything else that was typed.
    """

    name: str
    filename: str
    file: IO[bytes]
    size: int
    over_limit: int | None = None


@dataclass(slots=True)
class FormBody:
    """Names and values in the order of the page, and files; close it (or use `with`) to give the files back."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    files: list[UploadedFile] = field(default_factory=list)

    def first(self, name: str) -> str | None:
        """The first value posted under `name`."""
        return next((value for posted, value in self.pairs if posted == name), None)

    def close(self) -> None:
        """Give the files' space back."""
        for upload in self.files:
            upload.file.close()

    def __enter__(self) -> "FormBody":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Incoming:
    """A request's body, read chunk by chunk under limits of size and time.

    Use as `async with`; on the way out, a body that proved too large is read on and dropped, within bounds.
    """

    def __init__(self, request: Request, limits: BodyLimits, *, total_bytes: int | None = None) -> None:
        self._limits = limits
        self._total = limits.total_bytes if total_bytes is None else min(total_bytes, limits.total_bytes)
        self._stream: AsyncGenerator[bytes, None] = request.stream()
        self._declared = _declared_length(request)
        self._received = 0
        self._started = 0.0

    async def __aenter__(self) -> "Incoming":
        self._started = anyio.current_time()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async with aclosing(self._stream):
            if isinstance(error, BodyRefused) and error.status == 413:
                await self._drain()

    async def chunk(self) -> bytes:
        """The next bytes; empty at the end, which must be where Content-Length said."""
        if self._declared is not None and self._declared > self._total:
            raise too_large("body_too_large", self._total)
        chunk = await self._next()
        if self._received > self._total:
            raise too_large("body_too_large", self._total)
        if not chunk and self._declared not in (None, self._received):
            raise BodyRefused("body_truncated", 400)
        return chunk

    async def whole(self) -> bytes:
        """Everything, where the total limit is one that memory bears."""
        body = bytearray()
        while chunk := await self.chunk():
            body += chunk
        return bytes(body)

    async def _next(self) -> bytes:
        patience = self._limits.seconds + self._received / self._limits.bytes_per_second
        with anyio.CancelScope(deadline=self._started + patience) as scope:
            try:
                chunk = await anext(self._stream, b"")
            except ClientDisconnect:
                raise BodyRefused("body_truncated", 400) from None
        if scope.cancelled_caught:
            raise BodyRefused("body_too_slow", 408)
        self._received += len(chunk)
        return chunk

    async def _drain(self) -> None:
        most = self._received + self._limits.drained
        if self._declared is not None and self._declared > most:
            return
        try:
            while self._received <= most and await self._next():
                pass
        except BodyRefused:
            return  # the body is refused already; a connection that ends or stalls now changes nothing


def too_large(code: str, limit: int, **params: object) -> BodyRefused:
    """A 413 that names its limit."""
    return BodyRefused(code, 413, {**params, "limit": size_text(limit)})


def read_text(raw: bytes | bytearray, name: str) -> str:
    """Strict UTF-8 without NUL, whatever charset the client claims."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BodyRefused("body_not_utf8", 400, {"field": name}) from None
    if "\x00" in text:
        raise BodyRefused("body_has_nul", 400, {"field": name})
    return text


def clean_filename(raw: str) -> str:
    """The last part of a file's name, without controls and marks that turn the writing direction, at most 100 long.

    >>> clean_filename("C:\\\\photos\\\\..\\\\me.jpg"), clean_filename("../../etc/passwd"), clean_filename("..")
    ('me.jpg', 'passwd', '')
    """
    last = unicodedata.normalize("NFC", raw).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    name = shown.strip(" .")
    if len(name) <= _LONGEST_FILENAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:_LONGEST_FILENAME]
    return f"{stem[: _LONGEST_FILENAME - len(extension) - 1]}.{extension}"


def _declared_length(request: Request) -> int | None:
    values = request.headers.getlist("content-length")
    if not values:
        return None
    if len(set(values)) > 1 or not (values[0].isascii() and values[0].isdigit()) or len(values[0]) > 15:
        raise BodyRefused("body_malformed", 400)
    return int(values[0])
