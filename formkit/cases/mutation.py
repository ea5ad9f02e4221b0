"""Which changes of a form no case notices: each mutant is run against the cases that touch what it changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from formkit.cases.expectations import holds
from formkit.cases.mutants import Mutant, mutants_of
from formkit.cases.proposing import is_equivalent
from formkit.cases.recording import Run, outcome
from formkit.cases.results import CaseResult, FileResult
from formkit.cases.running import outcome_of
from formkit.cases.sites import Kind
from formkit.expressions import Rule
from formkit.form import Form


@dataclass(frozen=True)
class Mutation:
    """What came of the mutants of a form: how many there were, and those that no case noticed.

    `equivalent` are those that certainly decide as the form does, whoever fills it in: nobody need notice them.
    """

    form: Form
    count: int
    survivors: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...] = ()


def mutation_of(form: Form, files: Iterable[FileResult]) -> Mutation:
    """Runs the cases of some files, all about `form`, against each mutant; cases that fail anyhow notice nothing."""
    ran = [(file, result) for file in files for result in file.results if result.outcome and not result.failures]
    mutants = tuple(mutants_of(form))
    left = [mutant for mutant in mutants if not _noticed(mutant, ran)]
    equivalent = [mutant for mutant in left if is_equivalent(form, mutant)]
    survivors = tuple(mutant for mutant in left if mutant not in equivalent)
    return Mutation(form, len(mutants), survivors, tuple(equivalent))


def _noticed(mutant: Mutant, ran: Iterable[tuple[FileResult, CaseResult]]) -> bool:
    touching = [(file, result) for file, result in ran if _touches(mutant, result)]
    if not touching:
        return False
    changed = mutant.made()
    return any(not _passes(changed, file, result) for file, result in touching)


def _passes(changed: Form, file: FileResult, result: CaseResult) -> bool:
    came = outcome_of(changed, result.case, file.submission.values, file.file.calendar)
    return holds(result.case, came)


def _touches(mutant: Mutant, result: CaseResult) -> bool:
    """Whether a case may come out otherwise: the rule ran and would have said else; the field is there."""
    if mutant.site is not None:
        runs = (result.runs or {}).get(mutant.site.key, ())
        if mutant.rule is None:
            return bool(runs)
        return any(_differ(mutant.site.kind, mutant.site.rule, mutant.rule, run) for run in runs)
    if mutant.what == "workflow":
        return result.outcome is not None and result.outcome.state is not None
    if mutant.what == "level" and not mutant.path:
        return True
    return any(_is_at(path, mutant.path) for path in _visible_paths(result))


def _differ(kind: Kind, old: Rule, new: Rule, run: Run) -> bool:
    """Whether two rules differ in what counts: a condition in its definite yes, a check in its definite no."""
    if kind is Kind.VALUE:
        return bool(old.value(*run) != new.value(*run))
    if kind is Kind.CHECK:
        return bool(old.is_false(*run)) is not bool(new.is_false(*run))
    if kind is Kind.LOCKED:  # where a fact is unknown, so is whether it is locked, and then it is
        return outcome(old, run) is not outcome(new, run)
    return bool(old.is_true(*run)) is not bool(new.is_true(*run))


def _visible_paths(result: CaseResult) -> Iterator[str]:
    if result.outcome is not None:
        yield from result.outcome.evaluation.states
        yield from (f"{step}/" for step in result.outcome.evaluation.visible_steps)


def _is_at(path: str, definition: str) -> bool:
    """Whether an instance path is one of a definition path."""
    parts = path.split(".")
    return path == definition or (len(parts) == 3 and f"{parts[0]}.{parts[2]}" == definition)
