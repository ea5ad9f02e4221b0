"""`formkit why`: how a field or a step stands for some answers, each decision traced to its line of YAML."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence

from formkit.cli.answering import add_answering, answering_of
from formkit.cli.console import Console
from formkit.cli.usage import UsageError
from formkit.errors import UnknownName
from formkit.evaluation import evaluate
from formkit.explain import Explaining
from formkit.explain.exporting import explanation_json
from formkit.explain.wording import Line, Wording

_MOST_KNOWN = 40


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `why` takes."""
    add_answering(parser, words, answers_required=False, facts="argument.why_facts")
    parser.add_argument("place", metavar="PATH", help=words("argument.why_path"))


def run(options: Namespace, console: Console) -> int:
    """Writes the explanation."""
    given = answering_of(options, rest_unknown=True)
    evaluation = evaluate(given.form, given.answers, record=given.record, facts=given.facts, today=given.today)
    try:
        explanation = Explaining(evaluation).at(options.place)
    except UnknownName as unknown:
        code = "unknown_row" if unknown.kind == "row" else "unknown_path"
        known = ", ".join(unknown.known[:_MOST_KNOWN]) + (" …" if len(unknown.known) > _MOST_KNOWN else "")
        raise UsageError(code, name=unknown.name, known=known or "-") from None
    wording = Wording(evaluation, console.language)
    if console.for_programs:
        console.write_json(explanation_json(explanation, wording, console.language))
        return 0
    console.write(wording.heading(explanation))
    for line in _indented(wording.decisions(explanation), 1):
        console.write(line)
    uses = wording.uses(explanation)
    if uses:
        console.say("why.uses")
        for line in _indented(uses, 1):
            console.write(line)
    return 0


def _indented(lines: Sequence[Line], depth: int) -> Iterator[str]:
    for line in lines:
        yield f"{'  ' * depth}{line.text}"
        yield from _indented(line.inner, depth + 1)
