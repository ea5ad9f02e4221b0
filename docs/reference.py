"""The reference, written out of the code: `python -m docs.reference` rewrites `docs/reference/`."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docs.generating.cases_file import cases_file
from docs.generating.codes import change_codes, diagnostic_codes, issue_codes
from docs.generating.command_line import command_line
from docs.generating.field_types import field_types
from docs.generating.form_file import form_file
from docs.generating.lint_rules import lint_rules
from docs.generating.rule_functions import rule_functions

FOLDER = Path(__file__).parent / "reference"

PAGES: Mapping[str, Callable[[], str]] = {
    "form-file.md": form_file,
    "cases-file.md": cases_file,
    "field-types.md": field_types,
    "rule-functions.md": rule_functions,
    "issue-codes.md": issue_codes,
    "diagnostic-codes.md": diagnostic_codes,
    "lint-rules.md": lint_rules,
    "change-codes.md": change_codes,
    "command-line.md": command_line,
}


def main() -> None:
    """Writes every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, write in PAGES.items():
        (FOLDER / name).write_text(write(), "utf-8")


if __name__ == "__main__":
    main()
