"""The lines that a page draws: strokes, thin bars, frames, dashes, gathered into straight rules.

Knows pdfium's path objects and no text. Office programs draw one border as a stroke, as a filled bar a
point high, as a rectangle about a cell, or as a chain of dashes; all become the same rules.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from extract.readers.pdf.turning import Corners, Turn

THIN = 3.0
"""A bar no thicker than this, in points, is a line."""
_SNAP = 2.0  # lines nearer than this are one
_DASH_GAP = 3.5
_SHORTEST = 5.0
_WHITE = 250
_MOST_SEGMENTS = 4000
_DEEPEST = 4
_MOST_OBJECTS = 60_000


class Rule(NamedTuple):
    """A straight line: the height (or for an upright one the distance from the left) at which it runs."""

    at: float
    start: float
    end: float


Handle = Any
"""A pointer of pdfium's, which tells Python nothing of what it points at."""

PageObject = tuple[int, Handle]
"""One of pdfium's page objects behind its kind."""

Matrix = tuple[float, float, float, float, float, float]


def read_rules(objects: Iterable[PageObject], turn: Turn) -> tuple[list[Rule], list[Rule]]:
    """Return the level and the upright rules among the objects of a page."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for corners in _bars(objects, 0):
        left, top, right, bottom = turn.box(corners)
        width, height = right - left, bottom - top
        if height <= THIN and height <= width:
            level.append(Rule((top + bottom) / 2, left, right))
        if width <= THIN and width <= height:
            upright.append(Rule((left + right) / 2, top, bottom))
    return merge_rules(level), merge_rules(upright)


def merge_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Join what runs along one line: doubled strokes, and dashes whose gaps are small.

    >>> merge_rules([Rule(10.0, 0.0, 4.0), Rule(10.4, 6.0, 20.0), Rule(50.0, 0.0, 2.0)])
    [Rule(at=10.2, start=0.0, end=20.0)]
    """
    merged: list[Rule] = []
    for row in _rows(sorted(rules)):
        at = round(sum(rule.at for rule in row) / len(row), 2)
        start, end = row[0].start, row[0].end
        for rule in row[1:]:
            if rule.start > end + _DASH_GAP:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            else:
                end = max(end, rule.end)
        merged.append(Rule(at, start, end))
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def _rows(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the rules that run at one height, each row sorted by where its rules start."""
    row: list[Rule] = []
    for rule in rules:
        if row and rule.at - row[0].at > _SNAP:
            yield sorted(row, key=lambda one: one.start)
            row = []
        row.append(rule)
    if row:
        yield sorted(row, key=lambda one: one.start)


# -- pdfium's objects ----------------------------------------------------------------------------


def page_objects(page: Handle) -> list[PageObject]:
    """Return the objects that a page draws, no more than a readable page has."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    return _with_kinds(pdfium.FPDFPage_GetObject(page, at) for at in range(count))


def _with_kinds(objects: Iterable[Handle]) -> list[PageObject]:
    return [(pdfium.FPDFPageObj_GetType(one), one) for one in objects]


def _bars(objects: Iterable[PageObject], depth: int) -> Iterator[Corners]:
    for kind, one in objects:
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _bars_of_path(one)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = min(pdfium.FPDFFormObj_CountObjects(one), _MOST_OBJECTS)
            inside = _with_kinds(pdfium.FPDFFormObj_GetObject(one, at) for at in range(count))
            matrix = _matrix(one)
            for corners in _bars(inside, depth + 1):
                yield _moved(corners, matrix)


def _bars_of_path(path: Handle) -> Iterator[Corners]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not (fill.value or stroke.value) or _is_white(path, stroked=bool(stroke.value)):
        return
    bounds = bounds_of(path)
    if bounds is None:
        return
    left, bottom, right, top = bounds
    if right - left <= THIN or top - bottom <= THIN:
        yield bounds
    elif stroke.value:
        yield from _strokes(path)
    else:
        yield from (bar for bar in map(hull_of, _outlines(path)) if bar[2] - bar[0] <= THIN or bar[3] - bar[1] <= THIN)


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


Point = tuple[float, float]


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
