"""A database's error is logged, so SQLAlchemy does not say what was to be stored.

PostgreSQL's own DETAIL may still name the row: whoever logs the text of an error, logs that.
"""

import pytest
from sqlalchemy.exc import IntegrityError

from formkit.records.store import Store
from formkit.storage.sql_store import SqlStore
from formkit.storage.tables import drafts


def test_an_error_says_nothing_of_the_values(store: Store) -> None:
    assert isinstance(store, SqlStore)
    with pytest.raises(IntegrityError) as told, store.writing() as connection:
        connection.execute(drafts.insert().values(id="d1", owner="44010619880808908X"))
    said = str(told.value).partition("[SQL")[2]
    assert "parameters hidden" in said
    assert "44010619880808908X" not in said
