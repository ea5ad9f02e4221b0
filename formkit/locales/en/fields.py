"""The English words of the field types themselves: code → template."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

SENTENCES: dict[str, str] = {
    "date.hint": "For example 2024-09-01.",
    "month.hint": "For example 2024-09.",
    "year.hint": "Four digits, for example 2024.",
    "date.format": "{day} {month_name} {year}",
    "month.format": "{month_name} {year}",
    "year.format": "{year}",
    "money.suffix": "yuan",
    "consent.given": "Confirmed",
    "choices.between": ", ",
    "rows.format": "{count} rows",
    "group.format": "{count} answers",
    "file.unnamed": "An uploaded file",
    "file.hint": "{formats}, at most {size} each.",
    "file.hint.several": " At most {max} files.",
    "image.hint.pixels": " At least {width} pixels wide and {height} high.",
    "image.hint.portrait": " Taller than wide.",
    **{f"month.{number}": name for number, name in enumerate(_MONTHS, start=1)},
}
