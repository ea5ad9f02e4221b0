"""Posts from other sites, without a token, or with somebody else's are refused; all others go on."""

import pytest
from starlette.datastructures import Headers

from formkit.locales import sentences
from formkit.web.csrf import CsrfProtection, CsrfRefused

SECRET = b"s" * 32
OURS = CsrfProtection(SECRET)
TOKEN = CsrfProtection(SECRET, salt=bytes).token("session-1")


def code_of(
    headers: dict[str, str],
    token: str | None = TOKEN,
    *,
    session: str = "session-1",
    method: str = "POST",
    protection: CsrfProtection = OURS,
) -> str | None:
    sent = Headers({"host": "kj.example.cn", **headers})
    refused = protection.check(method, sent, session, token)
    if refused is None:
        return None
    assert refused.status == 403
    assert refused.code in sentences("web", "zh")
    assert refused.code in sentences("web", "en")
    return refused.code


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "get"])
def test_reading_needs_no_token(method: str) -> None:
    assert code_of({"sec-fetch-site": "cross-site"}, None, method=method) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "ANYTHING"])
def test_all_else_does(method: str) -> None:
    assert code_of({"sec-fetch-site": "same-origin"}, None, method=method) == "csrf_token_missing"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "https://kj.example.cn"},
        {"origin": "http://KJ.example.cn:80"},
        {"origin": "https://kj.example.cn:8443", "host": "kj.example.cn:8443"},
        {"origin": "https://kj.example.cn", "host": "kj.example.cn:443"},
        {"referer": "https://kj.example.cn/forms/a?b=c"},
        {},
    ],
)
def test_our_own_page_with_its_token_passes(headers: dict[str, str]) -> None:
    assert code_of(headers) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "anything"},
        {"sec-fetch-site": "cross-site", "origin": "https://kj.example.cn"},
        {"origin": "https://evil.example"},
        {"origin": "https://kj.example.cn.evil.example"},
        {"origin": "https://evil.example", "referer": "https://kj.example.cn/"},
        {"origin": "https://kj.example.cn@evil.example"},
        {"origin": "https://kj.example.cn:8443"},
        {"origin": "null"},
        {"origin": "https://[half"},
        {"origin": "ftp://kj.example.cn"},
        {"origin": "https://", "host": ""},
        {"referer": "https://evil.example/kj.example.cn"},
    ],
)
def test_another_sites_page_is_refused_even_with_a_token(headers: dict[str, str]) -> None:
    assert code_of(headers) == "csrf_cross_site"


def test_behind_a_proxy_the_declared_origin_is_ours() -> None:
    behind = CsrfProtection(SECRET, origins=("https://Public.example.cn/",))
    for headers in ({"origin": "https://public.example.cn"}, {"referer": "https://public.example.cn/a"}):
        assert code_of(headers, protection=behind) is None
    assert code_of({"origin": "https://other.example.cn"}, protection=behind) == "csrf_cross_site"


@pytest.mark.parametrize("token", [None, ""])
def test_no_token(token: str | None) -> None:
    assert code_of({}, token) == "csrf_token_missing"


@pytest.mark.parametrize("token", [TOKEN[:-1], f"{TOKEN}A", f"1{TOKEN[1:]}", ".", "张", "\ud800.x", "a.b"])
def test_a_changed_token(token: str) -> None:
    assert code_of({}, token) == "csrf_token_wrong"


def test_somebody_elses_token() -> None:
    assert code_of({}, OURS.token("session-2")) == "csrf_token_wrong"


def test_the_token_of_another_secret() -> None:
    assert code_of({}, CsrfProtection(b"t" * 32).token("session-1")) == "csrf_token_wrong"


def test_a_secret_can_be_changed() -> None:
    changed = CsrfProtection(b"n" * 32, older_secrets=[SECRET])
    assert code_of({}, TOKEN, protection=changed) is None
    assert code_of({}, changed.token("session-1")) == "csrf_token_wrong"


def test_no_session_has_no_token() -> None:
    with pytest.raises(ValueError, match="session"):
        OURS.token("")
    assert code_of({}, TOKEN, session="") == "csrf_token_wrong"


def test_tokens_differ_each_time_and_all_pass() -> None:
    first, second = OURS.token("session-1"), OURS.token("session-1")
    assert first != second
    assert code_of({}, first) is None
    assert code_of({}, second) is None


def test_a_given_salt_makes_the_same_page_twice() -> None:
    fixed = CsrfProtection(SECRET, salt=bytes)
    assert fixed.token("a") == fixed.token("a")
    assert fixed.check("POST", {}, "a", fixed.token("a")) is None


def test_a_short_secret_is_the_programmers_fault() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        CsrfProtection(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        CsrfProtection(SECRET, older_secrets=[b"short"])


def test_a_refusal_is_a_value() -> None:
    assert OURS.check("POST", {}, "session-1", None) == CsrfRefused("csrf_token_missing", 403)
