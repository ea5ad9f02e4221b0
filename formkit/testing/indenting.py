"""HTML → the same, a tag a line and indented: what a person can read, and a diff can tell apart."""

from html.parser import HTMLParser

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_AS_WRITTEN = frozenset({"pre", "textarea", "script", "style"})


def indented(html: str) -> str:
    """The markup with each tag and each piece of text on a line of its own."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "\n".join(writer.lines) + "\n"


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.lines: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def _write(self, text: str) -> None:
        self.lines.append("  " * len(self.open) + text)

    def _end_text(self) -> None:
        if any(tag in _AS_WRITTEN for tag in self.open):
            self.lines.extend(self.text.split("\n") if self.text.strip() else ())
        elif self.text.strip():
            self._write(" ".join(self.text.split()))
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        self._end_text()
        self._write(" ".join((self.get_starttag_text() or f"<{tag}>").split()))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        self._end_text()
        self._write(" ".join((self.get_starttag_text() or f"<{tag}/>").split()))

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        while tag in self.open and self.open.pop() != tag:
            pass
        self._write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += f"&{name};"

    def handle_charref(self, name: str) -> None:
        self.text += f"&#{name};"

    def handle_comment(self, data: str) -> None:
        self._end_text()
        self._write(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._write(f"<!{decl}>")

    def close(self) -> None:
        super().close()
        self._end_text()
