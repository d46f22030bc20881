"""The narrow columns, heights and fonts of an Excel form: drawn anew for each document, as agencies redraw theirs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import ceil
from random import Random
from typing import Literal

Side = Literal["left", "center", "right"]
SIDES: tuple[Side, ...] = ("center", "left")

_MARGIN = 28.0
_PAGE = (595.0, 842.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Measures in points and in narrow columns.

    ``label`` columns hold a label, ``mark`` the sign between two brackets, ``choice`` a selected value;
    ``lead`` is printed before each label; ``wide_marks`` puts the brackets of the second and later boxes of a
    row further apart, and ``mark_side`` is where a sign stands between them; ``upright`` prints the shared label
    of a group one character a line; ``glued`` fills labels up with spaces, as the PDF printers do that write a
    space across a gap, ``glued_later`` also the blank marks of the later boxes; a ``packed`` form ends few pages
    before they are full; ``exchanged`` is the share of stretches that a scrambled dump prints the other way round.
    """

    unit: float = 6.5
    label: int = 18
    mark: int = 1
    wide_marks: int = 2
    mark_side: Side = "center"
    choice: int = 20
    size: float = 9.0
    line: float = 12.5
    lead: str = " "
    middle: bool = True
    upright: bool = True
    glued: bool = False
    glued_later: bool = False
    packed: bool = False
    exchanged: float = 0.0

    @property
    def columns(self) -> int:
        """Return how many narrow columns fill the width of the page."""
        return int((_PAGE[0] - 2 * _MARGIN) // self.unit)

    @property
    def page(self) -> float:
        """Return the height of the rows that fit on one page."""
        return _PAGE[1] - 2 * _MARGIN - 30.0

    def lines(self, text: str, columns: int) -> int:
        """Return over how many lines ``text`` wraps in a cell of that many columns."""
        room = max(columns * self.unit - 6.0, self.size)
        return sum(max(1, ceil(self.width(line) * 1.06 / room)) for line in text.split("\n"))

    def width(self, text: str) -> float:
        """Return the printed width of one line of text."""
        wide = sum(unicodedata.east_asian_width(char) in "WFA" for char in text)
        return self.size * (wide + 0.56 * (len(text) - wide))


def draw_ruling(seed: str) -> Ruling:
    """Return the measures of one document."""
    rng = Random(f"{seed}/ruling")  # noqa: S311 -- invented test data, not a secret
    return Ruling(
        unit=rng.choice((6.0, 6.5, 7.0)),
        label=rng.choice((15, 18, 20)),
        mark=rng.choice((1, 2, 2)),
        wide_marks=rng.choice((1, 2, 3, 4, 6)),
        mark_side=rng.choice(SIDES),
        choice=rng.choice((14, 18, 22)),
        size=rng.choice((8.0, 9.0, 9.5)),
        line=rng.choice((12.0, 13.0, 14.5)),
        lead=rng.choice((" ", " ", "")),
        middle=rng.random() < 0.7,
        upright=rng.random() < 0.8,
        glued=rng.random() < 0.8,
        glued_later=rng.random() < 0.5,
        packed=rng.random() < 0.4,
        exchanged=rng.choice((0.0, 0.3, 0.6, 0.9)),
    )
