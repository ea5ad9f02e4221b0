"""The portal's secret, made at its first start and readable by its owner alone."""

import os
import secrets
from pathlib import Path


def secret_in(folder: Path) -> bytes:
    """The secret kept in a folder."""
    path = folder / "secret"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    return path.read_bytes()
