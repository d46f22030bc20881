"""The files that a command is given: which kinds can be read, and what folders and archives hold of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import cast

from extract.errors import UnreadableFile, UserError
from extract.source import Source
from graph.given import ARCHIVE, Given, find_members

READERS: Mapping[str, str] = {
    ".txt": "extract.readers.text:read_text_file",
    ".md": "extract.readers.text:read_text_file",
    ".html": "extract.readers.html:read_html_file",
    ".htm": "extract.readers.html:read_html_file",
    ".pdf": "extract.readers.pdf:read_pdf_file",
    ".xlsx": "extract.readers.excel.document:read_excel_file",
    ".xlsm": "extract.readers.excel.document:read_excel_file",
    ".xls": "extract.readers.excel.document:read_excel_file",
}
"""The reader for each kind of file, by the ending of its name; imported when the first such file is read."""

PICTURED = frozenset({".pdf"})
"""The kinds whose readers take ``ocr``."""

OCR_HELP = "画像のページを文字認識で読む（mynaflow[ocr]） / recognise the text of scanned pages"


def read_file(path: Path) -> Source:
    """Read one file by the ending of its name; raises UnreadableFile."""
    return read_given(Given(path=path))


def read_given(given: Given, *, ocr: bool = False) -> Source:
    """Read one file, or member of an archive, by the ending of its name; raises UnreadableFile.

    With ``ocr`` the pages of PDF files that are pictures are read too.
    """
    if given.ending == ARCHIVE:
        list(find_members(given.path, READERS))  # says what is wrong with an archive that could not be opened
    if given.ending not in READERS:
        raise UnreadableFile(
            f"no reader for {given.ending or 'a name without ending'}", where=str(given), todo=_kinds()
        )
    module, _, name = READERS[given.ending].partition(":")
    reader = cast("Callable[..., Source]", getattr(import_module(module), name))
    if ocr and given.ending in PICTURED:
        reader = partial(reader, ocr=True)
    if given.data is None and not given.member:
        return reader(given.path)
    with _as_file(given) as path:
        try:
            return replace(reader(path), name=given.name, path=str(given))
        except UserError as error:
            error.where = str(given)
            raise


@contextmanager
def _as_file(given: Given) -> Iterator[Path]:
    """Yield the path of a file in memory with the bytes of a document that has no file of its own."""
    descriptor = os.memfd_create("document")
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(given.read_bytes())
        yield Path(f"/proc/self/fd/{descriptor}")
    finally:
        os.close(descriptor)


def find_documents(paths: Iterable[Path]) -> list[Given]:
    """Return the documents that ``paths`` name; of a folder or archive, every readable one at any depth.

    Raises UnreadableFile for a path that does not exist, and for a folder or archive without readable file.
    """
    found: list[Given] = []
    for path in paths:
        if not path.exists():
            raise UnreadableFile("no such file or folder", where=str(path), todo="check the path")
        inside = list(_inside(path))
        if not inside:
            raise UnreadableFile("no file here that can be read", where=str(path), todo=_kinds())
        found.extend(inside)
    return list(dict.fromkeys(found))


def _inside(path: Path) -> Iterator[Given]:
    if path.is_dir():
        endings = (*READERS, ARCHIVE)
        for one in sorted(one for one in path.rglob("*") if one.suffix.lower() in endings and one.is_file()):
            yield from _inside(one)
    elif path.suffix.lower() == ARCHIVE:
        try:
            yield from find_members(path, READERS)
        except UnreadableFile:  # it fails alone, like any file, when it comes to be read
            yield Given(path=path)
    else:
        yield Given(path=path)


def _kinds() -> str:
    return f"give files that end in {', '.join((*READERS, ARCHIVE))}"
