"""Encryption of what is stored: each value in an envelope that opens only in the place it was made for.

AES-256-GCM with a random nonce. Bound to it, so that none can be exchanged unseen: the algorithm, the key, and the
place (table, record and field). An envelope names its algorithm and key; so both can change while old ones still open.
"""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from formkit.errors import FormkitError
from formkit.storage.keys import Keys

ALGORITHM = "A256GCM"
_MARK = f"formkit:{ALGORITHM}:"
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is stored."""

    table: str
    record: str
    field: str

    def bound(self, key_id: str) -> bytes:
        """What is authenticated along with the value."""
        return json.dumps([ALGORITHM, key_id, self.table, self.record, self.field]).encode()

    def __str__(self) -> str:
        return f"{self.field} of {self.record} in {self.table}"


class Unreadable(FormkitError):  # noqa: N818 - read as a sentence: except Unreadable
    """What is stored at a place cannot be decrypted; says where and why, never what."""

    def __init__(self, place: Place, why: str) -> None:
        self.place = place
        super().__init__(f"{place} cannot be read: {why}")


def seal_text(keys: Keys, place: Place, text: str) -> str:
    """A text's envelope, a text itself."""
    return f"{_MARK}{keys.current}:{urlsafe_b64encode(_encrypted(keys, place, text.encode())).decode()}"


def open_text(keys: Keys, place: Place, envelope: str) -> str:
    """The text in an envelope."""
    key_id, separator, body = envelope.removeprefix(_MARK).partition(":")
    if not is_sealed(envelope) or not separator:
        raise Unreadable(place, _NOT_ENCRYPTED)
    try:
        encrypted = urlsafe_b64decode(body)
    except ValueError:
        raise Unreadable(place, _ALTERED) from None
    return _decrypted(keys, place, key_id, encrypted).decode()


def seal_bytes(keys: Keys, place: Place, content: bytes) -> bytes:
    """A content's envelope: a line that names algorithm and key, then what is encrypted."""
    return f"{_MARK}{keys.current}\n".encode() + _encrypted(keys, place, content)


def open_bytes(keys: Keys, place: Place, envelope: bytes) -> bytes:
    """The content in an envelope."""
    head, separator, body = envelope.partition(b"\n")
    if not is_sealed(head) or not separator:
        raise Unreadable(place, _NOT_ENCRYPTED)
    return _decrypted(keys, place, head.decode(errors="replace").removeprefix(_MARK), body)


def is_sealed(value: object) -> bool:
    """Whether a stored value is an envelope."""
    if isinstance(value, bytes):
        return value.startswith(_MARK.encode())
    return isinstance(value, str) and value.startswith(_MARK)


def is_current(keys: Keys, value: str | bytes) -> bool:
    """Whether an envelope was made with the key that encrypts now."""
    if isinstance(value, bytes):
        return value.startswith(f"{_MARK}{keys.current}\n".encode())
    return value.startswith(f"{_MARK}{keys.current}:")


def lookup(keys: Keys, field: str, value: str) -> str:
    """What to store beside an encrypted value, to find it by: says nothing of it to who has not the key."""
    return _lookup(keys, keys.current, field, value)


def lookups(keys: Keys, field: str, value: str) -> tuple[str, ...]:
    """What `lookup` gave for this value under any of the keys: look for one of these."""
    return tuple(_lookup(keys, key_id, field, value) for key_id in keys.ids)


_NOT_ENCRYPTED = "it is not encrypted; encrypt what is stored with `python -m formkit.storage reencrypt`"
_ALTERED = "it was altered, or moved here from another place"


def _encrypted(keys: Keys, place: Place, content: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    cipher = AESGCM(_derived(keys.secret(keys.current), b"formkit encryption"))
    return nonce + cipher.encrypt(nonce, content, place.bound(keys.current))


def _decrypted(keys: Keys, place: Place, key_id: str, encrypted: bytes) -> bytes:
    if key_id not in keys:
        raise Unreadable(place, f"there is no key {key_id[:32]!r}")
    cipher = AESGCM(_derived(keys.secret(key_id), b"formkit encryption"))
    try:
        return cipher.decrypt(encrypted[:_NONCE], encrypted[_NONCE:], place.bound(key_id))
    except (InvalidTag, ValueError):
        raise Unreadable(place, _ALTERED) from None


def _lookup(keys: Keys, key_id: str, field: str, value: str) -> str:
    told = json.dumps([field, value]).encode()
    return f"{key_id}:{hmac.digest(_derived(keys.secret(key_id), b'formkit lookup'), told, 'sha256').hex()}"


def _derived(secret: bytes, purpose: bytes) -> bytes:
    """A key for one purpose alone: what one gives away helps nobody with the other."""
    return hmac.digest(secret, purpose, "sha256")
