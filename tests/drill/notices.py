"""What a policy officer edits when a notice comes: changes to the form files, kept as patches."""

from pathlib import Path

PATCHES = Path(__file__).parents[2] / "docs" / "policy-drill"


def apply_notice(forms: Path, year: str) -> None:
    """Makes the edits of a year in a folder of forms; each must fit exactly where it belongs."""
    file: Path | None = None
    for part in _hunks((PATCHES / f"{year}.patch").read_text("utf-8")):
        if isinstance(part, str):
            file = forms / part
            continue
        assert file is not None
        before, after = part
        text = file.read_text("utf-8")
        assert text.count(before) == 1, f"{year}: {file.name}: {before}"
        file.write_text(text.replace(before, after), "utf-8")


def _hunks(patch: str) -> list[str | tuple[str, str]]:
    """The names of files, each followed by its (before, after) pairs."""
    found: list[str | tuple[str, str]] = []
    before, after = "", ""
    for line in [*patch.splitlines(keepends=True), "@@"]:
        if line.startswith(("@@", "--- ")):
            found += [(before, after)] if before or after else []
            before = after = ""
        elif line.startswith("+++ "):
            found.append(line[4:].strip())
        elif line.startswith("\\"):
            continue
        else:
            before += line[1:] if line[0] in " -" else ""
            after += line[1:] if line[0] in " +" else ""
    return found
