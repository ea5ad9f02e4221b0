"""What every peer checks by plain functions of its own, since its library has no such check."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from unicodedata import is_normalized, normalize

from benchmarks.people import TODAY

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([^\W_]([\w-]*[^\W_])?\.)+\w{2,}"
)
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CREDIT_DIGITS = {digit: value for value, digit in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_ID_NUMBER = re.compile(r"[1-7][0-9]{16}[0-9X]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
FORMATS = ("image/jpeg", "image/png")
FIRST_MONTH = "1940-01"
FIRST_TALENT_YEAR = 2005


def clean(text: str) -> str:
    """One line of text, trimmed and in NFC; raises ValueError for control characters."""
    if not text.isprintable() and _CONTROL.search(text):
        raise ValueError("control characters")
    return (text if is_normalized("NFC", text) else normalize("NFC", text)).strip()


def email(text: str) -> str:
    """An e-mail address with its domain in lower case."""
    local, at, domain = clean(text).rpartition("@")
    address = f"{local}{at}{domain.lower()}"
    if len(address) > 254 or len(local) > 64 or not _EMAIL.fullmatch(address):
        raise ValueError("not an e-mail address")
    return address


def month(text: str) -> str:
    """A month from 1940 to now."""
    if not _MONTH.fullmatch(text):
        raise ValueError("not a month")
    if not FIRST_MONTH <= text <= TODAY[:7]:
        raise ValueError("outside the months allowed")
    return text


def credit_code(text: str) -> str:
    """A unified social credit code with its check digit."""
    code = clean(text).replace(" ", "").upper()
    if not _CREDIT_CODE.fullmatch(code):
        raise ValueError("not a credit code")
    total = sum(weight * _CREDIT_DIGITS[digit] for weight, digit in zip(_CREDIT_WEIGHTS, code, strict=False))
    if -total % 31 != _CREDIT_DIGITS[code[17]]:
        raise ValueError("wrong check digit")
    return code


def resident_id(number: str) -> str:
    """A resident number with its birth date and check digit."""
    if not _ID_NUMBER.fullmatch(number):
        raise ValueError("not a resident number")
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
    if "10X98765432"[total % 11] != number[17]:
        raise ValueError("wrong check digit")
    if date(int(number[6:10]), int(number[10:12]), int(number[12:14])).isoformat() > TODAY:
        raise ValueError("born in the future")
    return number


def image(raw: object, *, least: int = 0, most: int = 5 << 20, width: int = 1, height: int = 1) -> Mapping[str, object]:
    """The description of an uploaded image that keeps its limits; with a least width it must be upright."""
    if not isinstance(raw, Mapping) or not _is_described(raw):
        raise ValueError("not an uploaded image")
    if raw["media_type"] not in FORMATS or not least <= raw["size"] <= most:
        raise ValueError("wrong format or size")
    if raw["width"] < width or raw["height"] < height or (width > 1 and raw["width"] >= raw["height"]):
        raise ValueError("wrong measures")
    return raw


def _is_described(raw: Mapping[str, object]) -> bool:
    texts = [raw.get(key) for key in ("id", "name", "media_type", "sha256")]
    numbers = [raw.get(key) for key in ("size", "width", "height")]
    if not all(isinstance(text, str) for text in texts) or not all(type(number) is int for number in numbers):
        return False
    return len(raw) == 7 and bool(_FILE_ID.fullmatch(str(raw["id"])) and _SHA256.fullmatch(str(raw["sha256"])))


def distinct(pairs: Sequence[object]) -> bool:
    """Whether no pair stands twice."""
    return len(set(pairs)) == len(pairs)


def warnings(status: str | None, qualifications: int, facts: Mapping[str, object]) -> list[str]:
    """What does not fit what was said at registration; it does not stop anybody."""
    accounting, found = status == "accounting", []
    if facts["does_accounting_work"] is not None and facts["does_accounting_work"] is not accounting:
        found.append("employment_status")
    if not qualifications and (not accounting or facts["holds_qualification"]):
        found.append("qualifications")
    return found
