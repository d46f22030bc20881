"""Draws each kind of piece on the canvas as the Excel forms have it: one cell for a bracket, one for a mark."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING

from tests.forms.canvas import Canvas, Cell
from tests.forms.pieces import Boxes, Choice, Heading, Note, PageEnd, Piece, Row, Table

if TYPE_CHECKING:
    from tests.forms.truth import Box

_FULL = str.maketrans("()", "（）")
_FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_MOST_LINES = 24
_SHARES = {2: (8, 41), 6: (5, 9, 12, 12, 4, 7)}
"""Widths of the columns of the cover's and the change table, in parts."""
_GROUP = 3


def widen(label: str) -> str:
    """Return a label with the full-width signs that the Excel forms print.

    >>> widen("2. 基本情報"), widen("①入手元 ※"), widen("電子記録媒体(フラッシュメモリを除く。)")
    ('２．基本情報', '①入手元　※', '電子記録媒体（フラッシュメモリを除く。）')
    """
    numbered = re.match(r"(\d+)\. ", label)
    if numbered:
        label = f"{numbered[1].translate(_FULL_DIGITS)}．{label[numbered.end() :]}"
    return label.translate(_FULL).replace(" ※", "　※").replace("~", "～")


def draw(canvas: Canvas, pieces: list[Piece]) -> None:
    """Draw the pieces one below another, with the shared label of a group beside its rows."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        group = piece.group if isinstance(piece, Row | Choice) else ""
        end = at + 1
        while group and end < len(pieces) and getattr(pieces[end], "group", "") == group:
            end += 1
        if group:
            _draw_group(canvas, group, pieces[at:end])
        else:
            _draw_piece(canvas, piece)
        at = end


def _draw_group(canvas: Canvas, group: str, pieces: list[Piece]) -> None:
    first, breaks = len(canvas.heights) + 1, len(canvas.breaks)
    for piece in pieces:
        _draw_piece(canvas, piece, indent=_GROUP)
    if len(canvas.breaks) > breaks:
        first = canvas.breaks[-1] + 1
    text = "\n".join(group) if canvas.ruling.upright else group
    rows = len(canvas.heights) - first + 1
    canvas.put(Cell(row=first, column=1, rows=rows, columns=_GROUP, text=text, side="center", framed=True))


def _draw_piece(canvas: Canvas, piece: Piece, indent: int = 0) -> None:
    match piece:
        case Heading() | Note():
            _draw_line(canvas, piece)
        case PageEnd():
            if not canvas.ruling.packed or canvas.used > canvas.ruling.page * 0.6:
                canvas.end_page()
        case Row():
            _draw_row(canvas, piece, indent)
        case Choice():
            _draw_choice(canvas, piece, indent)
        case Boxes():
            _draw_boxes(canvas, piece)
        case Table():
            _draw_table(canvas, piece)


def _draw_line(canvas: Canvas, piece: Heading | Note) -> None:
    ruling = canvas.ruling
    text = piece.text
    if isinstance(piece, Heading):
        text = (ruling.lead if piece.rank else "") + widen(text)
    for chunk in _chunks(canvas, text, ruling.columns):
        row = canvas.rows(ruling.line * (ruling.lines(chunk, ruling.columns) + 0.4))
        canvas.put(
            Cell(row=row, column=1, rows=1, columns=ruling.columns, text=chunk, framed=isinstance(piece, Heading))
        )


def _chunks(canvas: Canvas, text: str, columns: int) -> list[str]:
    """Return the text in stretches that each fit into one row of a sheet."""
    chunks: list[str] = []
    for line in text.split("\n"):
        joined = f"{chunks[-1]}\n{line}" if chunks else line
        if chunks and canvas.ruling.lines(joined, columns) <= _MOST_LINES:
            chunks[-1] = joined
        else:
            chunks.append(line)
    return chunks


def _label(canvas: Canvas, label: str, row: int, rows: int, indent: int) -> None:
    text = canvas.ruling.lead + widen(label) if label else ""
    columns = canvas.ruling.label - indent
    canvas.put(Cell(row=row, column=1 + indent, rows=rows, columns=columns, text=text, framed=True, glued=True))


def _draw_row(canvas: Canvas, piece: Row, indent: int) -> None:
    ruling = canvas.ruling
    start = ruling.label + 1
    columns = ruling.columns - ruling.label
    label = piece.label
    for chunk in _chunks(canvas, piece.value, columns):
        height = max(ruling.lines(chunk, columns), ruling.lines(label, ruling.label - indent)) + 0.5
        row = canvas.rows(ruling.line * height)
        _label(canvas, label, row, 1, indent)
        canvas.put(Cell(row=row, column=start, rows=1, columns=columns, text=chunk, framed=True))
        label = ""


def _per_row(options: tuple[str, ...], room: float) -> int:
    """Return how many options stand side by side."""
    longest = max(map(len, options))
    return 3 if len(options) > 8 else 2 if longest * 9 < room / 2 and len(options) > 1 else 1


def _draw_choice(canvas: Canvas, piece: Choice, indent: int) -> None:
    ruling = canvas.ruling
    start = ruling.label + 1
    first_option = start + ruling.choice + 2
    room = ruling.columns - first_option + 1
    side_by_side = _per_row(piece.options, room * ruling.unit)
    lines = ceil(len(piece.options) / side_by_side)
    row = canvas.rows(*[ruling.line] * (lines + 1))
    _label(canvas, piece.label, row, lines + 1, indent)
    canvas.put(Cell(row=row, column=first_option, rows=1, columns=room, text="＜選択肢＞"))
    middle = row + (ceil(lines / 2) if ruling.middle else 1)
    _draw_selected(canvas, piece.value, start, middle)
    width = room // side_by_side
    for at, option in enumerate(piece.options):
        column = first_option + at % side_by_side * width
        text = f"{at + 1}） {widen(option)}"
        canvas.put(Cell(row=row + 1 + at // side_by_side, column=column, rows=1, columns=width, text=text, glued=True))
    if piece.count is not None:
        last = canvas.rows(ruling.line)
        canvas.put(
            Cell(row=last, column=start, rows=1, columns=ruling.choice, text=f"（ {piece.count} ）　件", side="right")
        )


def _draw_selected(canvas: Canvas, value: str, start: int, row: int) -> None:
    width = canvas.ruling.choice
    canvas.put(Cell(row=row, column=start, rows=1, columns=1, text="[", side="right"))
    canvas.put(
        Cell(row=row, column=start + 1, rows=1, columns=width, text=widen(value), side="center", glued=bool(value))
    )
    canvas.put(Cell(row=row, column=start + width + 1, rows=1, columns=1, text="]"))


def _draw_boxes(canvas: Canvas, piece: Boxes) -> None:
    ruling = canvas.ruling
    height = ruling.line * 1.15
    row = canvas.rows(*[height] * len(piece.rows))
    _label(canvas, piece.label, row, len(piece.rows), 0)
    for at, boxes in enumerate(piece.rows):
        _draw_box_row(canvas, boxes, row + at)


def _draw_box_row(canvas: Canvas, boxes: tuple[Box | str, ...], row: int) -> None:
    start, room = canvas.ruling.label + 1, canvas.ruling.columns - canvas.ruling.label
    width = room // max(len(boxes), 1)
    for at, box in enumerate(boxes):
        column = start + at * width
        if isinstance(box, str):
            canvas.put(Cell(row=row, column=column, rows=1, columns=width, text=box))
        else:
            _draw_box(canvas, box, row, (column, width), later=at > 0)


def _draw_box(canvas: Canvas, box: Box, row: int, zone: tuple[int, int], *, later: bool) -> None:
    ruling = canvas.ruling
    column, width = zone
    mark = ruling.wide_marks if later else ruling.mark
    canvas.put(Cell(row=row, column=column, rows=1, columns=1, text="[", side="right"))
    sign = "○" if box.ticked else ""
    canvas.put(
        Cell(
            row=row,
            column=column + 1,
            rows=1,
            columns=mark,
            text=sign,
            side=ruling.mark_side,
            glued=not sign and (ruling.glued_later or not later),
        )
    )
    canvas.put(Cell(row=row, column=column + 1 + mark, rows=1, columns=1, text="]"))
    after = column + mark + 2
    room = width - mark - 2
    label = widen(box.label)
    if box.detail is None:
        canvas.put(Cell(row=row, column=after, rows=1, columns=room, text=label, glued=True))
        return
    named = min(room - 8, ceil(ruling.width(label) / ruling.unit) + 1)
    canvas.put(Cell(row=row, column=after, rows=1, columns=named, text=label, glued=True))
    canvas.put(Cell(row=row, column=after + named, rows=1, columns=2, text="（", side="right"))
    inside = room - named - 4 - (3 if box.unit else 0)
    canvas.put(Cell(row=row, column=after + named + 2, rows=1, columns=inside, text=box.detail, glued=bool(box.detail)))
    canvas.put(
        Cell(
            row=row, column=after + named + 2 + inside, rows=1, columns=2 + (3 if box.unit else 0), text=f"）{box.unit}"
        )
    )


def _draw_table(canvas: Canvas, piece: Table) -> None:
    ruling = canvas.ruling
    shares = _SHARES[len(piece.header)]
    widths = [ruling.columns * share // sum(shares) for share in shares]
    for cells in (piece.header, *piece.rows):
        lines = max(ruling.lines(text, width) for text, width in zip(cells, widths, strict=True))
        row = canvas.rows(ruling.line * (lines + 0.5))
        column = 1
        for text, width in zip(cells, widths, strict=True):
            canvas.put(Cell(row=row, column=column, rows=1, columns=width, text=text, framed=True))
            column += width
