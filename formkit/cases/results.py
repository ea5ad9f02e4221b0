"""The cases of a file, run: what failed, and what each case made of every rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from formkit.cases.expectations import Failure, failures_of, with_reasons
from formkit.cases.recording import Key, Recording, Run
from formkit.cases.running import Outcome, Submission, outcome_of, submission_of
from formkit.compiler.case_files import Case, CaseFile
from formkit.evaluation.misshapen import misshapen
from formkit.form import Form


@dataclass(frozen=True)
class CaseResult:
    """A case that was run; without an outcome where it could not be. `runs` are those of each rule, in order."""

    case: Case
    failures: tuple[Failure, ...]
    outcome: Outcome | None = None
    outcomes: Mapping[Key, frozenset[bool | None]] | None = None
    runs: Mapping[Key, tuple[Run, ...]] | None = None


@dataclass(frozen=True)
class FileResult:
    """The cases of one file, run in order."""

    file: CaseFile
    submission: Submission
    results: tuple[CaseResult, ...]

    @property
    def form(self) -> Form:
        """The form they are about."""
        return self.file.form

    @cached_property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases in which something is not as expected."""
        return tuple(each for each in self.results if each.failures)


def run_cases(file: CaseFile) -> FileResult:
    """Runs every case of a file."""
    recording = Recording()
    recorded, submission = recording.recorded(file.form), submission_of(file)
    return FileResult(file, submission, tuple(_run(each, file, recorded, recording, submission) for each in file.cases))


def _run(case: Case, file: CaseFile, recorded: Form, recording: Recording, submission: Submission) -> CaseResult:
    if case.submitted and submission.refused:
        return CaseResult(case, (Failure("submission-refused", case.place, issues=submission.refused),))
    wrong = next(misshapen(file.form.top_fields.values(), case.person.record or {}), None)
    if wrong is not None:
        path, wanted = wrong
        return CaseResult(case, (Failure("wrong-record", case.place, path, {"wanted": wanted}),))
    recording.start()
    outcome = outcome_of(recorded, case, submission.values, file.calendar)
    failures = failures_of(case, outcome)
    outcomes = {key: frozenset(seen) for key, seen in recording.outcomes.items()}
    runs = {key: tuple(ran) for key, ran in recording.runs.items()}
    return CaseResult(case, with_reasons(failures, outcome) if failures else (), outcome, outcomes, runs)
