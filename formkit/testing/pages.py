"""The pages of a form in the states that matter, each under a name that stays."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from formkit.evaluation import evaluate
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.issues import Issue
from formkit.renderers import CHECK, Page, render
from formkit.testing.samples import sample_answers, sample_facts
from formkit.validation import judge
from formkit.wizard import issues_by_step

_PAGE = Page()


@dataclass(frozen=True)
class State:
    """Somebody's answers under a name; with `judged`, pages show what is wrong with them."""

    name: str
    answers: Mapping[str, JSON]
    facts: Mapping[str, JSON]
    record: Mapping[str, JSON] | None = None
    judged: bool = False


@dataclass(frozen=True)
class ShownPage:
    """A page as somebody sees it; `name` is `form.step.state` or `form.step.state.language`."""

    name: str
    step: str
    state: State
    language: str
    html: str


def usual_states(
    form: Form, *, today: str, facts: Mapping[str, JSON] | None = None, answers: Mapping[str, JSON] | None = None
) -> tuple[State, ...]:
    """Empty; sent off empty; filled in; and changed later, when what is on record may be locked.

    `facts` and `answers` are used where they are given; the rest is made up.
    """
    known = {**sample_facts(form, today=today), **(facts or {})}
    filled = sample_answers(form, facts=known, today=today, start=answers)
    kept = judge(evaluate(form, filled, facts=known, today=today)).values
    return (
        State("empty", {}, known),
        State("errors", {}, known, judged=True),
        State("filled", filled, known),
        State("change", {}, known, record=kept),
    )


def pages(
    form: Form,
    *,
    today: str,
    states: Iterable[State] | None = None,
    steps: Iterable[str] | None = None,
    languages: Iterable[str] = ("zh",),
    renderer: str = "html",
    page: Page = _PAGE,
) -> Iterator[ShownPage]:
    """Every page somebody can see in these states (the usual ones): each visible step, and the check page at the end.

    `steps` limits them. A language other than the first adds its name to the name of the page.
    """
    wanted = None if steps is None else frozenset(steps)
    first, *others = languages
    for state in usual_states(form, today=today) if states is None else states:
        evaluation = evaluate(form, state.answers, record=state.record, facts=state.facts, today=today)
        issues = judge(evaluation).issues if state.judged else ()
        at = issues_by_step(evaluation, issues)
        for step in (*evaluation.visible_steps, CHECK):
            if wanted is not None and step not in wanted:
                continue
            shown = issues if step == CHECK else at.get(step, ())
            for language in (first, *others):
                name = f"{form.id}.{step}.{state.name}" + ("" if language == first else f".{language}")
                html = page_of(
                    form, step, state, today=today, language=language, renderer=renderer, page=page, issues=shown
                )
                yield ShownPage(name, step, state, language, html)


def page_of(
    form: Form,
    step: str,
    state: State,
    *,
    today: str,
    language: str = "zh",
    renderer: str = "html",
    page: Page = _PAGE,
    issues: Iterable[Issue] = (),
) -> str:
    """One page in one state."""
    return render(
        form,
        step,
        state.answers,
        record=state.record,
        facts=state.facts,
        today=today,
        issues=issues,
        language=language,
        renderer=renderer,
        page=page,
    )
