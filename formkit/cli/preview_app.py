"""The preview's pages: the forms and what is wrong in their files, and every step in a state of one's choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from formkit.cli.preview_around import Around, Notes, Reading, written_of
from formkit.cli.preview_page import AGAINST, THEME, Place, PreviewPage, language_links, page_of, say, step_page
from formkit.cli.preview_why import Why, WhyRenderer
from formkit.cli.workshop import Edition, Workshop
from formkit.evaluation import evaluate
from formkit.expressions import BUILT_IN
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.locales import HTML_LANGUAGE
from formkit.renderers import CHECK, RENDERERS, Link, Message, render, render_message
from formkit.renderers.html import words_of
from formkit.testing.pages import State, usual_states
from formkit.texts import LANGUAGES
from formkit.validation import judge
from formkit.web.bodies import BodyRefused, read_form
from formkit.web.headers import SecurityHeaders
from formkit.web.static_files import static_files

_CHANGE = "change"


@dataclass(frozen=True)
class Preview:
    """Answers requests out of a workshop and, to compare, another; `facts` and `answers` do for made-up ones."""

    workshop: Workshop
    against: Workshop | None
    language: str
    facts: Mapping[str, JSON]
    answers: Mapping[str, JSON]
    record: Mapping[str, JSON] | None
    notes: Notes = field(default_factory=Notes)

    def index(self, request: Request) -> Response:
        """The forms and their steps."""
        language, edition = self._language(request), self.workshop.edition
        html = THEME.environment.get_template("preview.html").render(
            words_of(language),
            html_language=HTML_LANGUAGE[language],
            page=self._page(edition, language, languages=language_links(language, "/?lang={}")),
            nothing=say("preview.none", language),
            forms=[_listed(form, language) for form in edition.forms.values()],
        )
        return HTMLResponse(html)

    def show(self, request: Request) -> Response:
        """A step of a form in a state."""
        place = self._place(request)
        written = self.notes.find(place.around)
        return self._shown(place if written else replace(place, around=""), written)

    async def tell(self, request: Request) -> Response:
        """Takes what is known of somebody, and shows the step so; or says what is wrong with it."""
        place = self._place(request)
        form = self._editions(place.form).get(place.edition)
        if form is None:
            return self._shown(place, None)
        try:
            written = dict((await read_form(request)).pairs)
        except BodyRefused as refused:
            page = self._page(self._edition(place), place.language)
            return _told("preview.too_much", place.language, page, status=refused.status)
        reading = Reading(form, written, place.language)
        if reading.faults:
            return self._shown(place, written, status=422)
        state = _CHANGE if reading.around.record else place.state
        return RedirectResponse(replace(place, around=self.notes.keep(written), state=state).url, 303)

    def go_on(self, request: Request) -> Response:
        """The button of a page leads to the next; the preview keeps no answers."""
        place = self._place(request)
        form = self._editions(place.form).get(place.edition)
        ids = [*form.steps_by_id, CHECK] if form else [CHECK]
        after = ids[min(ids.index(place.step) + 1, len(ids) - 1)] if place.step in ids else CHECK
        return RedirectResponse(f"/form/{quote(place.form)}/{quote(after)}?{request.url.query}", 303)

    def version(self, request: Request) -> Response:  # noqa: ARG002 - Starlette hands every endpoint its request
        """What the pages ask for, to know when to load themselves again."""
        return PlainTextResponse(self._version)

    def static(self, request: Request) -> Response:
        """Styles and scripts."""
        forms = [form for each in self._workshops.values() for form in each.edition.forms.values()]
        found = static_files(THEME, forms, BUILT_IN.values()).files.get(request.path_params["file"])
        return Response(found.content, media_type=found.media_type) if found else Response(status_code=404)

    @property
    def _workshops(self) -> Mapping[str, Workshop]:
        return {"": self.workshop} | ({AGAINST: self.against} if self.against else {})

    @property
    def _version(self) -> str:
        if self.against is None:
            return self.workshop.version
        return sha256(f"{self.workshop.version} {self.against.version}".encode()).hexdigest()[:16]

    def _edition(self, place: Place) -> Edition:
        return self._workshops[place.edition].edition

    def _editions(self, id_: str) -> Mapping[str, Form]:
        """The form of that id in each edition that has it."""
        forms = {name: each.edition.forms.get(id_) for name, each in self._workshops.items()}
        return {name: form for name, form in forms.items() if form is not None}

    def _place(self, request: Request) -> Place:
        told, named = request.query_params, request.path_params
        edition = AGAINST if told.get("edition") == AGAINST and self.against else ""
        language = self._language(request)
        return Place(named["form"], named["step"], told.get("state", ""), language, edition, told.get("around", ""))

    def _page(self, edition: Edition, language: str, languages: Sequence[Link] = ()) -> PreviewPage:
        return page_of(edition, self._version, language, languages=languages)

    def _shown(self, place: Place, written: Mapping[str, str] | None, status: int = 200) -> Response:
        editions, language = self._editions(place.form), place.language
        form, page = editions.get(place.edition), self._page(self._edition(place), language)
        if form is None or place.step not in (*form.steps_by_id, CHECK):
            return _told("preview.not_found", language, page, status=404)
        told = written_of(form, self.facts, self.answers, self.record) if written is None else written
        reading = Reading(form, told, language)
        states = _states(form, reading.around, self.facts)
        state = next((each for each in states if each.name == place.state), states[0])
        place = replace(place, state=state.name)
        page = step_page(page, place, form, states, editions)
        page = replace(page, boxes=tuple(reading.boxes()), boxes_open=bool(reading.faults))
        return _drawn(form, place, state, reading.around.today, page, status)

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang")
        return asked if asked in LANGUAGES else self.language


def preview_app(
    path: Path,
    *,
    language: str,
    facts: Mapping[str, JSON] | None = None,
    answers: Mapping[str, JSON] | None = None,
    record: Mapping[str, JSON] | None = None,
    against: Path | None = None,
) -> Starlette:
    """The preview of a file or folder as an ASGI application; it answers this machine's own names only."""
    other = Workshop(against) if against else None
    preview = Preview(Workshop(path), other, language, facts or {}, answers or {}, record)
    routes = [
        Route("/", preview.index),
        Route("/form/{form}/{step}", preview.show, methods=["GET"]),
        Route("/form/{form}/{step}", preview.go_on, methods=["POST"]),
        Route("/around/{form}/{step}", preview.tell, methods=["POST"]),
        Route("/version", preview.version),
        Route("/static/{file}", preview.static),
    ]
    # A page of another site, opened in the same browser, must not read drafts of policy by a name it made up.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders), hosts])


