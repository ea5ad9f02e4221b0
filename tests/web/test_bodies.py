"""Bodies whole or not at all: every cut, every damaged delimiter and every limit ends in a refusal with its reason."""

import asyncio
import re
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from formkit.locales import sentences
from formkit.web import multipart_form
from formkit.web.bodies import BodyLimits, BodyRefused, FormBody, read_form, read_json
from formkit.web.incoming import clean_filename

Message = dict[str, object]
DEFAULT = BodyLimits()
MULTIPART = "multipart/form-data; boundary=B0undary"
URLENCODED = "application/x-www-form-urlencoded"


def part(name: str, value: bytes, filename: str | None = None, *, more: bytes = b"") -> bytes:
    file = b"" if filename is None else b'; filename="' + filename.encode() + b'"\r\nContent-Type: image/jpeg'
    return b'Content-Disposition: form-data; name="' + name.encode() + b'"' + file + more + b"\r\n\r\n" + value


def multipart(*parts: bytes) -> bytes:
    return b"".join(b"--B0undary\r\n" + each + b"\r\n" for each in parts) + b"--B0undary--\r\n"


FILE = bytes(range(256)) * 3
WHOLE = multipart(
    part("name", "张三".encode()),
    part("email", b"a@example.cn"),
    part("note", b""),
    part("portrait", FILE, "我的照片.jpg"),
    part("email", b"two\r\nlines"),
)
PAIRS = [("name", "张三"), ("email", "a@example.cn"), ("note", ""), ("email", "two\r\nlines")]


def request_of(chunks: Sequence[bytes | Message], content_type: str, length: int | str | None = None) -> Request:
    messages: list[Message] = [
        chunk if isinstance(chunk, dict) else {"type": "http.request", "body": chunk, "more_body": True}
        for chunk in chunks
    ]
    messages.append({"type": "http.request", "body": b"", "more_body": False})
    waiting = iter(messages)

    async def receive() -> Message:
        message = next(waiting)
        if message["type"] == "wait for ever":
            await asyncio.Event().wait()
        if message.get("after a moment"):
            await asyncio.sleep(0)
        return message

    headers = [(b"content-type", content_type.encode("latin-1"))]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, receive)


def read(
    body: bytes | Sequence[bytes | Message],
    content_type: str = MULTIPART,
    limits: BodyLimits = DEFAULT,
    on_file: Callable[[str, str], int | None] | None = None,
    length: int | str | None = None,
) -> FormBody:
    chunks = [body] if isinstance(body, bytes) else body
    return asyncio.run(read_form(request_of(chunks, content_type, length), limits=limits, on_file=on_file))


def refused(*arguments: object, **options: object) -> BodyRefused:
    with pytest.raises(BodyRefused) as caught:
        read(*arguments, **options)  # type: ignore[arg-type]
    for language in ("zh", "en"):
        assert caught.value.code in sentences("web", language)
        assert "{" not in caught.value.sentence(language)
    return caught.value


def content_of(form: FormBody) -> tuple[list[tuple[str, str]], list[tuple[str, str, bytes]]]:
    with form:
        return form.pairs, [(each.name, each.filename, each.file.read()) for each in form.files]


