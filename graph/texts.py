"""The texts of loaded documents, kept beside the graphs so that a statement can be shown where it stands.

A text is kept under the hash of the file that it was read from, before its graph is put in place, and never
half: a reader finds all of it or nothing. It is the text in which the offsets of the evidence count, for a PDF
its rendition.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from extract.source import Source

_FOLDER = "texts"
_HASH = re.compile("[0-9a-f]{64}")
_LEVEL = 6
_ERRORS = "surrogatepass"


def keep_text(store: Path, source: Source) -> None:
    """Keep the text of ``source`` in the folder of a store, in place of what was read from the same bytes before.

    A source without hash is not kept. Raises OSError where the folder cannot be written.
    """
    if not _HASH.fullmatch(source.sha256):
        return
    place = _place(store, source.sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(source.text.encode("utf-8", _ERRORS), _LEVEL, mtime=0)
    with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as draft:
        try:
            draft.write(packed)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).chmod(0o644)
            Path(draft.name).replace(place)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def find_text(store: Path, sha256: str) -> str | None:
    """Return the text that was read from the file with this hash; None if it was not kept, or cannot be read."""
    if not _HASH.fullmatch(sha256):
        return None
    try:
        packed = _place(store, sha256).read_bytes()
        return gzip.decompress(packed).decode("utf-8", _ERRORS) if packed else None
    except (OSError, EOFError, UnicodeDecodeError, zlib.error):
        return None


def drop_text(store: Path, sha256: str) -> None:
    """Forget the text that was read from the file with this hash."""
    if _HASH.fullmatch(sha256):
        with suppress(OSError):
            _place(store, sha256).unlink()


def _place(store: Path, sha256: str) -> Path:
    return store / _FOLDER / sha256[:2] / f"{sha256}.txt.gz"
