"""Text, long text, e-mail, mobile numbers beyond their examples."""

import jsonschema
import pytest

from formkit.fields.base import OptionsInvalid
from formkit.fields.patterns import portable
from tests.fields.making import findings, make, verdicts


def test_lengths_count_characters_as_people_do() -> None:
    field = make("text", max_length=2)
    assert verdicts(field, "𠮷𠮷") == []
    assert verdicts(field, "e\u0301e\u0301") == []
    assert dict(findings(field, "一二三")[0].params) == {"max": 2, "length": 3}


def test_limits_that_cross_are_the_author_s_fault() -> None:
    for kind in ("text", "long_text"):
        with pytest.raises(OptionsInvalid) as caught:
            make(kind, min_length=5, max_length=4)
        assert (caught.value.code, caught.value.key) == ("limits-crossed", "min_length")


@pytest.mark.parametrize("pattern", ["[a-z", "(?=x)", r"(a)\1", "(" * 2000])
def test_a_pattern_that_re2_cannot_read_is_the_author_s_fault(pattern: str) -> None:
    with pytest.raises(OptionsInvalid) as caught:
        make("text", pattern=pattern)
    assert (caught.value.code, caught.value.key) == ("wrong-pattern", "pattern")
    assert caught.value.params["reason"]


def test_a_pattern_takes_linear_time() -> None:
    assert verdicts(make("text", pattern="(a|aa)+", max_length=50_000), "a" * 49_999 + "b") == ["wrong_format"]


def test_a_pattern_reaches_the_json_schema_where_it_means_the_same() -> None:
    assert make("text", pattern=r"\d{2}").json_schema()["pattern"] == r"^(?:\d{2})$"
    assert "pattern" not in make("text", pattern=r"\p{Han}+").json_schema()
    assert verdicts(make("text", pattern=r"\p{Han}+"), "汉字") == []
    assert not portable("(?i)a")
    assert not portable(None)


def test_a_name_asks_the_browser_for_the_name() -> None:
    assert make("text", kind="name").attributes()["autocomplete"] == "name"
    assert make("text", autocomplete="organization").attributes() == {
        "type": "text",
        "maxlength": 200,
        "autocomplete": "organization",
    }


@pytest.mark.parametrize("address", ["a@例子.中国", "a+b@x-y.example.com", "o'hara@example.ie", "1@2.cn"])
def test_addresses_of_all_kinds_are_taken(address: str) -> None:
    field = make("email")
    assert verdicts(field, address) == []
    jsonschema.validate(field.parse(address), field.json_schema())


@pytest.mark.parametrize(
    "address",
    [
        "a b@c.cn",
        "a@b.c",
        "a@-b.cn",
        "a@b-.cn",
        "a@b..cn",
        "a@.cn",
        "@b.cn",
        "a.@b.cn",
        "<a@b.cn>",
        "a@b.cn,c@d.cn",
        "张@b.cn",
        "a@1.2",
        f"a@{'例' * 63}.cn",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert verdicts(make("email"), address) == ["wrong_email"]


def test_no_address_carries_a_line_end() -> None:
    assert "\n" not in (make("email").parse("a@b.cn\nBcc: c@d.cn") or "")
    assert verdicts(make("email"), "a@b.cn\x00") == ["unreadable_characters"]
