"""PDF files as published: words with their places and ruling lines, into the rows and cells of the form.

``turning`` and ``glyphs`` know coordinates and signs; ``rules``, ``characters`` and ``sheet`` ask pdfium;
``grid``, ``lines`` and ``layout`` make cells of one page; ``joining`` and ``rendition`` make a text of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from extract.readers.pdf.document import PdfSource


def read_pdf_file(path: Path, *, ocr: bool = False) -> PdfSource:
    """Read one PDF; with ``ocr`` its pages that are pictures too, for which ``mynaflow[ocr]`` has to be installed.

    Raises UnreadableFile if it is damaged, encrypted, too large, or has no text that can be read.
    """
    from extract.readers.pdf.document import read_pdf

    if not ocr:
        return read_pdf(path)
    from extract.readers.ocr import make_recogniser

    return read_pdf(path, make_recogniser())
