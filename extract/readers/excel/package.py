"""The package of an .xlsx file: its parts by name, and their XML read in one pass without entities.

Only what holds the sheets' cells is ever passed on: macros, external links, pictures and embedded files stay
behind. A document type, which no office program writes, is refused, for entities are all that it is good for.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from xml.parsers import expat

from extract.errors import UnreadableFile
from extract.readers.archive import Archive, Bounds

BOUNDS = Bounds(members=10_000, one=150_000_000, total=600_000_000)
"""The official forms inflate to a few megabytes."""

_NEEDED = (
    "[Content_Types].xml",
    "_rels/",
    "xl/workbook",
    "xl/_rels/",
    "xl/worksheets/",
    "xl/sharedStrings",
    "xl/styles",
)
_DRAWN = ("xl/drawings/",)
_ROOT = "_rels/.rels"

Attributes = Mapping[str, str]
Handler = Callable[[str, Attributes], None]
"""Takes the local name of an element and its attributes."""


class Relation(NamedTuple):
    """What a part refers to: the last word of the relation's type, and the name of the part."""

    kind: str
    target: str


@dataclass(frozen=True)
class Package:
    """The parts that hold cells and drawings, inflated; ``where`` is said in errors."""

    parts: Mapping[str, bytes]
    where: str

    @cached_property
    def workbook(self) -> str:
        """The name of the part that lists the sheets."""
        books = [one.target for one in self.relations("").values() if one.kind == "officeDocument"]
        if not books or books[0] not in self.parts:
            raise self.fault("there is no workbook in it")
        return books[0]

    def relations(self, part: str) -> dict[str, Relation]:
        """Return by their ids the parts that ``part`` refers to; those outside of the package are left out."""
        folder, name = posixpath.split(part)
        content = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}

        def start(name: str, attributes: Attributes) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Relation(kind, target.lstrip("/"))

        if content is not None:
            self.parse(content, start)
        return found

    def parse(
        self,
        content: bytes,
        start: Handler,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Call ``start``, ``end`` and ``text`` in the order of the XML; raises UnreadableFile if it is damaged."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
        if end is not None:
            parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise self.fault(f"its XML is damaged: {error}") from error

    def _refuse(self, *_: object) -> None:
        raise self.fault("its XML declares a document type")

    def packed(self) -> io.BytesIO:
        """Return a package of the parts that hold the cells, and of nothing else."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                if name.startswith(_NEEDED):
                    archive.writestr(name, content)
        out.seek(0)
        return out

    def fault(self, what: str) -> UnreadableFile:
        """Return the error that says what is wrong with the file."""
        return UnreadableFile(f"the workbook cannot be read: {what}", where=self.where, todo="save it anew, or as PDF")


def open_package(data: bytes, where: str) -> Package:
    """Inflate the parts of an .xlsx file; raises UnreadableFile where they are damaged or out of bounds."""
    with Archive(io.BytesIO(data), BOUNDS, where) as archive:
        kept = [one for one in archive.members if one.name.startswith((*_NEEDED, *_DRAWN))]
        package = Package({one.name: archive.read(one) for one in kept}, where)
    if _ROOT not in package.parts:
        raise package.fault("it is a ZIP archive and no workbook")
    return package
