"""The verbs of `python -m examples.portal`: a new one is a function and a line in `VERBS`."""

import argparse
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path

from examples.portal.accounts.staff import Role
from examples.portal.app import open_database, open_office
from examples.portal.operation.factory import DATA
from examples.portal.operation.serving import serve
from examples.portal.settings import Settings, SettingsInvalid
from examples.portal.staff.colleagues import made_password
from examples.portal.staff.enrolling import enrol
from examples.portal.staff.projection import rebuild
from formkit.errors import FormkitError
from formkit.storage import reencrypt


def _no_options(_parser: ArgumentParser) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with the portal; what goes wrong is a `FormkitError`."""

    about: str
    run: Callable[[Settings, Namespace], None]
    options: Callable[[ArgumentParser], None] = _no_options


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line and does it; without a verb, it serves."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given.insert(0, "serve")
    options = _parser().parse_args(given)
    try:
        VERBS[options.verb].run(Settings.of(options.data), options)
    except FormkitError as error:
        print(f"not done: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m examples.portal", description="The portal; without a verb, it is served.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for name, verb in VERBS.items():
        own = verbs.add_parser(name, help=verb.about, description=verb.about)
        own.add_argument(
            "--data",
            type=Path,
            default=Path(os.environ.get(DATA, "data")),
            help=f"the folder in which everything is kept; else the variable {DATA}",
        )
        verb.options(own)
    return parser


def _serve_options(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen at; 0 for any that is free")
    parser.add_argument("--workers", type=_workers, help="how many processes; else the variable PORTAL_WORKERS")


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 64):
        raise argparse.ArgumentTypeError("a number from 1 to 64")
    return int(text)


def _serve(settings: Settings, options: Namespace) -> None:
    serve(settings, host=options.host, port=options.port, workers=options.workers or settings.workers)


def _migrate(settings: Settings, _options: Namespace) -> None:
    open_database(settings, migrating=True).close()
    print("the tables are up to date")


def _reencrypt(settings: Settings, _options: Namespace) -> None:
    office = open_office(settings)
    try:
        done = reencrypt(office.store, office.files)
        accounts = office.accounts.reencrypt()
        if not done.unreadable:
            rebuild(office)
    finally:
        office.close()
    if done.unreadable:
        raise SettingsInvalid("\n".join(("all but these is encrypted with the first key:", *done.unreadable)))
    print(f"{done.rows} rows, {done.contents} attachments and {accounts} accounts encrypted with the first key")


def _staff_options(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="what they sign in with")
    parser.add_argument("--role", type=Role, choices=list(Role), required=True, help="district, city or support")
    parser.add_argument("--division", required=True, help="the code of the place they work for, such as 440100")


def _add_staff(settings: Settings, options: Namespace) -> None:
    office = open_office(settings)
    try:
        typed = getpass("password (empty: one is made): ") if sys.stdin.isatty() else ""
        password = typed or made_password()
        enrol(office, options.name, options.role, options.division, password)
    finally:
        office.close()
    print(f"{options.name} may sign in at /staff/login" + ("" if typed else f"; password, shown once: {password}"))


def _rebuild_files(settings: Settings, _options: Namespace) -> None:
    office = open_office(settings)
    try:
        count = rebuild(office)
    finally:
        office.close()
    print(f"{count} records read")


VERBS: Mapping[str, Verb] = {
    "serve": Verb("serve the portal until it is stopped", _serve, _serve_options),
    "migrate": Verb("bring the tables up to date; copy the database before", _migrate),
    "add-staff": Verb("give somebody of a finance department an account", _add_staff, _staff_options),
    "rebuild-files": Verb("work out anew what staff find files by; runs while the portal serves", _rebuild_files),
    "reencrypt": Verb("encrypt everything with the first of the keys; runs while the portal serves", _reencrypt),
}
