"""The preview's pages: the forms and what is wrong in their files, and every step in a state of one's choice."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from formkit.cli.loading import day_of, texts_of
from formkit.cli.output import print_diagnostics, summary
from formkit.cli.workshop import Edition, Workshop
from formkit.evaluation import evaluate
from formkit.expressions import BUILT_IN
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.locales import HTML_LANGUAGE, sentence
from formkit.renderers import (
    CHECK,
    DEFAULT_THEME,
    RENDERERS,
    HtmlRenderer,
    Link,
    Message,
    Page,
    Theme,
    render,
    render_message,
    stylesheet_name,
)
from formkit.renderers.html import words_of
from formkit.testing.pages import State, usual_states
from formkit.texts import LANGUAGES
from formkit.validation import judge
from formkit.web.headers import SecurityHeaders
from formkit.web.static_files import static_files

THEME = Theme(Path(__file__).with_name("preview_theme"), DEFAULT_THEME)
_RENDERERS = RENDERERS.extended({"html": HtmlRenderer(THEME, remember=False)})


@dataclass(frozen=True)
class PreviewPage(Page):
    """A page with the preview's bar above it: `version` is what the browser watches, `findings` the files' faults."""

    version: str = ""
    summary: str = ""
    findings: str = ""
    steps: Sequence[Link] = ()
    states: Sequence[Link] = ()


@dataclass(frozen=True)
class Place:
    """A page of the preview: a step of a form, in a state and a language."""

    form: Form
    step: str
    state: str
    language: str

    @property
    def url(self) -> str:
        """Its address."""
        query = urlencode({"state": self.state, "lang": self.language})
        return f"/form/{quote(self.form.id)}/{quote(self.step)}?{query}"


@dataclass(frozen=True)
class Preview:
    """Answers requests out of a workshop; `facts` and `answers` are used instead of made-up ones."""

    workshop: Workshop
    language: str
    facts: Mapping[str, JSON]
    answers: Mapping[str, JSON]

    def index(self, request: Request) -> Response:
        """The forms and their steps."""
        language, edition = self._language(request), self.workshop.edition
        html = THEME.environment.get_template("preview.html").render(
            words_of(language),
            html_language=HTML_LANGUAGE[language],
            page=_page(edition, language, languages=_languages(language, "/?lang={}")),
            nothing=_say("preview.none", language),
            forms=[_listed(form, language) for form in edition.forms.values()],
        )
        return HTMLResponse(html)

    def show(self, request: Request) -> Response:
        """A step of a form in a state."""
        language, edition = self._language(request), self.workshop.edition
        form, step = edition.forms.get(request.path_params["form"]), request.path_params["step"]
        if form is None or step not in (*form.steps_by_id, CHECK):
            return _told("preview.not_found", language, _page(edition, language), status=404)
        today = day_of(None, form)
        states = usual_states(form, today=today, facts=self.facts, answers=self.answers)
        state = next((each for each in states if each.name == request.query_params.get("state")), states[0])
        page = _page_of(edition, Place(form, step, state.name, language), states)
        return _drawn(Place(form, step, state.name, language), state, today, page)

    def go_on(self, request: Request) -> Response:
        """The button of a page leads to the next; the preview keeps no answers."""
        form, step = self.workshop.edition.forms.get(request.path_params["form"]), request.path_params["step"]
        ids = [*form.steps_by_id, CHECK] if form else [CHECK]
        after = ids[min(ids.index(step) + 1, len(ids) - 1)] if step in ids else CHECK
        return RedirectResponse(f"/form/{quote(request.path_params['form'])}/{quote(after)}?{request.url.query}", 303)

    def version(self, request: Request) -> Response:  # noqa: ARG002 - Starlette hands every endpoint its request
        """What the pages ask for, to know when to load themselves again."""
        return PlainTextResponse(self.workshop.version)

    def static(self, request: Request) -> Response:
        """Styles and scripts."""
        files = static_files(THEME, self.workshop.edition.forms.values(), BUILT_IN.values()).files
        found = files.get(request.path_params["file"])
        return Response(found.content, media_type=found.media_type) if found else Response(status_code=404)

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang")
        return asked if asked in LANGUAGES else self.language


def preview_app(
    path: Path, *, language: str, facts: Mapping[str, JSON] | None = None, answers: Mapping[str, JSON] | None = None
) -> Starlette:
    """The preview of a file or folder as an ASGI application; it answers this machine's own names only."""
    preview = Preview(Workshop(path), language, facts or {}, answers or {})
    routes = [
        Route("/", preview.index),
        Route("/form/{form}/{step}", preview.show, methods=["GET"]),
        Route("/form/{form}/{step}", preview.go_on, methods=["POST"]),
        Route("/version", preview.version),
        Route("/static/{file}", preview.static),
    ]
    # A page of another site, opened in the same browser, must not read drafts of policy by a name it made up.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders), hosts])


