"""What a page draws beside text: thin bars that can be borders, and small round shapes that can be marks.

Knows pdfium's page objects and no text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from extract.readers.pdf.calls import Address, address_of, kind_of_object, object_at, page_object
from extract.readers.pdf.rules import THIN

if TYPE_CHECKING:
    from extract.readers.pdf.turning import Corners

_WHITE = 250
_MOST_SEGMENTS = 4000
_MOST_OBJECTS = 40_000
_DEEPEST = 4
_SMALLEST_MARK, _LARGEST_MARK = 3.0, 18.0

Handle = Any
"""A pointer of pdfium's, which tells Python nothing of what it points at."""

PageObject = tuple[int, Address]
"""One of pdfium's page objects behind its kind."""

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The ``bars`` of a page, and the rectangles about its small ``rounds`` (a ○ drawn by hand)."""

    bars: list[Corners] = field(default_factory=list)
    rounds: list[Corners] = field(default_factory=list)


def page_objects(page: Handle) -> list[PageObject]:
    """Return the objects that a page draws, no more than a readable page has."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    place = address_of(page)
    return _with_kinds([page_object(place, at) for at in range(count)])


def _with_kinds(objects: Iterable[Address]) -> list[PageObject]:
    return [(kind_of_object(one), one) for one in objects]


def read_drawing(objects: Iterable[PageObject]) -> Drawing:
    """Return what the objects draw, those inside of forms too."""
    reader = _Reader()
    return reader.read(objects, 0)


class _Reader:
    """Reads objects, and forms in forms, as long as their number stays within reason."""

    def __init__(self) -> None:
        self.left = _MOST_OBJECTS

    def read(self, objects: Iterable[PageObject], depth: int) -> Drawing:
        drawing = Drawing()
        for kind, one in objects:
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                _read_path(object_at(one), drawing)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                self._read_form(object_at(one), drawing, depth + 1)
        return drawing

    def _read_form(self, form: Handle, drawing: Drawing, depth: int) -> None:
        count = min(pdfium.FPDFFormObj_CountObjects(form), self.left)
        self.left -= max(0, count)
        parts = (address_of(pdfium.FPDFFormObj_GetObject(form, at)) for at in range(count))
        inner = self.read(_with_kinds(parts), depth)
        matrix = _matrix(form)
        drawing.bars.extend(_moved(bar, matrix) for bar in inner.bars)
        drawing.rounds.extend(_moved(mark, matrix) for mark in inner.rounds)


def _read_path(path: Handle, drawing: Drawing) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not (fill.value or stroke.value) or _is_white(path, stroked=bool(stroke.value)):
        return
    bounds = bounds_of(path)
    if bounds is None:
        return
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if width <= THIN or height <= THIN:
        drawing.bars.append(bounds)
    elif _can_be_mark(width, height) and _has_curve(path):
        drawing.rounds.append(bounds)
    elif stroke.value:
        drawing.bars.extend(_strokes(path))
    else:
        parts = map(hull_of, _outlines(path))
        drawing.bars.extend(part for part in parts if part[2] - part[0] <= THIN or part[3] - part[1] <= THIN)


def _can_be_mark(width: float, height: float) -> bool:
    return min(width, height) >= _SMALLEST_MARK and max(width, height) <= _LARGEST_MARK


def _has_curve(path: Handle) -> bool:
    count = min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)
    segments = (pdfium.FPDFPath_GetPathSegment(path, at) for at in range(count))
    return any(pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO for segment in segments)


def bounds_of(one: Handle) -> Corners | None:
    """Return the rectangle about an object, in the coordinates of what holds it."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = pdfium.FPDFPageObj_GetBounds(
        one, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
    )
    return (left.value, bottom.value, right.value, top.value) if found else None


def _is_white(path: Handle, *, stroked: bool) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    read = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not read(path, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _strokes(path: Handle) -> Iterator[Corners]:
    """Yield the straight strokes of a path that run along or down the page."""
    for outline in _outlines(path):
        for (x, y), (other_x, other_y) in pairwise(outline):
            if abs(x - other_x) <= 1.0 or abs(y - other_y) <= 1.0:
                yield min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _outlines(path: Handle) -> Iterator[list[Point]]:
    """Yield the corners of each part of a path; a curve parts it, for no border is round."""
    matrix = _matrix(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[Point] = []
    for at in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind != pdfium.FPDF_SEGMENT_LINETO and outline:
            yield outline
            outline = []
        outline.append(_point((x.value, y.value), matrix))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(outline) > 1:
            outline.append(outline[0])
    if outline:
        yield outline


def hull_of(outline: Sequence[Point]) -> Corners:
    """Return the rectangle about some points."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(one: Handle) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, ctypes.byref(found)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _point(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(corners: Corners, matrix: Matrix) -> Corners:
    left, bottom, right, top = corners
    return hull_of([_point(point, matrix) for point in ((left, bottom), (right, top))])
