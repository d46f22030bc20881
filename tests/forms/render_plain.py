"""Writes a form without damage: as plain text, as Markdown tables, or as HTML tables."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.forms.marks import CLEAN
from tests.forms.pieces import Boxes, Choice, Heading, Note, PageEnd, Part, Piece, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.forms.truth import Box

Cells = tuple[str, ...]


def render_plain(parts: tuple[Part, ...]) -> str:
    """Return the form as plain text: a label on its line, its value on the next."""
    return _render(parts, _plain_heading, _plain_table)


def render_markdown(parts: tuple[Part, ...]) -> str:
    """Return the form in Markdown: headings with ``#``, rows as tables with ``|``."""
    return _render(parts, _markdown_heading, _markdown_table)


def render_html(parts: tuple[Part, ...]) -> str:
    """Return the form as an HTML page with one table for each run of rows."""
    body = _render(parts, _html_heading, _html_table)
    return f'<!DOCTYPE html>\n<html lang="ja">\n<head><meta charset="utf-8"></head>\n<body>\n{body}</body>\n</html>\n'


def _render(
    parts: tuple[Part, ...], heading: Callable[[Heading | Note], list[str]], table: Callable[[list[Cells]], list[str]]
) -> str:
    lines: list[str] = []
    rows: list[Cells] = []
    for piece in (piece for part in parts for piece in part.pieces):
        if isinstance(piece, Heading | Note | PageEnd | Table):
            lines += table(rows) if rows else []
            rows = []
        if isinstance(piece, Heading | Note):
            lines += heading(piece)
        elif isinstance(piece, Table):
            lines += table([piece.header, *piece.rows])
        elif not isinstance(piece, PageEnd):
            rows.append(_cells(piece))
    lines += table(rows) if rows else []
    return "\n".join(lines) + "\n"


def _cells(piece: Piece) -> Cells:
    match piece:
        case Row():
            return (*_label(piece.group, piece.label), piece.value)
        case Choice():
            options = " ".join(f"{at}) {option}" for at, option in enumerate(piece.options, 1))
            count = "" if piece.count is None else f" ({piece.count}) 件"
            return (*_label(piece.group, piece.label), f"[ {piece.value} ]{count} <選択肢> {options}")
        case Boxes():
            return (piece.label, "\n".join(" ".join(_box(box) for box in row) for row in piece.rows))
    raise TypeError(piece)


def _label(group: str, label: str) -> Cells:
    return (group, label) if group else (label,)


def _box(box: Box | str) -> str:
    if isinstance(box, str):
        return box
    detail = "" if box.detail is None else f" ({box.detail}){box.unit and ' ' + box.unit}"
    return f"{CLEAN.yes if box.ticked else CLEAN.no} {box.label}{detail}"


def _plain_heading(piece: Heading | Note) -> list[str]:
    return ["", *piece.text.split("\n")]


def _plain_table(rows: list[Cells]) -> list[str]:
    if len(rows[0]) > 3:
        return ["", *("\t".join(cell.replace("\n", " ") for cell in row) for row in rows)]
    return ["", *(line for row in rows for cell in row for line in cell.split("\n"))]


def _markdown_heading(piece: Heading | Note) -> list[str]:
    mark = "#" * (piece.rank + 1) + " " if isinstance(piece, Heading) else ""
    return ["", mark + piece.text.replace("\n", "  \n"), ""]


def _markdown_table(rows: list[Cells]) -> list[str]:
    width = max(map(len, rows))
    lines = [f"| {' | '.join(cell.replace(chr(10), '<br>') for cell in _padded(row, width))} |" for row in rows]
    return ["", lines[0], "|" + " --- |" * width, *lines[1:], ""]


def _padded(row: Cells, width: int) -> Cells:
    return (*row[:-1], *[""] * (width - len(row)), row[-1])


def _html_heading(piece: Heading | Note) -> list[str]:
    tag = f"h{piece.rank + 1}" if isinstance(piece, Heading) else "p"
    return [f"<{tag}>{escape(piece.text).replace(chr(10), '<br>')}</{tag}>"]


def _html_table(rows: list[Cells]) -> list[str]:
    cells = ["".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in rows]
    return ["<table>", *(f"<tr>{row}</tr>" for row in cells), "</table>"]
