"""Calendar files → WorkingDays."""

from datetime import date
from pathlib import Path

from formkit.calendars import CalendarYear, WorkingDays
from formkit.compiler.reading import kind_of, read_spec
from formkit.compiler.reporting import Reporter
from formkit.diagnostics import Diagnostic, Severity, has_errors
from formkit.errors import FormInvalid, UnknownName
from formkit.schemas.form_spec import CalendarSpec, CalendarYearSpec
from formkit.schemas.source import Document, Source, parse_yaml, read_yaml


def load_calendar(path: Path | str) -> WorkingDays:
    """The calendar of a YAML file that begins with `calendar:`.

    Raises `FormInvalid` with every diagnostic if it does not load, `UnknownName` if there is no calendar in the file.
    """
    return _calendar(read_yaml(Path(path)))


def compile_calendar(text: str, file: str = "calendar.yaml") -> WorkingDays:
    """The calendar of a text, as if it stood in `file`."""
    return _calendar(parse_yaml(text, file=file))


def calendar_of(document: Document) -> tuple[WorkingDays | None, list[Diagnostic]]:
    """The calendar that a document is, or None, with what is wrong with it."""
    reporter = Reporter(document)
    spec = read_spec(CalendarSpec, reporter)
    if spec is None:
        return None, reporter.diagnostics
    years = {name: _year(name, year, reporter) for name, year in spec.years.items()}
    calendar = WorkingDays(spec.calendar, {int(name): year for name, year in years.items() if year}, spec.source)
    return (None if has_errors(reporter.diagnostics) else calendar), reporter.diagnostics


def _calendar(source: Source) -> WorkingDays:
    if has_errors(source.diagnostics):
        raise FormInvalid([each for each in source.diagnostics if each.severity is Severity.ERROR])
    for document in source.documents:
        if kind_of(document) == "calendar":
            calendar, diagnostics = calendar_of(document)
            if calendar is None:
                raise FormInvalid([each for each in diagnostics if each.severity is Severity.ERROR])
            return calendar
    raise UnknownName("calendar", source.file)


def _year(name: str, spec: CalendarYearSpec, reporter: Reporter) -> CalendarYear | None:
    at = ("years", name)
    if not (len(name) == 4 and name.isascii() and name.isdigit() and int(name) > 0):
        reporter.report("wrong-calendar-year", at, {"value": name}, key=True)
        return None
    _check_days(spec.holidays, name, (*at, "holidays"), reporter, weekend=False)
    _check_days(spec.workdays, name, (*at, "workdays"), reporter, weekend=True)
    return CalendarYear(
        frozenset(map(date.fromisoformat, spec.holidays)),
        frozenset(map(date.fromisoformat, spec.workdays)),
        spec.source,
    )


def _check_days(days: list[str], year: str, at: tuple[str, ...], reporter: Reporter, *, weekend: bool) -> None:
    """A slip of the pen in a calendar moves deadlines in silence: a day must be in its year, and make a difference."""
    for position, day in enumerate(days):
        if day[:4] != year:
            reporter.report("day-of-another-year", (*at, position), {"value": day, "year": year})
        elif (date.fromisoformat(day).weekday() > 4) is not weekend:
            code = "workday-not-on-weekend" if weekend else "holiday-on-weekend"
            reporter.report(code, (*at, position), {"value": day})
