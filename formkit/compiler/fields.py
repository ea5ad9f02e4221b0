"""FieldSpec → Field, in two passes: types first, so that rules may name any field, then everything else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from formkit.choices import ChoiceList
from formkit.compiler.faults import Faults
from formkit.compiler.meaning import meant
from formkit.compiler.order import inner_order
from formkit.compiler.reporting import Reporter, YamlPath
from formkit.compiler.rules import RuleCompiler
from formkit.compiler.wording import pattern_reason
from formkit.diagnostics import Severity
from formkit.expressions import Group, Rows, RuleFunction, Scope, Type
from formkit.fields.base import FieldType, OptionsInvalid, Shape, Surroundings
from formkit.form import Field
from formkit.locales import sentences
from formkit.registry import Registry
from formkit.schemas.form_spec import FieldSpec
from formkit.texts import DEFAULT_LANGUAGE, Text

AnyFieldType = FieldType[Any]


@dataclass(frozen=True)
class TypedField:
    """A field after the first pass: its type is made, its rules are still text."""

    id: str
    path: str
    at: YamlPath
    spec: FieldSpec
    type: AnyFieldType
    inner: tuple["TypedField", ...] = ()

    @property
    def rule_type(self) -> Type | None:
        """What the rules see of it; None for a note."""
        if self.type.shape is Shape.NOTE:
            return None
        if self.type.shape is Shape.VALUE:
            return self.type.rule_type()
        columns = rule_types(self.inner)
        return Group(columns) if self.type.shape is Shape.GROUP else Rows(columns, max_rows=self.type.max_rows)


def rule_types(fields: tuple[TypedField, ...]) -> dict[str, Type]:
    """The names that fields give to rules."""
    return {typed.id: typed.rule_type for typed in fields if typed.rule_type is not None}


@dataclass
class FieldTyping:
    """First pass: makes each field's type."""

    types: Mapping[str, type[AnyFieldType]]
    choices: Mapping[str, ChoiceList]
    reporter: Reporter
    lists_broken: bool = False

    def typed(
        self, specs: Mapping[str, FieldSpec], at: YamlPath, within: str = "", siblings: tuple[str, ...] = ()
    ) -> Iterator[TypedField]:
        """The fields of `specs` whose type could be made; `siblings` are the ids of their scope, if that is wider."""
        for id_, spec in specs.items():
            here = (*at, id_)
            for label in spec.label.values() if spec.label else ():
                self.reporter.labels.setdefault(label, f"{within}{id_}")
            made = self._type(spec, here, siblings or tuple(specs))
            inner = self._inner(spec, made, here, id_, within)
            if made is None:
                self.reporter.broken.add(id_)
            else:
                yield TypedField(id_, f"{within}{id_}", here, spec, made, inner)

    def _inner(
        self, spec: FieldSpec, made: AnyFieldType | None, here: YamlPath, id_: str, within: str
    ) -> tuple[TypedField, ...]:
        holds_fields = made is not None and made.shape in (Shape.GROUP, Shape.ROWS)
        if made is not None and not holds_fields and spec.fields is not None:
            self.reporter.report("fields-not-allowed", (*here, "fields"), {"value": spec.type}, key=True)
            return ()
        if holds_fields and not spec.fields:
            self.reporter.report("fields-missing", here, {"value": id_}, key=True)
        if spec.fields and within:
            self.reporter.report("nested-fields", (*here, "fields"), {"value": id_}, key=True)
            return ()
        return tuple(self.typed(spec.fields or {}, (*here, "fields"), f"{within}{id_}."))

    def _type(self, spec: FieldSpec, here: YamlPath, siblings: tuple[str, ...]) -> AnyFieldType | None:
        if spec.type not in self.types:
            self.reporter.report_unknown("unknown-type", (*here, "type"), spec.type, self.types)
            return None
        kind = self.types[spec.type]
        try:
            options = kind.Options.model_validate(spec.model_extra or {})
            return kind(options, Surroundings(self.choices, siblings))
        except ValidationError as error:
            self._report_options(error, kind, here)
        except OptionsInvalid as problem:
            self._report_misfit(problem, here, siblings)
        return None

    def _report_misfit(self, problem: OptionsInvalid, here: YamlPath, siblings: tuple[str, ...]) -> None:
        """What does not fit its surroundings; a list that could not be read has been reported where it is."""
        at, value = (*here, problem.key), str(problem.params.get("value", ""))
        if problem.code == "unknown-choices":
            if not self.lists_broken:
                self.reporter.report_unknown("unknown-choices", at, value, self.choices)
        elif problem.code == "unknown-sibling":
            written = self.reporter.value_at(at)
            at = (*at, written.index(value)) if isinstance(written, list) and value in written else at
            self.reporter.report_unknown("unknown-sibling", at, value, siblings)
        elif problem.code == "wrong-pattern":
            reason = pattern_reason(str(problem.params.get("reason", "")))
            self.reporter.report("wrong-pattern", at, {**problem.params, "reason": reason})
        else:
            self.reporter.report(problem.code, at, problem.params)

    def _report_options(self, error: ValidationError, kind: type[AnyFieldType], here: YamlPath) -> None:
        faults = error.errors(include_url=False)
        known = [*kind.Options.model_fields, *FieldSpec.model_fields]
        for fault in faults:
            if fault["type"] == "extra_forbidden":
                path = (*here, *fault["loc"])
                self.reporter.report_unknown("unknown-key", path, str(fault["loc"][-1]), known, key=True)
        if any(fault["type"] != "extra_forbidden" for fault in faults):
            before = len(self.reporter.diagnostics)
            Faults(self.reporter, here, kind.Options).report(error)
            reported = self.reporter.diagnostics
            reported[before:] = [d for d in reported[before:] if not d.code.startswith("unknown-key")]