class TestMultipart:
    def test_fields_in_order_and_files(self) -> None:
        assert content_of(read(WHOLE)) == (PAIRS, [("portrait", "我的照片.jpg", FILE)])

    def test_size_of_a_file_and_first_value(self) -> None:
        with read(WHOLE) as form:
            assert form.files[0].size == len(FILE)
            assert form.first("email") == "a@example.cn"
            assert form.first("nobody") is None

    @pytest.mark.parametrize("step", [1, 2, 3, 7, 64, 100_000])
    def test_any_chunking_reads_the_same(self, step: int) -> None:
        chunks = [WHOLE[at : at + step] for at in range(0, len(WHOLE), step)]
        assert content_of(read(chunks, length=len(WHOLE))) == content_of(read(WHOLE))

    def test_what_httpx_sends(self) -> None:
        sent = httpx.Request("POST", "http://t/", data={"姓名": "李"}, files={"photo": ("图.png", b"123", "image/png")})
        form = read(sent.read(), sent.headers["content-type"])
        assert content_of(form) == ([("姓名", "李")], [("photo", "图.png", b"123")])

    def test_the_last_line_break_may_be_missing(self) -> None:
        assert content_of(read(WHOLE[:-2]))[0] == PAIRS

    def test_a_form_without_fields(self) -> None:
        assert content_of(read(b"--B0undary--\r\n")) == ([], [])

    def test_an_empty_file_input_is_no_file(self) -> None:
        assert content_of(read(multipart(part("photo", b"", "")))) == ([], [])

    def test_an_empty_file_is_a_file(self) -> None:
        assert content_of(read(multipart(part("photo", b"", "a.jpg")))) == ([], [("photo", "a.jpg", b"")])

    def test_every_cut_is_refused(self) -> None:
        for end in range(len(WHOLE) - 2):
            assert refused(WHOLE[:end]).code == "body_truncated", end

    def test_a_lost_connection_is_refused(self) -> None:
        error = refused([WHOLE[:200], {"type": "http.disconnect"}])
        assert (error.code, error.status) == ("body_truncated", 400)

    def test_less_than_content_length_says_is_refused(self) -> None:
        assert refused(WHOLE, length=len(WHOLE) + 1).code == "body_truncated"

    @pytest.mark.parametrize("length", ["x", "-1", "1e3", "9" * 30])
    def test_a_content_length_that_is_no_number(self, length: str) -> None:
        assert refused(WHOLE, length=length).status == 400

    def test_a_damaged_first_delimiter_loses_no_field_silently(self) -> None:
        assert refused(b"--X" + WHOLE[3:]).code == "body_malformed"

    def test_a_middle_delimiter_turned_last_loses_no_field_silently(self) -> None:
        early = WHOLE.replace(b"\r\n--B0undary\r\n", b"\r\n--B0undary--", 1)
        assert refused(early).code == "body_malformed"
        assert refused([early[at : at + 5] for at in range(0, len(early), 5)]).code == "body_malformed"

    @pytest.mark.parametrize("after", [b"x", b"\r\n\r\n", b"--B0undary\r\n"])
    def test_nothing_may_follow(self, after: bytes) -> None:
        assert refused(WHOLE + after).code == "body_malformed"
        assert refused([WHOLE, after]).code == "body_malformed"

    def test_a_value_that_reads_as_a_delimiter(self) -> None:
        """By the letter of the RFC, a delimiter right after the head ends a part without a body; parsers disagree."""
        body = multipart(part("a", b"1"), part("b", b"2")).replace(b"1\r\n--B", b"--B")
        assert refused(body).code == "body_malformed"
        assert content_of(read(multipart(part("a", b"in --B0undary\r\n-- line"))))[0] == [
            ("a", "in --B0undary\r\n-- line")
        ]

    def test_nothing_may_stand_before(self) -> None:
        assert refused(b"preamble\r\n" + WHOLE).code == "body_malformed"

    @pytest.mark.parametrize("value", [b"\xff\xfe", "张".encode("gbk"), b"ok \xe5\xbc"])
    def test_text_that_is_not_utf8(self, value: bytes) -> None:
        error = refused(multipart(part("name", value)))
        assert (error.code, error.status, error.params) == ("body_not_utf8", 400, {"field": "name"})

    def test_the_clients_charset_counts_for_nothing(self) -> None:
        gbk = part("name", "张三".encode("gbk"), more=b"\r\nContent-Type: text/plain; charset=gbk")
        assert refused(multipart(part("_charset_", b"gbk"), gbk)).code == "body_not_utf8"
        utf8 = part("name", "张三".encode(), more=b"\r\nContent-Type: text/plain; charset=latin-1")
        assert content_of(read(multipart(utf8), MULTIPART + "; charset=latin-1"))[0] == [("name", "张三")]

    def test_nul(self) -> None:
        assert refused(multipart(part("name", b"a\x00b"))).code == "body_has_nul"
        assert refused(multipart(part("na\x00me", b"a"))).code == "body_has_nul"
        assert refused(multipart(part("photo", b"a", "a\x00.jpg"))).code == "body_has_nul"

    @pytest.mark.parametrize(
        "head",
        [
            b'Content-Disposition: form-data; name="a"; name="b"',
            b'Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"',
            b'Content-Disposition: form-data; name="a"; filename="x"; filename*=UTF-8\'\'y',
            b'Content-Disposition: form-data; filename="x"',
            b'Content-Disposition: attachment; name="a"',
            b'Content-Disposition: form-data; name=""',
            b'Content-Disposition: form-data; name="a%0D%0Ab"',
            b'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64',
            b'Content-Disposition: form-data; name="\xff"',
            b"Content-Type: text/plain",
            b'Content-Disposition form-data; name="a"',
            b'Content-Disposition: form-data; name="a"\r\n folded: yes',
            b'Content-Disposition: form-data; name="a"\r\nX: ' + b"x" * 5000,
        ],
    )
    def test_a_head_that_can_be_read_in_two_ways(self, head: bytes) -> None:
        assert refused(b"--B0undary\r\n" + head + b"\r\n\r\nv\r\n--B0undary--\r\n").code == "body_malformed"

    @pytest.mark.parametrize(
        "content_type",
        [
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=B0undary; boundary=other",
            "multipart/form-data; boundary=" + "b" * 71,
            "multipart/form-data; boundary=b\xe9",
            "multipart/form-data; boundary=B0undary" + " " * 60_000 + "x",
            "multipart/form-data; boundary=B0undary" + " " * 300,
            'multipart/form-data; x="; boundary=B0undary"',
        ],
    )
    def test_a_boundary_that_is_not_one(self, content_type: str) -> None:
        assert refused(WHOLE, content_type).code == "body_malformed"

    @pytest.mark.parametrize(
        "way", ['; boundary="B0undary"', ";boundary=B0undary;", "; charset=utf-8; boundary=B0undary"]
    )
    def test_a_boundary_however_written(self, way: str) -> None:
        assert content_of(read(WHOLE, "multipart/form-data" + way))[0] == PAIRS

    @pytest.mark.parametrize(
        "content_type", ["", "text/plain", "application/json", "multipart/mixed; boundary=B0undary"]
    )
    def test_what_is_no_form(self, content_type: str) -> None:
        assert refused(WHOLE, content_type).status == 415


