"""A view of the store that no build can change while queries read it.

The engine's data files are written once and never changed, so a view takes links to them and copies of the few
others, in a moment when no program writes. It is tidied for serving: without the graph that holds where files
were read from, and with a default graph that holds every statement once, up to a size.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import struct
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, Store

from extract.errors import StoreError, UserError
from graph.store import MARKER, open_store

_LOCK = "LOCK"
_UNCHANGING = ".sst"
_LEFT_OUT = ("LOCK", "LOG")
_BYTES_OF_A_QUAD = 400  # about twice what one takes on disk
_FLOCK = struct.Struct("hhqqi4x")  # struct flock of fcntl(2) on Linux: type, whence, start, length, process


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a view: the base of its identifiers, its size if it is small, and how its default graph is made."""

    base: str
    quads: int | None
    documents: int
    merged: bool


def signature(path: Path) -> str | None:
    """Return a text that changes whenever the store changes; None where there is no store."""
    folder = _engine_folder(path)
    if folder is None:
        return None
    try:
        files = [path / MARKER, *(one for one in folder.iterdir() if not one.name.startswith(_LEFT_OUT))]
        seen = [
            (one.name, status.st_ino, status.st_size, status.st_mtime_ns) for one in files for status in [one.stat()]
        ]
    except FileNotFoundError:
        return None
    return json.dumps(sorted(seen))


def is_being_written(path: Path) -> bool:
    """Tell whether another program has the store open for writing.

    Asks for the engine's lock without taking it: who only looks never stands in a build's way.
    """
    lock_file = next(iter(sorted(path.glob(f"*/{_LOCK}"))), None)
    if lock_file is None:
        return False
    try:
        with lock_file.open("rb") as lock:
            wish = _FLOCK.pack(fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0)
            kind, *_ = _FLOCK.unpack(fcntl.fcntl(lock, fcntl.F_GETLK, wish))
            return bool(kind == fcntl.F_WRLCK)
    except FileNotFoundError:
        return False


def _engine_folder(path: Path) -> Path | None:
    return next((one.parent for one in sorted(path.glob("*/CURRENT"))), None)


def take(path: str, target: str, most_merged: int) -> dict[str, object] | None:
    """Make a view of the store at ``path`` in the new folder ``target``; None if the store changed meanwhile.

    Raises StoreError where there is no store that can be read.
    """
    store, view = Path(path), Path(target)
    before = signature(store)
    folder = _engine_folder(store)
    if folder is None or before is None:
        open_store(store)  # says in what way it is none
        return None
    if not _copy(store, folder, view) or is_being_written(store) or signature(store) != before:
        shutil.rmtree(view, ignore_errors=True)
        return None
    try:
        return asdict(_tidy(view, folder.name, most_merged))
    except (OSError, RuntimeError, UserError) as error:
        what = str(error).split("\n", 1)[0].replace(str(view), str(store))
        raise StoreError(what, todo="build it anew, or bring back a copy that is whole") from error


def _copy(store: Path, folder: Path, view: Path) -> bool:
    (view / folder.name).mkdir(parents=True)
    try:
        shutil.copyfile(store / MARKER, view / MARKER)
        for one in folder.iterdir():
            if one.suffix == _UNCHANGING:
                _link(one, view / folder.name / one.name)
            elif not one.name.startswith(_LEFT_OUT):
                shutil.copyfile(one, view / folder.name / one.name)
    except FileNotFoundError:
        return False
    return True


def _link(one: Path, other: Path) -> None:
    try:
        os.link(one, other)
    except OSError:
        shutil.copyfile(one, other)


def _tidy(view: Path, engine_name: str, most_merged: int) -> Facts:
    opened = open_store(view)
    base, shown, documents = opened.base, set(opened.graphs(vocabulary=True)), len(opened.documents())
    del opened
    engine = Store(str(view / engine_name))
    for hidden in set(engine.named_graphs()) - shown:
        engine.remove_graph(hidden)
    quads = _count(engine, view / engine_name, most_merged)
    merged = quads is not None and quads <= most_merged
    if merged:
        engine.bulk_extend(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in engine)
    engine.flush()
    return Facts(base=base, quads=quads, documents=documents, merged=merged)


def _count(engine: Store, folder: Path, most: int) -> int | None:
    """Count the quads, which takes long where there are many; None where the files alone tell that there are."""
    size = sum(one.stat().st_size for one in folder.glob(f"*{_UNCHANGING}"))
    return None if size > most * _BYTES_OF_A_QUAD else len(engine)
