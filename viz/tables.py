"""Prints rows: as a table for people, as JSON, CSV or TSV for programs.

A cell may hold anything that a document holds. In a table nothing of it is taken for markup and no control
character reaches the terminal; in CSV and TSV no cell is taken for a formula by a spreadsheet. CSV and JSON keep
the exact words, TSV is for programs that read lines.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

Value = str | int | bool | None
Rows = Iterable[Sequence[Value]]

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "＠", "\t", "\r", "\n")
_BREAK = re.compile("\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_LONGEST_CELL = 120
_COLUMN_WIDTH = 24
_NARROWEST_COLUMN = 14


def safe_cell(value: Value) -> str | int:
    """Return ``value`` for a spreadsheet: text that it would take for a formula gets an apostrophe.

    >>> safe_cell("=1+1"), safe_cell("－"), safe_cell(-3), safe_cell(None), safe_cell(True)
    ("'=1+1", '－', -3, '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def print_json(columns: Sequence[str], rows: Rows, out: TextIO) -> None:
    """Write one array of flat objects; a cell without value is null."""
    out.write("[")
    for number, row in enumerate(rows):
        out.write(",\n " if number else "\n ")
        out.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
    out.write("\n]\n")


def print_csv(columns: Sequence[str], rows: Rows, out: TextIO) -> None:
    """Write comma-separated values with a header."""
    _separated(columns, rows, out, ",")


def print_tsv(columns: Sequence[str], rows: Rows, out: TextIO) -> None:
    """Write tab-separated values with a header, a row a line: a tab or a line break in a cell becomes a space."""
    _separated(columns, (map(_on_one_line, row) for row in rows), out, "\t")


def _separated(columns: Sequence[str], rows: Iterable[Iterable[Value]], out: TextIO, delimiter: str) -> None:
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(value) for value in row] for row in rows)


def _on_one_line(value: Value) -> Value:
    return " ".join(_BREAK.split(value)) if isinstance(value, str) else value


def visible(value: Value, longest: int = _LONGEST_CELL) -> str:
    r"""Return ``value`` for a terminal: one line, cut if long, control characters shown as ``�``.

    >>> visible("一行目\n二行目\x1b[31m"), visible(None), visible(True), visible("あ" * 9, longest=5)
    ('一行目 二行目�[31m', '', 'true', 'ああああ…')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(str(value).split())
    text = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def print_table(columns: Sequence[str], rows: Rows, out: TextIO) -> None:
    """Draw a table, or one block for each row where the terminal is too narrow for so many columns.

    A column without any value is left out.
    """
    from rich.console import Console

    kept = [[visible(value) for value in row] for row in rows]
    used = [at for at, _ in enumerate(columns) if not kept or any(row[at] for row in kept)]
    names, cells = [columns[at] for at in used], [[row[at] for at in used] for row in kept]
    console = Console(file=out) if out.isatty() else Console(file=out, width=_COLUMN_WIDTH * max(4, len(names)))
    if console.width < _NARROWEST_COLUMN * len(names):
        _print_blocks(names, cells, console)
    else:
        _print_grid(names, cells, console)


def _print_grid(names: Sequence[str], cells: Sequence[Sequence[str]], console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def _print_blocks(names: Sequence[str], cells: Sequence[Sequence[str]], console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(cells, start=1):
        console.rule(f"{number}/{len(cells)}", align="left")
        block = Table.grid(padding=(0, 2))
        block.add_column(style="bold", no_wrap=True)
        block.add_column(overflow="fold")
        for name, cell in zip(names, row, strict=True):
            if cell:
                block.add_row(name, Text(cell))
        console.print(block)


Printer = Callable[[Sequence[str], Rows, TextIO], None]
FORMATS: Mapping[str, Printer] = {"table": print_table, "json": print_json, "csv": print_csv, "tsv": print_tsv}
"""How to print, by the name of the format."""


def print_rows(form: str, columns: Sequence[str], rows: Rows) -> None:
    """Print ``rows`` to standard output in one of FORMATS."""
    if form == "csv":
        sys.stdout.reconfigure(newline="") if hasattr(sys.stdout, "reconfigure") else None
    FORMATS[form](columns, rows, sys.stdout)
