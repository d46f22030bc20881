"""What a build is given: files, and the members of archives, each with the name and the place by which it is known."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from extract.readers.archive import Archive, Bounds, Member

ARCHIVE = ".zip"
"""How the name of an archive of documents ends."""
BOUNDS = Bounds(members=50_000, one=300_000_000, total=50_000_000_000)
"""What an archive of documents may hold: no more than every assessment of the country, each as large as a scan."""

_INSIDE = "!/"
_NOT_OURS = ("__MACOSX", ".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A document that is given: a file, or the ``member`` of that name in the archive at ``path``.

    ``data`` are its bytes where whoever reads it may not reach the file.
    """

    path: Path
    member: str = ""
    data: bytes | None = field(default=None, repr=False, compare=False)
    _archive: Archive | None = field(default=None, repr=False, compare=False)
    _entry: Member | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.member).name if self.member else self.path.name

    @property
    def ending(self) -> str:
        """How the name ends, in small letters: ``.txt``."""
        return PurePosixPath(self.name).suffix.lower()

    def __str__(self) -> str:
        return self._within(self.path)

    @property
    def place(self) -> str:
        """Where it stands, from the root of the file system."""
        return self._within(self.path.resolve())

    def _within(self, path: Path) -> str:
        return f"{path}{_INSIDE}{self.member}" if self.member else str(path)

    def read_bytes(self) -> bytes:
        """Return its bytes; raises OSError, or UnreadableFile for a member that is damaged or out of bounds."""
        if self.data is not None:
            return self.data
        if self._archive is None or self._entry is None:
            return self.path.read_bytes()
        return self._archive.read(self._entry)

    def digest(self) -> str:
        """Return the hash of its bytes."""
        return sha256(self.read_bytes()).hexdigest()

    def with_data(self) -> Given:
        """Return it with its bytes, as it can be handed to another machine."""
        return replace(self, data=self.read_bytes(), _archive=None, _entry=None)


def find_members(path: Path, endings: Container[str]) -> Iterator[Given]:
    """Yield the members of an archive whose names end in one of ``endings``; raises UnreadableFile.

    What programs add beside the documents, hidden files and folders, is passed over.
    """
    archive = Archive(path, BOUNDS, str(path))
    for entry in archive.members:
        given = Given(path=path, member=entry.name, _archive=archive, _entry=entry)
        if given.ending in endings and not any(part.startswith(_NOT_OURS) for part in PurePosixPath(entry.name).parts):
            yield given


def is_there(place: str) -> bool:
    """Tell whether the file of ``place``, or the archive in which it stood, is still there."""
    return Path(place.partition(_INSIDE)[0]).exists()
