"""YAML parse events → plain values and their nodes, bounded while they are built."""

from dataclasses import dataclass
from re import compile as pattern
from unicodedata import category

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from formkit.diagnostics import Diagnostic
from formkit.schemas.positions import Lines, Node
from formkit.schemas.syntax import MAX_DEPTH

MAX_NODES = 200_000
MAX_DOCUMENTS = 1_000
MAX_FINDINGS = 100

_WHOLE = pattern(r"0|-?[1-9][0-9]{0,14}")
_MARKS = pattern(r"(?:[&!]\S*[ \t]*)+")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}


def span(event: Event) -> tuple[int, int]:
    """Start and end index of an event in its text."""
    start, end = event.start_mark, event.end_mark
    return start.index if start else 0, end.index if end else 0


def plain_value(text: str) -> str | int | bool | None:
    """What an unquoted scalar means.

    `true`/`false`, `null`/`~`/nothing, and whole numbers of up to 15 digits written the plain way are what they
    say; everything else is the text as it stands: `no`, `08`, `12:30`, `+86`, dates, and `0.50`, because a decimal
    is never a binary float here. Numbers of 16 digits and more stay text too: they are identifiers.
    """
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text


def _hidden(name: str) -> dict[str, str]:
    """The first character of a name that nobody can see: two names that look the same must be the same."""
    return next(({"character": f"U+{ord(each):04X}"} for each in name if category(each) == "Cf"), {})


@dataclass(slots=True)
class _Open:
    """A container that is still being filled; `key` is the span and name the next value goes to."""

    node: Node
    counted: int
    key: tuple[int, int, str] | None = None
    awaits_key: bool = False


