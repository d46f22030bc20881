"""A sheet of narrow columns on which merged cells are placed, page by page, before any file is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.forms.ruling import Ruling, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A merged cell: its first row and column (from 1), its extent, and how its text stands in it.

    A ``glued`` text reaches to the end of its cell, so that a dump joins it with what stands beside it.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    side: Side = "left"
    framed: bool = False
    glued: bool = False


@dataclass(kw_only=True)
class Canvas:
    """Cells placed so far, the heights of their rows, and the rows after which a page ends."""

    ruling: Ruling
    cells: list[Cell] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    used: float = 0.0

    def rows(self, *heights: float) -> int:
        """Open rows that stay together on one page; return the number of the first."""
        if self.used + sum(heights) > self.ruling.page:
            self.end_page()
        first = len(self.heights) + 1
        self.heights += heights
        self.used += sum(heights)
        return first

    def end_page(self) -> None:
        """Let the next row begin a new page; an empty page is not made."""
        if self.used:
            self.breaks.append(len(self.heights))
            self.used = 0.0

    def put(self, cell: Cell) -> None:
        """Place a cell."""
        self.cells.append(replace(cell, text=self._glue(cell)) if cell.glued and self.ruling.glued else cell)

    def _glue(self, cell: Cell) -> str:
        """Return the text of a cell filled up with spaces; an empty one gets a single wide space."""
        if not cell.text:
            return "　"
        slack = 2.0 if cell.side == "center" else 5.0
        room = cell.columns * self.ruling.unit - self.ruling.width(cell.text) - slack
        spaces = max(0, int(room / (self.ruling.size * 0.23)))
        if cell.side == "center":
            return f"{' ' * (spaces // 2)}{cell.text}{' ' * (spaces // 2)}"
        return cell.text + " " * spaces
