"""The keys that what is stored is encrypted with: where they come from, and how a new one takes over."""

import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path

from formkit.errors import FormkitError
from formkit.storage.durable import sync_folder

SIZE = 32
VARIABLE = "FORMKIT_KEYS"
_ID = re.compile(r"[a-z0-9]{1,32}")


class KeysInvalid(FormkitError):  # noqa: N818 - read as a sentence: except KeysInvalid
    """The keys cannot be used; says why, and never what they are."""


class Keys:
    """Secrets of 32 bytes by their ids. The first encrypts; all of them decrypt, until `reencrypt` has been run.

    As text, one a line or parted by commas: `id:secret`, the secret in URL-safe Base64. Whoever loses them has lost
    what was stored: keep a copy, away from the copies of the store.
    """

    def __init__(self, secrets_by_id: Mapping[str, bytes]) -> None:
        if not secrets_by_id:
            raise KeysInvalid("there is no key: make one with `python -m formkit.storage new-key FILE`")
        for key_id, secret in secrets_by_id.items():
            if not _ID.fullmatch(key_id):
                raise KeysInvalid("the id of a key is up to 32 letters a to z and digits")
            if len(secret) != SIZE or len(set(secret)) < SIZE // 4:
                raise KeysInvalid(f"key {key_id} is not {SIZE} random bytes")
        self._secrets = dict(secrets_by_id)
        self.current = next(iter(self._secrets))

    def __repr__(self) -> str:
        return f"<Keys {', '.join(self._secrets)}>"

    def __contains__(self, key_id: str) -> bool:
        return key_id in self._secrets

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids, the one that encrypts first."""
        return tuple(self._secrets)

    def secret(self, key_id: str) -> bytes:
        """A key's secret; `KeyError` if there is none of that id."""
        return self._secrets[key_id]

    def rotated(self) -> "Keys":
        """These with a new one before them, which encrypts from now on."""
        return Keys({secrets.token_hex(4): secrets.token_bytes(SIZE), **self._secrets})

    def without(self, key_id: str) -> "Keys":
        """These without one that nothing is encrypted with any more."""
        return Keys({known: secret for known, secret in self._secrets.items() if known != key_id})

    def text(self) -> str:
        """As `read` takes them."""
        lines = (f"{key_id}:{urlsafe_b64encode(secret).decode()}\n" for key_id, secret in self._secrets.items())
        return "".join(lines)

    def write(self, path: str | Path) -> None:
        """Put them into a file that only its owner may read: all of it and for good, or as it was."""
        path = Path(path)
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(self.text())
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        sync_folder(path.parent)


def new_keys() -> Keys:
    """One new key."""
    return Keys({secrets.token_hex(4): secrets.token_bytes(SIZE)})


def read_keys(text: str) -> Keys:
    """Keys from their text."""
    found: dict[str, bytes] = {}
    for line in re.split(r"[,\s]+", text.strip()):
        key_id, _, secret = line.partition(":")
        if key_id in found:
            raise KeysInvalid(f"key {key_id} is there twice")
        try:
            found[key_id] = urlsafe_b64decode(secret)
        except ValueError:
            raise KeysInvalid(f"the secret of key {key_id[:32]} is not in URL-safe Base64") from None
    return Keys(found)


def keys_from_environment(environment: Mapping[str, str] = os.environ, variable: str = VARIABLE) -> Keys:
    """Keys from an environment variable."""
    text = environment.get(variable, "")
    if not text.strip():
        raise KeysInvalid(f"{variable} is not set: put the keys there that `python -m formkit.storage new-key` makes")
    return read_keys(text)


def keys_from_file(path: str | Path) -> Keys:
    """Keys from a file, which nobody but its owner may read."""
    path = Path(path)
    try:
        if path.stat().st_mode & 0o077:
            raise KeysInvalid(f"others may read {path.name}: chmod 600 it")
        return read_keys(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise KeysInvalid(f"{path.name} cannot be read: {error}") from error


def keys_kept_in(path: str | Path) -> Keys:
    """Keys from a file that is made at the first start; processes that start at once agree on one."""
    path = Path(path)
    if not path.exists():
        made = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
        new_keys().write(made)
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
            sync_folder(path.parent)
    return keys_from_file(path)
