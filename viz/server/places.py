"""Folders for views of a store, each locked as long as its service lives, so that what is left over can be told.

A folder in the store is on the same file system, where links to the store's files can be made. A store that
cannot be written is served from a temporary folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_FOLDER = "served"
_PREFIX = "views-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder for the views of one service, and the lock that it holds."""

    path: Path
    lock: int


def make_place(store: Path) -> Place:
    """Make a folder for the views of ``store``."""
    path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_folder_of(store)))
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return Place(path=path, lock=lock)


def leave_place(place: Place) -> None:
    """Remove the folder with all that is in it."""
    shutil.rmtree(place.path, ignore_errors=True)
    os.close(place.lock)
    if place.path.parent.name == _FOLDER:
        with suppress(OSError):
            place.path.parent.rmdir()


def clear_abandoned(store: Path) -> None:
    """Remove the folders in the store whose service is gone."""
    for path in (store / _FOLDER).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path)
            finally:
                os.close(lock)


def _folder_of(store: Path) -> Path | None:
    """Return where in the store folders for views are; None where nothing can be written."""
    folder = store / _FOLDER
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    return None