class NodeBuilder:
    """Takes the events of one document after another; `stopped` is set when reading on would be unsafe."""

    def __init__(self, lines: Lines) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.stopped = False
        self._lines = lines
        self._count = self._documents = 0
        self._forget()

    def start_document(self, event: DocumentStartEvent) -> None:
        """Forget the document before: anchors end with it."""
        self._documents += 1
        if self._documents > MAX_DOCUMENTS:
            self._stop("too-many-documents", *span(event), limit=MAX_DOCUMENTS)
        self._forget()

    def _forget(self) -> None:
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}

    @property
    def open_bracket(self) -> int | None:
        """The index of the innermost [ or { that still waits for its other half."""
        starts = [opened.node.start for opened in self._open]
        return next((start for start in reversed(starts) if self._lines.text[start : start + 1] in ("[", "{")), None)

    def take(self, event: Event) -> None:
        """Take the next event of the document."""
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, CollectionStartEvent):
            self._start(event)
        elif isinstance(event, CollectionEndEvent):
            self._close(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)

    def _scalar(self, event: ScalarEvent) -> None:
        (start, end), style = span(event), event.style
        if style in ("|", ">"):
            end = start + len(self._lines.text[start:end].rstrip())
        if event.anchor or event.tag:
            start = min(end, self._after_marks(start))
        plain = not style and event.implicit[0]
        value = plain_value(event.value) if plain else event.value
        node = Node(self._lines, start, end, value, style or None)
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.awaits_key:
            self._key(parent, event.value, node)
        else:
            self._add(node)
        self._remember(event, node)

    def _start(self, event: CollectionStartEvent) -> None:
        mapping = isinstance(event, MappingStartEvent)
        start, end = span(event)
        if event.anchor or event.tag:
            start = min(end, self._after_marks(start))
        node = Node(self._lines, start, end, {} if mapping else [], size=0)
        node.entries, node.items = ({}, None) if mapping else (None, [])
        counted = self._count
        self._add(node)
        self._remember(event, node)
        self._open.append(_Open(node, counted, awaits_key=mapping))
        if len(self._open) > MAX_DEPTH:
            self._stop("too-deep", start, end, limit=MAX_DEPTH)

    def _close(self, event: CollectionEndEvent) -> None:
        closed = self._open.pop()
        node = closed.node
        start, end = span(event)
        bracket = self._lines.text[start:end] in ("]", "}")
        node.end = end if bracket else self._end_of_children(node)
        node.size = self._count - closed.counted
        if self._open:
            self._raise_height(self._open[-1].node, node)

    def _alias(self, event: AliasEvent) -> None:
        start, end = span(event)
        node = self._anchors.get(event.anchor or "")
        if node is None or node.size == 0:
            self._report("unknown-alias" if node is None else "recursive-alias", start, end, name=event.anchor)
            node = Node(self._lines, start, end, None, None)
        if len(self._open) + node.height > MAX_DEPTH:
            self._stop("too-deep", start, end, limit=MAX_DEPTH)
        elif self._count + node.size > MAX_NODES:
            self._stop("alias-bomb", start, end, limit=MAX_NODES)
        else:
            self._add(node, alias=(start, end))

    def _add(self, node: Node, alias: tuple[int, int] | None = None) -> None:
        """Put a value where it belongs: the key or item that waits for it."""
        start, end = alias or (node.start, node.end)
        self._tally(node.size or 1, start, end)
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if parent.awaits_key:
            parent.awaits_key = False
            self._report("key-not-text", start, max(end, start + 1))
        elif parent.node.items is not None:
            parent.node.items.append(node)
            parent.node.value.append(node.value)  # type: ignore[attr-defined]
        else:
            self._enter(parent, node)
        self._raise_height(parent.node, node)

    def _enter(self, parent: _Open, node: Node) -> None:
        parent.awaits_key = True
        if parent.key is not None and parent.node.entries is not None:
            start, end, name = parent.key
            parent.node.entries[name] = (start, end, node)
            parent.node.value[name] = node.value  # type: ignore[index]
            parent.key = None

    def _key(self, parent: _Open, name: str, node: Node) -> None:
        self._tally(1, node.start, node.end)
        parent.awaits_key = False
        before = parent.node.entries.get(name) if parent.node.entries is not None else None
        fault = self._key_fault(name, node)
        if fault:
            self._report(fault, node.start, node.end, key=name.strip(), **_hidden(name))
        elif before is not None:
            lines = {"line": self._lines.line_number(node.start), "first_line": self._lines.line_number(before[0])}
            self._report("duplicate-key", node.start, node.end, key=name, **lines)
        else:
            parent.key = (node.start, node.end, name)

    def _key_fault(self, name: str, node: Node) -> str:
        if name == "<<" and node.style is None:
            return "merge-key"
        if not name.strip():
            return "empty-key"
        if name != name.strip():
            return "odd-space"
        return "control-character" if _hidden(name) else ""

    def _remember(self, event: NodeEvent, node: Node) -> None:
        if event.anchor:
            self._anchors[event.anchor] = node
        if getattr(event, "tag", None):
            start, end = span(event)
            written = next((mark for mark in self._lines.text[start:end].split() if mark.startswith("!")), "!")
            start = self._lines.text.find(written, start)
            self._report("tag", start, start + len(written), tag=written)

    def _after_marks(self, start: int) -> int:
        """The index behind the anchor and tag that stand before a value."""
        found = _MARKS.match(self._lines.text, start)
        return found.end() if found else start

    def _end_of_children(self, node: Node) -> int:
        if node.items:
            return max(node.start, node.items[-1].end)
        if node.entries:
            start, end, child = next(reversed(node.entries.values()))
            return max(end, child.end if child.start >= start else end)
        return node.start

    def _raise_height(self, parent: Node, child: Node) -> None:
        parent.height = max(parent.height, child.height + 1)

    def _tally(self, size: int, start: int, end: int) -> None:
        self._count += size
        if self._count > MAX_NODES:
            self._stop("too-many-values", start, end, limit=MAX_NODES)

    def _stop(self, code: str, start: int, end: int, **params: object) -> None:
        self.diagnostics.append(Diagnostic(code, self._lines.place(start, end), params))
        self.stopped = True

    def _report(self, code: str, start: int, end: int, **params: object) -> None:
        if len(self.diagnostics) < MAX_FINDINGS:
            self.diagnostics.append(Diagnostic(code, self._lines.place(start, end), params))
        else:
            self._stop("too-many-findings", start, end, limit=MAX_FINDINGS)