class TestDamage:
    """Mutated bodies: a body cut short, or with a delimiter hit, never gives a part of the form."""

    @settings(max_examples=300, deadline=None)
    @given(st.data())
    def test_never_a_part_of_the_form(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(WHOLE) - 1))
        damaged = bytearray(WHOLE)
        kind = data.draw(st.sampled_from(["cut", "drop", "insert", "flip"]))
        if kind == "cut":
            del damaged[at:]
        elif kind == "drop":
            del damaged[at : at + data.draw(st.integers(1, 40))]
        elif kind == "insert":
            damaged[at:at] = data.draw(st.binary(min_size=1, max_size=40))
        else:
            damaged[at] ^= data.draw(st.integers(1, 255))
        step = data.draw(st.integers(1, len(WHOLE)))
        chunks = [bytes(damaged[i : i + step]) for i in range(0, len(damaged), step)]
        try:
            pairs, files = content_of(read(chunks))
        except BodyRefused as error:
            assert error.status in (400, 413)
            return
        if kind == "cut":
            assert at >= len(WHOLE) - 2
            assert (pairs, files) == (PAIRS, [("portrait", "我的照片.jpg", FILE)])
        # every byte that still belongs to a part is in some value: nothing before, between or after was dropped
        assert len(pairs) + len(files) == (b"\r\n" + bytes(damaged)).count(b"\r\n--B0undary") - 1

    @settings(max_examples=100, deadline=None)
    @given(st.binary(max_size=300))
    def test_any_bytes_are_read_or_refused(self, body: bytes) -> None:
        for content_type in (MULTIPART, URLENCODED):
            try:
                read(body, content_type).close()
            except BodyRefused as error:
                assert error.status in (400, 413)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.from_regex(r"[a-z_.0-9]{1,12}", fullmatch=True), st.text(max_size=30)), max_size=6))
    def test_what_is_sent_is_what_is_read(self, pairs: list[tuple[str, str]]) -> None:
        sendable = [(name, value.replace("\x00", "").encode("utf-8", "ignore").decode()) for name, value in pairs]
        in_parts = multipart(*(part(name, value.encode()) for name, value in sendable))
        assert read(in_parts if sendable else b"--B0undary--").pairs == sendable
        assert read(urlencode(sendable).encode(), URLENCODED).pairs == sendable


