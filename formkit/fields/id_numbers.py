"""Identity numbers and credit codes: what can be said of one by calculation alone."""

import re
from datetime import date
from operator import mul

from formkit.fields.counties import PROVINCES, known_county

OLDEST = 130
"""The greatest age, in years, that a birth date may mean."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_ZEROS = sum(_WEIGHTS) * ord("0")  # taken off, so that the digits need not be made numbers one by one

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}").fullmatch
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_DIGITS = {digit: value for value, digit in enumerate(_CREDIT_CHARACTERS)}
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]").fullmatch
_RESIDENCE_PERMIT = re.compile(r"8[123]0000").match


def looks_like_eighteen(number: str) -> bool:
    """Whether it is seventeen digits and a digit or X."""
    return _EIGHTEEN(number) is not None


def check_digit(seventeen: str) -> str:
    """The eighteenth character after GB 11643 (ISO 7064 MOD 11-2).

    >>> check_digit("11010519491231002")
    'X'
    """
    return _CHECK_DIGITS[(sum(map(mul, _WEIGHTS, seventeen.encode("ascii"))) - _ZEROS) % 11]


def has_right_check_digit(number: str) -> bool:
    """Whether the last of eighteen characters follows from those before it."""
    return check_digit(number[:17]) == number[17]


def birth_date_problem(number: str, today: str) -> str | None:
    """The code of what is wrong with the birth date in an eighteen-character number, on an ISO day."""
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    try:
        date.fromisoformat(born)
    except ValueError:
        return "no_such_birth_date"
    if born > today:
        return "birth_in_the_future"
    age = int(today[:4]) - int(born[:4]) - (today[5:] < born[5:])
    return "birth_too_long_ago" if age > OLDEST else None


def region_problem(number: str) -> tuple[str, bool] | None:
    """The code of what is wrong with the first six digits, and whether it is certain (else it only warns)."""
    if number[:2] not in PROVINCES:
        return "unknown_province", True
    return None if known_county(number[:6]) else ("unknown_county", False)


def document_of(number: str) -> str:
    """Which document an eighteen-character number belongs to, by its first digits."""
    if _RESIDENCE_PERMIT(number):
        return "hmt_residence_permit"
    return "foreign_permanent_resident" if number[0] == "9" else "resident_id"


def looks_like_credit_code(code: str) -> bool:
    """Whether it has the form of a unified social credit code: letters except in the area code, never I O S V Z."""
    return _CREDIT_CODE(code) is not None


def credit_check_digit(seventeen: str) -> str:
    """The eighteenth character after GB 32100 (MOD 31).

    >>> credit_check_digit("91350100M000100Y4")
    '3'
    """
    total = sum(map(mul, _CREDIT_WEIGHTS, map(_CREDIT_DIGITS.__getitem__, seventeen)))
    return _CREDIT_CHARACTERS[-total % 31]


def has_right_credit_check_digit(code: str) -> bool:
    """Whether the last of eighteen characters follows from those before it."""
    return credit_check_digit(code[:17]) == code[17]
