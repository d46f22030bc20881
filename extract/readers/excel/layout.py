"""The rendition of a file that is no text: the rows of a sheet as lines, its cells parted by tabs, each with its place.

Knows cells in a grid and nothing of the form. A label stands before its value behind a tab; a row without a
label of its own begins with a tab; what stands in cells of its own between brackets is put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.source import Place

_OPEN = frozenset("[［（(〔【")
_CLOSE = ("]", "］", "）", ")", "〕", "】")
_OPTIONS = re.compile(r"[<＜]\s*選択肢\s*[>＞]")
_OPTION = re.compile(r"[0-9０-９]{1,2}\s?[)）]")
_BLANKS = re.compile(r"[\t\v\f\x1c-\x1f\x85\u2028\u2029]")
_BREAKS = re.compile(r"\r\n?")
_UPRIGHT = re.compile(r"\S(?:\s*\n\s*\S)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell or merged cell: its first row and column (from 0), its extent, its text, and its name in the file."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str
    name: str = ""

    @property
    def below(self) -> int:
        """The first row under the cell."""
        return self.row + self.rows

    @property
    def after(self) -> int:
        """The first column behind the cell."""
        return self.column + self.columns

    @property
    def is_sign(self) -> bool:
        """Whether it is a part of a box or of a selection, and so never a label."""
        return self.text in _OPEN or self.text.startswith(_CLOSE) or bool(_OPTIONS.match(self.text) or self.is_option)

    @property
    def is_option(self) -> bool:
        """Whether it begins like an option of a selection: ``2） 委託しない``."""
        return bool(_OPTION.match(self.text))


Piece = tuple[str, str]
"""Text, and the name of the cell in which it stands; "" for what parts the cells."""
Line = list[Piece]

_TAB: Piece = ("\t", "")


@dataclass(slots=True)
class Rendition:
    """A text in the making, with the places of its parts."""

    _parts: list[str] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)
    _length: int = 0

    def write(self, text: str, cell: str = "") -> None:
        """Append ``text``, which stands in the cell of that name."""
        if cell and text:
            self._places.append(Place(start=self._length, end=self._length + len(text), cell=cell))
        self._parts.append(text)
        self._length += len(text)

    def write_lines(self, lines: Iterable[Line]) -> None:
        """Append lines of pieces."""
        for line in lines:
            for text, cell in line:
                self.write(text, cell)
            self.write("\n")

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written yet."""
        return not self._parts

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._parts)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the parts of the text stand, in its order."""
        return tuple(self._places)


def clean_cell(text: str) -> str:
    r"""Return the text of a cell without outer space, its lines parted by line feeds; an upright label in one line.

    >>> clean_cell(" ①部署 "), clean_cell("再\n委\n託"), clean_cell("一行目\r\n二行目\t続き")
    ('①部署', '再委託', '一行目\n二行目 続き')
    """
    text = _BLANKS.sub(" ", _BREAKS.sub("\n", text)).strip()
    return re.sub(r"\s", "", text) if _UPRIGHT.fullmatch(text) else text


def lay_out(cells: Iterable[Cell]) -> Iterator[Line]:
    """Yield the lines of a sheet; an empty line stands for rows without text.

    >>> sheet = [
    ...     Cell(row=0, column=0, columns=9, text="2. 基本情報"),
    ...     Cell(row=1, column=0, columns=3, text="②入手方法"),
    ...     *(Cell(row=1, column=3 + at, text=text) for at, text in enumerate(("[", "○", "]", "紙", "[", "]", "専用線"))),
    ... ]
    >>> ["".join(text for text, _ in line) for line in lay_out(sheet)]
    ['2. 基本情報', '②入手方法\\t[○] 紙 [] 専用線']
    """
    below = values = 0
    columns: set[tuple[int, int]] = set()
    for band in _bands(cell for cell in cells if cell.text):
        if below and band[0].row > below:
            yield []
        below = max(cell.below for cell in band)
        first = _first(band)
        if values and first.column >= values:  # it stands under the values of the rows above, and has no label
            yield from ([_TAB, *line] for line in _lines(band))
        elif len(band) == 1 and (first.column, first.after) in columns:
            yield [*_piece(first), _TAB]
        else:
            yield from _lines(band)
            values = 0
            if _has_label(band):
                values = first.after
                columns.add((first.column, first.after))


def _bands(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Part cells where no cell reaches from one row into the next; each band in the order of rows and columns."""
    band: list[Cell] = []
    below = 0
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if band and cell.row >= below:
            yield band
            band = []
        band.append(cell)
        below = max(below, cell.below)
    if band:
        yield band


def _lines(band: Sequence[Cell]) -> Iterator[Line]:
    """Yield the lines of cells that hang together: a label with its value, or with further labels and theirs."""
    label = _first(band)
    rest = [cell for cell in band if cell is not label]
    if not rest:
        yield from ([(line, label.name)] for line in label.text.split("\n"))
        return
    if not _has_label(band):
        yield _value(band)
        return
    line: Line = [*_piece(label), _TAB]
    value: list[Cell] = []
    inner = list(_bands(rest))
    columns = {(_first(one).column, _first(one).after) for one in inner if _has_label(one)}
    for one in inner:
        is_label = len(one) == 1 and (one[0].column, one[0].after) in columns
        if not (is_label or _has_label(one)):
            value += one
            continue
        if value:
            yield [*line, *_value(value)]
            line, value = [_TAB], []
        for inside in [[*_piece(one[0]), _TAB]] if is_label else _lines(one):
            yield [*line, *inside]
            line = [_TAB]
    if value:
        yield [*line, *_value(value)]


def _first(band: Sequence[Cell]) -> Cell:
    return min(band, key=lambda cell: (cell.column, cell.row))


def _has_label(band: Sequence[Cell]) -> bool:
    """Tell whether the first cell of a band stands before all the others, and is no part of a box or a selection."""
    first = _first(band)
    others = [cell for cell in band if cell is not first]
    return bool(others) and not first.is_sign and all(cell.column >= first.after for cell in others)


def _value(cells: Sequence[Cell]) -> Line:
    """Return cells in one line: what is selected before its options, marks and brackets joined with what they hold."""
    start = min((cell.column for cell in cells if _OPTIONS.fullmatch(cell.text)), default=None)
    if start is None:
        return _joined(cells)
    parts = ([cell for cell in cells if (cell.column >= start) is right] for right in (False, True))
    selected, options = map(_joined, parts)
    return [*selected, (" ", ""), *options] if selected else options


def _joined(cells: Iterable[Cell]) -> Line:
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    line = _piece(ordered[0]) if ordered else []
    for before, cell in pairwise(ordered):
        line += [(_gap(before, cell), ""), *_piece(cell)]
    return line


def _gap(before: Cell, cell: Cell) -> str:
    """Return what parts two cells of a row: nothing inside a bracket, a space beside one, a tab between columns."""
    if before.text in _OPEN or cell.text.startswith(_CLOSE):
        return ""
    if before.row != cell.row or before.is_sign or cell.is_sign:
        return " "
    return "\t"


def _piece(cell: Cell) -> Line:
    return [(cell.text.replace("\n", " "), cell.name)]
