"""What the portal's one secret is good for: keyed hashes to find by, and sealing of what must not lie open."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_AES_GCM = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12


class Keys:
    """Keys made of a secret of 32 bytes or more, one for each use."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the portal's secret has at least 32 bytes")
        self._secret = secret
        sealing = self._derived("seal")
        self._cipher = AESGCM(sealing)
        self._head = _AES_GCM + sha256(sealing).digest()[:_KEY_ID_BYTES]

    def index(self, kind: str, text: str) -> str:
        """What a text is found by: nobody without the secret can tell which text it was."""
        return hmac.new(self._derived(f"index {kind}"), text.encode(), sha256).hexdigest()

    def csrf(self) -> bytes:
        """The secret of the pages' tokens."""
        return self._derived("csrf")

    def seal(self, text: str, place: str) -> str:
        """Encrypts; only `open` with the same place (the row and column) gives it back."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, text.encode(), self._head + place.encode())
        return urlsafe_b64encode(self._head + nonce + sealed).decode()

    def open(self, sealed: str, place: str) -> str:
        """Decrypts; raises `ValueError` for another key, `InvalidTag` for another place or a changed text."""
        raw = urlsafe_b64decode(sealed)
        if not raw.startswith(self._head):
            raise ValueError("sealed with another key")
        rest = raw[len(self._head) :]
        return self._cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], self._head + place.encode()).decode()

    def _derived(self, use: str) -> bytes:
        return hmac.new(self._secret, f"portal key\n{use}".encode(), sha256).digest()
