"""The path through the steps: derived from the answers, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from formkit.evaluation import Evaluation
from formkit.issues import Issue, Level
from formkit.texts import Text
from formkit.validation import judge

CHECK = "check"
"""The page at the end on which all answers are checked and sent off."""


class Progress(StrEnum):
    """How far a step is: done, open to be filled in, or blocked by an earlier one."""

    DONE = "done"
    OPEN = "open"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step on the path."""

    id: str
    title: Text
    progress: Progress


@dataclass(frozen=True, slots=True)
class Path:
    """The visible steps in order. One is reached when every step before it has been visited and has no error."""

    steps: tuple[PathStep, ...]

    @property
    def first_unfinished(self) -> str:
        """The step to go on with, or the check page when all are done."""
        return next((step.id for step in self.steps if step.progress is not Progress.DONE), CHECK)

    def may_visit(self, step_id: str) -> bool:
        """Whether a page can be shown yet."""
        if step_id == CHECK:
            return all(step.progress is Progress.DONE for step in self.steps)
        return any(step.id == step_id and step.progress is not Progress.BLOCKED for step in self.steps)

    def after(self, step_id: str) -> str:
        """The page after a step."""
        ids = [step.id for step in self.steps]
        position = ids.index(step_id) + 1 if step_id in ids else 0
        return ids[position] if position < len(ids) else CHECK

    def before(self, step_id: str) -> str | None:
        """The page before a step (or before the check page), if there is one."""
        ids = [*(step.id for step in self.steps), CHECK]
        position = ids.index(step_id) if step_id in ids else 0
        return ids[position - 1] if position > 0 else None


def path_through(evaluation: Evaluation, visited: Iterable[str]) -> Path:
    """The path for some answers, of which the steps `visited` have been sent at least once.

    A step that asks for nothing still has to be seen once.
    """
    return path_with_issues(evaluation, judge(evaluation).issues, visited)


def path_with_issues(evaluation: Evaluation, issues: Iterable[Issue], visited: Iterable[str]) -> Path:
    """The path where the answers have been judged already."""
    form, seen = evaluation.form, frozenset(visited)
    broken = {form.step_of_issue(issue) for issue in issues if issue.level is Level.ERROR}
    steps, blocked = [], False
    for id_ in evaluation.visible_steps:
        done = id_ in seen and id_ not in broken
        progress = Progress.BLOCKED if blocked else Progress.DONE if done else Progress.OPEN
        steps.append(PathStep(id_, form.steps_by_id[id_].title, progress))
        blocked = blocked or not done
    return Path(tuple(steps))


def issues_by_step(evaluation: Evaluation, issues: Iterable[Issue]) -> Mapping[str, tuple[Issue, ...]]:
    """The issues sorted to the steps they belong to; those of no step under the empty name."""
    sorted_: dict[str, list[Issue]] = {}
    for issue in issues:
        sorted_.setdefault(evaluation.form.step_of_issue(issue), []).append(issue)
    return {step: tuple(found) for step, found in sorted_.items()}
