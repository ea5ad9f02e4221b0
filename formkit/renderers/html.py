"""The `html` renderer: a view through a theme's templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape

from formkit.fields.base import Shape
from formkit.locales import HTML_LANGUAGE, sentence, sentences
from formkit.renderers.conditions import BrowserCondition
from formkit.renderers.cutting import Cuttings
from formkit.renderers.page import Link, Page
from formkit.renderers.parts import FieldPart
from formkit.renderers.themes import DEFAULT_THEME, Theme
from formkit.renderers.view import FieldView, FormView, SectionView
from formkit.wizard import CHECK

_TEMPLATES = {CHECK: "check.html", "record": "record.html"}


@dataclass(frozen=True, slots=True)
class Message:
    """A page that only tells something: done, not found, too large, busy. `html` is safe HTML, or a paragraph."""

    title: str
    html: Markup | str
    level: str = "notice"
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """A run of plain answers, or one group, or one rows field: how a page of answers is laid out."""

    values: Sequence[FieldView] = ()
    group: FieldView | None = None
    rows: FieldView | None = None


class FieldDrawing:
    """Draws fields in one language: by the template of their widget, or as text where they have no control.

    A widget's template sees `field`, `words`, `say`, `options`, `condition` and `draw`, and nothing of the page.
    """

    def __init__(self, theme: Theme, language: str, *, remember: bool) -> None:
        self._theme = theme
        self._names = {**theme.environment.globals, **words_of(language), "draw": self.draw, "options": self.options}
        self._read_only = theme.environment.get_template("read_only.html")
        self._cuttings = Cuttings() if remember else None
        self._options: WeakKeyDictionary[FieldPart, Markup] = WeakKeyDictionary()

    def draw(self, field: FieldView) -> Markup:
        """The field's markup."""
        return self._cuttings.draw(field, self._drawn) if self._cuttings else self._drawn(field)

    def _drawn(self, field: FieldView) -> Markup:
        as_text = field.is_value and field.read_only
        template = self._read_only if as_text else self._theme.widget(field.part.widget)
        context = template.new_context({**self._names, "field": field}, shared=True)
        return Markup("".join(template.root_render_func(context)))  # noqa: S704 - from a template

    def options(self, field: FieldView) -> Markup:
        """The `<option>`s of a field with its choice selected; written by the theme once per list, language and day."""
        found = self._options.get(field.part)
        if found is None:
            template = self._theme.environment.get_template("option_list.html")
            found = self._options[field.part] = Markup(template.render(part=field.part))  # noqa: S704 - from a template
        if not isinstance(field.value, str):
            return found
        mark = Markup('value="{}"').format(field.value)
        return found.replace(mark, mark + Markup(" selected"), 1)


class HtmlRenderer:
    """Pages in the look of a theme; `template`, where given, is used for every view.

    With `remember` drawn fields are kept and cut: the same bytes, sooner.
    """

    whole = False

    def __init__(self, theme: Theme = DEFAULT_THEME, template: str | None = None, *, remember: bool = True) -> None:
        self.theme, self.template, self.remember = theme, template, remember
        self._drawings: dict[str, FieldDrawing] = {}

    def __call__(self, view: FormView, page: Page) -> str:
        """The page of a view."""
        name = self.template or _TEMPLATES.get(view.current, "step.html")
        return self.theme.environment.get_template(name).render(
            words_of(view.language),
            view=view,
            page=page,
            draw=self.drawing(view.language).draw,
            html_language=view.html_language,
            batched=_batched,
            change_url=lambda step: page.step_url.replace("{step}", step),
        )

    def drawing(self, language: str) -> FieldDrawing:
        """What draws its fields in a language."""
        found = self._drawings.get(language)
        if found is None:
            found = self._drawings[language] = FieldDrawing(self.theme, language, remember=self.remember)
        return found


def render_message(message: Message, *, language: str, page: Page, theme: Theme = DEFAULT_THEME) -> str:
    """A page that only tells something, in the look of the forms."""
    template = theme.environment.get_template("message.html")
    if not isinstance(message.html, Markup):
        message = replace(message, html=Markup("<p>{}</p>").format(message.html))
    html_language = HTML_LANGUAGE.get(language, language)
    return template.render(words_of(language), page=page, message=message, html_language=html_language)


@cache
def words_of(language: str) -> dict[str, object]:
    """What every template may say: `words["next"]`, `say("step_of", number=2, count=6)`, `condition(field)`."""

    def say(code: str, **params: object) -> str:
        return sentence("interface", code, params, language)

    return {"words": sentences("interface", language), "say": say, "condition": _condition}


def _condition(view: FieldView | SectionView) -> Markup:
    """The attributes by which a browser shows and hides a field or section by itself."""
    found: BrowserCondition | None = view.part.condition
    if found is None:
        return Markup("")
    css = f' data-css="{view.css}"' if view.css else ""
    hidden = " hidden" if view.hidden else ""
    return Markup(f' data-visible="{escape(found.json)}"{css}{hidden}')  # noqa: S704 - the rest is ours


def _batched(fields: Sequence[FieldView]) -> Iterator[Batch]:
    run: list[FieldView] = []
    for field in fields:
        if not field.is_read:
            continue
        if field.is_value:
            run.append(field)
            continue
        if run:
            yield Batch(values=tuple(run))
            run = []
        yield Batch(rows=field) if field.part.field.shape is Shape.ROWS else Batch(group=field)
    if run:
        yield Batch(values=tuple(run))
