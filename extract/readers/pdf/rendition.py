"""The text of a PDF as the rest of the program reads it, and where each word of it stands.

One line for each row of the form, its cells parted by tabs; the lines of a cell joined, as a person would
copy them; free text line by line; a form feed before the first line of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from extract.readers.pdf.glyphs import Box
from extract.readers.pdf.joining import Placed
from extract.readers.pdf.layout import Cell, FreeLine, Row
from extract.readers.pdf.lines import Line
from extract.source import Place

_BLANK_LINE = 0.9  # of a line's height: free lines further apart stand in paragraphs of their own


Show = Callable[[Box], Box]
"""Turns a box of the page as it is read to the page as a viewer shows it."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """The text and its places."""

    text: str
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Writer:
    shown: Mapping[int, Show]
    recognised: Collection[int]
    parts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def write_line(self, line: Line) -> None:
        """Write the words with the gaps between them, but not the one before the first."""
        show, recognised = self.shown[line.page], line.page in self.recognised
        for at, word in enumerate(line.words):
            if at and word.spaced:
                self.write(" ")
            start = self.length
            self.write(word.text)
            self.places.append(
                Place(start=start, end=self.length, page=line.page, box=show(word.box), recognised=recognised)
            )


def render(blocks: Sequence[Placed], shown: Mapping[int, Show], recognised: Collection[int] = ()) -> Rendition:
    """Write the blocks as text; ``shown`` turns the boxes of a page to what a viewer shows.

    The text of the ``recognised`` pages was read from pictures.
    """
    writer = _Writer(shown, recognised)
    before: Placed | None = None
    for placed in blocks:
        if before is not None and _is_apart(before, placed):
            writer.write("\n")
        if placed.opens_page:
            writer.write("\f")
        if isinstance(placed.block, FreeLine):
            writer.write_line(placed.block.line)
        else:
            _write_row(writer, placed.block)
        writer.write("\n")
        before = placed
    return Rendition("".join(writer.parts), tuple(writer.places))


def _is_apart(before: Placed, placed: Placed) -> bool:
    """Tell whether a blank line stands between two blocks: about tables, and between paragraphs."""
    first, second = before.block, placed.block
    if isinstance(first, FreeLine) and isinstance(second, FreeLine):
        height = max(first.bottom - first.top, 1.0)
        return before.page == placed.page and second.top - first.bottom > height * _BLANK_LINE
    if isinstance(first, Row) and isinstance(second, Row):
        return before.page == placed.page and first.table != second.table
    return True


def _write_row(writer: _Writer, row: Row) -> None:
    alone = len(row.cells) == 1
    for at, cell in enumerate(row.cells):
        if at:
            writer.write("\t")
        _write_cell(writer, cell, "\n" if alone else " ")


def _write_cell(writer: _Writer, cell: Cell, between: str) -> None:
    before: Line | None = None
    for line in cell.lines:
        if before is not None:
            writer.write(_joint(before, line, between))
        writer.write_line(line)
        before = line


def _joint(before: Line, line: Line, between: str) -> str:
    """Return what stands between two lines of a cell: nothing where the first is full and the second goes on."""
    if not before.full or line.starts_item:
        return between
    return " " if before.text[-1:].isascii() and line.text[:1].isascii() else ""
