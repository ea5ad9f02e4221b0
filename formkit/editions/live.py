"""The forms in force just now, as a running program reads them: what is published is there without a restart."""

import logging
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from math import inf
from threading import Lock
from time import monotonic

from formkit.compiler import Compiler
from formkit.editions.content import compiled_edition
from formkit.editions.publishing import AlreadyInForce, publish
from formkit.editions.timeline import Timeline, timelines
from formkit.errors import FormInvalid
from formkit.form import Form
from formkit.records.model import Edition
from formkit.records.store import Store, StoreUnavailable

log = logging.getLogger(__name__)


class Forms(Mapping[str, Form]):
    """Forms by id, each in the edition in force, and those of other editions by their hash."""

    @abstractmethod
    def edition(self, form: str, edition_hash: str) -> Form | None:
        """A form in an edition; None where that is not known."""

    @abstractmethod
    def editions(self, form: str) -> Iterator[Form]:
        """A form in every edition there was, the latest first."""

    @abstractmethod
    def stands(self, form: str, edition_hash: str) -> bool:
        """Whether an edition may still be used: it was published, and not taken back."""

    @abstractmethod
    def between(self, old: Form, new: Form) -> tuple[Form, ...]:
        """The form in the editions that were in force after one and before another, in this order."""

    @abstractmethod
    def on_day(self, form: str, day: str) -> Form:
        """A form in the edition of a day, among those that have come into force."""


class FixedForms(Forms):
    """Forms that stay as they are as long as the program runs."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = dict(forms)

    def __getitem__(self, form: str) -> Form:
        return self._forms[form]

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)

    def edition(self, form: str, edition_hash: str) -> Form | None:
        """The form, if it is of this edition."""
        found = self._forms.get(form)
        return found if found is not None and found.edition_hash == edition_hash else None

    def editions(self, form: str) -> Iterator[Form]:
        """The form."""
        yield self[form]

    def stands(self, form: str, edition_hash: str) -> bool:
        """Whether it is of this edition."""
        return self.edition(form, edition_hash) is not None

    def between(self, old: Form, new: Form) -> tuple[Form, ...]:  # noqa: ARG002 - there is but one
        """None."""
        return ()

    def on_day(self, form: str, day: str) -> Form:  # noqa: ARG002 - there is but one
        """The form."""
        return self[form]


class Editions(Forms):
    """The published forms of a store.

    `shipped` are the forms the program brings with it: one of which nothing was published yet is published when the
    program starts; with `adopt`, one with new content too. What is published elsewhere is noticed within
    `look_again` seconds; while the store is down, or an edition does not load here, everything stays as it is.
    """

    def __init__(
        self,
        store: Store,
        shipped: Mapping[str, Edition],
        *,
        compiler: Compiler,
        clock: Callable[[], datetime],
        adopt: bool = False,
        look_again: float = 1.0,
    ) -> None:
        self._store, self._compiler, self._clock, self._look_again = store, compiler, clock, look_again
        self._shipped = dict(shipped)
        self._compiled: dict[tuple[str, str], Form | None] = {}
        self._timelines: Mapping[str, Timeline] = {}
        self._looked: float | None = None
        self._looking = Lock()
        self._start(adopt)

    def __getitem__(self, form: str) -> Form:
        if form not in self._shipped:
            raise KeyError(form)
        timeline, at = self._timeline(form), self._clock()
        for one in reversed(timeline.standing):
            found = self.edition(form, one.edition_hash) if one.starts <= at else None
            if found is not None:
                return found
        return self._form(self._shipped[form]) or compiled_edition(self._shipped[form], self._compiler)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shipped)

    def __len__(self) -> int:
        return len(self._shipped)

    def edition(self, form: str, edition_hash: str) -> Form | None:
        """A form in an edition, of whatever time; None where the store has none, or it does not load here."""
        known = self._compiled.get((form, edition_hash))
        if known is not None or (form, edition_hash) in self._compiled:
            return known
        try:
            with self._store.reading() as view:
                kept = view.edition(form, edition_hash)
        except StoreUnavailable:
            return None
        if kept is None:
            self._compiled[form, edition_hash] = None  # until something is published
        return self._form(kept) if kept else None

    def editions(self, form: str) -> Iterator[Form]:
        """A form in every edition that was published and loads here, the latest first."""
        hashes = dict.fromkeys(one.edition_hash for one in reversed(self._timeline(form).publications))
        yield from filter(None, (self.edition(form, each) for each in hashes))

    def stands(self, form: str, edition_hash: str) -> bool:
        """Whether an edition was published and not taken back."""
        return self._timeline(form).stands(edition_hash)

    def between(self, old: Form, new: Form) -> tuple[Form, ...]:
        """The form in the editions that were in force after one and before another, as far as they load here."""
        hashes = self._timeline(new.id).between(old.edition_hash, new.edition_hash)
        found = (self.edition(new.id, each) for each in hashes)
        return tuple(form for form in found if form is not None)

    def on_day(self, form: str, day: str) -> Form:
        """A form in the edition of a day, among those that have come into force."""
        found = self._timeline(form).on_day(day, self._clock())
        edition = self.edition(form, found.edition_hash) if found else None
        return edition or self[form]

    def _form(self, edition: Edition) -> Form | None:
        key = (edition.form, edition.hash)
        if key not in self._compiled:
            try:
                self._compiled[key] = compiled_edition(edition, self._compiler)
            except FormInvalid as error:
                log.error("edition %s of %s does not load here: %s", edition.name, edition.form, error)
                self._compiled[key] = None
        return self._compiled[key]

    def _timeline(self, form: str) -> Timeline:
        """What is published of a form, read anew when it is time; by one thread, while the others go on."""
        due = self._looked is None or monotonic() - self._looked >= self._look_again
        if due and self._looking.acquire(blocking=self._looked is None):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._timelines.get(form) or Timeline(())

    def _look(self) -> None:
        try:
            with self._store.reading() as view:
                found = timelines(view.publications())
            if found != self._timelines:
                self._timelines = found
                self._compiled = {key: form for key, form in self._compiled.items() if form is not None}
        except StoreUnavailable as error:
            if self._looked is None:
                raise
            log.warning("what is published cannot be read just now: %s", error)
        self._looked = monotonic()

    def _start(self, adopt: bool) -> None:
        self._timeline("")
        for id_, edition in self._shipped.items():
            timeline = self._timelines.get(id_) or Timeline(())
            if not timeline.publications or (adopt and self._is_new(timeline, edition)):
                self._publish(edition)
        self._looked = -inf  # what was just published is looked at again

    def _is_new(self, timeline: Timeline, edition: Edition) -> bool:
        return all(one.edition_hash != edition.hash for one in timeline.publications)

    def _publish(self, edition: Edition) -> None:
        with suppress(AlreadyInForce):  # another worker was first
            publish(self._store, edition, compiler=self._compiler, at=self._clock(), actor="start")
