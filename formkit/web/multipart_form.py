"""multipart/form-data → FormBody, streaming, and stricter than the parser below it."""

import re
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO

import anyio.to_thread
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from formkit.web.incoming import (
    BodyLimits,
    BodyRefused,
    FormBody,
    Incoming,
    UploadedFile,
    clean_filename,
    read_text,
    too_large,
)

FileLimit = Callable[[str, str], int | None]
"""(field, file name) → the field's own limit in bytes, None where it has none."""

_CONTENT_TYPE = re.compile(r'multipart/form-data((?:\s*;\s*[\w-]+="?[^\s;"]+"?)*)\s*;?\s*', re.ASCII | re.IGNORECASE)
_BOUNDARY = re.compile(r';\s*boundary=(?:"([^\s;"]{1,70})"|([^\s;"]{1,70}))(?=\s|;|$)', re.IGNORECASE)
_DISPOSITION = re.compile(
    r'form-data(?:; *(?:name|filename) *= *(?:"(?:\\.|[^"\\])*"|[^\s";]+))+ *;?', re.IGNORECASE
)  # no filename*: RFC 7578 forbids it, and readers disagree which of two names counts
_OPTION = re.compile(r'; *(name|filename) *= *(?:"(?:\\.|[^"\\])*"|[^\s";]+)', re.IGNORECASE)
_LONGEST_CONTENT_TYPE = 300
_PLAIN_ENCODINGS = {"7bit", "8bit", "binary"}


async def read_multipart(
    incoming: Incoming, content_type: str, limits: BodyLimits, file_limit: FileLimit | None
) -> FormBody:
    """All fields and files of the body, or BodyRefused; never a part of them."""
    boundary = _boundary(content_type)
    frame, parser = _Frame(boundary), PushMultipartParser(boundary, strict=True, max_header_count=5)
    parts = _Parts(limits, file_limit)
    try:
        while chunk := await incoming.chunk():
            if frame.closed:
                frame.see(chunk)
                continue
            frame.see(chunk)
            for event in parser.parse(chunk):
                await parts.take(event)
        frame.end(parts.count)
        parser.close()
    except MultipartError:
        parts.discard()
        raise BodyRefused("body_malformed", 400) from None
    except BaseException:
        parts.discard()
        raise
    return parts.body


def _boundary(content_type: str) -> bytes:
    # held short first: on a header of 64 KB of blanks the pattern would take seconds
    options = _CONTENT_TYPE.fullmatch(content_type) if len(content_type) <= _LONGEST_CONTENT_TYPE else None
    found = _BOUNDARY.findall(options[1]) if options is not None else []
    if len(found) != 1 or not content_type.isascii() or content_type.lower().count("boundary=") != 1:
        raise BodyRefused("body_malformed", 400)
    quoted, plain = found[0]
    return str(quoted or plain).encode("ascii")


class _Frame:
    """Watches the raw bytes for what the parser forgives: what stands before, after, or in the place of a delimiter.

    A delimiter damaged on its way would else turn fields into such bytes, and they would be gone without a word.
    """

    def __init__(self, boundary: bytes) -> None:
        self._opening = b"\r\n--" + boundary
        self._closing = self._opening + b"--"
        self._tail = b"\r\n"  # so that the first delimiter, at the very start, looks like all others
        self._begun = False
        self._delimiters = 0
        self._after = b""
        self.closed = False

    def see(self, chunk: bytes) -> None:
        """Take the next bytes of the body."""
        if self.closed:
            self._follow(chunk)
            return
        seen = self._tail + chunk
        self._begin(seen)
        self._delimiters += seen.count(self._opening) - self._tail.count(self._opening)
        at = seen.find(self._closing)
        if at >= 0:
            self.closed = True
            self._follow(seen[at + len(self._closing) :])
        self._tail = seen[-len(self._closing) :] if self._begun else seen

    def end(self, parts: int) -> None:
        """The body ended after so many parts: with the last delimiter, and with one before each part."""
        if not self.closed:
            raise BodyRefused("body_truncated", 400)
        if self._after not in (b"", b"\r\n") or self._delimiters != parts + 1:
            raise BodyRefused("body_malformed", 400)

    def _begin(self, seen: bytes) -> None:
        if self._begun or len(seen) < len(self._opening):
            return
        if not seen.startswith(self._opening):
            raise BodyRefused("body_malformed", 400)
        self._begun = True

    def _follow(self, chunk: bytes) -> None:
        self._after += chunk
        if not b"\r\n".startswith(self._after):  # at once, so that no flood of such bytes is kept
            raise BodyRefused("body_malformed", 400)


