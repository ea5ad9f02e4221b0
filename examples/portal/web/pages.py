"""The pages of the accounts: forms drawn by the engine, messages, and what stands around them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse

from examples.portal import words
from examples.portal.accounts.model import LimitReached
from examples.portal.accounts.staff import Role
from examples.portal.web.visit import Visit, is_for_staff
from formkit import Evaluation, Form, Issue, Page, evaluate, render
from formkit.locales import HTML_LANGUAGE
from formkit.renderers import Banner, Link, Message, render_message, stylesheet_name
from formkit.renderers.html import words_of
from formkit.texts import LANGUAGES
from formkit.validation import judge
from formkit.web.answers import answers_from_pairs

LANGUAGE_NAMES = {"zh": "简体中文", "en": "English"}
CODE = "code"
"""The button that asks for a code, as it is posted under `_action`."""


@dataclass(frozen=True, slots=True)
class AccountPage(Page):
    """A page with one form: the words of its button, where the button for a code stands, links below, a summary."""

    submit: str = ""
    code_after: str = ""
    links: Sequence[Link] = ()
    summary: Sequence[tuple[str, str]] = ()
    summary_url: str = ""
    demo: Sequence[tuple[str, str, str]] = ()
    following: str = ""
    summary_title: str = ""
    bare: bool = False
    """Nothing is asked: there is only the summary to be confirmed."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as somebody filled it in."""

    form: Form
    answers: Mapping[str, Any]
    evaluation: Evaluation
    issues: tuple[Issue, ...]

    def value(self, name: str) -> str:
        """A typed text; empty if there is none that can be read."""
        return str(self.evaluation.values.get(name) or "")

    def issues_of(self, *names: str) -> tuple[Issue, ...]:
        """What there is to say of some fields."""
        return tuple(issue for issue in self.issues if issue.path in names)


def fill(visit: Visit, form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any] | None = None) -> Filled:
    """Settles and judges answers."""
    evaluation = evaluate(form, answers, facts=facts, today=visit.today)
    return Filled(form, answers, evaluation, judge(evaluation).issues)


def posted(visit: Visit, name: str) -> Filled:
    """A form of one step, as it was posted."""
    form = visit.office.forms[name]
    return fill(visit, form, answers_from_pairs(form, form.steps[0].id, visit.body.pairs))


def form_page(
    visit: Visit,
    filled: Filled,
    *banners: Banner,
    step: str = "",
    issues: Iterable[Issue] = (),
    status: int = 200,
    **more: Any,
) -> HTMLResponse:
    """A step of a form; passwords come out blank whatever was typed."""
    form = filled.form
    static = _static_url(visit)
    submit = form.submission_label.in_(visit.language) if form.submission_label else ""
    page = AccountPage(
        **surroundings(visit, *banners),
        form_stylesheet=f"{static}/{stylesheet_name(form)}",
        **{"action": visit.request.url.path, "submit": submit, **more},
    )
    html = render(
        form,
        step or form.steps[0].id,
        filled.answers,
        facts=filled.evaluation.context.facts,
        today=visit.today,
        issues=issues,
        language=visit.language,
        page=page,
        renderers=visit.office.renderers,
    )
    return HTMLResponse(html, status)


def message_page(visit: Visit, code: str, level: str, status: int, *links: Link, text: str = "") -> HTMLResponse:
    """A page that only tells something: its title under `code.title`."""
    paragraph = Markup("<p>{}</p>").format(text or visit.say(code))
    shown = links or (Link(visit.say("to_home"), visit.home),)
    message = Message(visit.say(f"{code}.title"), paragraph, level, shown)
    page = Page(**surroundings(visit))
    html = render_message(message, language=visit.language, page=page, theme=visit.office.theme)
    return HTMLResponse(html, status)


def draw(visit: Visit, template: str, *banners: Banner, status: int = 200, **names: Any) -> HTMLResponse:
    """A page of a template of the portal's."""
    language = visit.language
    html = visit.office.theme.environment.get_template(template).render(
        words_of(language),
        page=Page(**surroundings(visit, *banners)),
        language=language,
        html_language=HTML_LANGUAGE[language],
        tell=visit.say,
        **names,
    )
    return HTMLResponse(html, status)


def surroundings(visit: Visit, *banners: Banner) -> dict[str, Any]:
    """What stands around every page."""
    language = visit.language
    return {
        "csrf_token": visit.office.csrf.token(visit.bound_to),
        "static_url": _static_url(visit),
        "site_title": visit.office.name.in_(language),
        "home_url": visit.home,
        "user": _user(visit),
        "menu": _menu(visit),
        "languages": [
            Link(LANGUAGE_NAMES[one], f"?lang={one}", one == language, HTML_LANGUAGE[one]) for one in LANGUAGES
        ],
        "banners": banners,
    }


def _user(visit: Visit) -> str:
    if visit.staff:
        return visit.staff.name
    return visit.account.name if visit.account else ""


def _menu(visit: Visit) -> tuple[Link, ...]:
    if not is_for_staff(visit.request):
        return menu(visit.language, signed_in=visit.account is not None)
    if visit.staff is None:
        return ()
    own = STAFF_MENU if visit.staff.role is not Role.SUPPORT else STAFF_MENU[:1]
    return tuple(Link(visit.say(code), path) for code, path in own)


STAFF_MENU = (
    ("staff.search", "/staff/search"),
    ("staff.transfers", "/staff/transfers"),
    ("staff.figures", "/staff/figures"),
)
"""What stands at the top of the staff's pages; support only searches."""


def menu(language: str, *, signed_in: bool) -> tuple[Link, ...]:
    """What stands at the top of every page."""
    if signed_in:
        return (Link(words.say("account", language), "/account"),)
    return (Link(words.say("register", language), "/register"), Link(words.say("sign_in", language), "/login"))


def problem(visit: Visit, code: str, **params: object) -> Banner:
    """A sentence above the form: what stands in the way."""
    return Banner(visit.say(code, **params), "error")


def limit_banner(visit: Visit, reached: LimitReached) -> Banner:
    """How long to wait."""
    return problem(visit, reached.code, wait=words.wait(reached.seconds, visit.language))


def done_banners(visit: Visit) -> tuple[Banner, ...]:
    """What the page before has done, as `?done=` says; nothing that is not ours is ever shown."""
    told = visit.request.query_params.get("done", "")
    known = (
        "code_sent",
        "transfer.again",
        "transfer.done",
        "ended",
        "ended_elsewhere",
        "mobile_changed",
        "password_changed",
        "password_reset",
        "staff.disabled",
        "staff.enabled",
    )
    return (Banner(visit.say(told), "success"),) if told in (*known, "staff.disabled", "staff.enabled") else ()


def see(path: str) -> RedirectResponse:
    """See other."""
    return RedirectResponse(path, 303)


def own_path(url: str, otherwise: str = "/") -> str:
    """A path of this portal; nobody is sent elsewhere."""
    own = url.startswith("/") and not url.startswith("//") and "\\" not in url and url.isprintable()
    return url if own else otherwise


def _static_url(visit: Visit) -> str:
    return f"/static/{visit.office.static.version}"
