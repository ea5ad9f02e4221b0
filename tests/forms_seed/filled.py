"""A form somebody has filled in, to be changed one answer at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from formkit import Evaluation, Form, Level, Result, evaluate, validate

FORMS = Path(__file__).parents[2] / "forms"
TODAY = "2023-06-01"
OTHER = "另一句容易记住的话"
"""A password other than the one typed first."""


def image(**changes: Any) -> dict[str, Any]:
    """An uploaded picture as the server describes it."""
    picture = {"name": "a.jpg", "media_type": "image/jpeg", "size": 200 * 1024, "width": 600, "height": 800}
    return {"id": "a" * 32, "sha256": "0" * 64} | picture | changes


@dataclass(frozen=True)
class Filled:
    """A form somebody has filled in."""

    form: Form
    answers: Mapping[str, Any]
    facts: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] | None = None
    today: str = TODAY

    def but(self, **changes: Any) -> "Filled":
        """The same person with other answers; None takes an answer away."""
        answers = {**self.answers, **changes}
        return replace(self, answers={key: value for key, value in answers.items() if value is not None})

    def given(self, **facts: Any) -> "Filled":
        """The same person, of whom the portal knows something else."""
        return replace(self, facts={**self.facts, **facts})

    def on(self, today: str) -> "Filled":
        """The same person on another day."""
        return replace(self, today=today)

    def changing(self, **answers: Any) -> "Filled":
        """The same person, submitted before, who now posts these answers only."""
        return replace(self, answers=answers, record=self.values, facts={**self.facts, "collected": True})

    @property
    def result(self) -> Result:
        return validate(self.form, self.answers, record=self.record, facts=self.facts, today=self.today)

    @property
    def evaluation(self) -> Evaluation:
        return evaluate(self.form, self.answers, record=self.record, facts=self.facts, today=self.today)

    @property
    def values(self) -> dict[str, Any]:
        assert self.errors == set()
        return self.result.values

    @property
    def errors(self) -> set[tuple[str, str]]:
        """(path, code) of everything that stops the submission."""
        return self._issues(Level.ERROR)

    @property
    def warnings(self) -> set[tuple[str, str]]:
        return self._issues(Level.WARNING)

    def sentences(self, level: Level = Level.ERROR, language: str = "zh") -> list[str]:
        """The form author's own sentences among the issues."""
        return [i.message.in_(language) for i in self.result.issues if i.level is level and i.message is not None]

    def shows(self, path: str) -> bool:
        return self.evaluation.state(path).visible

    def hints(self, path: str, language: str = "zh") -> list[str]:
        """The hints beside a field."""
        now = self.evaluation
        return [
            hint.text.in_(language)
            for hint in self.form.fields[path].hints
            if hint.rule is None or hint.rule.is_true(now.values, None, now.context)
        ]

    def _issues(self, level: Level) -> set[tuple[str, str]]:
        return {(issue.path, issue.code) for issue in self.result.issues if issue.level is level}
