"""What became of cases, as text for people and as JSON for programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from formkit.cases.coverage import Coverage, Reached, RuleSeen
from formkit.cases.mutation import Mutation
from formkit.cases.proposing import Proposal
from formkit.cases.results import CaseResult, FileResult
from formkit.cases.wording import CaseWording
from formkit.cases.writing import cases_yaml
from formkit.diagnostics import Place
from formkit.explain.wording import Line

_MOST_NAMED = 12


class Report:
    """The cases of one form: the files they stand in, what they have seen, and what they would not have noticed."""

    def __init__(
        self,
        files: tuple[FileResult, ...],
        coverage: Coverage,
        language: str,
        mutation: Mutation | None = None,
        proposals: tuple[Proposal, ...] = (),
    ) -> None:
        self.files, self.coverage, self.mutation, self.proposals = files, coverage, mutation, proposals
        self._words = CaseWording(coverage.form, language)
        self._language = language

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases in which something is not as expected."""
        return tuple(result for file in self.files for result in file.failed)

    def text(self, *, whole: bool = False) -> Iterator[str]:
        """The lines people read; with `whole` all that was seen, not only what is missing."""
        for result in self.failed:
            yield from self._failed(result)
        yield self._summary()
        yield from self._rules(whole=whole)
        for reached in self._reached(whole=whole):
            yield f"  {reached}"
        if self.mutation is not None:
            yield from self._mutation(self.mutation)
        if self.proposals:
            yield self._words.say("proposals", file=self.files[0].file.file)
            yield self.proposed().rstrip()

    def proposed(self) -> str:
        """The missing cases as YAML."""
        return cases_yaml(self.files[0].file, self.proposals, self._words)

    def json(self) -> dict[str, Any]:
        """Everything, for programs."""
        coverage, form = self.coverage, self.coverage.form
        reached = {
            each.path: _reached_json(each) for each in (coverage.steps, coverage.states, coverage.transitions) if each
        }
        return {
            "form": form.id,
            "cases": [self._case_json(result) for file in self.files for result in file.results],
            "rules": [self._rule_json(seen) for seen in coverage.rules],
            "complete": coverage.complete,
            "choices": {each.path: _reached_json(each) for each in coverage.choices},
            **reached,
            "proposed": self.proposed(),
            **({} if self.mutation is None else {"mutation": self._mutation_json(self.mutation)}),
        }

    def _failed(self, result: CaseResult) -> Iterator[str]:
        yield f"{_at(result.case.place)}  {self._words.say('failed', name=result.case.name)}"
        for failure in result.failures:
            yield f"  {_at(failure.place)}  {self._words.failure(failure)}"
            yield from _indented(self._words.beneath(failure, result), 2)
        yield ""

    def _summary(self) -> str:
        cases = sum(len(file.results) for file in self.files)
        failed, rules = len(self.failed), self.coverage.rules
        both = sum(1 for seen in rules if not seen.missing)
        params = {"form": self.coverage.form.title.in_(self._language), "id": self.coverage.form.id}
        return self._words.say("summary", cases=cases, passed=cases - failed, rules=len(rules), both=both, **params)

    def _rules(self, *, whole: bool) -> Iterator[str]:
        for seen in self.coverage.rules:
            if not (whole or seen.missing):
                continue
            place = _at(seen.site.place) if seen.site.place else ""
            yield f"  {place}  {self._words.site(seen.site)}  {self._seen(seen) if whole else self._lacking(seen)}"
            yield f"      {seen.site.rule.text}"

    def _seen(self, seen: RuleSeen) -> str:
        if seen.site.rule.tree.is_condition:
            return self._words.say("seen", true=seen.true, false=seen.false, unknown=seen.unknown)
        return self._words.say("seen.value", true=seen.true, false=seen.false)

    def _lacking(self, seen: RuleSeen) -> str:
        if len(seen.missing) == 2:
            return self._words.say("missing.both")
        value = "" if seen.site.rule.tree.is_condition else ".value"
        return self._words.say(f"missing.{str(seen.missing[0]).lower()}{value}")

    def _reached(self, *, whole: bool) -> Iterator[str]:
        coverage = self.coverage
        for each in (coverage.steps, coverage.states, coverage.transitions):
            if each is not None and (whole or each.missed):
                yield self._one_reached(self._words.say(f"reached.{each.path}"), each)
        if whole:
            for each in coverage.choices:
                yield self._one_reached(self._words.say("reached.choices", name=self._words.name(each.path)), each)

    def _one_reached(self, what: str, each: Reached) -> str:
        count = {"what": what, "reached": len(each.reached), "all": len(each.reached) + len(each.missed)}
        if not each.missed:
            return self._words.say("reached.all", **count)
        names = ", ".join(each.missed[:_MOST_NAMED]) + (" …" if len(each.missed) > _MOST_NAMED else "")
        return self._words.say("reached.some", missed=names, **count)

    def _mutation(self, mutation: Mutation) -> Iterator[str]:
        left, equivalent = len(mutation.survivors), len(mutation.equivalent)
        params = {"count": mutation.count, "noticed": mutation.count - left - equivalent, "left": left}
        yield self._words.say("mutation.left" if left else "mutation", **params)
        if equivalent:
            yield f"  {self._words.say('mutation.equivalent', count=equivalent)}"
        for mutant in mutation.survivors:
            place = f"{_at(mutant.place)}  " if mutant.place else ""
            yield f"  {place}{self._words.mutant(mutant)}"

    def _mutation_json(self, mutation: Mutation) -> dict[str, Any]:
        survivors = [
            {
                "what": mutant.what,
                "path": mutant.path,
                "old": mutant.old,
                "new": mutant.new,
                "message": self._words.mutant(mutant),
                **(_place_json(mutant.place) if mutant.place else {}),
            }
            for mutant in mutation.survivors
        ]
        return {"count": mutation.count, "equivalent": len(mutation.equivalent), "survivors": survivors}

    def _case_json(self, result: CaseResult) -> dict[str, Any]:
        case = result.case
        failures = [
            {
                "code": failure.code,
                "path": failure.path,
                "message": self._words.failure(failure),
                "why": [line.text for line in self._words.beneath(failure, result)],
                **_place_json(failure.place),
            }
            for failure in result.failures
        ]
        return {"name": case.name, "passed": not failures, "failures": failures, **_place_json(case.place)}

    def _rule_json(self, seen: RuleSeen) -> dict[str, Any]:
        site = seen.site
        return {
            "kind": str(site.kind),
            "path": site.path,
            "rule": site.rule.text,
            "true": seen.true,
            "false": seen.false,
            "unknown": seen.unknown,
            "missing": list(seen.missing),
            **(_place_json(site.place) if site.place else {}),
        }


def _reached_json(reached: Reached) -> dict[str, Any]:
    return {"reached": list(reached.reached), "missed": list(reached.missed)}


def _place_json(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column}


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _indented(lines: Iterable[Line], depth: int) -> Iterator[str]:
    for line in lines:
        yield f"{'  ' * depth}{line.text}"
        yield from _indented(line.inner, depth + 1)
