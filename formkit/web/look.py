"""The templates of the pages around forms, in the look of a theme, and the responses made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup
from starlette.responses import HTMLResponse

from formkit.fields.base import JSON
from formkit.locales import HTML_LANGUAGE, sentence
from formkit.renderers import Banner, Message, Page, Theme, render_message
from formkit.renderers.html import words_of
from formkit.web.visit import Visit

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class SiteTheme(Theme):
    """A host's theme, and behind it the templates of this room: a theme may override those too."""

    folder: Path = field(default=TEMPLATES)

    @property
    def folders(self) -> list[Path]:
        """The host's first."""
        return [*(self.fallback.folders if self.fallback else ()), TEMPLATES]

    @cached_property
    def environment(self) -> Environment:
        """The theme's, in which templates may also say the sentences of this room: `tell(language, code, …)`."""
        made = Theme.environment.func(self)  # type: ignore[attr-defined]
        made.globals["tell"] = _tell
        return made  # type: ignore[no-any-return]


def draw(visit: Visit, template: str, status: int = 200, *, page: Page, **names: object) -> HTMLResponse:
    """A page of this room."""
    language = visit.language
    html = visit.site.theme.environment.get_template(template).render(
        words_of(language),
        page=page,
        language=language,
        html_language=HTML_LANGUAGE.get(language, language),
        **names,
    )
    return HTMLResponse(html, status)


def draw_message(visit: Visit, message: Message, status: int, *banners: Banner) -> HTMLResponse:
    """A page that only tells something."""
    page = visit.page(*banners)
    return HTMLResponse(render_message(message, language=visit.language, page=page, theme=visit.site.theme), status)


def paragraphs(*texts: str) -> Markup:
    """Sentences as paragraphs, escaped."""
    return Markup("").join(Markup("<p>{}</p>").format(text) for text in texts if text)


def _tell(language: str, code: str, **params: JSON) -> str:
    given: Mapping[str, JSON] = params
    return sentence("pages", code, given, language)
