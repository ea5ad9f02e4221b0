"""What a verb raises when it cannot do what it was asked."""

from collections.abc import Mapping, Sequence

from formkit.diagnostics import Diagnostic
from formkit.errors import FormkitError


class UsageError(FormkitError):
    """A command that cannot be carried out as given; `code` has its sentence in the room `cli` of the locales."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code} {params}")
        self.code, self.params = code, params


class FormBroken(FormkitError):  # noqa: N818 - read as a sentence: except FormBroken
    """The form asked for does not load: what there is to say of it, and the text of each file."""

    def __init__(self, diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> None:
        super().__init__("the form does not load")
        self.diagnostics, self.sources = diagnostics, sources
