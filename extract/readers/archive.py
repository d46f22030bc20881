"""ZIP archives: their members, bounded in number and in size before anything of them is inflated.

A member is never inflated beyond the size that the archive's directory declares for it, so that the sums
checked here bound the memory and the time that an archive can cost.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from extract.errors import UnreadableFile

_ENCRYPTED = 0x1
_UTF8 = 0x800
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many members an archive may have, and how many bytes they may inflate to: one, and all together."""

    members: int
    one: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of an archive; ``name`` is its path as the archive's maker wrote it, ``size`` its inflated length."""

    name: str
    size: int
    info: zipfile.ZipInfo


class Archive:
    """An open archive whose members keep the bounds.

    Raises UnreadableFile if ``file``, which stands at ``where``, is none or out of bounds.
    """

    def __init__(self, file: Path | IO[bytes], bounds: Bounds, where: str) -> None:
        self._bounds = bounds
        self._where = where
        try:
            self._archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise self._fault(f"the archive is damaged: {error}", todo="get the file anew") from error
        self.members = tuple(self._find_members())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def _find_members(self) -> Iterator[Member]:
        infos = [info for info in self._archive.infolist() if info.filename and not info.is_dir()]
        if len(infos) > self._bounds.members:
            raise self._fault(f"the archive holds {len(infos):,} files, the limit is {self._bounds.members:,}")
        if (total := sum(info.file_size for info in infos)) > self._bounds.total:
            raise self._fault(f"the archive inflates to {total:,} bytes, the limit is {self._bounds.total:,}")
        return (Member(name=name_of(info), size=info.file_size, info=info) for info in infos)

    def read(self, member: Member) -> bytes:
        """Return the bytes of a member; raises UnreadableFile if it is too large, encrypted or damaged."""
        if member.size > self._bounds.one:
            raise self._fault(f"{member.name} inflates to {member.size:,} bytes, the limit is {self._bounds.one:,}")
        if member.info.flag_bits & _ENCRYPTED:
            raise self._fault(f"{member.name} is encrypted", todo="take the password off")
        try:
            return self._archive.read(member.info)
        except _BROKEN as error:
            raise self._fault(f"{member.name} is damaged: {error}", todo="get the file anew") from error

    def _fault(self, what: str, todo: str = "give the files themselves, in several archives or none") -> UnreadableFile:
        return UnreadableFile(what, where=self._where, todo=todo)


def name_of(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; one that is not marked as UTF-8 is CP932, as Japanese Windows writes it.

    >>> info = zipfile.ZipInfo("評価書.txt".encode("cp932").decode("cp437"))
    >>> name_of(info)
    '評価書.txt'
    """
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return info.filename
