"""A person's own numbers: written the same way whoever types them, and no part of a password."""

from collections.abc import Mapping

from examples.portal.accounts.model import Account
from formkit import Form
from formkit.fields.base import Refused

_SHORTEST_LIKENESS = 4


def number_as_kept(forms: Mapping[str, Form], typed: str) -> str:
    """A document number as registration writes it: capitals, no spaces, half width."""
    field = forms["registration"].field_at("id_number")
    assert field is not None, "the form of registration asks for id_number"
    try:
        return str(field.type.parse(typed) or "")
    except Refused:
        return typed


def is_like_own_numbers(account: Account, password: str) -> bool:
    """Whether the password holds, or is a part of, the document or the mobile number."""
    told = password.lower()
    numbers = [one.lower() for one in (account.number, account.mobile) if len(one) >= _SHORTEST_LIKENESS]
    return any(number in told or told in number for number in numbers)
