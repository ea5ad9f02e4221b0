"""What it takes for a new file to survive a power cut: its folder must be written too."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Have the folder's list of names on disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
