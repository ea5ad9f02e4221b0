"""The YAML parser's complaints → diagnostics in the words of somebody who does not know YAML."""

from re import compile as pattern

from yaml import MarkedYAMLError, YAMLError

from formkit.diagnostics import Diagnostic
from formkit.schemas.positions import Lines

MAX_DEPTH = 60
# Lines longer than this are not searched for slips: the search is not linear.
_LONGEST_LINE = 1_000
# What the parser says (part of it) → our code; the first that fits counts.
_CODES = (
    ("exceeded maximum nesting depth", "too-deep"),  # newer libyaml counts open brackets before it hands anything over
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
_WIDE_COMMA = pattern(r"[^\[{]*[\[{][^\]}]*?(，)\s*\w+\s*[:：]")
_AFTER_QUOTE = pattern(r"""\s*(?:- +)?(?:[^\s'"][^'"]*:\s+)?("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*[^\s#,\]}:]""")
_WIDE_BRACKET = pattern(r"\s*(?:- +)?[\w.]+:\s+([｛［【〔])")
_NO_SPACE = pattern(r"\s*(?:- +)?[a-z_]+(:)[^\s:/]")
_ODD_SPACE = pattern(r"\s*(?:- +)?[a-z_]+:([\u00a0\u3000\u2000-\u200b\u202f\ufeff]+)")
_AFTER_BRACKET = pattern(r"\s*(?:- +)?(?:[^\s'\"][^'\"]*?:\s+)?(\[[^\[\]]*\]|\{[^{}]*\})[ \t]*[^\s#,\]}:]")
_TOO_MANY = pattern(r"[^'\"{}\[\]]*(?:\{[^{}\[\]]*\}|\[[^{}\[\]]*\])[ \t]*([\]}])")
_FLOW_COLON = pattern(r"[^{]*\{(?:[^\"'{}]*,)?[^\"'{},:]*: +[^\"'{},:\s][^\"'{},:]*(:) ")
_HASH = pattern(r"[^\[{#]*[\[{][^\]}#\"']*\s(#)")
_CONFLICT = pattern(r"(<{7}|={7}|>{7})")
# What a line looks like that has the slip → our code → the complaints it explains.
_MISREAD = ("missing-colon", "bad-indentation", "unexpected-colon")
_SLIPS = (
    (_CONFLICT, "conflict-mark", _MISREAD),
    (_WIDE_COLON, "full-width-colon", _MISREAD),
    (_WIDE_COMMA, "full-width-comma", ("unclosed-bracket", "unexpected-colon")),
    (_WIDE_BRACKET, "full-width-bracket", ("unexpected-colon", "missing-colon")),
    (_ODD_SPACE, "odd-space-after-colon", ("missing-colon", "unexpected-colon")),
    (_NO_SPACE, "no-space-after-colon", ("missing-colon", "unexpected-colon")),
    (_AFTER_QUOTE, "text-after-quote", ("bad-indentation", "unclosed-bracket")),
    (_TOO_MANY, "unexpected-bracket", ("bad-indentation",)),
    (_AFTER_BRACKET, "text-after-bracket", ("bad-indentation",)),
    (_HASH, "comment-in-brackets", ("unclosed-bracket",)),
    (_FLOW_COLON, "unexpected-colon", ("unclosed-bracket",)),
)
_RUNS_ON = frozenset({"full-width-colon", "no-space-after-colon", "odd-space-after-colon"})


def syntax_diagnostic(error: YAMLError, lines: Lines, open_bracket: int | None) -> Diagnostic:
    """What the parser stumbled over, at the place where the author should look."""
    problem, index, context = "", 0, None
    if isinstance(error, MarkedYAMLError):
        problem = error.problem or ""
        index = error.problem_mark.index if error.problem_mark else 0
        context = error.context_mark.index if error.context_mark else None
    code = next((code for words, code in _CODES if words in problem), "yaml-syntax")
    if code == "unexpected-bracket":
        code = _misplaced(lines.text[index : index + 1])
        context = open_bracket
    opened = context is not None and (code in _FROM_CONTEXT or lines.text[context : context + 1] in ("*", "&"))
    start, end = _spot(lines, context if opened and context is not None else index)
    mended = _commoner_cause(code, lines, index, context)
    if mended is not None:
        code, start, end = mended
    if code == "too-deep":
        return Diagnostic(code, lines.place(start, end), {"limit": MAX_DEPTH})
    shown = lines.text[start:end].strip("\r\n")
    return Diagnostic(code, lines.place(start, end), {"found": shown, "tag": shown})


def _misplaced(found: str) -> str:
    """The code for a character where a value should be; at the end of the text a bracket is still open."""
    if not found.strip():
        return "unclosed-bracket"
    return {",": "unexpected-comma", "]": "unexpected-bracket", "}": "unexpected-bracket"}.get(found, "yaml-syntax")


def _spot(lines: Lines, index: int) -> tuple[int, int]:
    """The character at `index`; at a line's end or the text's, the last one that is there to be seen."""
    text = lines.text
    if index < len(text) and text[index] not in "\r\n":
        return index, index + 1
    seen = len(text[:index].rstrip())
    return max(0, seen - 1), seen


def _commoner_cause(code: str, lines: Lines, index: int, context: int | None) -> tuple[str, int, int] | None:
    """A slip that explains the complaint better: a tab, full-width punctuation, text after a closing quote.

    Looked for in the line of the complaint, in the last line with text before it, where the parser began, and in the
    line above, whose text runs on into this one when it is not seen to be a key of its own.
    """
    seen = lines.line_number(len(lines.text[:index].rstrip()))
    begun = lines.line_number(index if context is None else context)
    numbers = dict.fromkeys((lines.line_number(index), seen, begun))
    above = seen - 1 if seen > 1 and seen - 1 not in numbers else 0
    for number in (*numbers, above) if above else numbers:
        start, end = lines.line_span(number)
        line = lines.text[start : min(end, start + _LONGEST_LINE)]
        slip = _tab(line) if number == lines.line_number(index) else None
        slip = slip or _slip(code, line, _RUNS_ON if number == above else None)
        if slip is not None:
            return slip[0], start + slip[1], start + slip[2]
    return None


def _tab(line: str) -> tuple[str, int, int] | None:
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return ("tab", indent.index("\t"), len(indent)) if "\t" in indent else None


def _slip(code: str, line: str, among: frozenset[str] | None) -> tuple[str, int, int] | None:
    for mark, slip, explains in _SLIPS:
        fits = code in explains and (among is None or slip in among)
        found = mark.match(line) if fits else None
        if found:
            return slip, found.start(1), found.end(1)
    return None
