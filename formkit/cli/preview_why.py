"""Beside each field of a previewed page: why it is as it is; at the end: what is hidden, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from formkit.evaluation import Evaluation
from formkit.explain import Explaining
from formkit.explain.wording import Line, Wording
from formkit.issues import Issue
from formkit.locales import sentence
from formkit.renderers import CHECK, HtmlRenderer, Theme
from formkit.renderers.html import FieldDrawing
from formkit.renderers.view import FieldView


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is to be said of one field: why it is so, and what depends on it."""

    lines: Sequence[Line]
    uses: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something that is not shown, by its name, and why."""

    name: str
    lines: Sequence[Line]


class Why:
    """The reasons of one page."""

    def __init__(self, evaluation: Evaluation, issues: Sequence[Issue], language: str) -> None:
        self.language = language
        self._explaining = Explaining(evaluation, issues)
        self._wording = Wording(evaluation, language)
        self._form, self._visible = evaluation.form, evaluation.states

    def of(self, path: str) -> Reasons | None:
        """Why the field at a path stands as it does; None for what is no field there."""
        if path not in self._visible:
            return None
        explanation = self._explaining.at(path)
        return Reasons(self._wording.decisions(explanation), self._wording.uses(explanation))

    def hidden(self, step: str) -> Iterator[Hidden]:
        """What is hidden of a step; of all, on the page that has all of them."""
        for path in self._explaining.hidden():
            within = path.partition("/")[0] if "/" in path else self._form.step_of[path.partition(".")[0]]
            if step in (within, CHECK):
                explanation = self._explaining.at(path, with_uses=False)
                yield Hidden(self._wording.name(explanation), self._wording.hidden(explanation))


class WhyRenderer(HtmlRenderer):
    """Pages in which each field says why it is as it is."""

    def __init__(self, theme: Theme, why: Why) -> None:
        super().__init__(theme, remember=False)
        self._why = why

    def drawing(self, language: str) -> FieldDrawing:
        return _WhyDrawing(self.theme, language, self._why)


class _WhyDrawing(FieldDrawing):
    def __init__(self, theme: Theme, language: str, why: Why) -> None:
        super().__init__(theme, language, remember=False)
        self._why = why
        self._template = theme.environment.get_template("preview_why.html")
        words = ("preview.why", "why.uses")
        self._words: Mapping[str, str] = {code: sentence("cli", code, {}, why.language) for code in words}

    def draw(self, field: FieldView) -> Markup:
        """The field with its reasons as the last thing in it, so that what hides the one hides the other."""
        drawn = super().draw(field)
        reasons = self._why.of(field.name) if field.visible else None
        if reasons is None:
            return drawn
        told = self._template.render(reasons=reasons, said=self._words, label=field.label)
        before, end, after = str(drawn).rpartition("</")
        return Markup(f"{before}{told}{end}{after}")  # noqa: S704 - from templates
