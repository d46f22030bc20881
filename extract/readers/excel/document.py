"""Excel files into Sources: sheet after sheet, and saying plainly what of them is not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from extract.errors import UnreadableFile
from extract.readers.bounded import read_bounded
from extract.readers.excel.cells import BrokenWorkbook, SheetCells, read_cells
from extract.readers.excel.drawings import Drawn, read_drawn
from extract.readers.excel.layout import Cell, Rendition, lay_out
from extract.readers.excel.old import read_old_workbook
from extract.readers.excel.package import open_package
from extract.readers.excel.shape import Shape, cell_name, read_shapes
from extract.source import Source

MAX_BYTES = 50_000_000
"""The official forms have less than one megabyte."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PAGE_END = "\f"


@dataclass(frozen=True, kw_only=True)
class WorkbookSource(Source):
    """The rendition of a workbook; ``remarks`` say in Japanese what of it is not read."""

    remarks: tuple[str, ...] = ()


class _Sheet(NamedTuple):
    """A sheet with what is known of it beside its cells; of an old workbook's nothing is."""

    name: str
    is_visible: bool
    cells: Sequence[Cell]
    shape: Shape | None = None
    drawn: Drawn = Drawn()


def read_excel_file(path: Path) -> WorkbookSource:
    """Read one .xlsx, .xlsm or .xls file; raises UnreadableFile if it is damaged, locked, too large, or has no text."""
    data = read_bounded(path, MAX_BYTES)
    sheets = list(_old_sheets(data, str(path)) if data.startswith(_OLD) else _sheets(data, str(path)))
    rendition = Rendition()
    remarks: list[str] = []
    for sheet in sheets:
        if sheet.is_visible:
            _write_sheet(rendition, sheet, remarks)
        else:
            remarks.append(f"シート「{sheet.name}」は非表示のため読まない")
    if rendition.is_empty:
        raise UnreadableFile(
            "no sheet that can be seen holds any text", where=str(path), todo="give a workbook with an assessment"
        )
    return WorkbookSource(
        name=path.name,
        text=rendition.text,
        sha256=sha256(data).hexdigest(),
        encoding="excel",
        path=str(path),
        places=rendition.places,
        remarks=tuple(remarks),
    )


def _sheets(data: bytes, where: str) -> Iterator[_Sheet]:
    package = open_package(data, where)
    shapes = read_shapes(package)
    try:
        found = {sheet.name: sheet for sheet in read_cells(package.packed())}
    except BrokenWorkbook as error:
        raise _unreadable(error, where) from error
    for shape in shapes:
        cells = found[shape.name].cells if shape.name in found else ()
        yield _Sheet(shape.name, shape.is_visible, cells, shape, read_drawn(package, shape.part))


def _old_sheets(data: bytes, where: str) -> Iterator[_Sheet]:
    try:
        if _ENCRYPTED in data:
            raise BrokenWorkbook("a password protects it", locked=True)
        found: Iterable[SheetCells] = read_old_workbook(data)
    except BrokenWorkbook as error:
        raise _unreadable(error, where) from error
    yield from (_Sheet(sheet.name, sheet.is_visible, sheet.cells) for sheet in found)


def _write_sheet(rendition: Rendition, sheet: _Sheet, remarks: list[str]) -> None:
    """Write what a sheet shows; what lies on it comes after its cells."""
    shown = [cell for cell in sheet.cells if _is_shown(cell, sheet.shape)]
    if shown and not rendition.is_empty:
        rendition.write(_PAGE_END)
    rendition.write_lines(lay_out(_named(cell, sheet.name) for cell in shown))
    for box in sheet.drawn.boxes:
        rendition.write("\n")
        rendition.write_lines(lay_out([_named(box, sheet.name)]))
    unread = {
        "非表示または印刷範囲外のセル": len(sheet.cells) - len(shown),
        "画像": sheet.drawn.pictures,
        "コントロール（チェックボックスなど）": sheet.drawn.controls,
    }
    remarks += [f"シート「{sheet.name}」の{what} {count} 個は読まない" for what, count in unread.items() if count]


def _is_shown(cell: Cell, shape: Shape | None) -> bool:
    """Tell whether any of a cell can be seen."""
    return shape is None or shape.shows(range(cell.row, cell.below), range(cell.column, cell.after))


def _named(cell: Cell, sheet: str) -> Cell:
    """Return the cell with its name as a formula would write it.

    >>> _named(Cell(row=3, column=1, text=""), "表 紙").name, _named(Cell(row=0, column=0, text=""), "表紙").name
    ("'表 紙'!B4", '表紙!A1')
    """
    quoted = sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
    return replace(cell, name=f"{quoted}!{cell_name(cell.row, cell.column)}")


def _unreadable(error: BrokenWorkbook, where: str) -> UnreadableFile:
    todo = "take the password off" if error.locked else "save it anew as .xlsx, or as PDF"
    return UnreadableFile(f"the workbook cannot be read: {error}", where=where, todo=todo)
