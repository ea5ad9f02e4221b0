"""What the portal's one secret is good for: tokens of pages, and keyed hashes of what is kept for a short time."""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path


class Secret:
    """A secret of 32 bytes or more; a key of its own for each use."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the portal's secret has at least 32 bytes")
        self._secret = secret

    def index(self, kind: str, text: str) -> str:
        """What a text is counted or compared by: nobody without the secret can tell which text it was."""
        return hmac.new(self._derived(f"index {kind}"), text.encode(), sha256).hexdigest()

    def csrf(self) -> bytes:
        """The secret of the pages' tokens."""
        return self._derived("csrf")

    def _derived(self, use: str) -> bytes:
        return hmac.new(self._secret, f"portal key\n{use}".encode(), sha256).digest()


def secret_kept_in(folder: Path) -> bytes:
    """The secret of a folder, made at the first start and readable by its owner alone; who starts at once agree."""
    path = folder / "secret"
    if not path.exists():
        made = folder / f"secret.{secrets.token_hex(8)}.new"
        with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(made, path)  # whole or not at all
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_bytes()
