"""PDF files as published: words with their places and ruling lines, into the rows and cells of the form.

``turning`` and ``glyphs`` know coordinates and signs; ``rules``, ``characters`` and ``sheet`` ask pdfium;
``grid``, ``lines`` and ``layout`` make cells of one page; ``joining`` and ``rendition`` make a text of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from extract.readers.pdf.document import PdfSource


def read_pdf_file(path: Path) -> PdfSource:
    """Read one PDF. Raises UnreadableFile if it is damaged, encrypted, too large, or has no text that can be read."""
    from extract.readers.pdf.document import read_pdf

    return read_pdf(path)
