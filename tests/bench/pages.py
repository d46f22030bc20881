"""Measures the reading of PDF pages against pdfplumber on the same files, and how many cells of both are right."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2

from extract.readers.pdf import read_pdf_file
from tests.bench.timing import Spent, best_of
from tests.forms.dump import convert_to_pdf
from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.render_xlsx import write_workbook
from tests.forms.ruling import draw_ruling
from tests.pdf.cells import Cells, cells_of, read_cells, read_cells_by_plumber, share_right
from tests.pdf.drawing import Style, draw_form_pages
from tests.pdf.paper import write_pdf

SEEDS = range(201, 213)
"""Forms that no rule was written against; in some a low row hides text, which then nobody reads."""
_TARGET = 8.0


def measure_pages(folder: Path, times: int) -> Iterator[str]:
    """Yield lines with the time for a page and the share of right cells, here and with pdfplumber."""
    paths, made = _write(folder)
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    yield f"PDF: {len(paths)} forms of {pages} pages, {made}"
    own, _ = best_of(times, lambda: [read_pdf_file(path) for path in paths])
    other, _ = best_of(max(1, times // 2), lambda: [_read_by_plumber(path) for path in paths])
    yield _line("read cells, words and places", own, pages, paths, read_cells)
    yield _line("the same with pdfplumber", other, pages, paths, read_cells_by_plumber)
    ratio = other.cpu / own.cpu
    yield f"pdfplumber takes {ratio:.1f} times as long, target {_TARGET:g}" + (", MISSED" if ratio < _TARGET else "")


def _write(folder: Path) -> tuple[list[Path], str]:
    """Write the forms as an office program prints them, or draw them where there is none."""
    truths = [draw_form(seed) for seed in SEEDS]
    if shutil.which("soffice"):
        books = [folder / f"{truth.seed}.xlsx" for truth in truths]
        for truth, book in zip(truths, books, strict=True):
            write_workbook(book, lay_out(truth), draw_ruling(truth.seed))
        return convert_to_pdf(books, folder), "printed by LibreOffice"
    paths = [folder / f"{truth.seed}.pdf" for truth in truths]
    for truth, path in zip(truths, paths, strict=True):
        path.write_bytes(write_pdf(draw_form_pages(truth, Style()).papers))
    return paths, "drawn here"


def _read_by_plumber(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.extract_words()
            page.close()


def _line(name: str, spent: Spent, pages: int, paths: Sequence[Path], read: Callable[[Path], Cells]) -> str:
    shares = [share_right(cells_of(draw_form(seed)), read(path)) for seed, path in zip(SEEDS, paths, strict=True)]
    milliseconds = spent.cpu / pages * 1000
    return f"{name:36} {milliseconds:5.1f} ms a page (processors)   cells right {sum(shares) / len(shares):.1%}"
