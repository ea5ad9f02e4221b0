"""English: what is odd about a form as a whole (formkit/lint/)."""

SENTENCES: dict[str, str] = {
    "unused-fact": "No condition asks for the fact “{value}” ({label}).",
    "unused-fact.hint": "Remove the line if it is not needed, else write facts.{value} in a condition.",
    "unused-choices": "No field has the choice list “{value}”.",
    "unused-choices.hint": "Remove it if it is not needed, else write choices: {value} in a field.",
}
