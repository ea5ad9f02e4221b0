"""The collection form as the peers need it: formkit's form, and its choice lists as plain tuples."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import formkit
from benchmarks.people import TODAY
from formkit.choices import Choice, ChoiceList

FOLDER = Path(__file__).parent.parent / "forms"
PATH = FOLDER / "accountant_collection.yaml"
LARGEST_STEP = "professional"


@cache
def form() -> formkit.Form:
    """The form, loaded once."""
    return formkit.load(PATH)


@cache
def options(list_id: str) -> tuple[tuple[str, str], ...]:
    """The choices of a list that may be taken today, as (value, label)."""
    found = form().choices[list_id]
    return tuple((choice.value, found.label(choice.value, "zh")) for choice in _offered(found, found.choices))


@cache
def values(list_id: str) -> tuple[str, ...]:
    """The values of a list that may be taken today."""
    return tuple(value for value, _ in options(list_id))


def _offered(within: ChoiceList, choices: Sequence[Choice]) -> list[Choice]:
    offered = [choice for choice in choices if choice.valid_on(TODAY)]
    leaves = [choice for choice in offered if choice.value in within.leaves]
    return leaves + [leaf for choice in offered for leaf in _offered(within, choice.children)]
