"""The text of a rule → tokens, or what people write by habit (full-width signs, `&&`, 且) with the mend."""

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import Enum

from formkit.expressions.problems import Problem, Refused


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a rule's text; `text` is a quoted text without its quotes, a number without its unit."""

    kind: Kind
    text: str
    start: int
    end: int
    unit: int = 1


UNITS: Mapping[str, int] = {"KB": 1024, "MB": 1024 * 1024}

SYNTAX_WORDS = frozenset({"and", "or", "not", "in", "is", "blank", "if", "else", "for", "yes", "no", "true", "false"})

CHINESE_WORDS: Mapping[str, str] = {
    "且": "and", "并且": "and", "而且": "and", "和": "and", "与": "and",
    "或": "or", "或者": "or", "非": "not", "不": "not", "不是": "!=", "等于": "==", "不等于": "!=",
    "大于": ">", "小于": "<", "不大于": "<=", "不小于": ">=", "大于等于": ">=", "小于等于": "<=",
    "属于": "in", "不属于": "not in", "为空": "is blank", "不为空": "is not blank", "如果": "if", "否则": "else",
    "是": "yes", "否": "no", "真": "true", "假": "false",
}  # fmt: skip

_LOWER_CASE = {word.upper(): word for word in SYNTAX_WORDS} | {word.title(): word for word in SYNTAX_WORDS}

_REFUSED_WORDS: Mapping[str, str] = {
    "lambda": "no-lambda", "None": "no-none", "none": "no-none", "null": "no-none", "nil": "no-none",
    "await": "no-program", "async": "no-program", "yield": "no-program", "import": "no-program", "def": "no-program",
    "class": "no-program", "return": "no-program", "while": "no-program", "exec": "no-program", "eval": "no-program",
    "del": "no-program", "global": "no-program", "with": "no-program", "try": "no-program", "elif": "no-program",
}  # fmt: skip

RESERVED_WORDS = SYNTAX_WORDS | CHINESE_WORDS.keys() | _REFUSED_WORDS.keys() | {"facts", "record", "row"}
"""Words that no field, fact, row variable or function may be called."""

_HABITS: Mapping[str, str] = {
    "===": "==", "!==": "!=", "&&": "and", "||": "or", "<>": "!=", "=>": ">=", "=<": "<=",
    "=": "==", "!": "not", "&": "and", "|": "or",
    "≠": "!=", "≥": ">=", "≤": "<=", "×": "*", "÷": "/", "＆＆": "and", "｜｜": "or", "！": "not", "＝": "==",
    "＞": ">", "＜": "<", "＋": "+", "－": "-", "—": "-", "–": "-", "−": "-", "＊": "*", "／": "/",
    "（": "(", "）": ")", "【": "(", "】": ")", "［": "[", "］": "]", "＇": "'", "＂": '"',
    "，": ",", "、": ",", "；": ",", "。": ".", "．": ".",
    "\u3000": " ", "\u00a0": " ", "\ufeff": " ", "\u200b": " ",
}  # fmt: skip

_REFUSED_SIGNS: Mapping[str, str] = {
    ":=": "no-assignment", "**": "no-power", "//": "no-whole-division", "%": "no-remainder", "{": "no-dictionary",
    "}": "no-dictionary", "#": "no-comment", "\\": "no-backslash",
}  # fmt: skip

_COMPARISONS_IN_FULL_WIDTH = re.compile(r"[=!<>＝！＞＜]{2,3}")
_SPACE = re.compile(r"[ \t\r\n]+")
_WORD = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*")
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:[ \t]*(KB|MB)(?![A-Za-z0-9_\u4e00-\u9fff]))?")
_TEXT = re.compile(r"'([^'\r\n]*)'|\"([^\"\r\n]*)\"")
_CURLY_TEXT = re.compile(r"[“”‘’「『]([^“”‘’「」『』]*)[“”‘’」』]")
_FULL_WIDTH_RUN = re.compile(r"[０-９Ａ-Ｚａ-ｚ＿]+")
_SIGN = re.compile(r"==(?!=)|!=(?!=)|<=|>=|<(?![>])|>|[-+/(),.\[\]]|\*(?!\*)")
_TEXT_PREFIX = re.compile(r"(?i)[bfrut]{1,2}")


