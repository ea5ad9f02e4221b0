"""Rendering of the collection form's largest page: who is how fast, and how large the pages are."""

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from statistics import mean

import formkit
from benchmarks.collection import LARGEST_STEP, form
from benchmarks.peers import pages
from benchmarks.peers.pages import Sheet
from benchmarks.people import FACTS, TODAY, Person, people
from benchmarks.rounds import Contestant, Measured, measure
from formkit.locales import issue_sentence

COUNT = 60
REFERENCE = "Jinja2 macros, by hand"


@dataclass(frozen=True)
class Request:
    """Somebody's answers and what was found wrong with them, ready to be shown by anybody."""

    sheet: Sheet
    issues: tuple[formkit.Issue, ...]


def requests(count: int = COUNT) -> list[Request]:
    """The page as so many people see it after sending it."""
    return [_request(person) for person in people(count)]


def formkit_page(request: Request) -> str:
    """The page by formkit, from the answers."""
    answers, issues = request.sheet.answers, request.issues
    return formkit.render(form(), LARGEST_STEP, answers, facts=FACTS, today=TODAY, issues=issues)


def contestants(asked: list[Request]) -> list[Contestant]:
    """Everybody, with the same answers."""
    sheets = [request.sheet for request in asked]
    return [
        Contestant("formkit.render", formkit_page, asked, 60),
        Contestant(REFERENCE, pages.macros, sheets, 60),
        Contestant("WTForms and Jinja2", pages.wtforms_page, sheets, 12, pages.NO_ERRORS),
        Contestant("Django forms and templates", pages.django_page, sheets, 12, pages.NO_ERRORS),
    ]


def run(rounds: int) -> list[tuple[Measured, float]]:
    """Figures of everybody, each with the mean size of its pages in KB."""
    all_ = contestants(requests())
    sizes = [mean(len(str(one.does(item)).encode()) for item in one.items) / 1024 for one in all_]
    return list(zip(measure(all_, rounds), sizes, strict=True))


class Controls(HTMLParser):
    """What of a page is sent back: (name, value, whether chosen) of every control outside blank rows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, bool]] = []
        self._select = ""
        self._blank = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a control."""
        names = dict(attrs)
        self._blank = self._blank or tag == "template"
        if tag == "select":
            self._select = names.get("name") or ""
        elif tag in ("input", "option") and not self._blank:
            name = self._select if tag == "option" else names.get("name") or ""
            self.found.append((name, names.get("value") or "", "selected" in names or "checked" in names))

    def handle_endtag(self, tag: str) -> None:
        """Notes the end of a blank row."""
        self._blank = self._blank and tag != "template"


def controls(page: str) -> list[tuple[str, str, bool]]:
    """The controls of a page in order."""
    reader = Controls()
    reader.feed(page)
    return reader.found


def _request(person: Person) -> Request:
    answers, facts = person.answers, person.facts
    issues = formkit.validate(form(), answers, facts=facts, today=TODAY, step=LARGEST_STEP).issues
    shown = tuple(issue for issue in issues if issue.level is formkit.Level.ERROR)
    return Request(Sheet(answers, _by_place(shown), [_line(issue) for issue in shown]), shown)


def _by_place(issues: Iterable[formkit.Issue]) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for issue in issues:
        places.setdefault(issue.path, []).append(_sentence(issue))
    return places


def _line(issue: formkit.Issue) -> tuple[str, str]:
    field = form().field_at(issue.path)
    label = field.label.in_("zh") if field else ""
    return f"field-{issue.path.replace('.', '-')}", f"{label}：{_sentence(issue)}"


def _sentence(issue: formkit.Issue) -> str:
    return issue_sentence(issue, "zh")
