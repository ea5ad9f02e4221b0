"""Proposed cases → into the file of cases they belong to, if they fit behind what stands there."""

from pathlib import Path

from formkit.cases import Report
from formkit.cli.usage import UsageError
from formkit.compiler import Compiler
from formkit.diagnostics import has_errors


def add_proposed(report: Report) -> int:
    """Puts the cases proposed at the end of the first file; how many. The file stays as it is where they do not fit."""
    proposed, cases = report.proposed(), report.files[0].file
    if not proposed:
        return 0
    path = Path(cases.file)
    before = path.read_bytes().decode("utf-8")
    end = "\r\n" if "\r\n" in before else "\n"
    text = before.rstrip() + 2 * end + proposed.replace("\n", end)
    compiled = Compiler().compile_text(text, cases.file)
    added = sum(len(each.cases) for each in compiled.cases) - len(cases.cases)
    if has_errors(compiled.diagnostics) or len(compiled.cases) != 1 or added <= 0:
        raise UsageError("cases_do_not_fit", file=cases.file)
    begun = path.with_name(f"{path.name}.new")
    try:
        begun.write_bytes(text.encode("utf-8"))
        begun.replace(path)
    except OSError:
        begun.unlink(missing_ok=True)
        raise UsageError("not_writable", file=cases.file) from None
    return added
