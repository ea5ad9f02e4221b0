"""What a form declares for what is held already → Treatments, checked as far as the form alone tells."""

from collections.abc import Iterator, Mapping

from formkit.compiler.reporting import Reporter, YamlPath
from formkit.fields.base import JSON, Refused
from formkit.form import Form, Treatment, TreatmentKind
from formkit.schemas.form_spec import TreatmentSpec
from formkit.treatments import can_be_asked, choice_list_at, fitting, paths_of, standing_over, state_at

_KEY = "changes"


def compile_treatments(specs: Mapping[str, TreatmentSpec], form: Form, reporter: Reporter) -> dict[str, Treatment]:
    """The treatments by their paths, those left out that are not right."""
    found = (_Declared(path, spec, form, reporter).treatment() for path, spec in specs.items())
    return {treatment.path: treatment for treatment in found if treatment is not None}


class _Declared:
    """One line under `changes`."""

    def __init__(self, path: str, spec: TreatmentSpec, form: Form, reporter: Reporter) -> None:
        self.path, self.spec, self.form, self.reporter = path, spec, form, reporter
        self.at: YamlPath = (_KEY, path)

    def treatment(self) -> Treatment | None:
        """The treatment; None if it was reported, or if what it is for could not be made itself."""
        if self.reporter.broken & {*self.path.split(".")}:
            return None
        kind = next((each for each in TreatmentKind if getattr(self.spec, each) is not None), None)
        if kind is None:
            self.reporter.report("wrong-treatment", self.at, {"value": ""})
        elif kind is not TreatmentKind.KEEP and not self._is_there():
            known = list(dict.fromkeys(each for path in paths_of(self.form) for each in reversed(standing_over(path))))
            self.reporter.report_unknown("unknown-change", self.at, self.path, known, key=True)
        elif kind not in fitting(self.form, self.path):
            self._report_unfit(kind)
        else:
            return self._made(kind)
        return None

    def _is_there(self) -> bool:
        """Whether the form has what is to be asked again, or to become another; what has gone can only be kept."""
        listed = choice_list_at(self.form, self.path)
        state = state_at(self.path) is not None and self.form.workflow is not None
        return listed is not None or state or self.path in set(paths_of(self.form))

    def _report_unfit(self, kind: TreatmentKind) -> None:
        field = self.form.fields.get(self.path)
        never_asked = field is not None and not can_be_asked(field)
        code = "never-asked-again" if never_asked and kind is not TreatmentKind.MIGRATE else "unfit-treatment"
        known = ", ".join(fitting(self.form, self.path))
        self.reporter.report(code, self.at, {"value": kind, "path": self.path, "known": known})

    def _made(self, kind: TreatmentKind) -> Treatment | None:
        place = self.reporter.place(self.at, key=True)
        if kind is not TreatmentKind.MIGRATE:
            return Treatment(self.path, kind, place, until=self.spec.keep_until)
        single = len(standing_over(self.path)) > 1 and choice_list_at(self.form, self.path) is not None
        single = single or state_at(self.path) is not None
        written, at = self.spec.migrate, (*self.at, "migrate")
        if isinstance(written, Mapping) and not single:
            targets = {str(old): self._target(new, (*at, old)) for old, new in written.items()}
            self._check_chains(targets)
            return Treatment(self.path, kind, place, values=targets)
        if single and not isinstance(written, Mapping):
            return Treatment(self.path, kind, place, target=self._target(written, at))
        self.reporter.report("migration-to-one" if single else "migration-by-value", at, {"value": self.path})
        return None

    def _check_chains(self, targets: Mapping[str, JSON]) -> None:
        """A new value that is itself to become another: nobody can tell whether it is old or new."""
        for old, new in targets.items():
            if isinstance(new, str) and targets.get(new, new) != new:
                params = {"old": old, "value": new, "then": targets[new]}
                self.reporter.report("migration-chain", (*self.at, "migrate", old), params)

    def _target(self, written: JSON, at: YamlPath) -> JSON:
        """The value that is meant; one that nothing can have is reported."""
        known = list(self._possible())
        if known:
            value = str(written)
            if value not in known:
                self.reporter.report_unknown("unknown-migration", at, value, known)
            return value
        field = self.form.fields.get(self.path)
        try:
            return field.type.parse(written) if field is not None else None
        except Refused:
            self.reporter.report("unfit-migration", at, {"value": str(written), "path": self.path})
            return None

    def _possible(self) -> Iterator[str]:
        """The values that may be had, where they can be listed."""
        if state_at(self.path) is not None and self.form.workflow is not None:
            yield from self.form.workflow.states
            return
        field = self.form.fields.get(self.path)
        listed = choice_list_at(self.form, self.path) if field is None else field.type.choice_list
        if listed is not None:
            yield from (value for value in listed.by_value if value in listed.leaves)
