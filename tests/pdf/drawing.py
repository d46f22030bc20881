"""Draws the forms of ``tests.forms`` straight into PDF pages, in the styles in which agencies' programs print them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate, pairwise
from random import Random

from tests.forms.canvas import Canvas, Cell
from tests.forms.draw_pieces import draw
from tests.forms.layout import lay_out
from tests.forms.ruling import Ruling, draw_ruling
from tests.forms.truth import FormTruth
from tests.pdf.paper import A4, Box, Paper

MARGIN = 28.0
_PAD = 3.0
_PITCH = 1.25
_TURNS = {0: "", 90: "0 1 -1 0 {height} 0 cm", 180: "-1 0 0 -1 {width} {height} cm", 270: "0 -1 1 0 0 {width} cm"}


class Border(Enum):
    """How a program draws the sides of a cell."""

    STROKES = auto()
    BARS = auto()
    FRAMES = auto()
    DASHES = auto()
    DOTS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """``turned`` pages are drawn on their side and turned back by /Rotate, ``sideways`` ones are left on it.

    ``closed`` draws a frame about the values too, ``doubled`` prints each line twice, ``shaken`` moves each
    line of text and each border by up to so many points; ``numbered`` prints page numbers.
    """

    border: Border = Border.STROKES
    turned: int = 0
    sideways: bool = False
    closed: bool = True
    doubled: bool = False
    shaken: float = 0.0
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnForm:
    """The pages, and for each of them the texts of its framed cells."""

    papers: tuple[Paper, ...]
    cells: tuple[tuple[str, ...], ...]


def draw_form_pages(truth: FormTruth, style: Style, missing: frozenset[str] = frozenset()) -> DrawnForm:
    """Return the form of a truth as pages."""
    ruling = draw_ruling(truth.seed)
    canvas = Canvas(ruling=ruling)
    draw(canvas, [piece for part in lay_out(truth) if part.name not in missing for piece in part.pieces])
    rng = Random(f"{truth.seed}/drawing")  # noqa: S311  invented test data, not a secret
    papers, cells = [], []
    bounds = [0, *canvas.breaks, len(canvas.heights)]
    for number, (first, last) in enumerate(pairwise(bounds), 1):
        mine = [cell for cell in canvas.cells if first < cell.row <= last]
        if mine:
            papers.append(_page(mine, canvas.heights[first:last], first, ruling, style, rng, number))
            cells.append(tuple(cell.text for cell in mine if cell.framed and cell.text.strip()))
    return DrawnForm(papers=tuple(papers), cells=tuple(cells))


def _page(  # noqa: PLR0913, PLR0917  all that one page is made of
    cells: Sequence[Cell],
    heights: Sequence[float],
    first: int,
    ruling: Ruling,
    style: Style,
    rng: Random,
    number: int,
) -> Paper:
    paper = Paper(turned=style.turned)
    turn = style.turned if not style.sideways else 90
    if turn in (90, 270):
        paper.size = (A4[1], A4[0])
    sheet = Paper(size=A4)
    tops = [MARGIN + at for at in accumulate(heights, initial=0.0)]
    for cell in cells:
        left, right = (MARGIN + ruling.unit * at for at in (cell.column - 1, cell.column + cell.columns - 1))
        box = (left, tops[cell.row - first - 1], right, tops[cell.row - first - 1 + cell.rows])
        if cell.framed:
            _draw_border(sheet, box, style, rng)
        if cell.framed and style.closed and not _has_right(cell, cells, ruling):
            _draw_border(sheet, (right, box[1], MARGIN + ruling.unit * ruling.columns, box[3]), style, rng)
        for x, y, words, size in lines_of(cell, box, ruling):
            shake = rng.uniform(-style.shaken, style.shaken)
            sheet.text((x, y + shake), words, size)
            if style.doubled:
                sheet.text((x + 0.3, y + shake), words, size)
    if style.numbered:
        sheet.text((A4[0] / 2 - 10, A4[1] - 14), f"- {number} -", 8.0)
    matrix = _TURNS[turn].format(width=A4[0], height=A4[1])
    paper.commands = [matrix, *sheet.commands] if matrix else sheet.commands
    return paper


def _has_right(cell: Cell, cells: Sequence[Cell], ruling: Ruling) -> bool:
    after = cell.column + cell.columns
    rows = range(cell.row, cell.row + cell.rows)
    return after > ruling.columns or any(
        other.framed and other.column >= after and other.row in rows for other in cells
    )


def _draw_border(sheet: Paper, box: Box, style: Style, rng: Random) -> None:
    left, top, right, bottom = (at + rng.uniform(-style.shaken, style.shaken) for at in box)
    if style.border is Border.FRAMES:
        sheet.frame((left, top, right, bottom))
        return
    for x, y, other_x, other_y in (
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ):
        if style.border is Border.STROKES:
            sheet.line((x, y), (other_x, other_y))
        elif style.border is Border.BARS:
            sheet.bar((x - 0.3, y - 0.3, other_x + 0.3, other_y + 0.3))
        elif style.border is Border.DASHES:
            sheet.line((x, y), (other_x, other_y), dash="3 2")
        else:
            _draw_dots(sheet, x, y, other_x, other_y)


def _draw_dots(sheet: Paper, x: float, y: float, other_x: float, other_y: float) -> None:
    steps = max(1, int(max(other_x - x, other_y - y) / 2.5))
    for at in range(steps + 1):
        dot_x, dot_y = x + (other_x - x) * at / steps, y + (other_y - y) * at / steps
        sheet.bar((dot_x - 0.4, dot_y - 0.4, dot_x + 0.4, dot_y + 0.4))


def lines_of(cell: Cell, box: Box, ruling: Ruling) -> Iterator[tuple[float, float, str, float]]:
    """Yield place, words and size of each line, wrapped to the cell or shrunk to it."""
    left, top, right, bottom = box
    room = right - left - 2 * _PAD
    text = cell.text.strip(" ")
    size, lines = ruling.size, [text]
    if bottom - top < 2 * size * _PITCH and "\n" not in text:
        size = min(size, max(room, size) / max(_width(text, 1.0), 1.0))
    else:
        for size in (ruling.size * share / 10 for share in range(10, 3, -1)):
            lines = [part for line in text.split("\n") for part in _wrapped(line, room, size)]
            if len(lines) * size * _PITCH <= bottom - top + 1.0:
                break
    pitch = min(ruling.line, size * _PITCH)
    start = (top + bottom - len(lines) * pitch) / 2
    for at, words in enumerate(lines):
        width = _width(words, size)
        x = {"left": left + _PAD, "center": (left + right - width) / 2, "right": right - width}[cell.side]
        if words.strip():
            yield x, start + at * pitch + (pitch + size * 0.76) / 2, words, size


def _wrapped(line: str, room: float, size: float) -> Iterator[str]:
    part = ""
    for char in line:
        if part and char not in " 、。）」" and _width((part + char).rstrip(" "), size) > max(room, size):
            yield part
            part = ""
        part += char
    yield part


def _width(words: str, size: float) -> float:
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else size / 2 for char in words)
