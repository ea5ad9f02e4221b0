"""ChoiceListSpec → ChoiceList."""

from collections.abc import Iterator, Mapping

from formkit.choices import Choice, ChoiceList
from formkit.compiler.reporting import Reporter, YamlPath
from formkit.schemas.form_spec import ChoiceListSpec, ChoiceSpec


def compile_choice_lists(specs: Mapping[str, ChoiceListSpec], reporter: Reporter) -> dict[str, ChoiceList]:
    """The lists under the key `choices` of a document."""
    return {name: _compile_list(name, spec, reporter) for name, spec in specs.items()}


def _compile_list(name: str, spec: ChoiceListSpec, reporter: Reporter) -> ChoiceList:
    path: YamlPath = ("choices", name, "choices")
    if not spec.choices:
        reporter.report("empty-choices", path[:-1], {"value": name}, key=True)
    seen: dict[str, YamlPath] = {}
    for value, choice, at in _walk(spec.choices, path):
        if value in seen:
            reporter.report("duplicate-choice", at, {"value": value}, key=True)
        seen[value] = at
        if choice.since and choice.until and choice.until < choice.since:
            reporter.report(
                "until-before-since", (*at, "until"), {"value": value, "since": choice.since, "until": choice.until}
            )
    return ChoiceList(name, _compile(spec.choices, path, reporter), tuple(spec.levels), spec.national)


def _compile(specs: Mapping[str, ChoiceSpec], path: YamlPath, reporter: Reporter) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value,
            spec.label,
            spec.since,
            spec.until,
            _compile(spec.children, (*path, value, "children"), reporter),
            tuple(spec.renamed_from),
            spec.selectable,
            reporter.place((*path, value), key=True),
        )
        for value, spec in specs.items()
    )


def _walk(specs: Mapping[str, ChoiceSpec], path: YamlPath) -> Iterator[tuple[str, ChoiceSpec, YamlPath]]:
    for value, spec in specs.items():
        yield value, spec, (*path, value)
        yield from _walk(spec.children, (*path, value, "children"))