class _Parts:
    """The parser's events, put together as fields and files under their limits."""

    def __init__(self, limits: BodyLimits, file_limit: FileLimit | None) -> None:
        self.body = FormBody()
        self._limits = limits
        self._file_limit = file_limit
        self._part: _TextPart | _FilePart | None = None
        self._text_bytes = 0
        self.count = 0

    async def take(self, event: MultipartSegment | bytes | None) -> None:
        """Take one event: the head of a part, some of its bytes, or its end."""
        if isinstance(event, MultipartSegment):
            self._part = self._begin(event)
        elif self._part is None:
            raise BodyRefused("body_malformed", 400)
        elif event is None:
            self._part.finish(self.body)
            self._part = None
        else:
            if isinstance(self._part, _TextPart):
                self._count_text(len(event))
            await self._part.write(event)

    def discard(self) -> None:
        """Give back all files, the unfinished one too."""
        if isinstance(self._part, _FilePart):
            self._part.file.close()
        self.body.close()

    def _begin(self, segment: MultipartSegment) -> "_TextPart | _FilePart":
        name, filename = _names(segment)
        self.count += 1
        if self.count > self._limits.fields + self._limits.files:
            raise BodyRefused("too_many_fields", 413, {"limit": self._limits.fields})
        if filename is None:
            if len(self.body.pairs) >= self._limits.fields:
                raise BodyRefused("too_many_fields", 413, {"limit": self._limits.fields})
            return _TextPart(name, self._limits)
        if len(self.body.files) >= self._limits.files:
            raise BodyRefused("too_many_files", 413, {"limit": self._limits.files})
        own = self._file_limit(name, filename) if self._file_limit is not None else None
        return _FilePart(name, filename, self._limits, own)

    def _count_text(self, size: int) -> None:
        self._text_bytes += size
        if self._text_bytes > self._limits.text_bytes:
            raise too_large("text_too_large", self._limits.text_bytes)


class _TextPart:
    """A field's value while it arrives."""

    def __init__(self, name: str, limits: BodyLimits) -> None:
        self._name, self._limit, self._raw = name, limits.field_bytes, bytearray()

    async def write(self, chunk: bytes) -> None:
        self._raw += chunk
        if len(self._raw) > self._limit:
            raise too_large("field_too_large", self._limit, field=self._name)

    def finish(self, body: FormBody) -> None:
        body.pairs.append((self._name, read_text(self._raw, self._name)))


class _FilePart:
    """A file while it arrives; beyond the field's own limit its bytes are counted and dropped."""

    def __init__(self, name: str, filename: str, limits: BodyLimits, own_limit: int | None) -> None:
        self._name, self._filename, self._limits, self._own_limit = name, filename, limits, own_limit
        self._size = 0
        self.file: IO[bytes] = SpooledTemporaryFile(max_size=limits.spool, dir=limits.folder)  # noqa: SIM115 - FormBody.close

    async def write(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limits.file_bytes:
            limit = self._limits.file_bytes
            raise too_large("upload_too_large", limit, field=self._name, filename=self._filename)
        if self._is_over:
            self.file.seek(0)
            self.file.truncate()
        elif self._size > self._limits.spool:
            await anyio.to_thread.run_sync(self.file.write, chunk)
        else:
            self.file.write(chunk)

    def finish(self, body: FormBody) -> None:
        if not self._filename and not self._size:  # a file input nobody filled
            self.file.close()
            return
        self.file.seek(0)
        over = self._own_limit if self._is_over else None
        body.files.append(UploadedFile(self._name, self._filename, self.file, self._size, over))

    @property
    def _is_over(self) -> bool:
        return self._own_limit is not None and self._size > self._own_limit


def _names(segment: MultipartSegment) -> tuple[str, str | None]:
    """The field's name, and the file's where it is one; a head that says a thing twice or in code is refused."""
    headers = [name for name, _ in segment.headerlist]
    disposition = segment.header("Content-Disposition", "")
    encoding = segment.header("Content-Transfer-Encoding", "binary")
    options = [option.lower() for option in _OPTION.findall(disposition)]
    twice = len(set(headers)) < len(headers) or len(set(options)) < len(options)
    if twice or not _DISPOSITION.fullmatch(disposition) or encoding.lower() not in _PLAIN_ENCODINGS:
        raise BodyRefused("body_malformed", 400)
    name, filename = str(segment.name or ""), segment.filename
    if "\x00" in disposition:
        raise BodyRefused("body_has_nul", 400, {"field": clean_filename(name)})
    if not name or not name.isprintable():
        raise BodyRefused("body_malformed", 400)
    return name, None if filename is None else clean_filename(filename)
