"""What a workbook says of its sheets beside their cells: which are hidden, which of their rows, what is printed.

The reader of the cells lays a sheet out whole, up to its last cell; how far that is gets counted here first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extract.readers.excel.package import Attributes, Package

MOST_CELLS = 4_000_000
"""A sheet from its first to its last cell; the largest form seen has a hundred thousand."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7}):\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_PRINT_AREA = "_xlnm.Print_Area"
_ALPHABET = 26
_YES = ("1", "true")
_MOST_COLUMNS = 16_384
_NUMBER = re.compile("[0-9]{1,7}")

Area = tuple[range, range]
"""Rows and columns, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A sheet: its name, whether a reader of the workbook sees it, and which part of the package holds it.

    Rows and columns count from 0. ``printed`` are the areas that it prints; none means all of it.
    """

    name: str
    part: str
    is_visible: bool
    printed: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    rows: int = 0
    columns: int = 0

    def shows(self, rows: range, columns: range) -> bool:
        """Tell whether any cell of an area is neither hidden nor outside of what is printed."""
        everything = (rows, columns)
        return any(
            _is_seen(_common(rows, area_rows), self.hidden_rows)
            and _is_seen(_common(columns, area_columns), self.hidden_columns)
            for area_rows, area_columns in self.printed or (everything,)
        )


def _common(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def _is_seen(numbers: range, hidden: frozenset[int]) -> bool:
    return any(number not in hidden for number in numbers)


def read_shapes(package: Package) -> list[Shape]:
    """Return the sheets in the order of the workbook; raises UnreadableFile for one that is too large."""
    parts = package.relations(package.workbook)
    listed, areas = _listed(package)
    shapes = []
    for at, said in enumerate(listed):
        relation = parts.get(next((value for key, value in said.items() if key.endswith(":id")), ""))
        if relation is None or relation.kind != "worksheet" or relation.target not in package.parts:
            continue
        visible = said.get("state", "visible") == "visible"
        name, printed = said.get("name", ""), tuple(areas.get(at, ()))
        scan = _scan(package, relation.target) if visible else _Scan()
        shape = Shape(
            name=name,
            part=relation.target,
            is_visible=visible,
            printed=printed,
            hidden_rows=frozenset(scan.hidden_rows),
            hidden_columns=frozenset(scan.hidden_columns),
            rows=scan.rows,
            columns=scan.columns,
        )
        if shape.rows * shape.columns > MOST_CELLS:
            last = cell_name(shape.rows - 1, shape.columns - 1)
            raise package.fault(f"the sheet {name} reaches to {last}, far beyond any form")
        shapes.append(shape)
    return shapes


def _listed(package: Package) -> tuple[list[Attributes], Mapping[int, list[Area]]]:
    """Return what the workbook says of each sheet, and the areas that are printed of which."""
    sheets: list[Attributes] = []
    areas: dict[int, list[Area]] = {}
    open_names: list[Attributes] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            sheets.append(attributes)
        elif name == "definedName":
            open_names.append(attributes)

    def end(name: str) -> None:
        if name == "definedName":
            open_names.clear()

    def text(words: str) -> None:
        said = open_names[-1] if open_names else {}
        at = said.get("localSheetId", "")
        if said.get("name") == _PRINT_AREA and at.isdecimal():
            areas.setdefault(int(at), []).extend(find_areas(words))

    package.parse(package.parts[package.workbook], start, end, text)
    return sheets, areas


def find_areas(words: str) -> Iterator[Area]:
    """Yield the areas of a reference to cells; nothing where any of it cannot be understood.

    >>> list(find_areas("'評価 書'!$A$1:$C$9,表紙!$B$2:$D$4"))
    [(range(0, 9), range(0, 3)), (range(1, 4), range(1, 4))]
    >>> list(find_areas("OFFSET(A1,0,0,2,2)"))
    []
    """
    found = [_AREA.search(one) for one in words.split(",")]
    for match in found if all(found) else ():
        if match is not None:
            left, top, right, bottom = match.groups()
            yield range(int(top) - 1, int(bottom)), range(column_number(left), column_number(right) + 1)


@dataclass(slots=True)
class _Scan:
    """What is gathered while the XML of a sheet goes by."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    rows: int = 0
    columns: int = 0
    row: int = -1
    column: int = -1

    def start(self, name: str, attributes: Attributes) -> None:
        """Take notice of a row, a cell, a value, or a run of columns."""
        if name == "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = column_number(found[1]) if found else self.column + 1
            self.row = int(found[2]) - 1 if found else self.row
        elif name in ("v", "is"):
            self.rows, self.columns = max(self.rows, self.row + 1), max(self.columns, self.column + 1)
        elif name == "row":
            number = _number(attributes.get("r", ""))
            self.row = number - 1 if number else self.row + 1
            self.column = -1
            if attributes.get("hidden") in _YES:
                self.hidden_rows.add(self.row)
        elif name == "col" and attributes.get("hidden") in _YES:
            first, last = (_number(attributes.get(side, "")) for side in ("min", "max"))
            self.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0


def _scan(package: Package, part: str) -> _Scan:
    scan = _Scan()
    package.parse(package.parts[part], scan.start)
    return scan


def column_number(letters: str) -> int:
    """Return the number, from 0, of a column called ``letters``.

    >>> column_number("A"), column_number("AA")
    (0, 26)
    """
    number = 0
    for letter in letters.upper():
        number = number * _ALPHABET + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell whose row and column are counted from 0.

    >>> cell_name(3, 1), cell_name(0, 701)
    ('B4', 'ZZ1')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, _ALPHABET)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
