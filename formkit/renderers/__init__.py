"""A form and answers → a page, JSON, or paper; `RENDERERS` names the ways that are text, `render_pdf` is one more."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from formkit.errors import UnknownName
from formkit.evaluation import Evaluation, evaluate
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
from formkit.renderers.pdf import Paper, PdfNotInstalled, pdf_installed, render_pdf
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
    "Paper",
    "PdfNotInstalled",
    "Renderer",
    "Theme",
    "pdf_installed",
    "record_pdf",
    "render",
    "render_message",
    "render_pdf",
    "stylesheet",
    "stylesheet_name",
]

RECORD = "record"

RENDERERS: Registry[Renderer] = Registry(
    "renderer", {"html": HtmlRenderer(DEFAULT_THEME), "json": JsonRenderer(), "print": PrintRenderer(DEFAULT_THEME)}
)
_PAGE = Page()
_NOTHING: Mapping[str, JSON] = MappingProxyType({})


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
    asked_again: Collection[str] = (),
) -> str:
    """A step of a form with somebody's answers, or `check` (all of them, to be checked) or `record` (to be read).

    What is on record at the paths that are `asked_again` is not shown, unless it is locked.

    The same input gives the same bytes. Raises `UnknownName` for a step or renderer nobody named.
    """
    chosen = renderers[renderer]
    evaluation = evaluate(form, answers, record=record, facts=facts, today=today, asked_again=asked_again)
    return chosen(_view(evaluation, step, issues, language, page, whole=chosen.whole), page)


def record_pdf(
    form: Form,
    record: Mapping[str, JSON] | None,
    *,
    paper: Paper,
    answers: Mapping[str, JSON] = _NOTHING,
    facts: Mapping[str, JSON] | None = None,
    today: date | str,
    language: str = "zh",
) -> bytes:
    """A record (or `answers` before it is one) as a PDF, in the words and order of its page; the same bytes each time.

    Raises `PdfNotInstalled` without the extra `pdf`.
    """
    evaluation = evaluate(form, answers, record=record, facts=facts, today=today)
    return render_pdf(_view(evaluation, RECORD, (), language, _PAGE, whole=True), paper)


def _view(
    evaluation: Evaluation, step: str, issues: Iterable[Issue], language: str, page: Page, *, whole: bool
) -> FormView:
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    visible = evaluation.visible_steps
    if step not in visible and step not in (CHECK, RECORD):
        raise UnknownName("step", step, visible)
    steps = visible if whole or step in (CHECK, RECORD) else (step,)
    parts = parts_of(evaluation.form, language, evaluation.context.today)
    return build_view(parts, evaluation, issues, page, steps, step)
