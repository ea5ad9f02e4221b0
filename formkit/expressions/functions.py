"""The functions a rule may call: each one value with its types, its Python body, its browser body and its vectors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from formkit.expressions import calendar_days as days
from formkit.expressions.types import Choice, Date, Month, Number, Text, Type, YesNo
from formkit.registry import Registry

Parameter = Type | tuple[Type, ...]
"""The type an argument must have, or any of several."""


@dataclass(frozen=True, slots=True)
class RuleFunction:
    """A function for rules. To add one, pass it in `BUILT_IN.extended([function])`.

    Values go in and out as JSON values, never blank: a blank argument makes the answer blank before the function is
    asked, and None is a blank answer. `browser` is a JavaScript function expression that says the same; without it
    the rules that call the function wait for the server. `vectors` are (arguments, result) that hold the two equal.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: Type
    python: Callable[..., Any]
    browser: str | None = None
    vectors: tuple[tuple[tuple[Any, ...], Any], ...] = ()

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"{self.name!r} cannot be the name of a rule function")


def _starts_with(text: str, prefix: str) -> bool:
    return text.startswith(prefix)


_DAY_OR_MONTH = (Date(), Month())
_DAYS = 3_652_058  # from 0001-01-01 to 9999-12-31
_MONTHS_BETWEEN = """(a, b) => {
  const years = (p, q) => q.slice(0, 4) - p.slice(0, 4);
  const between = (p, q) => 12 * years(p, q) + (q.slice(5, 7) - p.slice(5, 7)) - (q.slice(8) < p.slice(8));
  return b < a ? -between(b, a) : between(a, b);
}"""
_YEARS_BETWEEN = """(a, b) => {
  const between = (p, q) => q.slice(0, 4) - p.slice(0, 4) - (q.slice(5) < p.slice(5));
  return b < a ? -between(b, a) : between(a, b);
}"""
_AGE_ON = "(a, b) => b < a ? null : b.slice(0, 4) - a.slice(0, 4) - (b.slice(5) < a.slice(5))"
_ADD_DAYS = """(day, number) => {
  const moved = new Date(Date.parse(day) + number * 864e5);
  const year = moved.getUTCFullYear();
  return year >= 1 && year <= 9999 ? moved.toISOString().slice(0, 10) : null;
}"""
_ID_BIRTH_DATE = """number => {
  if (!/^[0-9]{17}[0-9Xx]$/.test(number)) return null;
  const day = number.slice(6, 10) + "-" + number.slice(10, 12) + "-" + number.slice(12, 14);
  const read = new Date(day);
  return day >= "0001" && !isNaN(read) && read.toISOString().slice(0, 10) === day ? day : null;
}"""
_ID_SEX = """number => /^[0-9]{17}[0-9Xx]$/.test(number) ? (number[16] % 2 ? "1" : "2") : null"""