@dataclass
class FieldCompiler:
    """Second pass: compiles the rules and everything else of each typed field."""

    names: Mapping[str, Type]
    facts: Mapping[str, Type]
    functions: Registry[RuleFunction]
    reporter: Reporter

    def rules(self, row: Mapping[str, Type] | None = None) -> RuleCompiler:
        """The rule compiler of the form's scope, or of one group's or rows' inside it."""
        scope = Scope(names=self.names, facts=self.facts, record=self.names, row=row, functions=self.functions)
        return RuleCompiler(scope, self.reporter)

    def compile(self, typed: TypedField, row: Mapping[str, Type] | None, siblings: tuple[TypedField, ...]) -> Field:
        """The field, with the fields inside it."""
        unnamed = typed.spec.label is None and self.reporter.value_at((*typed.at, "label")) is not None
        if unnamed and typed.type.shape is not Shape.NOTE:
            self.reporter.report("missing-key", typed.at, {"value": "label"}, key=True)
        rules, spec, at = self.rules(row), typed.spec, typed.at
        self._check_messages(typed)
        own_names = rule_types(typed.inner) if typed.inner else row
        around = typed.inner if typed.type.shape is Shape.GROUP else siblings
        beside = tuple(each.id for each in around) if spec.checks else ()
        rule_type = typed.rule_type
        inner = tuple(self.compile(inner, rule_types(typed.inner), typed.inner) for inner in typed.inner)
        return Field(
            id=typed.id,
            path=typed.path,
            type=typed.type,
            label=spec.label or Text(""),
            place=self.reporter.place(at, key=True),
            hints=rules.texts(spec.hint, (*at, "hint")),
            visible=rules.condition(spec, "visible", at),
            required=rules.requirement(spec, at),
            lock=rules.lock(spec, at),
            calculation=rules.calculation(spec, rule_type, at) if rule_type else None,
            checks=self.rules(own_names if typed.type.shape is not Shape.ROWS else row).checks(
                spec.checks, (*at, "checks"), beside
            ),
            messages=dict(spec.messages),
            renamed_from=tuple(spec.renamed_from),
            fields=inner,
            inner_order=self._ordered(inner, typed),
            national=spec.national,
        )

    def _check_messages(self, typed: TypedField) -> None:
        """Own sentences for codes: one that is much like a known code is never shown."""
        known = sentences("issues", DEFAULT_LANGUAGE)
        for code in typed.spec.messages:
            if code not in known and meant(code, known):
                at = (*typed.at, "messages", code)
                self.reporter.report_unknown("unknown-message", at, code, known, key=True, severity=Severity.WARNING)

    def _ordered(self, inner: tuple[Field, ...], typed: TypedField) -> tuple[Field, ...]:
        order = inner_order(inner)
        for cycle in order.cycles:
            self.reporter.report("cycle", typed.at, {"cycle": " → ".join(cycle)}, key=True)
        by_id = {field.id: field for field in inner}
        return tuple(by_id[id_] for _, id_ in order.nodes)