def _drawn(place: Place, state: State, today: str, page: Page) -> Response:
    form, language = place.form, place.language
    evaluation = evaluate(form, state.answers, record=state.record, facts=state.facts, today=today)
    if place.step != CHECK and place.step not in evaluation.visible_steps:
        return _told("preview.hidden", language, page)
    issues = judge(evaluation, None if place.step == CHECK else place.step).issues if state.judged else ()
    return HTMLResponse(
        render(
            form,
            place.step,
            state.answers,
            record=state.record,
            facts=state.facts,
            today=today,
            issues=issues,
            language=language,
            page=page,
            renderers=_RENDERERS,
        )
    )


def _told(code: str, language: str, page: Page, status: int = 200) -> Response:
    links = (Link(_say("preview.back", language), f"/?lang={language}"),)
    message = Message(_say("preview.title", language), _say(code, language), links=links)
    return HTMLResponse(render_message(message, language=language, page=page, theme=THEME), status)


def _listed(form: Form, language: str) -> dict[str, object]:
    steps = [Link(step.title.in_(language), Place(form, step.id, "empty", language).url) for step in form.steps]
    edition = _say("preview.edition", language, edition=form.edition)
    return {"title": form.title.in_(language), "edition": edition, "file": form.place.file, "steps": steps}


def _page_of(edition: Edition, place: Place, states: Sequence[State]) -> PreviewPage:
    form, language = place.form, place.language
    titles = {step.id: step.title.in_(language) for step in form.steps} | {CHECK: _say("preview.check", language)}
    steps = {id_: Place(form, id_, place.state, language).url for id_ in titles}
    return _page(
        edition,
        language,
        action=place.url,
        form_stylesheet=f"/static/{stylesheet_name(form)}",
        step_url=Place(form, "{step}", place.state, language).url.replace("%7Bstep%7D", "{step}"),
        languages=_languages(language, Place(form, place.step, place.state, "{}").url.replace("%7B%7D", "{}")),
        steps=[Link(titles[id_], url, id_ == place.step) for id_, url in steps.items()],
        states=[
            Link(
                _say(f"preview.{state.name}", language),
                Place(form, place.step, state.name, language).url,
                state.name == place.state,
            )
            for state in states
        ],
    )


def _page(edition: Edition, language: str, **more: object) -> PreviewPage:
    compiled = edition.compiled
    shown = io.StringIO()
    print_diagnostics(compiled.diagnostics, texts_of(compiled), language, shown)
    return PreviewPage(
        site_title=_say("preview.title", language),
        home_url=f"/?lang={language}",
        version=edition.version,
        summary=summary(compiled.diagnostics, language) if compiled.diagnostics else _say("preview.clean", language),
        findings=shown.getvalue().rstrip(),
        **more,  # type: ignore[arg-type]
    )


def _languages(current: str, url: str) -> tuple[Link, ...]:
    names = {"zh": "简体中文", "en": "English"}
    return tuple(Link(names[one], url.format(one), one == current, HTML_LANGUAGE[one]) for one in LANGUAGES)


def _say(code: str, language: str, **params: object) -> str:
    return sentence("cli", code, params, language)
