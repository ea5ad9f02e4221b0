"""Request bodies read strictly: urlencoded, multipart and JSON; whole, or BodyRefused with a reason."""

import re
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from formkit.web.incoming import (
    DEFAULT_LIMITS,
    BodyLimits,
    BodyRefused,
    FormBody,
    Incoming,
    UploadedFile,
    read_text,
    too_large,
)
from formkit.web.multipart_form import FileLimit, read_multipart
from formkit.web.strict_json import parse_json

__all__ = ["BodyLimits", "BodyRefused", "FileLimit", "FormBody", "UploadedFile", "read_form", "read_json"]

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


async def read_form(
    request: Request, *, limits: BodyLimits = DEFAULT_LIMITS, on_file: FileLimit | None = None
) -> FormBody:
    """The form a browser posted, in the order of its page; close it when done.

    `on_file(field, file name)` gives a field's own size limit: a larger file is dropped while it streams and marked
    `over_limit`. Beyond `limits`, or where the body is truncated, malformed, not UTF-8, or slow: BodyRefused.
    """
    content_type = request.headers.get("content-type", "")
    kind = _kind(content_type)
    if kind == "multipart/form-data":
        async with Incoming(request, limits) as incoming:
            return await read_multipart(incoming, content_type, limits, on_file)
    if kind == "application/x-www-form-urlencoded":
        # three bytes of text to nine of body, where every byte is escaped
        async with Incoming(request, limits, total_bytes=3 * limits.text_bytes) as incoming:
            return FormBody(_urlencoded(await incoming.whole(), limits))
    raise BodyRefused("body_not_a_form", 415)


async def read_json(request: Request, *, limits: BodyLimits = DEFAULT_LIMITS) -> object:
    """The JSON value a program posted: no name twice, no NaN or infinity, no half characters, bounded depth."""
    if _kind(request.headers.get("content-type", "")) != "application/json":
        raise BodyRefused("body_not_json", 415)
    async with Incoming(request, limits, total_bytes=limits.text_bytes) as incoming:
        body = await incoming.whole()
    return parse_json(body, depth=limits.depth)


def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _urlencoded(body: bytes, limits: BodyLimits) -> list[tuple[str, str]]:
    if not body:
        return []
    if body.count(b"&") >= limits.fields:
        raise BodyRefused("too_many_fields", 413, {"limit": limits.fields})
    pairs = [_pair(part, limits) for part in body.split(b"&")]
    if sum(len(name) + len(value) for name, value in pairs) > limits.text_bytes:
        raise too_large("text_too_large", limits.text_bytes)
    return pairs


def _pair(part: bytes, limits: BodyLimits) -> tuple[str, str]:
    raw_name, equals, raw_value = part.partition(b"=")
    if not equals or not raw_name or _BROKEN_ESCAPE.search(part):
        raise BodyRefused("body_malformed", 400)
    name = read_text(_unescaped(raw_name), raw_name[:100].decode("ascii", "replace"))
    if not name.isprintable():
        raise BodyRefused("body_malformed", 400)
    value = _unescaped(raw_value)
    if len(value) > limits.field_bytes:
        raise too_large("field_too_large", limits.field_bytes, field=name)
    return name, read_text(value, name)


def _unescaped(raw: bytes) -> bytes:
    return unquote_to_bytes(raw.replace(b"+", b" "))
