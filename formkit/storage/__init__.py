"""Where records are kept: `open_store` for the rows, `open_attachments` for contents, `Keys` to encrypt both."""

from formkit.storage.directory import DirectoryAttachments
from formkit.storage.envelope import Unreadable, lookup, lookups
from formkit.storage.keys import Keys, KeysInvalid, keys_from_environment, keys_from_file, keys_kept_in, new_keys
from formkit.storage.opening import ATTACHMENT_STORAGES, STORAGES, migrate, open_attachments, open_store
from formkit.storage.preparing import SchemaMismatch
from formkit.storage.rotating import Reencrypted, reencrypt

__all__ = [
    "ATTACHMENT_STORAGES",
    "STORAGES",
    "DirectoryAttachments",
    "Keys",
    "KeysInvalid",
    "Reencrypted",
    "SchemaMismatch",
    "Unreadable",
    "keys_from_environment",
    "keys_from_file",
    "keys_kept_in",
    "lookup",
    "lookups",
    "migrate",
    "new_keys",
    "open_attachments",
    "open_store",
    "reencrypt",
]