class TestLimits:
    def test_number_of_fields(self) -> None:
        body = multipart(*(part("a", b"1") for _ in range(3)))
        assert len(read(body, limits=BodyLimits(fields=3)).pairs) == 3
        error = refused(body, limits=BodyLimits(fields=2))
        assert (error.code, error.status, error.params) == ("too_many_fields", 413, {"limit": 2})

    def test_number_of_files(self) -> None:
        body = multipart(*(part("a", b"1", "a.jpg") for _ in range(3)))
        read(body, limits=BodyLimits(files=3)).close()
        assert refused(body, limits=BodyLimits(files=2)).code == "too_many_files"

    def test_empty_file_inputs_are_bounded_too(self) -> None:
        body = multipart(*(part("a", b"", "") for _ in range(6)))
        assert refused(body, limits=BodyLimits(files=2, fields=3)).code == "too_many_fields"

    def test_size_of_a_field(self) -> None:
        body = multipart(part("a", b"12345"))
        assert read(body, limits=BodyLimits(field_bytes=5)).pairs == [("a", "12345")]
        error = refused(body, limits=BodyLimits(field_bytes=4))
        assert (error.code, error.status, error.params) == ("field_too_large", 413, {"field": "a", "limit": "4 B"})

    def test_size_of_all_texts(self) -> None:
        body = multipart(part("a", b"123"), part("b", b"456"))
        assert len(read(body, limits=BodyLimits(text_bytes=6)).pairs) == 2
        assert refused(body, limits=BodyLimits(text_bytes=5)).code == "text_too_large"

    def test_size_of_a_file_while_it_streams(self) -> None:
        body = multipart(part("photo", b"x" * 100, "p.jpg"))
        read(body, limits=BodyLimits(file_bytes=100)).close()
        error = refused(body, limits=BodyLimits(file_bytes=99))
        assert error.params == {"field": "photo", "filename": "p.jpg", "limit": "99 B"}
        assert "99 B" in error.sentence("zh")

    def test_a_file_over_its_fields_limit_keeps_the_rest_of_the_form(self) -> None:
        body = multipart(part("photo", b"x" * 100, "p.jpg"), part("name", b"kept"), part("scan", b"y" * 100, "s.jpg"))
        asked: list[tuple[str, str]] = []

        def limit_of(field: str, filename: str) -> int | None:
            asked.append((field, filename))
            return {"photo": 99, "scan": 100}[field]

        chunks = [body[at : at + 20] for at in range(0, len(body), 20)]
        with read(chunks, on_file=limit_of) as form:
            assert form.pairs == [("name", "kept")]
            assert [(each.size, each.over_limit, len(each.file.read())) for each in form.files] == [
                (100, 99, 0),
                (100, None, 100),
            ]
        assert asked == [("photo", "p.jpg"), ("scan", "s.jpg")]

    def test_a_large_file_goes_to_the_disk_whole(self) -> None:
        body = multipart(part("photo", FILE * 40, "p.jpg"))
        chunks = [body[at : at + 1000] for at in range(0, len(body), 1000)]
        with read(chunks, limits=BodyLimits(spool=500)) as form:
            assert form.files[0].file.read() == FILE * 40

    def test_size_of_all(self) -> None:
        assert content_of(read(WHOLE, limits=BodyLimits(total_bytes=len(WHOLE))))[0] == PAIRS
        for length in (None, len(WHOLE)):
            error = refused(WHOLE, limits=BodyLimits(total_bytes=len(WHOLE) - 1), length=length)
            assert (error.code, error.status) == ("body_too_large", 413)

    @pytest.mark.parametrize("length", [None, 10_000])
    def test_a_browser_can_send_to_its_end_and_read_the_answer(self, length: int | None) -> None:
        request = request_of([b"x" * 1000] * 10, URLENCODED, length)
        with pytest.raises(BodyRefused):
            asyncio.run(read_form(request, limits=BodyLimits(total_bytes=2000)))
        assert asyncio.run(_left(request)) == 0

    def test_but_not_without_end(self) -> None:
        request = request_of([b"x" * 1000] * 10, URLENCODED)
        with pytest.raises(BodyRefused):
            asyncio.run(read_form(request, limits=BodyLimits(total_bytes=2000, drained=3000)))
        assert asyncio.run(_left(request)) > 0

    def test_a_body_that_never_ends(self) -> None:
        error = refused([WHOLE[:300], {"type": "wait for ever"}], limits=BodyLimits(seconds=0.01))
        assert (error.code, error.status) == ("body_too_slow", 408)

    def test_patience_grows_with_what_arrived(self) -> None:
        limits = BodyLimits(seconds=0, bytes_per_second=1)
        assert refused([{"type": "wait for ever"}], limits=limits).code == "body_too_slow"
        later: Message = {"type": "http.request", "body": WHOLE[300:], "more_body": True, "after a moment": True}
        assert content_of(read([WHOLE[:300], later], limits=limits))[0] == PAIRS

    def test_no_file_stays_open_after_a_refusal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = []
        real = multipart_form.SpooledTemporaryFile

        def recorded(**options: object) -> object:
            made.append(real(**options))  # type: ignore[call-overload]
            return made[-1]

        monkeypatch.setattr(multipart_form, "SpooledTemporaryFile", recorded)
        refused(multipart(part("a", b"1", "a.jpg"), part("b", b"2", "b.jpg"))[:-15])
        assert len(made) == 2
        assert all(file.closed for file in made)


