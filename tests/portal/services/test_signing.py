"""Signatures: what was signed comes in once and in time; anything changed stays outside."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples.portal.services.signing import WINDOW, Message, SignatureRefused, sign, verify
from examples.portal.standins.app import standins_app
from tests.portal.services.serving import NOW, SECRETS, serving

MESSAGE = Message("POST", "/national/v1/persons/lookup", b'{"number": "44010619880808908X"}')
NONCE = "nonce-of-sixteen"


def signed(message: Message = MESSAGE, place: str = "44", by: str = "44", nonce: str = NONCE, **late: int) -> str:
    return sign(message, place=place, secret=SECRETS[by], at=NOW + timedelta(**late), nonce=nonce)


def judged(header: str | None, message: Message = MESSAGE, seen: set[tuple[str, str]] | None = None) -> str:
    """The place, or why not."""
    known = set() if seen is None else seen

    def remember(place: str, nonce: str, _until: object) -> bool:
        new = (place, nonce) not in known
        known.add((place, nonce))
        return new

    try:
        return verify(header, message, now=NOW, secret_of=SECRETS.get, remember=remember)
    except SignatureRefused as refused:
        return refused.code


def test_who_signed_comes_in_once() -> None:
    seen: set[tuple[str, str]] = set()
    assert judged(signed(), seen=seen) == "44"
    assert judged(signed(), seen=seen) == "replayed"
    assert judged(signed(seconds=1), seen=seen) == "replayed", "also with another time"
    assert judged(signed(place="43", by="43"), seen=seen) == "43", "another place's nonces are its own"


@pytest.mark.parametrize(
    "changed",
    [
        replace(MESSAGE, method="GET"),
        replace(MESSAGE, target="/national/v1/transfers/find"),
        replace(MESSAGE, target=MESSAGE.target + "?"),
        replace(MESSAGE, body=MESSAGE.body + b" "),
        replace(MESSAGE, body=b""),
    ],
)
def test_a_changed_request_is_refused(changed: Message) -> None:
    assert judged(signed(), changed) == "wrong"


def test_a_place_signs_for_itself_only() -> None:
    assert judged(signed(place="43", by="44")) == "wrong"
    assert judged(signed(place="99", by="44")) == "wrong", "nobody knows this place; which are known is not said"
    assert judged(signed().replace("place=44,", "place=43,")) == "wrong"
    assert judged(sign(MESSAGE, place="99", secret=bytes(32), at=NOW, nonce=NONCE)) == "wrong"


def test_another_time_or_nonce_than_was_signed_is_refused() -> None:
    assert judged(signed().replace(f"nonce={NONCE}", f"nonce={NONCE}2")) == "wrong"
    at = int(NOW.timestamp())
    assert judged(signed().replace(f"at={at}", f"at={at + 1}")) == "wrong"


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_clocks_may_differ_by_five_minutes(seconds: int) -> None:
    assert judged(signed(seconds=seconds)) == "44"


@pytest.mark.parametrize("seconds", [-301, 301, 10**9])
def test_older_and_later_requests_are_refused(seconds: int) -> None:
    assert judged(signed(seconds=seconds)) == "untimely"


def test_a_nonce_is_kept_as_long_as_its_request_would_pass() -> None:
    kept = []
    header = signed(seconds=300)
    verify(header, MESSAGE, now=NOW, secret_of=SECRETS.get, remember=lambda *one: not kept.append(one))
    (_, _, until), last_chance = kept[0], NOW + timedelta(seconds=300) + WINDOW
    assert until > last_chance


def test_what_is_wrongly_signed_uses_up_no_nonce() -> None:
    seen: set[tuple[str, str]] = set()
    assert judged(signed(by="43"), seen=seen) == "wrong"
    assert judged(signed(), seen=seen) == "44"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _: None, "missing"),
        (lambda _: "", "missing"),
        (lambda _: "Bearer x", "malformed"),
        (lambda header: header.replace("Formkit-HMAC-SHA256", "Formkit-HMAC-SHA1"), "malformed"),
        (lambda header: header[:-1], "malformed"),
        (lambda header: header + "\n", "malformed"),
        (lambda header: header + ", signature=" + "0" * 64, "malformed"),
        (lambda header: header.upper(), "malformed"),
        (lambda header: header.replace("nonce=", "nonce= "), "malformed"),
        (lambda header: header.replace(NONCE, "short"), "malformed"),
        (lambda header: header.replace("at=1", "at=１"), "malformed"),
        (lambda header: header.replace("at=", "at=-"), "malformed"),
        (lambda header: header * 1000, "malformed"),
    ],
)
def test_a_header_that_is_not_one(change: Callable[[str], str | None], code: str) -> None:
    assert judged(change(signed())) == code


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_whatever_stands_in_the_header_is_judged(header: str) -> None:
    assert judged(header) in ("missing", "malformed")


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sign(MESSAGE, place="44", secret=b"short", at=NOW, nonce=NONCE)


Post = Callable[..., httpx.Response]


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """Posts as bytes to the stand-ins, whose clock stands still; two apps over one folder, as two processes."""
    apps = [standins_app(tmp_path, places=SECRETS, clock=lambda: NOW) for _ in range(2)]
    with serving(apps[0]) as one, serving(apps[1]) as other, httpx.Client(trust_env=False) as client:

        def post(
            header: str | None, body: bytes = MESSAGE.body, at: int = 0, path: str = MESSAGE.target
        ) -> httpx.Response:
            headers = {"Authorization": header} if header is not None else {}
            return client.post((one, other)[at] + path, content=body, headers=headers)

        yield post


def test_the_stand_ins_let_in_what_is_signed_once_whichever_process(post: Post) -> None:
    assert post(signed()).json() == {"held_by": None}
    for at in (0, 1):
        again = post(signed(), at=at)
        assert (again.status_code, again.json()) == (401, {"error": "signature_replayed"})


def test_the_stand_ins_keep_everything_else_out(post: Post) -> None:
    assert post(None).json() == {"error": "signature_missing"}
    assert post(signed(), body=MESSAGE.body + b" ").json() == {"error": "signature_wrong"}
    assert post(signed(), path="/national/v1/transfers/find").json() == {"error": "signature_wrong"}
    assert post(signed(), path=MESSAGE.target + "?x=1").json() == {"error": "signature_wrong"}
    assert post(signed(by="43")).json() == {"error": "signature_wrong"}
    assert post(signed(minutes=-6)).json() == {"error": "signature_untimely"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[" * 50, 400),
        (b'{"number": "1", "number": "2"}', 400),
        (b'{"number": "1\xff"}', 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"number": 1}', 422),
        (b'{"number": ""}', 422),
        (b'{"number": "1", "more": 1}', 422),
        (b'{"number": "' + b"1" * 41 + b'"}', 422),
        (b'{"number": "' + b"1" * 70_000 + b'"}', 413),
    ],
)
def test_the_stand_ins_read_strictly(post: Post, body: bytes, status: int) -> None:
    answer = post(signed(replace(MESSAGE, body=body)), body=body)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
