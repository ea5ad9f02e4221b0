"""Patterns that policy staff write: compiled by RE2, so that no pattern can take more than linear time."""

import re
from collections.abc import Callable
from functools import cache

import re2

from formkit.fields.base import OptionsInvalid

# Pieces that RE2, ECMAScript and Python read alike, so that the pattern may also stand in a JSON Schema.
_PORTABLE = re.compile(r"(?:[^\\(]|\\[dws.\-+*?()\[\]{}|^$/\\]|\((?!\?)|\(\?:)*").fullmatch


def compile_pattern(pattern: str | None) -> Callable[[str], object] | None:
    """What is true of texts the pattern matches as a whole; raises `OptionsInvalid` if it does not compile."""
    if pattern is None:
        return None
    compiled = _compile(pattern)
    if isinstance(compiled, str):
        raise OptionsInvalid("wrong-pattern", "pattern", pattern=pattern, reason=compiled)
    return compiled.fullmatch  # type: ignore[no-any-return]


def portable(pattern: str | None) -> bool:
    """Whether the pattern means the same in a JSON Schema."""
    return pattern is not None and _PORTABLE(pattern) is not None


@cache
def _compile(pattern: str):  # type: ignore[no-untyped-def]
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