async def _left(request: Request) -> int:
    """How many more bytes could be received."""
    left = 0
    while True:
        try:
            message = await request.receive()
        except (StopIteration, RuntimeError):
            return left
        left += len(message.get("body", b""))


class TestUrlencoded:
    def test_in_order_with_blanks_and_chinese(self) -> None:
        body = b"a=1&b=&a=%E5%BC%A0+%E4%B8%89&%E5%A7%93=x%26y"
        assert read(body, URLENCODED + "; charset=gbk").pairs == [("a", "1"), ("b", ""), ("a", "张 三"), ("姓", "x&y")]

    def test_nothing(self) -> None:
        assert read(b"", URLENCODED).pairs == []

    @pytest.mark.parametrize("body", [b"a", b"=1", b"a=1&", b"a=%zz", b"a=%e", b"a=1&&b=2", b"a%0a=1"])
    def test_malformed(self, body: bytes) -> None:
        assert refused(body, URLENCODED).code == "body_malformed"

    @pytest.mark.parametrize("body", [b"a=%ff", b"a=\xff", b"%ff=1", b"a=%d5%c5"])
    def test_not_utf8(self, body: bytes) -> None:
        assert refused(body, URLENCODED).code == "body_not_utf8"

    @pytest.mark.parametrize("body", [b"a=%00", b"a=\x00", b"a%00=1"])
    def test_nul(self, body: bytes) -> None:
        assert refused(body, URLENCODED).code == "body_has_nul"

    def test_truncated(self) -> None:
        assert refused(b"a=1&b=2", URLENCODED, length=9).code == "body_truncated"

    @pytest.mark.parametrize(
        ("limits", "code"),
        [
            (BodyLimits(fields=1), "too_many_fields"),
            (BodyLimits(field_bytes=2), "field_too_large"),
            (BodyLimits(text_bytes=7), "text_too_large"),
            (BodyLimits(text_bytes=3), "body_too_large"),
            (BodyLimits(total_bytes=10), "body_too_large"),
        ],
    )
    def test_limits(self, limits: BodyLimits, code: str) -> None:
        assert read(b"a=123&b=456", URLENCODED, BodyLimits(fields=2, field_bytes=3, text_bytes=8)).pairs[1] == (
            "b",
            "456",
        )
        assert refused(b"a=123&b=456", URLENCODED, limits).code == code


