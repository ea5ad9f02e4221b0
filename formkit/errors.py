"""What a program that uses formkit catches."""

from collections.abc import Sequence

from formkit.diagnostics import Diagnostic


class FormkitError(Exception):
    """The parent of every error formkit raises on purpose."""


class FormInvalid(FormkitError):  # noqa: N818 - read as a sentence: except FormInvalid
    """A form file does not load; `diagnostics` say where and why."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        first = self.diagnostics[0] if self.diagnostics else None
        more = f" (and {len(self.diagnostics) - 1} more)" if len(self.diagnostics) > 1 else ""
        super().__init__(
            f"{first.place}: {first.code} {dict(first.params)}{more}" if first else "the form does not load"
        )


class UnknownName(FormkitError):  # noqa: N818 - read as a sentence: except UnknownName
    """A form, step, field, renderer or other thing was asked for by a name nobody gave it."""

    def __init__(self, kind: str, name: str, known: Sequence[str] = ()) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        among = f"; there is: {', '.join(self.known)}" if self.known else ""
        super().__init__(f"no {kind} is called {name!r}{among}")


class FactMissing(FormkitError):  # noqa: N818 - read as a sentence: except FactMissing
    """A declared fact was not passed in: pass its value, or `formkit.UNKNOWN` while its source is down."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(f"facts not passed in: {', '.join(self.names)}; pass a value, or formkit.UNKNOWN if unknown")
