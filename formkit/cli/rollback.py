"""`formkit rollback`: puts an earlier edition in force again, at once."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime

from formkit.cli.console import Console
from formkit.cli.storing import actor_of, add_store_arguments, opened_store, publication_json, short_hash
from formkit.cli.usage import UsageError
from formkit.editions import NothingToGoBackTo, Timeline, roll_back


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `rollback` takes."""
    parser.add_argument("form", metavar="FORM", help=words("argument.form_id"))
    parser.add_argument("--to", metavar="EDITION", help=words("argument.to"))
    add_store_arguments(parser, words)


def run(options: Namespace, console: Console) -> int:
    """0 once it is in force."""
    now = datetime.now(UTC)
    with opened_store(options.store) as store:
        with store.reading() as view:
            before = Timeline(view.publications(options.form))
        try:
            made = roll_back(
                store, options.form, to=options.to, at=now, actor=actor_of(options.by), reason=options.reason
            )
        except NothingToGoBackTo as nothing:
            known = ", ".join(f"{one.edition} ({short_hash(one.edition_hash)})" for one in nothing.known)
            raise UsageError("nothing_to_go_back_to", form=options.form, known=known or "–") from None
    standing = Timeline((*before.publications, made)).standing
    taken_back = [one for one in before.standing if one not in standing]
    if console.for_programs:
        console.write_json({**publication_json(made), "taken_back": [publication_json(one) for one in taken_back]})
        return 0
    console.say("rollback.done", edition=made.edition, hash=short_hash(made.edition_hash))
    for one in taken_back:
        console.say("rollback.taken_back", edition=one.edition, hash=short_hash(one.edition_hash))
    return 0
