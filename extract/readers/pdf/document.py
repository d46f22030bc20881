"""PDF files into Sources: opening them, page after page, and saying plainly what cannot be read."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import monotonic

import pypdfium2
import pypdfium2.raw as pdfium

from extract.errors import UnreadableFile
from extract.readers.bounded import read_bounded
from extract.readers.pdf.joining import Page, join_pages
from extract.readers.pdf.layout import lay_out
from extract.readers.pdf.paths import Handle
from extract.readers.pdf.remarks import SheetNote, find_remarks, needs_recognition, note_broken, note_sheet
from extract.readers.pdf.rendition import Rendition, Show, render
from extract.readers.pdf.sheet import Sheet, has_notes, read_sheet
from extract.readers.pdf.typeface import use_own_typeface
from extract.source import Source

MAX_BYTES = 200_000_000
"""A scanned assessment of hundreds of pages stays below this."""
MAX_PAGES = 3_000
MAX_SECONDS = 300.0
"""For reading a file without recognising pictures; 500 pages take three."""

_ONE_AT_A_TIME = Lock()  # pdfium is not made for threads

Recognise = Callable[[Handle, Sheet], Sheet]
"""Reads the picture of a page: the open page of pdfium, and what its file tells of it."""


@dataclass(frozen=True, kw_only=True)
class PdfSource(Source):
    """The rendition of a PDF.

    ``remarks`` say in Japanese what could not be read of its pages, ``recognised`` which pages were read from a picture.
    """

    remarks: tuple[str, ...] = ()
    recognised: frozenset[int] = frozenset()


def read_pdf(path: Path, recognise: Recognise | None = None) -> PdfSource:
    """Read one PDF; ``recognise`` reads the pages that are pictures.

    Raises UnreadableFile if the file is damaged, encrypted, too large, or has text on no page.
    """
    data = read_bounded(path, MAX_BYTES)
    with _ONE_AT_A_TIME, _without_collector():
        use_own_typeface()
        with _open(data, path) as document:
            read = _read_pages(document, path, recognise)
    return PdfSource(
        name=path.name,
        text=read.rendition.text,
        sha256=sha256(data).hexdigest(),
        encoding="pdf",
        path=str(path),
        places=read.rendition.places,
        remarks=tuple(find_remarks(read.notes)),
        recognised=frozenset(read.recognised),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    rendition: Rendition
    notes: list[SheetNote]
    recognised: list[int]


@dataclass(slots=True)
class _Gathered:
    """What is kept of the pages: not their characters, so that long documents need little memory."""

    pages: list[Page] = field(default_factory=list)
    notes: list[SheetNote] = field(default_factory=list)
    shown: dict[int, Show] = field(default_factory=dict)
    recognised: list[int] = field(default_factory=list)
    pictures: int = 0


def _read_pages(document: Handle, path: Path, recognise: Recognise | None) -> _Read:
    gathered = _Gathered()
    for number, sheet in _sheets(document, path, recognise):
        if sheet is None:
            gathered.notes.append(note_broken(number))
            continue
        gathered.pages.append(Page(number=number, height=sheet.size[1], blocks=lay_out(sheet)))
        gathered.notes.append(note_sheet(sheet))
        gathered.shown[number] = sheet.place
        gathered.pictures += needs_recognition(sheet)
        if sheet.recognised:
            gathered.recognised.append(number)
    rendition = render(join_pages(gathered.pages), gathered.shown, frozenset(gathered.recognised))
    if not rendition.places:
        raise _no_text(path, pictures=gathered.pictures, recognised=recognise is not None)
    return _Read(rendition=rendition, notes=gathered.notes, recognised=gathered.recognised)


def _sheets(document: Handle, path: Path, recognise: Recognise | None) -> Iterator[tuple[int, Sheet | None]]:
    start = monotonic()
    for number in range(1, _count(document, path) + 1):
        try:
            page = _page(document, number - 1)
        except pypdfium2.PdfiumError:
            yield number, None
            continue
        try:
            sheet = read_sheet(page, number)
            yield number, recognise(page, sheet) if recognise and needs_recognition(sheet) else sheet
        finally:
            page.close()
        if recognise is None and monotonic() - start > MAX_SECONDS:
            raise UnreadableFile(
                f"takes too long: page {number} reached after {MAX_SECONDS:.0f} seconds",
                where=str(path),
                todo="print it to a new PDF, or give the text of the assessment",
            )


def _page(document: Handle, index: int) -> Handle:
    """Return an open page on which form fields and notes are part of what it draws."""
    page = document[index]
    if has_notes(page):
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return page


def _count(document: Handle, path: Path) -> int:
    pages = len(document)
    if pages > MAX_PAGES:
        raise UnreadableFile(
            f"too many pages: {pages:,}, the limit is {MAX_PAGES:,}",
            where=str(path),
            todo="give one assessment per file",
        )
    return pages


def _no_text(path: Path, *, pictures: int, recognised: bool) -> UnreadableFile:
    if pictures and not recognised:
        return UnreadableFile(
            f"a scan: {pictures} pages are pictures without text",
            where=str(path),
            todo="install mynaflow[ocr] and add --ocr to read pictures",
        )
    return UnreadableFile("no text on any page", where=str(path), todo="give the PDF that the agency published")


# -- opening -------------------------------------------------------------------------------------

_ERRORS = {
    4: ("the PDF is encrypted and asks for a password", "remove the password, then read it again"),
    5: ("the PDF is encrypted in a way that cannot be read", "print it to a new PDF, then read that"),
}
"""What pdfium's error codes mean to the user; all others are damage."""
_DAMAGED = ("the PDF is damaged, or no PDF", "download the file again")


@contextmanager
def _open(data: bytes, path: Path) -> Iterator[Handle]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        what, todo = _ERRORS.get(getattr(error, "err_code", None) or 0, _DAMAGED)
        raise UnreadableFile(what, where=str(path), todo=todo) from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the collector of cycles: a page makes thousands of small records and no cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
