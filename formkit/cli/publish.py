"""`formkit publish`: puts an edition in force in a store; what `check` refuses is not published."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from formkit.cli.console import Console
from formkit.cli.loading import compiled_form, texts_of
from formkit.cli.storing import (
    actor_of,
    add_store_arguments,
    local_time,
    opened_store,
    publication_json,
    short_hash,
)
from formkit.compiler import Compiler
from formkit.diagnostics import has_errors
from formkit.diff import Change, diff
from formkit.diff.against import against
from formkit.editions import AlreadyInForce, Timeline, compiled_edition, publish
from formkit.editions.content import edition_of
from formkit.editions.publishing import first_moment
from formkit.errors import FormInvalid
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.lint import lint
from formkit.locales import sentence
from formkit.records.model import Edition, Publication
from formkit.records.store import Store


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `publish` takes."""
    parser.add_argument("form", metavar="FORM", help=words("argument.form"))
    add_store_arguments(parser, words)
    parser.add_argument("--dry-run", action="store_true", help=words("argument.dry_run"))


def run(options: Namespace, console: Console) -> int:
    """1 if it is refused, or there is nothing new in it; else 0."""
    compiled, form = compiled_form(options.form)
    edition, compiler = edition_of(compiled, form.id), Compiler()
    now = datetime.now(UTC)
    with opened_store(options.store) as store:
        old = _in_force(store, form, compiler, max(now, first_moment(form)))
        findings = (*lint(compiled), *(against(old, form) if old is not None else ()))
        if has_errors(findings):
            console.show_diagnostics(findings, texts_of(compiled))
            return 1
        if findings and not console.for_programs:
            console.show_diagnostics(findings, texts_of(compiled))
        changes = diff(old, form) if old is not None else ()
        if options.dry_run:
            _tell(console, form, edition, old, changes, None)
            return 0
        try:
            made = publish(store, edition, compiler=compiler, at=now, actor=actor_of(options.by), reason=options.reason)
        except AlreadyInForce as there:
            console.say("publish.nothing_new", edition=there.publication.edition, hash=short_hash(edition.hash))
            return 1
    _tell(console, form, edition, old, changes, made)
    return 0


def _in_force(store: Store, form: Form, compiler: Compiler, at: datetime) -> Form | None:
    """The edition that this one follows; None for the first, or where it does not load here any more."""
    with store.reading() as view:
        there = Timeline(view.publications(form.id)).in_force(at)
        edition = view.edition(form.id, there.edition_hash) if there else None
    try:
        return compiled_edition(edition, compiler) if edition else None
    except FormInvalid:
        return None


def _tell(
    console: Console,
    form: Form,
    edition: Edition,
    old: Form | None,
    changes: Sequence[Change],
    made: Publication | None,
) -> None:
    counts = {"count": len(changes), "safe": 0, "asks_again": 0, "breaking": 0}
    for change in changes:
        counts[str(change.severity)] += 1
    if console.for_programs:
        told: dict[str, JSON] = publication_json(made) if made else {"form": form.id, "edition": form.edition}
        replaces = {"edition": old.edition, "hash": old.edition_hash} if old else None
        about = {"hash": edition.hash, "published": made is not None, "replaces": replaces, "changes": counts}
        console.write_json(told | about)
        return
    console.say("publish.edition", form=form.title, id=form.id, edition=form.edition, hash=short_hash(edition.hash))
    if old is not None:
        console.say("publish.replaces", edition=old.edition, hash=short_hash(old.edition_hash))
        console.write("  " + sentence("diff", "summary" if changes else "nothing", counts, console.language))
    if made is None:
        console.say("publish.dry_run")
    elif made.starts > made.at:
        console.say("publish.planned", starts=local_time(made.starts, form.time_zone), zone=form.time_zone)
    else:
        console.say("publish.done")
