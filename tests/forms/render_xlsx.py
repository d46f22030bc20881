"""Writes a form as Excel, like the official forms: many narrow merged columns, borders, one cell for each bracket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.canvas import Canvas, Cell
from tests.forms.draw_pieces import draw

if TYPE_CHECKING:
    from pathlib import Path

    from tests.forms.pieces import Part
    from tests.forms.ruling import Ruling

_THIN = Side(style="thin")
_POINTS_PER_WIDTH = 7.1
_MARGIN_INCHES = 0.39


def write_workbook(path: Path, parts: tuple[Part, ...], ruling: Ruling) -> None:
    """Write the form to ``path`` as an .xlsx file of one printed sheet."""
    canvas = Canvas(ruling=ruling)
    draw(canvas, [piece for part in parts for piece in part.pieces])
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _set_up(sheet, canvas)
    for cell in canvas.cells:
        _pour(sheet, cell, ruling)
    book.save(path)


def _set_up(sheet: Worksheet, canvas: Canvas) -> None:
    sheet.title = "評価書"
    sheet.page_setup.paperSize = 9
    for name in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, name, _MARGIN_INCHES)
    sheet.page_margins.header = sheet.page_margins.footer = 0.2
    for column in range(1, canvas.ruling.columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = canvas.ruling.unit / _POINTS_PER_WIDTH
    for row, height in enumerate(canvas.heights, 1):
        sheet.row_dimensions[row].height = height
    for row in canvas.breaks:
        sheet.row_breaks.append(Break(id=row))


def _pour(sheet: Worksheet, cell: Cell, ruling: Ruling) -> None:
    last_row, last_column = cell.row + cell.rows - 1, cell.column + cell.columns - 1
    target = sheet.cell(cell.row, cell.column)
    target.value = cell.text or None
    target.font = Font(name="Noto Sans CJK JP", size=ruling.size)
    target.alignment = Alignment(
        horizontal=cell.side, vertical="center", wrap_text=ruling.lines(cell.text.strip(), cell.columns) > 1
    )
    if cell.framed:
        frame = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
        for row in sheet.iter_rows(cell.row, last_row, cell.column, last_column):
            for part in row:
                part.border = frame
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(start_row=cell.row, end_row=last_row, start_column=cell.column, end_column=last_column)
