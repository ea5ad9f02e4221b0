"""`formkit validate`: what a form says of some answers."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from formkit.cli.answering import add_answering, answering_of, require_step
from formkit.cli.console import Console
from formkit.fields.base import JSON
from formkit.issues import Issue
from formkit.locales import issue_sentence
from formkit.validation import Result, validate


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `validate` takes."""
    add_answering(parser, words, answers_required=True)
    parser.add_argument("--step", metavar="STEP", help=words("argument.only_step"))


def run(options: Namespace, console: Console) -> int:
    """1 if the answers cannot be taken, else 0."""
    given = answering_of(options)
    if options.step is not None:
        require_step(given.form, options.step)
    result = validate(
        given.form, given.answers, record=given.record, facts=given.facts, today=given.today, step=options.step
    )
    if console.for_programs:
        console.write_json(_as_json(result, console.language))
    else:
        _show(result, console)
    return int(not result.ok)


def _as_json(result: Result, language: str) -> dict[str, JSON]:
    issues = [_issue(issue, language) for issue in result.issues]
    return {"ok": result.ok, "values": result.values, "issues": issues}


def _issue(issue: Issue, language: str) -> dict[str, JSON]:
    return {
        "code": issue.code,
        "path": issue.path,
        "message": issue_sentence(issue, language),
        "level": str(issue.level),
        "rule": str(issue.place) if issue.place else None,
    }


def _show(result: Result, console: Console) -> None:
    for issue in result.issues:
        level = console.words(f"level.{issue.level}")
        path = issue.path or console.words("whole_form")
        rule = f"  ({issue.place})" if issue.place else ""
        console.write(f"{path}  {level} {issue.code}  {issue_sentence(issue, console.language)}{rule}")
    levels = [str(issue.level) for issue in result.issues]
    counts = {name: levels.count(name) for name in ("error", "warning", "notice")}
    console.say("validate.good" if result.ok else "validate.bad", **counts)
