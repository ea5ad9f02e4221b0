"""Numbers, days and months as places in an order."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from formkit.expressions import Date, Month, Number, Type
from formkit.expressions.runtime import decimal_text, scaled
from formkit.fields.base import JSON

_LAST_DAY = date.max.toordinal()
_LAST_MONTH = 9999 * 12 + 11


@dataclass(frozen=True, slots=True)
class Order:
    """The values of a number, a day or a month, counted."""

    kind: Number | Date | Month

    @property
    def low(self) -> int:
        """The place of the least value."""
        return self.kind.low if isinstance(self.kind, Number) else 1 if isinstance(self.kind, Date) else 12

    @property
    def high(self) -> int:
        """The place of the greatest value."""
        if isinstance(self.kind, Number):
            return self.kind.high
        return _LAST_DAY if isinstance(self.kind, Date) else _LAST_MONTH

    def number(self, value: JSON) -> int:
        """The place of a value of the kind."""
        if isinstance(self.kind, Number):
            return scaled(str(value), self.kind.scale)
        if isinstance(self.kind, Date):
            return date.fromisoformat(value).toordinal()
        return 12 * int(value[:4]) + int(value[5:7]) - 1

    def value(self, number: int) -> JSON:
        """The value at a place."""
        if isinstance(self.kind, Number):
            return decimal_text(number, self.kind.scale) if self.kind.scale else number
        if isinstance(self.kind, Date):
            return date.fromordinal(number).isoformat()
        return f"{number // 12:04d}-{number % 12 + 1:02d}"

    def place_of(self, constant: object, today: str) -> int | None:
        """The place of a constant of a rule or a limit of a type (its place, or the last before it); None if of no use.

        The word today, and a day among months or years, stand where that day lies.
        """
        if constant == "today":
            constant = today
        if isinstance(constant, Decimal | int) and not isinstance(constant, bool) and isinstance(self.kind, Number):
            return int(Decimal(constant).scaleb(self.kind.scale).to_integral_value(ROUND_FLOOR))
        if not isinstance(constant, str) or constant.count("-") != 2 - (len(constant) == 7):
            return None
        if isinstance(self.kind, Number):
            return int(constant[:4]) if constant == today else None
        if isinstance(self.kind, Date):
            return self.number(constant) if len(constant) == 10 else None
        return self.number(constant[:7])


def order_of(kind: Type) -> Order | None:
    """The order of a type's values; None if they have none."""
    return Order(kind) if isinstance(kind, Number | Date | Month) else None
