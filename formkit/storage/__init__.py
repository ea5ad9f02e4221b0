"""Where records are kept: `open_store` for the rows, `DirectoryAttachments` for the contents of files."""

from formkit.storage.directory import DirectoryAttachments
from formkit.storage.opening import STORAGES, migrate, open_store

__all__ = ["STORAGES", "DirectoryAttachments", "migrate", "open_store"]
