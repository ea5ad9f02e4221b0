"""What the author of a form reads about what becomes of what is held: code → English sentence."""

SENTENCES: dict[str, str] = {
    "wrong-treatment": "What becomes of what is held is not said: “{value}” is not one of the four ways.",
    "wrong-treatment.hint": "Write keep, ask_again, {{migrate: {{old: new}}}} or {{keep_until: 2025-03-31}}.",
    "one-treatment": "Only one thing can become of what is held, and several are written here: {value}.",
    "one-treatment.hint": "Leave one of them.",
    "wrong-migration": "What old values become is not said in a way that can be read.",
    "wrong-migration.hint": "Write one new value for each old one: {{migrate: {{old: new}}}}.",
    "unknown-change": "This edition has no “{value}” of which anything could be asked again or become something else.",
    "unknown-change.hint": "Write the path that `formkit diff` shows; what has gone can only be kept: `{value}: keep`.",
    "unknown-change.near": "This edition has no “{value}” of which anything could be asked again or become something "
    "else.",
    "unknown-change.near.hint": "Did you mean “{near}”? What has gone can only be kept: `{value}: keep`.",
    "unfit-treatment": "“{value}” cannot be done with “{path}”.",
    "unfit-treatment.hint": "Possible here: {known}.",
    "never-asked-again": "“{path}” is locked once submitted, or always worked out: nobody can answer it again.",
    "never-asked-again.hint": "Possible here: {known}; or let people change it.",
    "migration-to-one": "“{value}” is one thing and becomes one other, so here stands one new value alone.",
    "migration-to-one.hint": "Write it so: `{value}: {{migrate: new}}`.",
    "migration-by-value": "Which old value of “{value}” becomes which new one is not said.",
    "migration-by-value.hint": "Write one new value for each old one: `{value}: {{migrate: {{old: new}}}}`.",
    "migration-chain": "“{old}” becomes “{value}”, and “{value}” becomes “{then}”: an answer “{value}” could be an old "
    "one or a new one.",
    "migration-chain.hint": "Give the new value another name in the choice list.",
    "unknown-migration": "“{value}” is none of the new values.",
    "unknown-migration.hint": "Possible are: {known}.",
    "unknown-migration.near": "“{value}” is none of the new values.",
    "unknown-migration.near.hint": "Did you mean “{near}”? Possible are: {known}.",
    "unfit-migration": "“{value}” is no answer that “{path}” takes now.",
    "unfit-migration.hint": "Write a new value as it would be filled in.",
}
