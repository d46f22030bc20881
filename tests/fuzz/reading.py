"""Reads one damaged file as ``mynaflow build`` does, and watches that nothing is written beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from extract.errors import UserError
from extract.pipeline import read_document
from graph.lines import Lines
from graph.mapping import map_document
from tests.fuzz.mutations import damage, make_samples
from viz.inputs import read_file

READ, REFUSED = "read", "refused"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate", "shutil.")


class Trespass(Exception):
    """A file was written, or changed, where reading has no business."""


def read_damaged(number: int, folder: Path) -> str:
    """Damage a sample as its number says and read it; return whether it was read or refused, and its kind.

    Raises whatever the program does not foresee.
    """
    rng = Random(number)  # noqa: S311  invented damage, not a secret
    samples = make_samples()
    sample = rng.choice(samples)
    path = folder / f"{number}{sample.ending}"
    path.write_bytes(damage(rng, sample, samples))
    try:
        with watching():
            return f"{_outcome(path)} {sample.ending}"
    finally:
        path.unlink()


def _outcome(path: Path) -> str:
    try:
        source = read_file(path)
        facts = read_document(source).facts
    except UserError:
        return REFUSED
    Lines.of(map_document(facts, source, version="0", base="https://example.org/"))
    return READ


@contextmanager
def watching() -> Iterator[None]:
    """Raise Trespass where a file is opened for writing, or changed."""
    _on.append(True)
    if not _heard:
        _heard.append(True)
        sys.addaudithook(_hear)  # stays for as long as the process lives
    try:
        yield
    finally:
        _on.clear()


_heard: list[bool] = []
_on: list[bool] = []


def _hear(event: str, args: tuple[object, ...]) -> None:
    if not _on:
        return
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITING and str(args[0]) != os.devnull:
        raise Trespass(f"opened for writing: {args[0]!r}")
    if event.startswith(_CHANGES):
        raise Trespass(f"{event}: {args!r}")
