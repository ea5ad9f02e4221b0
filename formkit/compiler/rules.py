"""Rules of one scope: text or short form → Rule, with each problem at its place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from formkit.compiler.reporting import Reporter, YamlPath
from formkit.compiler.wording import named, reworded
from formkit.expressions import Rule, Scope, Type, YesNo, parse_rule, parse_short_form
from formkit.form import Calculation, Check, Condition, ConditionalText, Lock, Requirement
from formkit.issues import Level
from formkit.schemas.form_spec import CheckSpec, ConditionsSpec, FieldSpec, WhenTextSpec

_CONDITION = YesNo()


@dataclass(frozen=True)
class RuleCompiler:
    """Compiles the rules written in one scope."""

    scope: Scope
    reporter: Reporter

    def rule(self, written: object, path: YamlPath, expects: Type | None = _CONDITION) -> Rule | None:
        """The rule at `path`, or None with its problems reported."""
        if isinstance(written, Mapping):
            return self._short_form(written, path)
        parsed = parse_rule(str(written), self.scope, expects=expects)
        if isinstance(parsed, Rule):
            return parsed
        for problem in reworded(parsed, str(written), self.scope, self.reporter):
            at = self.reporter.document
            place = at.place_in(path, problem.start, problem.end)
            self.reporter.report(problem.code, path, problem.params, place=place)
        return None

    def _short_form(self, written: Mapping[str, object], path: YamlPath) -> Rule | None:
        parsed = parse_short_form(written, self.scope)
        if isinstance(parsed, Rule):
            return parsed
        for problem in parsed:
            at = (*path, problem.key) if problem.index is None else (*path, problem.key, problem.index)
            if problem.code == "unknown-name" and problem.key in self.reporter.broken:
                continue
            names_key = problem.index is None and problem.code.startswith("unknown-name")
            self.reporter.report(problem.code, at, named(problem.code, problem.params, self.reporter), key=names_key)
        return None

    def condition(self, spec: ConditionsSpec, word: str, path: YamlPath) -> Condition | None:
        """The condition `word`_when or `word`_unless of a spec."""
        when, unless = getattr(spec, f"{word}_when"), getattr(spec, f"{word}_unless")
        if when is not None and unless is not None:
            self.reporter.report("when-and-unless", (*path, f"{word}_unless"), {"value": word}, key=True)
            return None
        key = f"{word}_when" if when is not None else f"{word}_unless"
        written = when if when is not None else unless
        if written is None:
            return None
        rule = self.rule(written, (*path, key))
        return Condition(rule, unless is not None, self.reporter.place((*path, key))) if rule else None

    def requirement(self, spec: FieldSpec, path: YamlPath) -> Requirement:
        """When an answer is needed."""
        condition = self.condition(spec, "required", path)
        if spec.required and condition:
            self.reporter.report("required-twice", (*path, "required"), key=True)
        key = "required" if spec.required else "required_unless" if spec.required_unless else "required_when"
        place = self.reporter.place((*path, key)) if spec.required or condition else None
        return Requirement(spec.required, condition, place)

    def lock(self, spec: FieldSpec, path: YamlPath) -> Lock:
        """When the value comes from the record."""
        condition = self.condition(spec, "locked", path)
        key = "locked" if spec.locked != "never" else "locked_unless" if spec.locked_unless else "locked_when"
        place = self.reporter.place((*path, key)) if spec.locked != "never" or condition else None
        return Lock(spec.locked == "always", spec.locked == "after_submission", condition, spec.lock_reason, place)

    def calculation(self, spec: FieldSpec, expects: Type, path: YamlPath) -> Calculation | None:
        """How the value is worked out, if it is."""
        if spec.value is None:
            return None
        rule = self.rule(spec.value, (*path, "value"), expects)
        condition = self.condition(spec, "value", path)
        return Calculation(rule, condition, self.reporter.place((*path, "value"))) if rule else None

    def texts(self, specs: list[WhenTextSpec], path: YamlPath) -> tuple[ConditionalText, ...]:
        """Texts and the rules they are shown by."""
        texts = []
        for position, spec in enumerate(specs):
            at = (*path, position, "when")
            rule = None if spec.when == "true" else self.rule(spec.when, at)
            texts.append(ConditionalText(spec.text, rule, self.reporter.place(at) if rule else None))
        return tuple(texts)

    def checks(self, specs: list[CheckSpec], path: YamlPath, beside: Collection[str]) -> tuple[Check, ...]:
        """The checks of a field, step or form; `beside` are the fields their messages may be shown at."""
        checks = []
        for position, spec in enumerate(specs):
            here = (*path, position)
            rule = self.rule(spec.rule, (*here, "rule"))
            when = self.rule(spec.when, (*here, "when")) if spec.when is not None else None
            if spec.at is not None and spec.at not in beside:
                self.reporter.report_unknown("unknown-field", (*here, "at"), spec.at, beside)
            if rule:
                place = self.reporter.place((*here, "rule"))
                level = Level(spec.level)
                checks.append(Check(rule, spec.message, level, spec.at, when, place, spec.id, spec.national))
        return tuple(checks)
