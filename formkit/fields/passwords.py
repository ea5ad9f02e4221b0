"""Passwords: judged, never kept, never shown."""

import re
from collections.abc import Iterable, Mapping

from pydantic import Field

from formkit.expressions.types import Text, Type
from formkit.fields.base import (
    JSON,
    Examples,
    FieldType,
    Finding,
    Moment,
    Options,
    OptionsInvalid,
    Refused,
    Surroundings,
)
from formkit.fields.clean import TEXT
from formkit.fields.text import check_lengths, judge_length
from formkit.schemas.values import Words

_COMMONEST_WORDS = """
    12345678 123456789 1234567890 12345678910 0123456789 87654321 987654321 0987654321 11111111 111111111
    1111111111 00000000 88888888 66666666 12341234 12344321 11223344 1122334455 123123123 123321123 147258369
    789456123 159357456 password password1 password12 password123 passw0rd p@ssw0rd p@ssword qwertyui qwertyuiop
    qwerty123 qwerty12345 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz@wsx qazwsxedc asdfghjkl asdf1234 zxcvbnm1 zxcvbnm123
    abcd1234 abc12345 abc123456 abcdefgh a1234567 a12345678 a123456789 aa123456 aa123456789 q1234567 qq123456
    z1234567 123456aa 123456ab 123456abc 123456qq iloveyou iloveyou1 woaini520 woaini1314 woaini521 5201314520
    15201314 520131400 woaiwojia admin123 admin888 administrator letmein1 welcome1 sunshine princess football
    baseball superman trustno1 dragon123 monkey123
"""
_COMMONEST = frozenset(_COMMONEST_WORDS.split())
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]").search
_SHORTEST_LIKENESS = 4


class PasswordOptions(Options):
    """The keys of `password`."""

    min_length: int = Field(8, ge=1, le=1000, description="The least number of characters.")
    max_length: int = Field(128, ge=8, le=1000, description="The greatest number of characters.")
    not_like: Words = Field(default_factory=list, description="Fields whose answers must not stand in the password.")
    autocomplete: str = Field("new-password", description="new-password, or current-password.")


class PasswordField(FieldType[PasswordOptions]):
    """A password: any characters, as typed."""

    name = "password"
    Options = PasswordOptions
    stored = False
    examples = (
        Examples(
            good=[(" 8 Zeichen ", " 8 Zeichen "), ("正确的马电池订书钉", "正确的马电池订书钉")],
            bad=[
                ("short", "too_short"),
                ("P" * 129, "too_long"),
                ("Password123", "common_password"),
                ("zzzzzzzzz", "common_password"),
                ("abc\x00defgh", "unreadable_characters"),
                (12345678, "wrong_type"),
            ],
        ),
    )

    def __init__(self, options: PasswordOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        check_lengths(options.min_length, options.max_length)
        for name in options.not_like:
            if name not in surroundings.siblings:
                raise OptionsInvalid("unknown-sibling", "not_like", value=name)

    def depends(self) -> tuple[str, ...]:
        return tuple(self.options.not_like)

    def is_blank(self, raw: JSON) -> bool:
        # Spaces are characters of a password.
        return raw is None or raw == "" or raw == [] or raw == {}

    def parse(self, raw: JSON) -> JSON:
        if type(raw) is not str:
            raise Refused("wrong_type", expected=TEXT)
        if _UNSENDABLE(raw):
            raise Refused("unreadable_characters")
        return raw or None

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        found = judge_length(value, self.options.min_length, self.options.max_length)
        if found is not None:
            return (found,)
        if value.lower() in _COMMONEST or len(set(value)) == 1:
            return (Finding("common_password"),)
        if any(_alike(value.lower(), moment.siblings.get(name)) for name in self.options.not_like):
            return (Finding("password_like_answer"),)
        return ()

    def rule_type(self) -> Type:
        return Text()

    def format(self, value: JSON, language: str) -> str:
        return "••••••••"

    def json_schema(self) -> dict[str, JSON]:
        limits = {"minLength": self.options.min_length, "maxLength": self.options.max_length}
        return {"type": "string", **limits, "writeOnly": True}

    def attributes(self) -> Mapping[str, str | int | bool]:
        # No maxlength: it would cut a pasted password short without a word.
        return {"type": "password", "autocomplete": self.options.autocomplete, "spellcheck": "false"}


def _alike(password: str, answer: JSON) -> bool:
    # A piece of the answer counts too: the last digits of an identity number are a favourite password.
    if not isinstance(answer, str) or len(answer) < _SHORTEST_LIKENESS:
        return False
    return answer.lower() in password or password in answer.lower()
