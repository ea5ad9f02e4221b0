"""Every response carries the security headers, except where it says its own; nothing unsafe is among them."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from formkit.web.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS, SecurityHeaders, file_headers


def page(request: Request) -> Response:
    return PlainTextResponse("personal")


def static(request: Request) -> Response:
    return PlainTextResponse("css", headers={"Cache-Control": "public, max-age=31536000, immutable"})


def upload(request: Request) -> Response:
    return Response(b"%PDF", headers=file_headers("证明 1.pdf", "application/pdf"))


APP = Starlette(routes=[Route("/", page), Route("/static", static), Route("/upload", upload)])


def get(path: str, app: ASGIApp = APP) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=SecurityHeaders(app))
        async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
            return await client.get(path)

    return asyncio.run(ask())


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_every_answer_has_them_all(path: str) -> None:
    headers = get(path).headers
    assert {name: headers.get_list(name) for name in SECURITY_HEADERS} == {
        name: [value] for name, value in SECURITY_HEADERS.items()
    }


def test_a_page_is_not_kept() -> None:
    assert get("/").headers["cache-control"] == "no-store"


def test_static_files_keep_their_own_caching() -> None:
    headers = get("/static").headers
    assert headers.get_list("cache-control") == ["public, max-age=31536000, immutable"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_stored_file_is_a_download_in_a_sandbox() -> None:
    headers = get("/upload").headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert headers["content-disposition"] == (
        "attachment; filename=\"___1.pdf\"; filename*=UTF-8''%E8%AF%81%E6%98%8E%201.pdf"
    )
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ['a"; filename=evil.html', "a\r\nSet-Cookie: x=1", "'; x", ""])
def test_no_file_name_breaks_out_of_its_header(name: str) -> None:
    value = file_headers(name, "image/png", inline=True)["Content-Disposition"]
    assert value.startswith('inline; filename="')
    assert value.count('"') == 2
    assert value.count(";") == 2
    assert value.isascii()
    assert value.isprintable()


def test_the_policy_allows_nothing_unsafe_and_nobody_else() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    directives = {each.split()[0]: each.split()[1:] for each in CONTENT_SECURITY_POLICY.split(";")}
    assert directives["default-src"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    assert directives["form-action"] == ["'self'"]


def test_what_is_not_http_passes_untouched() -> None:
    seen: list[str] = []
    sends: list[Send] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])
        sends.append(send)

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        return None

    asyncio.run(SecurityHeaders(app)({"type": "lifespan"}, receive, send))
    assert seen == ["lifespan"]
    assert sends == [send]
