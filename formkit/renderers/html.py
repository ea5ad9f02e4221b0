"""The `html` renderer: a view through a theme's templates."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from jinja2 import Template
from markupsafe import Markup, escape

from formkit.locales import HTML_LANGUAGE, sentence, sentences
from formkit.renderers.conditions import BrowserCondition
from formkit.renderers.page import Link, Page
from formkit.renderers.parts import FieldPart
from formkit.renderers.themes import DEFAULT_THEME, Theme
from formkit.renderers.view import FieldView, FormView, SectionView
from formkit.wizard import CHECK

_TEMPLATES = {CHECK: "check.html", "record": "record.html"}


@dataclass(frozen=True, slots=True)
class Message:
    """A page that only tells something: done, not found, too large, busy. `html` is safe HTML or text to be escaped."""

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


class HtmlRenderer:
    """Pages in the look of a theme; `template`, where given, is used for every view."""

    whole = False

    def __init__(self, theme: Theme = DEFAULT_THEME, template: str | None = None) -> None:
        self.theme, self.template = theme, template
        self._options: WeakKeyDictionary[FieldPart, Markup] = WeakKeyDictionary()

    def __call__(self, view: FormView, page: Page) -> str:
        """The page of a view."""
        name = self.template or _TEMPLATES.get(view.current, "step.html")
        template = self.theme.environment.get_template(name)
        shared = _shared(view.language, page)
        shared["view"], shared["options"] = view, self.options
        shared["change_url"] = lambda step: page.step_url.replace("{step}", step)
        drawn = {**template.globals, **shared}
        shared["draw"] = drawn["draw"] = self._drawing(drawn)
        return template.render(shared)

    def _drawing(self, shared: Mapping[str, object]) -> Callable[[FieldView], Markup]:
        """A function that draws a field by the template of its widget, or as text where it has no control."""
        theme = self.theme
        read_only = theme.environment.get_template("read_only.html")

        def draw(field: FieldView) -> Markup:
            as_text = field.is_value and (field.locked or field.calculated)
            template = read_only if as_text else theme.widget(field.part.widget)
            return _render(template, {**shared, "field": field})

        return draw

    def options(self, field: FieldView) -> Markup:
        """The `<option>`s of a field with its choice selected; written by the theme once per list, language and day."""
        found = self._options.get(field.part)
        if found is None:
            template = self.theme.environment.get_template("option_list.html")
            found = self._options[field.part] = Markup(template.render(part=field.part))  # noqa: S704 - from a template
        if not isinstance(field.value, str):
            return found
        mark = Markup('value="{}"').format(field.value)
        return found.replace(mark, mark + Markup(" selected"), 1)


def render_message(message: Message, *, language: str, page: Page, theme: Theme = DEFAULT_THEME) -> str:
    """A page that only tells something, in the look of the forms."""
    template = theme.environment.get_template("message.html")
    return template.render(_shared(language, page), message=message)


def _shared(language: str, page: Page) -> dict[str, object]:
    def say(code: str, **params: object) -> str:
        return sentence("interface", code, params, language)

    return {
        "page": page,
        "words": sentences("interface", language),
        "say": say,
        "condition": _condition,
        "batched": _batched,
        "html_language": HTML_LANGUAGE.get(language, language),
    }


def _render(template: Template, names: dict[str, object]) -> Markup:
    context = template.new_context(names, shared=True)
    return Markup("".join(template.root_render_func(context)))  # noqa: S704 - from a template


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
        if field.hidden or field.part.widget == "note":
            continue
        if field.is_value:
            run.append(field)
            continue
        if run:
            yield Batch(values=tuple(run))
            run = []
        yield Batch(rows=field) if field.blank_row or field.rows else Batch(group=field)
    if run:
        yield Batch(values=tuple(run))
