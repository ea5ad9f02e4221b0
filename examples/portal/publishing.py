"""The forms of the place as they are published: its folder brings the first edition, the store has the rest."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from examples.portal.settings import Settings
from formkit.compiler import Compiler
from formkit.editions import Editions, Timeline, read_edition
from formkit.errors import FormInvalid
from formkit.records.model import Edition
from formkit.records.store import Store

log = logging.getLogger(__name__)

OF_RECORDS: Mapping[str, str] = {
    "accountant_collection": "accountant_collection.yaml",
    "transfer_out": "transfer.yaml",
    "transfer_in": "transfer.yaml",
}
"""The forms that become records, and the files they are in."""
REGISTRATION: Mapping[str, str] = {"registration": "registration.yaml"}


def published(settings: Settings, store: Store, clock: Callable[[], datetime], files: Mapping[str, str]) -> Editions:
    """Forms as they are published. In development, what is new in the folder is published when the portal starts."""
    compiler = Compiler()
    shipped = {form: _shipped(store, form, settings.forms / file, compiler, clock()) for form, file in files.items()}
    return Editions(store, shipped, compiler=compiler, clock=clock, adopt=settings.development)


def _shipped(store: Store, form: str, file: Path, compiler: Compiler, now: datetime) -> Edition:
    """What the folder has; where that does not load, what is in force. Raises `FormInvalid` if there is nothing."""
    try:
        return read_edition(file, form, compiler)
    except FormInvalid as error:
        with store.reading() as view:
            there = Timeline(view.publications(form)).in_force(now)
            edition = view.edition(form, there.edition_hash) if there else None
        if edition is None:
            raise
        log.error("%s does not load, the published edition of %s stays: %s", file, edition.name, error)
        return edition
