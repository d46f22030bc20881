"""The parts of which a form is made, whatever the shape in which it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.forms.truth import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: ``rank`` 0 for Ⅰ, 1 for a numbered item, 2 for a record (システム1) or a risk."""

    text: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A label and its value; ``group`` is the upright label that several rows share (再委託)."""

    label: str
    value: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A label with ``[value]`` and its printed options; ``count`` is the 「( n ) 件」 beside it."""

    label: str
    value: str
    options: tuple[str, ...]
    group: str = ""
    count: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """A list of tick boxes, row by row; a string in a row is a caption. ``key`` names the list in the document."""

    label: str
    key: str
    rows: tuple[tuple[Box | str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its header row, as that of the changes."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Text that stands alone."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEnd:
    """The place where the official form begins a new page."""


Piece = Heading | Row | Choice | Boxes | Table | Note | PageEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the form that can be missing as a whole: ``name`` like ``Ⅰ-2`` or ``Ⅱ-5/0`` (of file 0)."""

    name: str
    pieces: tuple[Piece, ...]


def in_rows(boxes: tuple[Box, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[Box | str, ...], ...]:
    """Return the boxes arranged like the labels of the form's list.

    >>> from tests.forms.truth import Box
    >>> [len(row) for row in in_rows((Box(label="紙", ticked=True),) * 3, (("紙", "他"), ("他",)))]
    [2, 1]
    """
    left = list(boxes)
    return tuple(tuple(left.pop(0) for _ in row) for row in rows)
