import random
from dataclasses import replace

import pytest

from formkit.storage.envelope import (
    Place,
    Unreadable,
    is_current,
    is_sealed,
    lookup,
    lookups,
    open_bytes,
    open_text,
    seal_bytes,
    seal_text,
)
from formkit.storage.keys import new_keys

KEYS = new_keys()
HERE = Place("records", "r1", "values")
TEXT = "440101199001011234 王小明 " * 3


@pytest.mark.parametrize("text", ["", "x", TEXT, "\x00", "𠮷" * 10_000])
def test_what_goes_in_comes_out_and_cannot_be_seen_meanwhile(text: str) -> None:
    envelope = seal_text(KEYS, HERE, text)
    assert open_text(KEYS, HERE, envelope) == text
    content = seal_bytes(KEYS, HERE, text.encode())
    assert open_bytes(KEYS, HERE, content) == text.encode()
    assert len(text) < 5 or (text not in envelope and text.encode() not in content)
    assert is_sealed(envelope) and is_sealed(content) and not is_sealed(text) and not is_sealed(text.encode())


def test_the_same_text_twice_looks_different() -> None:
    assert seal_text(KEYS, HERE, TEXT) != seal_text(KEYS, HERE, TEXT)


@pytest.mark.parametrize("part", ["table", "record", "field"])
def test_an_envelope_opens_in_its_place_alone(part: str) -> None:
    elsewhere = replace(HERE, **{part: "other"})
    with pytest.raises(Unreadable, match=r"values of r1 in records cannot be read: it was altered, or moved here"):
        open_text(KEYS, HERE, seal_text(KEYS, elsewhere, TEXT))
    with pytest.raises(Unreadable):
        open_bytes(KEYS, HERE, seal_bytes(KEYS, elsewhere, TEXT.encode()))


def test_places_that_read_the_same_run_together_are_not_the_same() -> None:
    envelope = seal_text(KEYS, Place("a", "bc", "d"), TEXT)
    with pytest.raises(Unreadable):
        open_text(KEYS, Place("ab", "c", "d"), envelope)


def test_no_byte_can_be_altered_unseen() -> None:
    chance = random.Random(1)  # noqa: S311 - where to alter, not a secret
    content = seal_bytes(KEYS, HERE, TEXT.encode())
    for _ in range(300):
        at = chance.randrange(len(content))
        altered = content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]
        with pytest.raises(Unreadable):
            open_bytes(KEYS, HERE, altered)
    for end in range(len(content)):
        with pytest.raises(Unreadable):
            open_bytes(KEYS, HERE, content[:end])


@pytest.mark.parametrize("envelope", ["", "plain", "formkit:", "formkit:A256GCM:", "formkit:A256GCM:k:", "formkit:X:"])
def test_what_is_no_envelope_is_unreadable(envelope: str) -> None:
    with pytest.raises(Unreadable):
        open_text(KEYS, HERE, envelope)
    with pytest.raises(Unreadable):
        open_bytes(KEYS, HERE, envelope.encode())


def test_what_is_not_encrypted_is_told_with_the_mend() -> None:
    with pytest.raises(Unreadable, match=r"python -m formkit\.storage reencrypt"):
        open_text(KEYS, HERE, "plain")


def test_another_key_of_the_same_id_does_not_open() -> None:
    other = type(KEYS)({KEYS.current: bytes(range(32))})
    with pytest.raises(Unreadable, match="altered"):
        open_text(other, HERE, seal_text(KEYS, HERE, TEXT))


def test_older_keys_open_and_the_newest_seals() -> None:
    old, new = seal_text(KEYS, HERE, TEXT), KEYS.rotated()
    assert open_text(new, HERE, old) == TEXT
    assert (is_current(new, old), is_current(new, seal_text(new, HERE, TEXT))) == (False, True)
    with pytest.raises(Unreadable, match="there is no key"):
        open_text(new.without(KEYS.current), HERE, old)


def test_a_lookup_finds_the_same_value_of_the_same_field_only() -> None:
    told = lookup(KEYS, "phone", "13800000000")
    assert told == lookup(KEYS, "phone", "13800000000")
    others = {lookup(KEYS, "phone", "13800000001"), lookup(KEYS, "id", "13800000000"), lookup(new_keys(), "phone", "1")}
    assert told not in others
    assert told in lookups(KEYS.rotated(), "phone", "13800000000")


def test_an_error_does_not_say_what_was_there() -> None:
    with pytest.raises(Unreadable) as told:
        open_text(KEYS, HERE, TEXT)
    assert "440101" not in str(told.value)
