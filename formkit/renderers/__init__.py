"""A form and answers → a page, JSON, or paper; `RENDERERS` names the ways."""

from collections.abc import Iterable, Mapping
from datetime import date

from formkit.errors import UnknownName
from formkit.evaluation import evaluate
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.issues import Issue
from formkit.registry import Registry
from formkit.renderers.building import build_view
from formkit.renderers.conditions import stylesheet, stylesheet_name
from formkit.renderers.html import HtmlRenderer, Message, render_message
from formkit.renderers.json import JsonRenderer
from formkit.renderers.page import Banner, Link, Page
from formkit.renderers.parts import parts_of
from formkit.renderers.print import PrintRenderer
from formkit.renderers.themes import DEFAULT_THEME, Theme
from formkit.renderers.view import FormView, Renderer
from formkit.texts import DEFAULT_LANGUAGE, LANGUAGES
from formkit.wizard import CHECK

__all__ = [
    "CHECK",
    "DEFAULT_THEME",
    "RECORD",
    "RENDERERS",
    "Banner",
    "FormView",
    "HtmlRenderer",
    "Link",
    "Message",
    "Page",
    "Renderer",
    "Theme",
    "render",
    "render_message",
    "stylesheet",
    "stylesheet_name",
]

RECORD = "record"

RENDERERS: Registry[Renderer] = Registry(
    "renderer", {"html": HtmlRenderer(DEFAULT_THEME), "json": JsonRenderer(), "print": PrintRenderer(DEFAULT_THEME)}
)
_PAGE = Page()


def render(
    form: Form,
    step: str,
    answers: Mapping[str, JSON],
    *,
    record: Mapping[str, JSON] | None = None,
    facts: Mapping[str, JSON] | None = None,
    today: date | str,
    issues: Iterable[Issue] = (),
    language: str = "zh",
    renderer: str = "html",
    page: Page = _PAGE,
    renderers: Registry[Renderer] = RENDERERS,
) -> str:
    """A step of a form with somebody's answers, or `check` (all of them, to be checked) or `record` (to be read).

    The same input gives the same bytes. Raises `UnknownName` for a step or renderer nobody named.
    """
    day = today if isinstance(today, str) else today.isoformat()
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    chosen = renderers[renderer]
    evaluation = evaluate(form, answers, record=record, facts=facts, today=day)
    visible = evaluation.visible_steps
    if step not in visible and step not in (CHECK, RECORD):
        raise UnknownName("step", step, visible)
    steps = visible if chosen.whole or step in (CHECK, RECORD) else (step,)
    view = build_view(parts_of(form, language, day), evaluation, issues, page, steps, step)
    return chosen(view, page)
