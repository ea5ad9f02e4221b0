"""What the author of a form file reads: where, what, why and the mend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    """How much a diagnostic weighs: an error keeps the form from loading, a note asks for nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of a file: lines and columns count from 1, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody might fill in, with what is known of them: it shows what a diagnostic says.

    `facts` are each known, blank, or UNKNOWN of the rule language; `given` are the names rules have for what matters
    of it (`email`, `g.level`, `r.name` for a column, `facts.x`, `record.y`, `today()`).
    """

    answers: dict[str, Any]
    facts: dict[str, Any]
    record: dict[str, Any] | None
    today: str
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a form file.

    `code` is a word such as `unknown-name`; `params` fill the sentence that `formkit.locales.diagnostic_sentence`
    makes in the reader's language.
    """

    code: str
    place: Place
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    severity: Severity = Severity.ERROR
    example: Example | None = None


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of these keeps a form from loading."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
