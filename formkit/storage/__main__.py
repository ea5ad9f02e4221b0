"""`python -m formkit.storage migrate URL`: what whoever runs a service does to its store."""

import argparse
import sys
from collections.abc import Sequence

from formkit.errors import FormkitError
from formkit.storage.opening import migrate


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line; 0 if it was done."""
    parser = argparse.ArgumentParser(prog="python -m formkit.storage", description="Looks after a store.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    migrating = verbs.add_parser("migrate", help="bring a store's tables up to date; make a copy of it before")
    migrating.add_argument("url", help="a file, or postgresql://user:password@host/database")
    options = parser.parse_args(arguments)
    try:
        migrate(options.url)
    except FormkitError as error:
        print(f"nothing was changed: {error}", file=sys.stderr)
        return 1
    print("the store is up to date")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
