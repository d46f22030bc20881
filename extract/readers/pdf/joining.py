"""From pages to one sequence of rows: tables that run over page breaks, headers printed again, page numbers.

A cell that the break cuts is joined where both halves are open and have the same sides. Word closes both
halves: there an empty label in the first row of a page, in the columns of the row before, tells it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.readers.pdf.layout import Block, Cell, FreeLine, Row
from extract.readers.pdf.lines import Line

_EDGE = 0.09  # share of a page's height in which headers and footers stand
_NUMBER = re.compile(
    r"[-‐–—―－ー〜~\s(（]*(?:P\.?|p\.?|ページ|頁)?\s*(\d{1,4})\s*(?:[/／]\s*\d{1,4}|ページ|頁)?[-‐–—―－ー〜~\s)）]*"
)
_DIGITS = re.compile(r"\d+")
_FEWEST = 3
_HALVED = 2  # lines that a page break can cut
_HEADER = 3  # cells that a row must have to be the header of a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The blocks of one page and its height."""

    number: int
    height: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A block in the document; ``opens_page`` is set for the first one behind a page break."""

    block: Block
    page: int
    opens_page: bool = False


def join_pages(pages: Sequence[Page]) -> list[Placed]:
    """Return the blocks of all pages, cut cells joined, running headers and page numbers left out."""
    running = _running(pages)
    joined: list[Placed] = []
    before: Sequence[Block] = ()
    for page in pages:
        whole = [block for block in page.blocks if not _runs(block, page, running)]
        blocks = _without_header(before, whole)
        if joined and before and blocks:
            row = _joined(joined[-1].block, blocks[0])
            if row is not None:
                joined[-1] = replace(joined[-1], block=row)
                blocks = blocks[1:]
        joined += _placed(blocks, page.number, opens=bool(joined))
        before = whole or before
    return joined


def _placed(blocks: Iterable[Block], number: int, *, opens: bool) -> Iterator[Placed]:
    """Yield the blocks; a row without a label belongs to the row before the break, so that none opens the page."""
    for block in blocks:
        opens_here = opens and not (isinstance(block, Row) and not block.cells[0].lines)
        opens = opens and not opens_here
        yield Placed(block=block, page=number, opens_page=opens_here)


# -- headers and footers -------------------------------------------------------------------------

Running = dict[tuple[bool, str], int]
"""Which lines run along the top (True) or the bottom of the pages, and the page that may keep them."""


def _running(pages: Sequence[Page]) -> Running:
    """Return the lines that stand in the margins of at least half of the pages."""
    found: dict[tuple[bool, str], list[int]] = {}
    offsets: Counter[int] = Counter()
    for page in pages:
        for block in page.blocks:
            edge = _edge(block, page)
            if edge is None or not isinstance(block, FreeLine):
                continue
            text = block.line.text
            found.setdefault((edge, _DIGITS.sub("#", text)), []).append(page.number)
            number = _NUMBER.fullmatch(text)
            if number:
                offsets[int(number[1]) - page.number] += 1
    numbered = offsets.most_common(1)[0][1] if offsets else 0
    running: Running = {}
    for key, numbers in found.items():
        if _NUMBER.fullmatch(key[1].replace("#", "1")):
            if numbered >= max(2, len(pages) * 0.4):
                running[key] = 0
        elif len(set(numbers)) >= max(_FEWEST, len(pages) * 0.5):
            running[key] = numbers[0]
    return running


def _edge(block: Block, page: Page) -> bool | None:
    """Return True for a line in the upper margin, False for one in the lower, None for all else."""
    if not isinstance(block, FreeLine):
        return None
    if block.bottom < page.height * _EDGE:
        return True
    return False if block.top > page.height * (1 - _EDGE) else None


def _runs(block: Block, page: Page, running: Running) -> bool:
    edge = _edge(block, page)
    if edge is None or not isinstance(block, FreeLine):
        return False
    kept_on = running.get((edge, _DIGITS.sub("#", block.line.text)))
    return kept_on is not None and kept_on != page.number


# -- tables over page breaks ---------------------------------------------------------------------


def _without_header(before: Sequence[Block], blocks: list[Block]) -> list[Block]:
    """Drop the header of a table that is printed again on its next page."""
    if not (before and blocks and isinstance(before[-1], Row) and isinstance(blocks[0], Row)):
        return blocks
    texts = [cell.text for cell in blocks[0].cells]
    return blocks[1:] if texts in _headers(before, before[-1].table) else blocks


def _headers(blocks: Sequence[Block], table: int) -> Iterator[list[str]]:
    """Yield the texts of the rows of a table that can be its header: the first ones of rows with the same columns."""
    rows = [block for block in blocks if isinstance(block, Row) and block.table == table]
    for above, row, below in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        texts = [cell.text for cell in row.cells]
        starts = above is None or not _has_columns_of(above, row)
        heads = below is None or (_has_columns_of(below, row) and not any(cell.spanned for cell in below.cells))
        if len(texts) >= _HEADER and all(texts) and "[" not in "".join(texts) and starts and heads:
            yield texts


def _has_columns_of(row: Row, other: Row) -> bool:
    return len(row.cells) == len(other.cells) and all(map(Cell.is_below, row.cells, other.cells))


def _joined(last: Block, first: Block) -> Row | None:
    """Return the last row of a page with the first of the next, if that goes on with it."""
    if not isinstance(last, Row) or not isinstance(first, Row) or first.is_blank:
        return None
    pairs = [(cell, _above(cell, last)) for cell in first.cells if cell.lines]
    if not all(upper for _, upper in pairs):
        return None
    is_cut = all(cell.open_top and upper and (upper.open_bottom or upper.spanned) for cell, upper in pairs)
    is_closed = not any(cell.open_top for cell in first.cells)
    labels = first.cells[:2] if len(first.cells) > 2 else first.cells[:1]  # noqa: PLR2004  a label and a value
    goes_on = is_closed and len(first.cells) > 1 and not any(cell.lines or cell.spanned for cell in labels)
    if not (is_cut or goes_on):
        return None
    lower = {id(upper): cell for cell, upper in pairs}
    cells = tuple(_extended(cell, lower.get(id(cell)) or _above(cell, first)) for cell in last.cells)
    return replace(last, cells=cells)


def _above(cell: Cell, row: Row) -> Cell | None:
    return next((other for other in row.cells if cell.is_below(other)), None)


def _extended(upper: Cell, lower: Cell | None) -> Cell:
    if lower is None:
        return upper
    again = _printed_again(upper.lines, lower.lines)
    return replace(upper, lines=(*upper.lines, *lower.lines[again:]), open_bottom=lower.open_bottom)


def _printed_again(upper: Sequence[Line], lower: Sequence[Line]) -> int:
    """Return how many lines below the break repeat the last ones above it: the break cut them in half."""
    for count in range(min(_HALVED, len(upper), len(lower)), 0, -1):
        if [line.text for line in upper[-count:]] == [line.text for line in lower[:count]]:
            return count
    return 0
