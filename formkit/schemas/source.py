"""A YAML file → plain values with the place of each, or diagnostics; it raises on nothing a file can hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import yaml
from yaml.events import CollectionEndEvent, DocumentEndEvent, DocumentStartEvent, NodeEvent

from formkit.diagnostics import Diagnostic, Place
from formkit.schemas.guard import guarded_text, read_bytes
from formkit.schemas.nodes import NodeBuilder, span
from formkit.schemas.positions import Lines, Node
from formkit.schemas.syntax import syntax_diagnostic

Route = tuple[str | int, ...]
LIMIT = 2_000_000


@dataclass(frozen=True)
class Document:
    """One document of a file: its value is JSON-like (dict with text keys, list, str, int, bool, None).

    Aliased parts of the value are shared: read it, do not change it. A variant is whole with what it has of its `base`:
    each node knows the file it stands in.
    """

    text: str
    root: Node
    base: "Document | None" = None

    @property
    def value(self) -> object:
        """The value, without positions."""
        return self.root.value

    @cached_property
    def hash(self) -> str:
        """SHA-256 of its text and its base's, the same on every system: line breaks and outer blanks do not count."""
        text = self.text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("---").strip()
        return sha256(((self.base.hash if self.base else "") + text).encode("utf-8")).hexdigest()

    def place(self, path: Route, *, key: bool = False) -> Place:
        """The place of the value at `path`, or with `key` of the key that leads to it.

        What is not there is reported at the nearest parent that is: its key, where it has one, else its first line.
        """
        steps = list(self._walk(path))
        span, node = steps[-1]
        if len(steps) <= len(path):
            return node.lines.place(*(span or _first_line(node)))
        return node.lines.place(*(span if key and span else (node.start, node.end)))

    def place_in(self, path: Route, start: int, end: int) -> Place:
        """The place of the characters `start` to `end` of the text at `path`; the whole text where that is unclear."""
        steps = list(self._walk(path))
        node = steps[-1][1]
        offsets = node.offsets if len(steps) > len(path) else ()
        if not offsets or not isinstance(node.value, str):
            return self.place(path)
        last = len(offsets) - 1
        if start > last:
            return node.lines.place(offsets[last][1], offsets[last][1])
        first = offsets[max(0, start)][0]
        return node.lines.place(first, offsets[min(end - 1, last)][1] if end > start else first)

    def _walk(self, path: Route) -> Iterator[tuple[tuple[int, int] | None, Node]]:
        """The root, then each node on the way with its key's span, as far as the path leads."""
        node = self.root
        yield None, node
        for step in path:
            if node.entries is not None and str(step) in node.entries:
                start, end, node = node.entries[str(step)]
                yield (start, end), node
            elif node.items is not None and isinstance(step, int) and 0 <= step < len(node.items):
                node = node.items[step]
                yield None, node
            else:
                return

    def line_at(self, path: Route) -> str:
        """The line on which the place of `path` begins."""
        lines = list(self._walk(path))[-1][1].lines
        start, end = lines.line_span(self.place(path).line)
        return lines.text[start:end]


@dataclass(frozen=True)
class Source:
    """A file as it was read: the documents that are whole, and everything that is wrong with it as YAML."""

    file: str
    text: str
    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_yaml(path: Path | str, *, limit: int = LIMIT) -> Source:
    """Read a file of at most `limit` bytes; one that cannot be read gives the diagnostic `unreadable-file`."""
    content, diagnostics = read_bytes(Path(path), limit)
    if diagnostics:
        return Source(str(path), "", (), diagnostics)
    return parse_yaml(content, file=str(path), limit=limit)


def parse_yaml(text: str | bytes, *, file: str = "<text>", limit: int = LIMIT) -> Source:
    """Read a text; `file` is the name its places carry."""
    content, diagnostics = guarded_text(text, file, limit)
    if diagnostics:
        return Source(file, content, (), diagnostics)
    lines = Lines(file, content)
    roots, found = _parse(lines)
    if not roots and not found:
        found = (Diagnostic("empty-file", lines.place(0, 0)),)
    starts = [0, *(start for start, _ in roots[1:]), len(content)]
    slices = [content[begin:end] for begin, end in pairwise(starts)]
    documents = tuple(Document(part, root) for part, (_, root) in zip(slices, roots, strict=False))
    return Source(file, content, documents, found)


def _first_line(node: Node) -> tuple[int, int]:
    _, end = node.lines.line_span(node.lines.line_number(node.start))
    return node.start, max(node.start, min(node.end, end))


def _parse(lines: Lines) -> tuple[list[tuple[int, Node]], tuple[Diagnostic, ...]]:
    """The start and root of each whole document; events come one by one, so limits hold before anything is built."""
    builder, roots, start = NodeBuilder(lines), [], 0
    try:
        for event in yaml.parse(lines.text, Loader=yaml.CSafeLoader):
            if isinstance(event, NodeEvent | CollectionEndEvent):
                builder.take(event)
            elif isinstance(event, DocumentStartEvent):
                start = span(event)[0]
                builder.start_document(event)
            elif isinstance(event, DocumentEndEvent) and builder.root is not None:
                roots.append((start, builder.root))
            if builder.stopped:
                break
    except yaml.YAMLError as error:
        found = syntax_diagnostic(error, lines, builder.open_bracket)
        if not _follows(found, builder.diagnostics):
            builder.diagnostics.append(found)
    return roots, tuple(builder.diagnostics)


def _follows(found: Diagnostic, before: list[Diagnostic]) -> bool:
    """Whether a line only looks wrong because blanks that do not count made the line above a level of its own."""
    last = before[-1] if before else None
    return last is not None and last.code == "odd-space" and 0 <= found.place.line - last.place.line <= 1
