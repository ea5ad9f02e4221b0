"""What stands around a previewed page: where it is, where one can go from it, and what is wrong in the files."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, urlencode

from formkit.cli.loading import texts_of
from formkit.cli.output import print_diagnostics, summary
from formkit.cli.preview_around import Box
from formkit.cli.preview_why import Hidden
from formkit.cli.workshop import Edition
from formkit.form import Form
from formkit.locales import HTML_LANGUAGE, sentence
from formkit.renderers import CHECK, DEFAULT_THEME, Link, Page, Theme, stylesheet_name
from formkit.testing.pages import State
from formkit.texts import LANGUAGES

THEME = Theme(Path(__file__).with_name("preview_theme"), DEFAULT_THEME)
AGAINST = "against"
"""The edition to compare with, as addresses say it."""

_SAID = ("preview.not_shown", "preview.around", "preview.around_note", "preview.apply")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class PreviewPage(Page):
    """A page with the preview's bar above it: `version` is what the browser watches, `findings` the files' faults."""

    version: str = ""
    summary: str = ""
    findings: str = ""
    editions: Sequence[Link] = ()
    steps: Sequence[Link] = ()
    states: Sequence[Link] = ()
    around_url: str = ""
    boxes: Sequence[Box] = ()
    boxes_open: bool = False
    hidden_parts: Sequence[Hidden] = ()
    said: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True)
class Place:
    """A page of the preview: a step of a form, in a state and a language, of an edition, for somebody (`around`)."""

    form: str
    step: str
    state: str
    language: str
    edition: str = ""
    around: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return f"/form/{quote(self.form)}/{quote(self.step)}?{self._query}"

    @property
    def around_url(self) -> str:
        """Where what is known of somebody is sent to."""
        return f"/around/{quote(self.form)}/{quote(self.step)}?{self._query}"

    @property
    def _query(self) -> str:
        told = {"state": self.state, "lang": self.language, "edition": self.edition, "around": self.around}
        return urlencode({name: value for name, value in told.items() if value})


def page_of(
    edition: Edition, version: str, language: str, *, languages: Sequence[Link] = (), home: str = ""
) -> PreviewPage:
    """The surroundings of any page."""
    compiled = edition.compiled
    shown = io.StringIO()
    print_diagnostics(compiled.diagnostics, texts_of(compiled), language, shown)
    return PreviewPage(
        site_title=say("preview.title", language),
        home_url=home or f"/?lang={language}",
        languages=languages,
        version=version,
        summary=summary(compiled.diagnostics, language) if compiled.diagnostics else say("preview.clean", language),
        findings=shown.getvalue().rstrip(),
        said={code: say(code, language) for code in _SAID},
    )


def step_page(
    page: PreviewPage, place: Place, form: Form, states: Iterable[State], editions: Mapping[str, Form]
) -> PreviewPage:
    """The surroundings of a step of a form; `editions` are the ones to switch between."""
    language = place.language
    titles = {step.id: step.title.in_(language) for step in form.steps} | {CHECK: say("preview.check", language)}
    names = [state.name for state in states]
    return replace(
        page,
        action=place.url,
        around_url=place.around_url,
        form_stylesheet=f"/static/{stylesheet_name(form)}",
        step_url=replace(place, step="{step}").url.replace("%7Bstep%7D", "{step}"),
        languages=language_links(language, replace(place, language="{}").url.replace("%7B%7D", "{}")),
        editions=_editions(place, editions),
        steps=[Link(title, replace(place, step=id_).url, id_ == place.step) for id_, title in titles.items()],
        states=[
            Link(say(f"preview.{name}", language), replace(place, state=name).url, name == place.state)
            for name in names
        ],
    )


def language_links(current: str, url: str) -> tuple[Link, ...]:
    """The languages a page can be read in."""
    names = {"zh": "简体中文", "en": "English"}
    return tuple(Link(names[one], url.format(one), one == current, HTML_LANGUAGE[one]) for one in LANGUAGES)


def say(code: str, language: str, **params: object) -> str:
    """A sentence of the command line."""
    return sentence("cli", code, params, language)


def _editions(place: Place, editions: Mapping[str, Form]) -> list[Link]:
    if len(editions) < 2:
        return []
    return [
        Link(
            say("preview.against" if name else "preview.this", place.language, edition=form.edition),
            replace(place, edition=name).url,
            name == place.edition,
        )
        for name, form in editions.items()
    ]