def json_of(body: bytes | str, content_type: str = "application/json", limits: BodyLimits = DEFAULT) -> object:
    raw = body.encode() if isinstance(body, str) else body
    return asyncio.run(read_json(request_of([raw], content_type), limits=limits))


class TestJson:
    def test_a_value(self) -> None:
        assert json_of('{"a": [1, 2.5, "张", null, true, {"[": "\\"]"}]}') == {
            "a": [1, 2.5, "张", None, True, {"[": '"]'}]
        }

    def test_with_a_charset(self) -> None:
        assert json_of("[]", "Application/JSON; charset=utf-8") == []

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ('{"a": 1, "a": 1}', "json_name_twice"),
            ('[{"b": {"a": 1, "\\u0061": 2}}]', "json_name_twice"),
            ("[NaN]", "json_number"),
            ("-Infinity", "json_number"),
            ("1e999", "json_number"),
            ("9" * 41, "json_number"),
            ("9" * 5000, "json_number"),
            ("[" * 33 + "]" * 33, "json_too_deep"),
            ("[" * 200_000, "json_too_deep"),
            ('{"a":' * 200_000, "json_too_deep"),
            ('"\\u0000"', "body_has_nul"),
            ('{"\\u0000": 1}', "body_has_nul"),
            ('["\\ud800"]', "body_not_utf8"),
            ("", "json_malformed"),
            ("{", "json_malformed"),
            ("{'a': 1}", "json_malformed"),
            ("[1,]", "json_malformed"),
            ("[1] x", "json_malformed"),
            ('"' * 3, "json_malformed"),
            ('\\"' * 300_000, "json_malformed"),
            (b"\xff", "body_not_utf8"),
            (b"\xef\xbb\xbf[]", "json_malformed"),
            ('"\x00"', "body_has_nul"),
        ],
    )
    def test_refused(self, body: str | bytes, code: str) -> None:
        with pytest.raises(BodyRefused) as caught:
            json_of(body)
        assert (caught.value.code, caught.value.status) == (code, 400)
        assert "{" not in caught.value.sentence("en").replace("{'", "")

    def test_brackets_in_texts_are_no_depth(self) -> None:
        assert json_of('"' + "[" * 100 + '"') == "[" * 100

    def test_depth_includes_its_limit(self) -> None:
        assert json_of("[" * 32 + "]" * 32) is not None

    @pytest.mark.parametrize("content_type", ["", "text/plain", URLENCODED, "application/jsonp"])
    def test_only_as_json(self, content_type: str) -> None:
        with pytest.raises(BodyRefused) as caught:
            json_of("{}", content_type)
        assert caught.value.status == 415

    def test_size(self) -> None:
        with pytest.raises(BodyRefused) as caught:
            json_of('"12345"', limits=BodyLimits(text_bytes=6))
        assert (caught.value.code, caught.value.status) == ("body_too_large", 413)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("me.jpg", "me.jpg"),
        ("C:\\fakepath\\me.jpg", "me.jpg"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("..", ""),
        ("a\r\nb\u202egpj.exe", "abgpj.exe"),
        ("照片.jpeg", "照片.jpeg"),
        ("x" * 300 + ".jpg", "x" * 96 + ".jpg"),
        ("x" * 300, "x" * 100),
        ("a." + "x" * 300, "a." + "x" * 98),
    ],
)
def test_file_names_are_cleaned(raw: str, clean: str) -> None:
    assert clean_filename(raw) == clean


def test_every_sentence_has_both_languages_with_the_same_params() -> None:
    chinese, english = sentences("web", "zh"), sentences("web", "en")
    assert chinese.keys() == english.keys()
    for code in chinese:
        assert set(re.findall(r"{(\w+)}", chinese[code])) == set(re.findall(r"{(\w+)}", english[code])), code
