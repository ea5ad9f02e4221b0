"""The nouns of the accounts, and what can go wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from formkit.errors import FormkitError


@dataclass(frozen=True, slots=True)
class Account:
    """A person who has registered. `person` is what the collection form takes as facts of them."""

    id: str
    person: Mapping[str, Any]
    password: str
    created: datetime

    @property
    def number(self) -> str:
        """The document number they sign in with."""
        return str(self.person["id_number"])

    @property
    def mobile(self) -> str:
        """Where their codes go."""
        return str(self.person["mobile"])

    @property
    def name(self) -> str:
        """Their name."""
        return str(self.person["name"])


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in, in one browser. `name` tells it from others and opens nothing."""

    token_hash: str
    name: str
    account: str
    began: datetime
    seen: datetime
    browser: str


class NumberTaken(FormkitError):  # noqa: N818 - read as a sentence: except NumberTaken
    """There is an account with this document number."""


class LimitReached(FormkitError):  # noqa: N818 - read as a sentence: except LimitReached
    """Too much of something in too short a time; `seconds` is how long to wait."""

    def __init__(self, code: str, seconds: int) -> None:
        self.code, self.seconds = code, seconds
        super().__init__(f"{code}: wait {seconds} s")


class ServiceDown(FormkitError):  # noqa: N818 - read as a sentence: except ServiceDown
    """A service outside the portal does not answer."""


def masked(number: str) -> str:
    """A number as lists and logs may show it.

    >>> masked("13800138000"), masked("44010619880808908X"), masked("H123")
    ('138****8000', '440***********908X', '****')
    """
    hidden = len(number) - 7
    return f"{number[:3]}{'*' * hidden}{number[-4:]}" if hidden > 0 else "*" * len(number)
