"""The bytes of a file, if it is not larger than what its kind can be."""

from __future__ import annotations

from pathlib import Path

from extract.errors import UnreadableFile


def read_bounded(path: Path, most: int) -> bytes:
    """Return the bytes of a file; raises UnreadableFile if it cannot be read, is empty, or has more than ``most``."""
    where = str(path)
    try:
        if (size := path.stat().st_size) > most:
            what = f"too large: {size:,} bytes, the limit is {most:,}"
            raise UnreadableFile(what, where=where, todo="give one assessment per file")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot read: {error.strerror}", where=where, todo="check path and rights") from error
    if not data:
        raise UnreadableFile("the file is empty", where=where, todo="give a file with an assessment")
    return data
