"""A text and a position → the keys one stands below, the word one stands on, and the words before it.

It reads lines by their indentation and braces alone, so that it works in the middle of a change.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BLOCK_KEY = re.compile(
    r"^(?P<indent>[ ]*(?:- +)*)(?P<key>[^\s#&*!|>'\"%@`{}\[\],:-][^:{}\[\]#]*?|'[^']*'|\"[^\"]*\")\s*:(?=\s|$)"
)
_FLOW_KEY = re.compile(r"\s*(?P<key>[^\s{}\[\],:'\"][^{}\[\],:]*?|'[^']*'|\"[^\"]*\")\s*:(?=[\s,{}\[\]]|$)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|#.*")
_MOST_LINES = 60
_WORD = re.compile(r"[A-Za-z0-9_\u4e00-\u9fff.]")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where one stands: `path` are the keys around, `on_key` whether on the last of them and not in its value.

    `word` is the word at the position, `start` its column and `before` the value's text up to it; `value` is the
    whole value, as far as it stands in this line. A key that is not written out yet is not in the path: it is not
    `whole`.
    """

    path: tuple[str, ...]
    on_key: bool
    whole: bool
    word: str
    start: int
    before: str
    value: str
    line: str

    @property
    def key(self) -> str:
        """The innermost key."""
        return self.path[-1] if self.path else ""


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor:
    """What is at a line and column, both counted from 0."""
    text = lines[line].rstrip("\r\n") if line < len(lines) else ""
    column = min(column, len(text))
    (start, end), outer = _word_span(text, column), _around(lines, line)
    word, path = text[start:end], tuple(_plain(found["key"]) for found in outer)
    flowing = _is_inside_braces(lines, line)
    found = None if flowing else _BLOCK_KEY.match(text)
    if found and column < found.end():
        return Cursor((*path, _plain(found["key"])), True, True, word, start, "", "", text)
    begun = not outer or outer[-1].string.rstrip().endswith(":")
    if (
        not found
        and not flowing
        and (not text.strip() or column <= _indent(text) or (begun and " " not in text.strip()))
    ):
        return Cursor(path, True, False, word, start, "", "", text)
    keys = [_plain(found["key"])] if found else []
    inner, on_key, whole, value_at = _in_flow(text, found.end() if found else 0, column, flowing)
    value = text[value_at:].strip()
    return Cursor((*path, *keys, *inner), on_key, whole, word, start, text[value_at:start], value, text)


def _around(lines: Sequence[str], line: int) -> list[re.Match[str]]:
    """The block keys above a line, by indentation; an item's dash belongs to it."""
    indent = _indent(lines[line]) if line < len(lines) else 0
    path: list[re.Match[str]] = []
    for above in reversed(lines[:line]):
        found = _BLOCK_KEY.match(above)
        if found and len(found["indent"]) < indent:
            path.insert(0, found)
            indent = len(found["indent"])
        if indent == 0:
            break
    return path


def _indent(line: str) -> int:
    found = _BLOCK_KEY.match(line)
    return len(found["indent"]) if found else len(line) - len(line.lstrip(" "))


def _is_inside_braces(lines: Sequence[str], line: int) -> bool:
    """Whether a brace opened below the key above is still open."""
    indent, balance = _indent(lines[line]) if line < len(lines) else 0, 0
    for above in reversed(lines[max(0, line - _MOST_LINES) : line]):
        text = _QUOTED.sub("", above)
        balance += text.count("{") - text.count("}")
        found = _BLOCK_KEY.match(above)
        if balance > 0:
            return True
        if found and len(found["indent"]) < indent:
            return False
    return False


def _in_flow(text: str, start: int, column: int, flowing: bool) -> tuple[list[str], bool, bool, int]:
    """The keys opened by braces before the column, whether one is on a key, on a whole one, where the value begins."""
    stack: list[list[str]] = [[]]
    whole = False
    kinds, at, value_at, on_key = ["{" if flowing else ""], start, start, flowing
    while at < column:
        character = text[at]
        if character in "'\"" and (closing := text.find(character, at + 1)) >= 0 and closing < column:
            at = closing + 1
            continue
        if character in "{[":
            stack.append([])
            kinds.append(character)
            on_key, value_at = character == "{", at + 1
        elif character in "}]" and len(stack) > 1:
            stack.pop()
            kinds.pop()
        elif character == "," and kinds[-1] == "{":
            stack[-1], on_key, value_at = [], True, at + 1
        elif kinds[-1] == "{" and on_key and (key := _FLOW_KEY.match(text, at)):
            stack[-1] = [_plain(key["key"])]
            on_key = whole = column <= key.end("key")
            at = value_at = key.end()
            continue
        at += 1
    return [key for level in stack for key in level], on_key, whole and on_key, min(value_at, len(text))


def _word_span(text: str, column: int) -> tuple[int, int]:
    start = end = column
    while start > 0 and _WORD.match(text[start - 1]):
        start -= 1
    while end < len(text) and _WORD.match(text[end]):
        end += 1
    return start, end


def _plain(key: str) -> str:
    return key.strip().strip("'\"")
