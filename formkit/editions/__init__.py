"""Editions of a form in a store: published, in force from a day on, taken back, and read again as long as needed."""

from formkit.editions.content import compiled_edition, read_edition
from formkit.editions.live import Editions, FixedForms, Forms
from formkit.editions.publishing import AlreadyInForce, NothingToGoBackTo, publish, roll_back
from formkit.editions.timeline import Standing, Timeline

__all__ = [
    "AlreadyInForce",
    "Editions",
    "FixedForms",
    "Forms",
    "NothingToGoBackTo",
    "Standing",
    "Timeline",
    "compiled_edition",
    "publish",
    "read_edition",
    "roll_back",
]
