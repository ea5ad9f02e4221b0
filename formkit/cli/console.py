"""Where a verb writes: in one language, as text for people or as JSON for programs."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from formkit.cli.output import diagnostics_json, print_diagnostics, summary
from formkit.cli.usage import UsageError
from formkit.diagnostics import Diagnostic
from formkit.locales import sentence


@dataclass(frozen=True)
class Console:
    """The streams of one command, and how it was asked to speak."""

    language: str
    format: str
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    @property
    def for_programs(self) -> bool:
        """Whether JSON was asked for."""
        return self.format == "json"

    def words(self, code: str, **params: object) -> str:
        """A sentence of the command line."""
        return sentence("cli", code, params, self.language)

    def say(self, code: str, **params: object) -> None:
        """Writes a sentence."""
        self.write(self.words(code, **params))

    def write(self, text: str) -> None:
        """Writes text, and the end of its line if that is missing."""
        self.out.write(text if text.endswith("\n") else f"{text}\n")
        self.out.flush()

    def write_json(self, value: object) -> None:
        """Writes a JSON value."""
        self.write(json.dumps(value, ensure_ascii=False, indent=2))

    def complain(self, error: UsageError) -> None:
        """Tells why a command cannot be carried out; on the error stream, so that output stays clean."""
        self.err.write(f"formkit: {self.words(error.code, **error.params)}\n")

    def show_diagnostics(self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, str]) -> None:
        """Writes findings about form files, each with its line out of `sources` (file → text)."""
        found = tuple(diagnostics)
        if self.for_programs:
            self.write(diagnostics_json(found, self.language))
            return
        print_diagnostics(found, sources, self.language, self.out)
        self.write(summary(found, self.language))
