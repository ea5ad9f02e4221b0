"""What a rule is: a code, a function over a form, and a form that passes and one that fails it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from formkit.compiler import Compiled
from formkit.compiler.reporting import YamlPath, written_path
from formkit.diagnostics import Diagnostic, Place
from formkit.form import Form
from formkit.lint.look import Look
from formkit.schemas.source import Document


@dataclass(frozen=True, slots=True)
class Linted:
    """A form that loads, with everything that was compiled with it, and with what can be so of it."""

    form: Form
    compiled: Compiled
    look: Look

    @property
    def document(self) -> Document:
        """What the form is made of, as it is written."""
        return self.compiled.documents[self.form.place]

    def place(self, path: YamlPath, *, key: bool = False) -> Place:
        """The place of a path of the form, or with `key` of the key that leads to it."""
        return self.document.place(written_path(self.document.value, path), key=key)


@dataclass(frozen=True, slots=True)
class LintRule:
    """One rule; `check` finds everything its `code` stands for, in warnings (an error only where it is one for sure).

    `passing` and `failing` are whole YAML files: in the first no rule finds anything, in the second this one finds
    something on each line that ends with `# <-`, and nothing else.
    """

    code: str
    check: Callable[[Linted], Iterator[Diagnostic]]
    passing: str
    failing: str
