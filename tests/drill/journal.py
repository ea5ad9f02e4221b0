"""What was done and what came of it, written down as a page of the documentation."""

import os
import re
from difflib import unified_diff
from html import unescape
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "policy-drill.md"
RECORD = "FORMKIT_RECORD_DRILL"
_BLOCKS = "p|h\\d|li|dt|dd|div|section|ul|ol|summary|details|form|br|label|legend|tr|button|a"
_HEAD = """\
<!-- Written by tests/drill/test_policy_drill.py: run it with FORMKIT_RECORD_DRILL=1 to write it anew. -->

# A policy drill: 2019, 2023, 2024

"""


class Journal:
    """The page as it grows."""

    def __init__(self, **names: str) -> None:
        self._parts: list[str] = []
        self._names = names

    def chapter(self, title: str) -> None:
        """A heading."""
        self._parts.append(f"## {title}")

    def tell(self, text: str) -> None:
        """A paragraph."""
        self._parts.append(text)

    def ran(self, command: str, status: int, output: str, *, most: int = 12) -> None:
        """A command, its first lines of output, and its exit status where that is not 0."""
        lines = output.rstrip().splitlines()
        shown = lines[:most] + ([f"… ({len(lines) - most} more lines)"] if len(lines) > most else [])
        ended = [f"(exit status {status})"] if status else []
        self._parts.append("\n".join(["```console", f"$ {command}", *shown, *ended, "```"]))

    def saw(self, who: str, page: str, *about: str, most: int = 40) -> None:
        """What a person reads in the middle of a page; of a long one, the lines with some words in them."""
        lines = [line for line in words_of(page) if not about or any(word in line for word in about)]
        shown = lines[:most] + ([f"… ({len(lines) - most} more lines)"] if len(lines) > most else [])
        self._parts.append(f"{who}:\n\n" + "\n".join(f"> {line}  " for line in shown))

    @property
    def text(self) -> str:
        """The page, without what differs from one run to the next."""
        text = _HEAD + "\n\n".join(self._parts) + "\n"
        for name, value in self._names.items():
            text = text.replace(value, name)
        text = re.sub(r"(?m)(?<=\.yaml:)\d+(?=:)|^ +\d+(?= \|)", lambda found: re.sub(r"\d+", "…", found[0]), text)
        text = re.sub(r"\d{8}-[0-9A-Z]{4}-[0-9A-Z]{4}", "(receipt number)", text)
        return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "(now)", text)

    def close(self) -> None:
        """Holds the page in the repository against this run, or writes it anew."""
        if os.environ.get(RECORD):
            PAGE.write_text(self.text, "utf-8")
        found = list(unified_diff(PAGE.read_text("utf-8").splitlines(), self.text.splitlines(), lineterm="", n=0))
        assert not found, "\n".join([f"run it with {RECORD}=1 if this is meant", *found])


def words_of(page: str) -> list[str]:
    """The lines of a page's main part, as they are read."""
    main = re.search(r"<main.*?</main>", page, re.S)
    text = re.sub(r"<(script|style|template).*?</\1>", "", main[0] if main else page, flags=re.S)
    text = re.sub(
        r"</?(?:p|h\d|li|dt|dd|div|section|ul|ol|summary|details|form|br|label|legend|tr|button|a)\b[^>]*>", "\n", text
    )
    lines = (re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", line))).strip() for line in text.splitlines())
    return [line for line in lines if line]
