"""Forms as a scanner gives them: drawn as pictures, askew and noisy, without a letter of text."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any

from tests.forms.canvas import Canvas, Cell
from tests.forms.draw_pieces import draw
from tests.forms.layout import lay_out
from tests.forms.ruling import Ruling, draw_ruling
from tests.forms.truth import FormTruth
from tests.pdf.drawing import MARGIN, lines_of
from tests.pdf.paper import A4, Paper, Picture

FONTS = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
_DPI = 200
_SCALE = _DPI / 72


def scan_form(truth: FormTruth, pages: Sequence[int], *, askew: float = 0.0, noise: float = 0.0) -> list[Paper]:
    """Return some pages of the form of a truth as pictures, turned by ``askew`` degrees."""
    ruling = draw_ruling(truth.seed)
    canvas = Canvas(ruling=ruling)
    draw(canvas, [piece for part in lay_out(truth) for piece in part.pieces])
    bounds = [0, *canvas.breaks, len(canvas.heights)]
    papers = []
    for number in pages:
        first, last = bounds[number - 1], bounds[number]
        cells = [cell for cell in canvas.cells if first < cell.row <= last]
        image = _draw(cells, canvas.heights[first:last], first, ruling)
        papers.append(scanned(image, askew=askew, noise=noise))
    return papers


def scanned(image: Any, *, askew: float = 0.0, noise: float = 0.0) -> Paper:
    """Return a page that is the picture, as a scanner takes it."""
    numpy: Any = import_module("numpy")
    image = image.rotate(askew, resample=3, fillcolor=255)
    values = numpy.asarray(image).astype(float)
    values += numpy.random.default_rng(1).normal(0, noise, values.shape)
    paper = Paper()
    paper.picture(Picture(values.clip(0, 255).astype("uint8").tobytes(), *image.size))
    return paper


def blank_page() -> Any:
    """Return a white page to draw on."""
    return import_module("PIL.Image").new("L", (round(A4[0] * _SCALE), round(A4[1] * _SCALE)), 255)


def write(image: Any, x: float, y: float, words: str, size: float = 9.0) -> None:
    """Write words on a line, places in points."""
    font = import_module("PIL.ImageFont").truetype(str(FONTS[0]), round(size * _SCALE))
    import_module("PIL.ImageDraw").Draw(image).text((x * _SCALE, y * _SCALE), words, font=font, fill=0, anchor="ls")


def frame(image: Any, left: float, top: float, right: float, bottom: float) -> None:
    """Draw the sides of a rectangle, places in points."""
    box = [round(at * _SCALE) for at in (left, top, right, bottom)]
    import_module("PIL.ImageDraw").Draw(image).rectangle(box, outline=0, width=2)


def _draw(cells: Sequence[Cell], heights: Sequence[float], first: int, ruling: Ruling) -> Any:
    image = blank_page()
    tops = [MARGIN + at for at in accumulate(heights, initial=0.0)]
    for cell in cells:
        left, right = (MARGIN + ruling.unit * at for at in (cell.column - 1, cell.column + cell.columns - 1))
        box = (left, tops[cell.row - first - 1], right, tops[cell.row - first - 1 + cell.rows])
        if cell.framed:
            frame(image, *box)
        for x, y, words, size in lines_of(cell, box, ruling):
            write(image, x, y, words, size)
    return image
