"""Passwords: hashed with argon2id, a bounded number at once, and with the same work whoever is asking."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError

from examples.portal.accounts.model import ServiceDown

MEMORY_KIB, PASSES, LANES = 19456, 2, 1
AT_ONCE = 4
_PATIENCE = 10.0


class Passwords:
    """Hashes and verifies; each hash takes 19 MiB, so no more than `at_once` are made at the same time."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = _PATIENCE) -> None:
        self._hasher = PasswordHasher(PASSES, MEMORY_KIB, LANES, type=Type.ID)
        self._places = threading.BoundedSemaphore(at_once)
        self._patience = patience
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """What to keep of a password."""
        with self._place():
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; for an account there is not (None) it takes as long, and is not."""
        with self._place():
            try:
                return self._hasher.verify(kept or self._nobodys, password) and kept is not None
            except VerificationError:
                return False

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._patience):
            raise ServiceDown("too many passwords at once")
        try:
            yield
        finally:
            self._places.release()