def _states(form: Form, around: Around, facts: Mapping[str, JSON]) -> tuple[State, ...]:
    """The usual states; what is on record is what is told, if anything is, and then its change takes the answers."""
    known = {name: value for name, value in {**facts, **around.facts}.items() if name in form.facts}
    states = usual_states(form, today=around.today, facts=known, answers=around.answers)
    if around.record is None:
        return states
    given = dict(around.answers)
    return tuple(
        replace(each, answers=given, record=around.record, judged=bool(given)) if each.name == _CHANGE else each
        for each in states
    )


def _drawn(form: Form, place: Place, state: State, today: str, page: PreviewPage, status: int) -> Response:
    language = place.language
    evaluation = evaluate(form, state.answers, record=state.record, facts=state.facts, today=today)
    issues = judge(evaluation, None if place.step == CHECK else place.step).issues if state.judged else ()
    why = Why(evaluation, issues, language)
    page = replace(page, hidden_parts=tuple(why.hidden(place.step)))
    if place.step != CHECK and place.step not in evaluation.visible_steps:
        return _told("preview.hidden", language, page, status)
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
            renderers=RENDERERS.extended({"html": WhyRenderer(THEME, why)}),
        ),
        status,
    )


def _told(code: str, language: str, page: PreviewPage, status: int = 200) -> Response:
    links = (Link(say("preview.back", language), f"/?lang={language}"),)
    message = Message(say("preview.title", language), say(code, language), links=links)
    return HTMLResponse(render_message(message, language=language, page=page, theme=THEME), status)


def _listed(form: Form, language: str) -> dict[str, object]:
    steps = [Link(step.title.in_(language), Place(form.id, step.id, "empty", language).url) for step in form.steps]
    edition = say("preview.edition", language, edition=form.edition)
    return {"title": form.title.in_(language), "edition": edition, "file": form.place.file, "steps": steps}
