"""Answers in the shape each peer takes them in, made before the clock runs."""

from collections.abc import Iterator

from benchmarks.people import Answers

_TRUTHS = ("pledge", "is_cpa", "is_tax_agent", "is_asset_appraiser", "has_abacus_level")
_YEARS = ("selected_year", "graduation_year")


class Posted(dict[str, object]):
    """Flat names with one value each, read the way form libraries read a posted body."""

    def getlist(self, name: str) -> list[object]:
        """All values of a name."""
        return [self[name]] if name in self else []


def flat(answers: Answers) -> Posted:
    """Names as WTForms and Django call them: `full_time-level`, `awards-0-name`, and how many rows there are."""
    return Posted(_flattened(answers))


def typed(answers: Answers) -> Answers:
    """Answers as JSON of the right types, for who does not read texts."""
    made: Answers = {name: _truth(value) if name in _TRUTHS else value for name, value in answers.items()}
    for row in made.get("talents", ()):
        row.update({name: int(row[name]) for name in _YEARS if name in row})
    return made


def _truth(value: object) -> object:
    return value == "true" if value in ("true", "false") else value


def _flattened(answers: Answers) -> Iterator[tuple[str, object]]:
    for name in ("qualifications", "talents", "awards"):
        rows = answers.get(name, ())
        yield f"{name}-TOTAL_FORMS", str(len(rows))
        yield f"{name}-INITIAL_FORMS", "0"
        for number, row in enumerate(rows):
            yield from ((f"{name}-{number}-{key.replace('_id', 'row_id')}", value) for key, value in row.items())
    for name, value in answers.items():
        if name in ("full_time", "part_time"):
            yield from ((f"{name}-{key}", inner) for key, inner in value.items())
        elif not isinstance(value, list):
            yield name, value
