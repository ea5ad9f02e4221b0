"""The YAML parser's complaints → diagnostics in the words of somebody who does not know YAML."""

from re import compile as pattern

from yaml import MarkedYAMLError, YAMLError

from formkit.diagnostics import Diagnostic
from formkit.schemas.positions import Lines

# What the parser says (part of it) → our code; the first that fits counts.
_CODES = (
    ("found a tab character", "tab"),
    ("found character that cannot start any token", "reserved-character"),
    ("mapping values are not allowed", "unexpected-colon"),
    ("could not find expected ':'", "missing-colon"),
    ("block sequence entries are not allowed", "unexpected-dash"),
    ("found unexpected end of stream", "unclosed-quote"),
    ("found unexpected document indicator", "unclosed-quote"),
    ("unknown escape character", "unknown-escape"),
    ("hexdecimal number", "unknown-escape"),
    ("invalid Unicode character escape", "unknown-escape"),
    ("',' or", "unclosed-bracket"),
    ("expected node content", "unexpected-bracket"),
    ("expected alphabetic or numeric", "reserved-character"),
    ("undefined tag handle", "tag"),
    ("expected comment or line break", "text-after-block-mark"),
    ("did not find expected key", "bad-indentation"),
    ("did not find expected '-'", "bad-indentation"),
    ("expected <document start>", "bad-indentation"),
)
_FROM_CONTEXT = frozenset({"unclosed-quote", "unclosed-bracket"})
_WIDE_COLON = pattern(r"\s*(?:- )?[\w.]+(：)")
_WIDE_COMMA = pattern(r"[\[{][^\]}]*(，)")
_AFTER_QUOTE = pattern(r"""\s*(?:- +)?(?:[^\s'"][^'"]*:\s+)?("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*[^\s#,\]}:]""")


def syntax_diagnostic(error: YAMLError, lines: Lines) -> Diagnostic:
    """What the parser stumbled over, at the place where the author should look."""
    problem, index, context = "", 0, None
    if isinstance(error, MarkedYAMLError):
        problem = error.problem or ""
        index = error.problem_mark.index if error.problem_mark else 0
        context = error.context_mark.index if error.context_mark else None
    code = next((code for words, code in _CODES if words in problem), "yaml-syntax")
    start, end = _spot(lines, index)
    mended = _commoner_cause(code, lines, index, context)
    if mended is not None:
        code, start, end = mended
    elif code in _FROM_CONTEXT and context is not None:
        start, end = context, context + 1
    shown = lines.text[start:end].strip("\r\n")
    return Diagnostic(code, lines.place(start, end), {"found": shown, "tag": shown})


def _spot(lines: Lines, index: int) -> tuple[int, int]:
    """The character at `index`; at a line's end or the text's, the last one that is there to be seen."""
    text = lines.text
    if index < len(text) and text[index] not in "\r\n":
        return index, index + 1
    seen = len(text[:index].rstrip())
    return max(0, seen - 1), seen


def _commoner_cause(code: str, lines: Lines, index: int, context: int | None) -> tuple[str, int, int] | None:
    """A slip that explains the complaint better: a tab, full-width punctuation, text after a closing quote."""
    for number in _lines_to_look_at(lines, index, context):
        start, end = lines.line_span(number)
        line = lines.text[start:end]
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent:
            at = start + indent.index("\t")
            return "tab", at, start + len(indent)
        for mark, wide, applies in (
            (_WIDE_COLON, "full-width-colon", code in ("missing-colon", "bad-indentation", "unexpected-colon")),
            (_WIDE_COMMA, "full-width-comma", code in ("unclosed-bracket", "unexpected-colon")),
            (_AFTER_QUOTE, "text-after-quote", code in ("bad-indentation", "unclosed-bracket")),
        ):
            found = mark.match(line) if mark is not _WIDE_COMMA else mark.search(line)
            if applies and found:
                return wide, start + found.start(1), start + found.end(1)
    return None


def _lines_to_look_at(lines: Lines, index: int, context: int | None) -> list[int]:
    """The line of the complaint, the last line with text before it, and the line where the parser began."""
    seen = len(lines.text[:index].rstrip())
    numbers = [lines.line_number(min(index, len(lines.text))), lines.line_number(seen)]
    if context is not None:
        numbers.append(lines.line_number(context))
    return list(dict.fromkeys(numbers))
