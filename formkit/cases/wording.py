"""Failures, rules and what was seen of them → sentences in the reader's language."""

from collections.abc import Iterator

from formkit.cases.expectations import Failure
from formkit.cases.mutants import Mutant
from formkit.cases.results import CaseResult
from formkit.cases.sites import Site
from formkit.compiler.case_files import WHOLE_FORM
from formkit.explain.wording import Line, Wording
from formkit.form import Form
from formkit.issues import Issue
from formkit.locales import issue_sentence, sentence
from formkit.texts import Text

_MOST_ISSUES = 5


class CaseWording:
    """Words what became of the cases of one form."""

    def __init__(self, form: Form, language: str) -> None:
        self._form, self._language = form, language

    def say(self, code: str, **params: object) -> str:
        """A sentence of the room."""
        return sentence("cases", code, params, self._language)

    def failure(self, failure: Failure) -> str:
        """What is not as expected."""
        return self.say(failure.code, name=self.name(failure.path), **failure.params)

    def beneath(self, failure: Failure, result: CaseResult) -> Iterator[Line]:
        """What is said instead, and why things are as they are."""
        told = failure.why is not None and failure.why.refused
        shown = () if told else failure.issues
        for issue in shown[:_MOST_ISSUES]:
            yield Line(self._issue(issue))
        if len(shown) > _MOST_ISSUES:
            yield Line(self.say("more-issues", count=len(shown) - _MOST_ISSUES))
        if failure.why is not None and result.outcome is not None:
            yield from Wording(result.outcome.evaluation, self._language).decisions(failure.why)

    def name(self, path: str) -> str:
        """What people call the thing at a path, and the path."""
        if path in ("", WHOLE_FORM):
            return self.say("whole_form")
        label = self._label(path) or self._label_of_process(path)
        return self.say("named", label=label.in_(self._language), path=path) if label else path

    def site(self, site: Site) -> str:
        """Which rule it is."""
        kind = f"{site.kind}_unless" if site.unless else site.kind
        return self.say(f"site.{kind}", name=self.name(site.path), number=site.number + 1)

    def mutant(self, mutant: Mutant) -> str:
        """What was changed."""
        name = self.site(mutant.site) if mutant.site is not None else self.name(mutant.path)
        return self.say(f"mutant.{mutant.what}", name=name, old=mutant.old, new=mutant.new)

    def _issue(self, issue: Issue) -> str:
        return self.say(
            "issue-there", name=self.name(issue.path), issue=issue.code, sentence=issue_sentence(issue, self._language)
        )

    def _label(self, path: str) -> Text | None:
        field = self._form.field_at(path)
        if field is not None:
            return field.label
        name, _, section_id = path.partition("/")
        step = self._form.steps_by_id.get(name)
        section = next((each for each in step.sections if each.id == section_id), None) if step else None
        if section is not None and section_id:
            return section.title
        return step.title if step else None

    def _label_of_process(self, path: str) -> Text | None:
        workflow = self._form.workflow
        if workflow is None:
            return None
        transition, state = workflow.transitions.get(path), workflow.states.get(path)
        return transition.label if transition is not None else state.label if state is not None else None
