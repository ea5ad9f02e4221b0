"""Which columns of a row hold what people typed: encrypted on the way in, decrypted on the way out."""

import json
from collections.abc import Mapping
from typing import Any

from formkit.storage import tables
from formkit.storage.envelope import Place, Unreadable, is_current, is_sealed, open_text, seal_text
from formkit.storage.keys import Keys
from formkit.storage.tables import keepable, to_json

SEALED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    tables.drafts.name: (("answers", "earlier"), ()),
    tables.records.name: (("values",), ()),
    tables.revisions.name: (("values", "changes"), ("reason",)),
    tables.state_changes.name: ((), ("reason",)),
    tables.attachments.name: ((), ("name",)),
}
"""Table → the columns of JSON and the columns of text that are encrypted."""
Row = dict[str, Any]


def sealed(keys: Keys | None, table: str, row: Row) -> Row:
    """The row as it is stored."""
    if keys is None or table not in SEALED:
        return row
    structures, texts = SEALED[table]
    found = {
        name: seal_text(keys, _place(table, row, name), to_json(row[name]))
        for name in structures
        if row[name] is not None
    }
    found |= {
        name: seal_text(keys, _place(table, row, name), keepable(row[name])) for name in texts if row[name] is not None
    }
    return {**row, **found}


def opened(keys: Keys | None, table: str, row: Row) -> Row:
    """The row as it was before it was stored. Raises `Unreadable`."""
    if table not in SEALED:
        return row
    structures, texts = SEALED[table]
    if keys is None:
        _refuse_sealed(table, row, structures)
        return row
    found = {name: json.loads(_text(keys, table, row, name)) for name in structures if row[name] is not None}
    found |= {name: _text(keys, table, row, name) for name in texts if row[name] is not None}
    return {**row, **found}


def renewed(keys: Keys, table: str, row: Row) -> Row | None:
    """The row encrypted with the key that encrypts now; None if it is. What was not encrypted is from now on."""
    structures, texts = SEALED[table]
    stored = {name: row[name] for name in (*structures, *texts) if row[name] is not None}
    if all(is_sealed(value) and is_current(keys, value) for value in stored.values()):
        return None
    plain = {name: value for name, value in stored.items() if not is_sealed(value)}
    rest = {name: value for name, value in stored.items() if name not in plain}
    texts_of_rest = {name: _text(keys, table, row, name) for name in rest}
    read = {name: json.loads(text) if name in structures else text for name, text in texts_of_rest.items()}
    return sealed(keys, table, {**row, **read})


def _text(keys: Keys, table: str, row: Row, name: str) -> str:
    value = row[name]
    return open_text(keys, _place(table, row, name), value if isinstance(value, str) else "")


def _refuse_sealed(table: str, row: Row, structures: tuple[str, ...]) -> None:
    for name in structures:
        if is_sealed(row[name]):
            raise Unreadable(_place(table, row, name), "it is encrypted: open the store with its keys")


def _place(table: str, row: Row, name: str) -> Place:
    primary = tables.metadata.tables[table].primary_key.columns
    return Place(table, "/".join(str(row[column.name]) for column in primary), name)
