"""From the coordinates of a PDF page to those of the page as it is read: upright, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.readers.pdf.glyphs import Box

Corners = tuple[float, float, float, float]
"""Left, bottom, right, top as the PDF has them: y upwards."""

Point = tuple[float, float]

_QUARTER, _HALF = 90, 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn of the page by ``degrees`` clockwise about what ``visible`` shows of it.

    >>> Turn(degrees=0, visible=(0, 0, 600, 800)).box((10, 700, 40, 720))
    (10, 80, 40, 100)
    >>> Turn(degrees=90, visible=(0, 0, 600, 800)).box((10, 700, 40, 720))
    (700, 10, 720, 40)
    """

    degrees: int
    visible: Corners

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the turned page."""
        left, bottom, right, top = self.visible
        across, along = right - left, top - bottom
        return (across, along) if self.degrees % _HALF == 0 else (along, across)

    def box(self, corners: Corners) -> Box:
        """Return where a rectangle of the PDF stands on the turned page."""
        return self.boxes((corners,))[0]

    def boxes(self, every: Iterable[Corners]) -> list[Box]:
        """Return where rectangles of the PDF (west, south, east, north) stand on the turned page."""
        low_x, low_y, high_x, high_y = self.visible
        if self.degrees == 0:
            return [(w - low_x, high_y - n, e - low_x, high_y - s) for w, s, e, n in every]
        if self.degrees == _QUARTER:
            return [(s - low_y, w - low_x, n - low_y, e - low_x) for w, s, e, n in every]
        if self.degrees == _HALF:
            return [(high_x - e, s - low_y, high_x - w, n - low_y) for w, s, e, n in every]
        return [(high_y - n, high_x - e, high_y - s, high_x - w) for w, s, e, n in every]

    def heights(self, points: Iterable[Point]) -> list[float]:
        """Return how far below the upper edge of the turned page the points stand."""
        low_x, low_y, high_x, high_y = self.visible
        if self.degrees == 0:
            return [high_y - y for _, y in points]
        if self.degrees == _QUARTER:
            return [x - low_x for x, _ in points]
        if self.degrees == _HALF:
            return [y - low_y for _, y in points]
        return [high_x - x for x, _ in points]

    def corners(self, box: Box) -> Corners:
        """Return the rectangle of the PDF for one of the turned page: ``box`` the other way."""
        left, top, right, bottom = box
        low_x, low_y, high_x, high_y = self.visible
        if self.degrees == 0:
            return (left + low_x, high_y - bottom, right + low_x, high_y - top)
        if self.degrees == _QUARTER:
            return (top + low_x, left + low_y, bottom + low_x, right + low_y)
        if self.degrees == _HALF:
            return (high_x - right, top + low_y, high_x - left, bottom + low_y)
        return (high_x - bottom, high_y - right, high_x - top, high_y - left)