def scan(text: str, names: Container[str] = ()) -> list[Token] | tuple[Problem, ...]:
    """The tokens of a rule, an END last; or everything in it that is no token of the language."""
    tokens: list[Token] = []
    problems: list[Problem] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        try:
            token = _token(text, at, names)
        except Refused as refused:
            problems.append(refused.problem)
            at = max(refused.problem.end, at + 1)
        else:
            tokens.append(token)
            at = token.end
    tokens.append(Token(Kind.END, "", len(text), len(text)))
    return tuple(problems) if problems else tokens


def _token(text: str, at: int, names: Container[str]) -> Token:
    if word := _WORD.match(text, at):
        return _word(text, word, names)
    if number := _NUMBER.match(text, at):
        return _number(text, number)
    if text[at] in "'\"":
        return _quoted(text, at)
    _refuse_full_width_comparison(text, at)
    if (sign := _SIGN.match(text, at)) and not text.startswith(("//", "=>"), at):
        return Token(Kind.SIGN, sign.group(), at, sign.end())
    raise _odd_sign(text, at)


def _word(text: str, match: re.Match[str], names: Container[str]) -> Token:
    word, start, end = match.group(), match.start(), match.end()
    if text[end : end + 1] in ("'", '"') and _TEXT_PREFIX.fullmatch(word):
        raise Refused("no-text-prefix", start, end, found=word)
    if word not in names:
        if word in CHINESE_WORDS:
            raise Refused("chinese-word", start, end, found=word, mend=CHINESE_WORDS[word])
        if word in _REFUSED_WORDS:
            raise Refused(_REFUSED_WORDS[word], start, end, found=word)
        if word in _LOWER_CASE:
            raise Refused("write-lower-case", start, end, found=word, mend=_LOWER_CASE[word])
        _refuse_glued_chinese(word, start, names)
    return Token(Kind.WORD, word, start, end)


def _refuse_glued_chinese(word: str, start: int, names: Container[str]) -> None:
    """且年龄 where only 年龄 is a name: the two were written without a space."""
    for length in (2, 1):
        head, rest = word[:length], word[length:]
        if head in CHINESE_WORDS and rest in names:
            raise Refused("chinese-word", start, start + length, found=head, mend=CHINESE_WORDS[head])


def _number(text: str, match: re.Match[str]) -> Token:
    digits, unit = match.groups()
    start, end = match.span()
    if tail := _WORD.match(text, end):
        raise Refused("odd-number", start, tail.end(), found=text[start : tail.end()])
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        raise Refused("leading-zero", start, end, found=digits, mend=f"'{digits}'")
    if len(digits) > 16:
        raise Refused("number-too-long", start, end, found=digits, mend=f"'{digits}'")
    return Token(Kind.NUMBER, digits, start, end, UNITS.get(unit or "", 1))


def _quoted(text: str, at: int) -> Token:
    match = _TEXT.match(text, at)
    if match is None:
        line_end = re.compile(r"[\r\n]|$").search(text, at)
        raise Refused("quote-not-closed", at, line_end.start() if line_end else len(text), mend=text[at])
    content = match.group(1) if match.group(1) is not None else match.group(2)
    if "\\" in content:
        raise Refused("no-backslash", at, match.end(), found="\\")
    return Token(Kind.TEXT, unicodedata.normalize("NFC", content), at, match.end())


def _refuse_full_width_comparison(text: str, at: int) -> None:
    match = _COMPARISONS_IN_FULL_WIDTH.match(text, at)
    if match is None or match.group().isascii():
        return
    found = match.group()
    plain = unicodedata.normalize("NFKC", found)
    raise Refused("full-width-sign", at, match.end(), found=found, mend=_HABITS.get(plain, plain))


def _odd_sign(text: str, at: int) -> Refused:
    if match := _CURLY_TEXT.match(text, at):
        return Refused("curly-quote", at, match.end(), found=match.group(), mend=f"'{match.group(1)}'")
    if match := _FULL_WIDTH_RUN.match(text, at):
        plain = unicodedata.normalize("NFKC", match.group())
        return Refused("full-width-sign", at, match.end(), found=match.group(), mend=plain)
    for length in (3, 2, 1):
        found = text[at : at + length]
        if found in _REFUSED_SIGNS:
            return Refused(_REFUSED_SIGNS[found], at, at + len(found), found=found)
        if found in _HABITS:
            code = "foreign-sign" if found.isascii() else "full-width-sign"
            return Refused(code, at, at + len(found), found=found, mend=_HABITS[found])
    if text[at] in "“”‘’「」『』":
        return Refused("quote-not-closed", at, at + 1, mend="'")
    return Refused("odd-sign", at, at + 1, found=_shown(text[at]))


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"
