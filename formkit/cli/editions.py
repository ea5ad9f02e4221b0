"""`formkit editions`: what was published in a store, what is in force, what is planned."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime

from formkit.cli.console import Console
from formkit.cli.storing import add_store_arguments, local_time, opened_store, publication_json, short_hash
from formkit.editions.timeline import Timeline, timelines


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `editions` takes."""
    parser.add_argument("form", metavar="FORM", nargs="?", help=words("argument.form_id"))
    add_store_arguments(parser, words, writes=False)


def run(options: Namespace, console: Console) -> int:
    """1 if nothing was published, else 0."""
    with opened_store(options.store) as store, store.reading() as view:
        found = timelines(view.publications(options.form))
    now = datetime.now(UTC)
    if console.for_programs:
        console.write_json({"editions": [one for each in found.values() for one in _json(each, now)]})
    elif not found:
        console.say("editions.none")
    else:
        for form, timeline in found.items():
            _write(console, form, timeline, now)
    return int(not found)


def _json(timeline: Timeline, now: datetime) -> list[dict[str, object]]:
    return [{**publication_json(one), "standing": str(timeline.standing_of(one, now))} for one in timeline.publications]


def _write(console: Console, form: str, timeline: Timeline, now: datetime) -> None:
    console.write(form)
    for one in timeline.publications:
        console.write(
            "  "
            + console.words(
                "editions.line",
                number=one.number,
                edition=one.edition,
                hash=short_hash(one.edition_hash),
                starts=local_time(one.starts),
                by=one.actor,
                standing=console.words(f"editions.{timeline.standing_of(one, now)}"),
                how=console.words("editions.rollback") if one.rollback else "",
                why=f"  {one.reason}" if one.reason else "",
            )
        )
