"""The files that a command is given: which kinds can be read, and what folders hold of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from extract.errors import UnreadableFile
from extract.readers.text import read_text_file
from extract.source import Source

READERS: Mapping[str, Callable[[Path], Source]] = {".txt": read_text_file}
"""The reader for each kind of file, by the ending of its name."""


def read_file(path: Path) -> Source:
    """Read one file by the ending of its name; raises UnreadableFile."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(f"no reader for {path.suffix or 'a name without ending'}", where=str(path), todo=_kinds())
    return reader(path)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that ``paths`` name; of a folder, every readable one at any depth.

    Raises UnreadableFile for a path that does not exist and for a folder without readable file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in READERS and one.is_file())
            if not inside:
                raise UnreadableFile("no file here that can be read", where=str(path), todo=_kinds())
            found.extend(inside)
        elif path.exists():
            found.append(path)
        else:
            raise UnreadableFile("no such file or folder", where=str(path), todo="check the path")
    return list(dict.fromkeys(found))


def _kinds() -> str:
    return f"give files that end in {', '.join(READERS)}"
