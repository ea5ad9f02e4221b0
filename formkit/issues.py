"""What a person who fills in a form is told, before any sentence is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from formkit.diagnostics import Place
from formkit.texts import Text

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Level(StrEnum):
    """How an issue weighs: an error stops a submission, a warning is shown, a notice only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding about somebody's answers.

    `path` names the answer: `email`, `full_time.level`, `awards.r2.name` (a row by its id); empty for the whole form.
    `message` is the form author's own sentence, where there is one; otherwise the sentence comes from `code` and
    `params`, made last by `formkit.locales.issue_sentence`. `place` is the rule's place in the form file.
    """

    code: str
    path: str = ""
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    level: Level = Level.ERROR
    place: Place | None = None
    message: Text | None = None
