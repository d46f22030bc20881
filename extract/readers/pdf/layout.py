"""A page as rows of cells and lines of free text, from top to bottom.

Text stands in the smallest cell that holds its middle. A cell that spans several rows leaves its place in
the later ones empty, as a table in HTML does. What stands in a frame about other grids is free text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.readers.pdf.glyphs import Glyph
from extract.readers.pdf.grid import Region, find_grids
from extract.readers.pdf.lines import Line, Word, read_lines, size_of
from extract.readers.pdf.sheet import Sheet

_HANGING = "、。，．」』）】"  # printed beyond the edge of a full line; their ink is in their left half
_ALIKE = 4.0  # points between sides that are taken for one


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The text of one cell of a row; a ``spanned`` one is the rest of a cell that began in a row above."""

    lines: tuple[Line, ...]
    left: float
    right: float
    open_side: bool = False
    open_top: bool = False
    open_bottom: bool = False
    spanned: bool = False

    @property
    def text(self) -> str:
        """The lines as one string, for comparisons."""
        return "".join(line.text for line in self.lines)

    def is_below(self, other: Cell) -> bool:
        """Tell whether both have the same sides."""
        return abs(self.left - other.left) <= _ALIKE and abs(self.right - other.right) <= _ALIKE


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of one row; ``table`` numbers the grids of the page."""

    cells: tuple[Cell, ...]
    table: int
    top: float

    @property
    def is_blank(self) -> bool:
        """Whether no cell has text."""
        return not any(cell.lines for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeLine:
    """A line outside of all cells."""

    line: Line
    top: float
    bottom: float


Block = Row | FreeLine


@dataclass(slots=True)
class _Content:
    """What a cell holds: its characters, and the grids inside of it."""

    glyphs: list[Glyph] = field(default_factory=list)
    grids: list[int] = field(default_factory=list)


def lay_out(sheet: Sheet) -> tuple[Block, ...]:
    """Return the rows and free lines of a page."""
    page = _Page(sheet)
    return tuple(page.blocks(page.free, sheet.size[0]))


class _Page:
    """The grids of one page and what stands in their cells."""

    def __init__(self, sheet: Sheet) -> None:
        self.grids = find_grids(sheet.level, sheet.upright, sheet.glyphs)
        self.number = sheet.number
        self.size = size_of(sheet.glyphs)
        self.free = _Content()
        self.contents = [[_Content() for _ in grid.regions] for grid in self.grids]
        self.smallest = sorted(range(len(self.grids)), key=lambda at: self.grids[at].area)
        self._share(sheet)

    def _share(self, sheet: Sheet) -> None:
        """Give each character, and each grid, to the smallest cell about its middle."""
        for at, grid in enumerate(self.grids):
            left, top, right, bottom = grid.box
            self._holder((left + right) / 2, (top + bottom) / 2, at)[0].grids.append(at)
        belongs = sheet.belongs
        low_x = low_y = high_x = high_y = 0.0  # of the cell that took the character before
        here = self.free.glyphs
        for glyph in sheet.glyphs:
            _, left, top, right, bottom = glyph
            is_within = low_x < left and right < high_x and low_y < top and bottom < high_y
            if is_within and not (belongs and glyph in belongs):
                here.append(glyph)
                continue
            x, y = (belongs and belongs.get(glyph)) or ((left + right) / 2, (top + bottom) / 2)
            if not (low_x < x < high_x and low_y < y < high_y):
                if glyph.text in _HANGING:
                    x = (3 * left + right) / 4
                content, region = self._holder(x, y)
                here = content.glyphs
                if region is not None and region.is_plain and not content.grids:
                    low_x, low_y, high_x, high_y = region.left, region.top, region.right, region.bottom
                else:
                    low_x = high_x
            here.append(glyph)

    def _holder(self, x: float, y: float, but: int = -1) -> tuple[_Content, Region | None]:
        """Return the smallest cell at a point; one that is larger than the grid ``but``, if that is given."""
        least = self.grids[but].area if but >= 0 else 0.0
        for at in self.smallest:
            found = self.grids[at].region_at(x, y) if at != but else None
            if found is not None and self.grids[at].area > least:
                return self.contents[at][found], self.grids[at].regions[found]
        return self.free, None

    def blocks(self, content: _Content, right: float) -> Iterator[Block]:
        """Yield free lines and the rows of the grids, by their height."""
        found: list[tuple[float, int, list[Block]]] = []
        for line in read_lines(content.glyphs, right, default=self.size, page=self.number):
            top = min(word.box[1] for word in line.words)
            bottom = max(word.box[3] for word in line.words)
            found.append((top, len(found), [FreeLine(line=line, top=top, bottom=bottom)]))
        for at in content.grids:
            found.append((self.grids[at].ys[0], len(found), list(self._rows(at))))
        for _, _, blocks in sorted(found, key=lambda one: one[:2]):
            yield from blocks

    def _rows(self, table: int) -> Iterator[Block]:
        grid = self.grids[table]
        starts: dict[int, list[int]] = {}
        for at, region in enumerate(grid.regions):
            if region.is_cell:
                starts.setdefault(region.row, []).append(at)
        for row, mine in sorted(starts.items()):
            above = [one for one in grid.regions if one.is_cell and one.row < row < one.row + one.rows]
            if len(mine) == 1 and not above and self.contents[table][mine[0]].grids:
                yield from self.blocks(self.contents[table][mine[0]], grid.regions[mine[0]].right)
                continue
            cells = [self._cell(table, at) for at in mine]
            cells += [Cell(lines=(), left=one.left, right=one.right, spanned=True) for one in above]
            cells.sort(key=lambda cell: cell.left)
            while cells and (cells[-1].spanned or (cells[-1].open_side and not cells[-1].lines)):
                cells.pop()
            made = Row(cells=tuple(cells), table=table, top=grid.ys[row])
            if not made.is_blank:
                yield made

    def _cell(self, table: int, at: int) -> Cell:
        region, content = self.grids[table].regions[at], self.contents[table][at]
        lines = read_lines(content.glyphs, region.right, default=self.size, page=self.number)
        if content.grids:
            lines = tuple(_flat(self.blocks(content, region.right)))
        return Cell(
            lines=lines,
            left=region.left,
            right=region.right,
            open_side=region.open_side,
            open_top=region.open_top,
            open_bottom=region.open_bottom,
        )


def _flat(blocks: Iterator[Block]) -> Iterator[Line]:
    """Yield the lines of grids inside of a cell: each of their rows is one."""
    for block in blocks:
        if isinstance(block, FreeLine):
            yield block.line
        else:
            lines = [line for cell in block.cells for line in cell.lines]
            yield Line(tuple(word for line in lines for word in _parted(line)), page=lines[0].page)


def _parted(line: Line) -> Iterator[Word]:
    for at, word in enumerate(line.words):
        yield word if at else Word(word.text, word.box, spaced=True)
