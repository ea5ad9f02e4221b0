"""JSON text → plain values, without what Python's reader lets pass."""

import json
import math
import re
from typing import NoReturn

from formkit.web.incoming import BodyRefused, read_text

# a text without its closing quote runs to the end, so that no quote is tried twice: linear whatever arrives
_TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_LONGEST_NUMBER = 40


def parse_json(body: bytes, *, depth: int) -> object:
    """The value in `body`, or BodyRefused (400) with what is wrong."""
    text = read_text(body, "JSON")
    _check_depth(text, depth)
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole, parse_float=_fraction
        )
    except json.JSONDecodeError as error:
        raise BodyRefused("json_malformed", 400, {"line": error.lineno, "column": error.colno}) from None
    _check_characters(value)
    return value


def _check_depth(text: str, depth: int) -> None:
    """Counted before parsing, because the parser recurses."""
    open_now = 0
    for token in _TOKENS.finditer(text):
        if token[0] in ("[", "{"):
            open_now += 1
        elif token[0] in ("]", "}"):
            open_now -= 1
        if open_now > depth:
            raise BodyRefused("json_too_deep", 400, {"limit": depth})


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {}
    for name, value in pairs:
        if name in made:
            raise BodyRefused("json_name_twice", 400, {"name": name[:100]})
        made[name] = value
    return made


def _constant(word: str) -> NoReturn:
    raise BodyRefused("json_number", 400, {"number": word})


def _whole(digits: str) -> int:
    return int(_short(digits))


def _fraction(digits: str) -> float:
    number = float(_short(digits))
    if not math.isfinite(number):
        raise BodyRefused("json_number", 400, {"number": digits})
    return number


def _short(digits: str) -> str:
    if len(digits) > _LONGEST_NUMBER:
        raise BodyRefused("json_number", 400, {"number": f"{digits[:_LONGEST_NUMBER]}…"})
    return digits


def _check_characters(value: object) -> None:
    """NUL and half characters can be written as escapes; nothing below could store them."""
    if isinstance(value, str):
        if "\x00" in value:
            raise BodyRefused("body_has_nul", 400, {"field": "JSON"})
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise BodyRefused("body_not_utf8", 400, {"field": "JSON"})
    elif isinstance(value, list):
        for item in value:
            _check_characters(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_characters(name)
            _check_characters(item)
