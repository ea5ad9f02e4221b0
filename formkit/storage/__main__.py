"""`python -m formkit.storage migrate | new-key | reencrypt`: what whoever runs a service does to its store."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from formkit.errors import FormkitError
from formkit.storage.keys import Keys, KeysInvalid, keys_from_environment, keys_from_file, new_keys
from formkit.storage.opening import migrate, open_attachments, open_store
from formkit.storage.rotating import reencrypt
from formkit.storage.sql_store import SqlStore


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line; 0 if it was done."""
    options = _parser().parse_args(arguments)
    verbs: dict[str, Callable[[argparse.Namespace], str]] = {
        "migrate": _migrate,
        "new-key": _new_key,
        "reencrypt": _reencrypt,
    }
    try:
        print(verbs[options.verb](options))
    except FormkitError as error:
        print(f"not done: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m formkit.storage", description="Looks after a store.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    migrating = verbs.add_parser("migrate", help="bring a store's tables up to date; copy the store before")
    new_key = verbs.add_parser("new-key", help="put a new key, which encrypts from now on, first in a file of keys")
    encrypting = verbs.add_parser("reencrypt", help="encrypt all that is stored with the first key")
    for verb in (migrating, encrypting):
        verb.add_argument("url", help="a file, or postgresql://user:password@host/database")
    new_key.add_argument("file", type=Path, help="made if it is not there")
    encrypting.add_argument("--attachments", help="the folder of the attachments, or s3://bucket/prefix?endpoint=…")
    encrypting.add_argument("--keys", type=Path, help="the file of keys; else the variable FORMKIT_KEYS")
    return parser


def _migrate(options: argparse.Namespace) -> str:
    migrate(options.url)
    return "the store is up to date"


def _new_key(options: argparse.Namespace) -> str:
    keys = keys_from_file(options.file).rotated() if options.file.exists() else new_keys()
    keys.write(options.file)
    return f"key {keys.current} encrypts once every process of the service has read {options.file.name} again"


def _reencrypt(options: argparse.Namespace) -> str:
    keys: Keys = keys_from_file(options.keys) if options.keys else keys_from_environment()
    store = open_store(options.url, keys=keys)
    if not isinstance(store, SqlStore):
        raise KeysInvalid("this storage encrypts by itself")
    files = open_attachments(options.attachments, keys=keys) if options.attachments else None
    try:
        done = reencrypt(store, files)
    finally:
        store.close()
    if done.unreadable:
        raise KeysInvalid("\n".join(("all but these is encrypted with the first key:", *done.unreadable)))
    return f"{done.rows} rows and {done.contents} attachments encrypted anew; the first key opens everything"


if __name__ == "__main__":
    sys.exit(main())
