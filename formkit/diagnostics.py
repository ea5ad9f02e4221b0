"""What the author of a form file reads: where, what, why and the mend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    """How much a diagnostic weighs: an error keeps the form from loading."""

    ERROR = "error"
    WARNING = "warning"


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
class Diagnostic:
    """One finding about a form file.

    `code` is a word such as `unknown-name`; `params` fill the sentence that `formkit.locales.diagnostic_sentence`
    makes in the reader's language.
    """

    code: str
    place: Place
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    severity: Severity = Severity.ERROR


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of these keeps a form from loading."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
