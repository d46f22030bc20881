"""The picture of a page: straightened, its ruling lines found and taken out, the rest is the ink of text.

Measures in pixels; numpy arrays and OpenCV have no types here, for the library is an extra.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from statistics import median
from typing import Any

from extract.readers.pdf.glyphs import Box

DPI = 200.0
_MOST_PIXELS = 12_000_000
_POINTS = 72.0
_RULE = 48  # the shortest stroke that is a rule: longer than any of a character
_THICKEST = 12
_GAP = 3  # what a thin line of a scan may lack; more would join the strokes of characters
_SLOPE_LEAST, _SLOPE_MOST = 0.0005, 0.08
_LONG = 8  # a line of this part of the width tells the slope

Image = Any
"""A numpy array of grey values; of ink, 255 where there is some."""

PixelBox = tuple[int, int, int, int]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page's ``grey`` values without its rules, its ``ink`` without them, and the ``bars`` that they are."""

    grey: Image
    ink: Image
    bars: tuple[PixelBox, ...]
    scale: float

    def points(self, box: tuple[float, float, float, float]) -> Box:
        """Return a box of pixels in points."""
        left, top, right, bottom = box
        return left / self.scale, top / self.scale, right / self.scale, bottom / self.scale


def take_picture(page: Any, size: tuple[float, float]) -> Picture:  # noqa: ANN401  a page of pdfium's
    """Return the picture of an open page of the given size in points."""
    cv2: Any = import_module("cv2")
    scale = min(DPI / _POINTS, (_MOST_PIXELS / max(1.0, size[0] * size[1])) ** 0.5)
    grey = page.render(scale=scale, grayscale=True).to_numpy()
    grey = grey if grey.ndim == 2 else grey[:, :, 0]  # noqa: PLR2004  rows and columns
    grey = _straight(cv2, grey)
    ink = _ink(cv2, grey)
    bars, drawn = _bars(cv2, ink)
    rest = cv2.subtract(ink, drawn)
    blank = grey.copy()
    blank[drawn > 0] = 255
    return Picture(grey=blank, ink=rest, bars=tuple(bars), scale=scale)


def _ink(cv2: Any, grey: Image) -> Image:  # noqa: ANN401  a module
    return cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]


def _straight(cv2: Any, grey: Image) -> Image:  # noqa: ANN401  a module
    """Turn the picture so that its long lines run level: a scanner draws paper in askew."""
    height, width = grey.shape
    found = cv2.HoughLinesP(_ink(cv2, grey), 1, 0.0005, 400, minLineLength=width // _LONG, maxLineGap=2 * _GAP)
    lines = [] if found is None else [tuple(map(float, line)) for line in found.reshape(-1, 4)]
    slopes = [(y - b) / (x - a) for a, b, x, y in lines if abs(x - a) > 4 * abs(y - b)]
    slope = median(slopes) if slopes else 0.0
    if not _SLOPE_LEAST < abs(slope) < _SLOPE_MOST:
        return grey
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), slope * 57.29578, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), borderValue=255)


def _bars(cv2: Any, ink: Image) -> tuple[list[PixelBox], Image]:  # noqa: ANN401  a module
    """Return the rules as boxes, and as ink."""
    bars: list[PixelBox] = []
    drawn = ink * 0
    for along, gap in (((_RULE, 1), (_GAP, 1)), ((1, _RULE), (1, _GAP))):
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
        opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
        found = [box for box in boxes_of(cv2, opened) if min(box[2] - box[0], box[3] - box[1]) <= _THICKEST]
        bars += found
        for left, top, right, bottom in found:
            drawn[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = 255
    return bars, drawn


def boxes_of(cv2: Any, ink: Image) -> Iterator[PixelBox]:  # noqa: ANN401  a module
    """Yield the boxes about what hangs together."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    for at in range(1, count):
        left, top, width, height = (int(value) for value in stats[at][:4])
        yield left, top, left + width, top + height
