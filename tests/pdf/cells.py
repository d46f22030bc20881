"""The cells that two readers see in a PDF, and those that stand in it: pdfplumber is the referee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pdfplumber
import pypdfium2

from extract.readers.pdf.joining import Page, join_pages
from extract.readers.pdf.layout import Row, lay_out
from extract.readers.pdf.sheet import read_sheet
from extract.readers.pdf.typeface import use_own_typeface
from tests.forms.canvas import Canvas
from tests.forms.draw_pieces import draw
from tests.forms.layout import lay_out as lay_out_form
from tests.forms.places import squeeze
from tests.forms.ruling import draw_ruling
from tests.forms.truth import FormTruth

Cells = Counter[str]
"""The texts of cells, without white space."""


def cells_of(truth: FormTruth) -> Cells:
    """Return the framed cells with text that the form of a truth has."""
    canvas = Canvas(ruling=draw_ruling(truth.seed))
    draw(canvas, [piece for part in lay_out_form(truth) for piece in part.pieces])
    return _counted(cell.text for cell in canvas.cells if cell.framed)


def read_cells(path: Path) -> Cells:
    """Return the cells that the reader of PDF files makes."""
    use_own_typeface()
    document = pypdfium2.PdfDocument(path)
    pages = []
    for at, page in enumerate(document, 1):
        sheet = read_sheet(page, at)
        pages.append(Page(number=at, height=sheet.size[1], blocks=lay_out(sheet)))
        page.close()
    document.close()
    rows = (placed.block for placed in join_pages(pages) if isinstance(placed.block, Row))
    return _counted(cell.text for row in rows for cell in row.cells)


def read_cells_by_plumber(path: Path) -> Cells:
    """Return the cells that pdfplumber makes."""
    with pdfplumber.open(path) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return _counted(cell or "" for table in tables for row in table for cell in row)


def _counted(texts: Iterable[str]) -> Cells:
    return Counter(text for text in map(squeeze, texts) if text)


def share_right(wanted: Cells, found: Cells) -> float:
    """Return how many of the cells that stand there were read exactly.

    >>> share_right(Counter("aab"), Counter("abx"))
    0.6666666666666666
    """
    return (wanted & found).total() / wanted.total()