BUILT_IN: Registry[RuleFunction] = Registry(
    "rule function",
    {
        function.name: function
        for function in (
            RuleFunction(
                "age_on",
                (Date(), Date()),
                Number(0, 9998),
                days.age_on,
                _AGE_ON,
                (
                    (("2000-02-29", "2018-02-28"), 17),
                    (("2000-02-29", "2018-03-01"), 18),
                    (("2000-09-01", "2018-08-31"), 17),
                    (("2000-09-01", "2018-09-01"), 18),
                    (("2000-09-01", "2000-08-31"), None),
                    (("2000-09-01", "2000-09-01"), 0),
                ),
            ),
            RuleFunction(
                "years_between",
                (_DAY_OR_MONTH, _DAY_OR_MONTH),
                Number(-9998, 9998),
                days.years_between,
                _YEARS_BETWEEN,
                (
                    (("2000-09-01", "2018-08-31"), 17),
                    (("2018-08-31", "2000-09-01"), -17),
                    (("2018-08", "2019-07"), 0),
                    (("2018-08", "2019-08"), 1),
                    (("2019-07", "2018-08"), 0),
                    (("2016-02-29", "2015-02-28"), -1),
                ),
            ),
            RuleFunction(
                "months_between",
                (_DAY_OR_MONTH, _DAY_OR_MONTH),
                Number(-119_988, 119_988),
                days.months_between,
                _MONTHS_BETWEEN,
                (
                    (("2024-01-31", "2024-02-29"), 0),
                    (("2024-01-31", "2024-03-31"), 2),
                    (("2024-03-31", "2024-01-31"), -2),
                    (("2023-12", "2024-01"), 1),
                    (("2024-01-15", "2024-01-14"), 0),
                ),
            ),
            RuleFunction(
                "days_between",
                (Date(), Date()),
                Number(-_DAYS, _DAYS),
                days.days_between,
                "(a, b) => (Date.parse(b) - Date.parse(a)) / 864e5",
                (
                    (("2024-02-28", "2024-03-01"), 2),
                    (("2023-02-28", "2023-03-01"), 1),
                    (("2024-03-01", "2024-02-28"), -2),
                    (("0001-01-01", "9999-12-31"), _DAYS),
                    (("2024-01-01", "2024-01-01"), 0),
                ),
            ),
            RuleFunction(
                "date_add_days",
                (Date(), Number(-_DAYS, _DAYS)),
                Date(),
                days.date_add_days,
                _ADD_DAYS,
                (
                    (("2024-02-28", 1), "2024-02-29"),
                    (("2024-01-01", -1), "2023-12-31"),
                    (("9999-12-31", 1), None),
                    (("0001-01-01", -1), None),
                    (("0050-12-31", 1), "0051-01-01"),
                ),
            ),
            RuleFunction(
                "year",
                (_DAY_OR_MONTH,),
                Number(1, 9999),
                days.year,
                "day => +day.slice(0, 4)",
                ((("2024-09-01",), 2024), (("0099-09",), 99)),
            ),
            RuleFunction(
                "month",
                (_DAY_OR_MONTH,),
                Number(1, 12),
                days.month,
                "day => +day.slice(5, 7)",
                ((("2024-09-01",), 9), (("2024-12",), 12)),
            ),
            RuleFunction(
                "month_of", (Date(),), Month(), days.month_of, "day => day.slice(0, 7)", ((("2024-09-30",), "2024-09"),)
            ),
            RuleFunction(
                "first_day", (Month(),), Date(), days.first_day, "of => of + '-01'", ((("2024-09",), "2024-09-01"),)
            ),
            RuleFunction(
                "length",
                (Text(),),
                Number(0, 2_000_000),
                len,
                "text => [...text].length",
                ((("",), 0), (("会计",), 2), (("𠮷野家",), 3), (("a b",), 3)),
            ),
            RuleFunction(
                "starts_with",
                (Text(), Text()),
                YesNo(),
                _starts_with,
                "(text, prefix) => text.startsWith(prefix)",
                ((("440106", "44"), True), (("440106", "45"), False), (("44", "440"), False), (("44", ""), True)),
            ),
            RuleFunction(
                "id_birth_date",
                (Text(),),
                Date(),
                days.id_birth_date,
                _ID_BIRTH_DATE,
                (
                    (("44010619880808908X",), "1988-08-08"),
                    (("440118200002299980",), "2000-02-29"),
                    (("440118199002299993",), None),
                    (("44011800000101999X",), None),
                    (("440118199013019993",), None),
                    (("440106880808999",), None),
                    (("４４０１０６１９８８０８０８９０８Ｘ",), None),
                    (("",), None),
                ),
            ),
            RuleFunction(
                "id_sex",
                (Text(),),
                Choice(("1", "2")),
                days.id_sex,
                _ID_SEX,
                (
                    (("44010619750615999X",), "1"),
                    (("440118200002299980",), "2"),
                    (("440106880808999",), None),
                    (("44010619880808908x",), "2"),
                ),
            ),
        )
    },
)
