"""The cells of a workbook as python-calamine gives them: merged ones once, every value as the text that it shows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from extract.readers.excel.layout import Cell, clean_cell

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Value = str | float | bool | datetime.date | datetime.time | datetime.timedelta


class BrokenWorkbook(ValueError):
    """The workbook cannot be opened; ``locked`` tells that it asks for a password."""

    def __init__(self, what: str, *, locked: bool = False) -> None:
        super().__init__(what)
        self.locked = locked


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCells:
    """The cells of one sheet; those of a hidden sheet are not read."""

    name: str
    is_visible: bool
    cells: tuple[Cell, ...] = ()


def read_cells(file: IO[bytes]) -> list[SheetCells]:
    """Return the cells of every sheet; raises BrokenWorkbook."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(file) as book:
            return list(_sheets(book))
    except PasswordError as error:
        raise BrokenWorkbook("a password protects it", locked=True) from error
    except (CalamineError, OSError, ValueError) as error:
        raise BrokenWorkbook(str(error).partition("\n")[0]) from error
    except BaseException as error:
        # A panic of the library is no Exception, so that nobody catches it unawares; here it means a damaged file.
        if type(error).__name__ != "PanicException":
            raise
        raise BrokenWorkbook("it is damaged") from error


def _sheets(book: CalamineWorkbook) -> Iterator[SheetCells]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for at, about in enumerate(book.sheets_metadata):
        if about.typ is SheetTypeEnum.WorkSheet:
            visible = about.visible is SheetVisibleEnum.Visible
            cells = tuple(_cells(book.get_sheet_by_index(at))) if visible else ()
            yield SheetCells(name=about.name, is_visible=visible, cells=cells)


def _cells(sheet: CalamineSheet) -> Iterator[Cell]:
    merged = dict(sheet.merged_cell_ranges or ())
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            text = clean_cell(text_of(value)) if value != "" else ""
            if text:
                last_row, last_column = merged.get((row, column), (row, column))
                rows, columns = max(1, last_row - row + 1), max(1, last_column - column + 1)
                yield Cell(row=row, column=column, rows=rows, columns=columns, text=text)


def text_of(value: Value) -> str:
    """Return what a cell shows: whole numbers without a fraction, days as a form writes them.

    >>> text_of(48.0), text_of(0.5), text_of(datetime.date(2025, 4, 1)), text_of(datetime.time(9, 30)), text_of(True)
    ('48', '0.5', '2025年4月1日', '9:30', 'TRUE')
    """
    match value:
        case bool():
            return str(value).upper()
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime.datetime():
            day = text_of(value.date())
            return f"{day} {text_of(value.time())}" if value.time() != datetime.time.min else day
        case datetime.date():
            return f"{value.year}年{value.month}月{value.day}日"
        case datetime.time():
            return f"{value.hour}:{value.minute:02}"
    return str(value)
