"""Straight lines: strokes, thin bars, the sides of frames and dashes, gathered into rules.

Knows neither pdfium nor text. Office programs draw one border as a stroke, as a filled bar a point high, as
a rectangle about a cell, or as a chain of dashes; all become the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.readers.pdf.glyphs import Box

THIN = 3.0
"""A bar no thicker than this, in points, is a line."""
_SNAP = 2.0  # lines nearer than this are one
_DASH_GAP = 3.5
_SHORTEST = 5.0


class Rule(NamedTuple):
    """A straight line: the height (or for an upright one the distance from the left) at which it runs."""

    at: float
    start: float
    end: float


def rules_of(bars: Iterable[Box], size: tuple[float, float]) -> tuple[list[Rule], list[Rule]]:
    """Return the level and the upright rules that thin bars make on a page of the given width and height.

    >>> rules_of([(0.0, 10.0, 50.0, 10.5), (20.0, 0.0, 20.5, 60.0)], (100.0, 100.0))
    ([Rule(at=10.25, start=0.0, end=50.0)], [Rule(at=20.25, start=0.0, end=60.0)])
    """
    across, along = size
    level: list[Rule] = []
    upright: list[Rule] = []
    for bar in bars:
        if not (bar[0] <= across and bar[1] <= along and bar[2] >= 0.0 and bar[3] >= 0.0):
            continue  # off the page, or nowhere: a damaged file has such numbers
        left, top, right, bottom = max(bar[0], 0.0), max(bar[1], 0.0), min(bar[2], across), min(bar[3], along)
        width, height = right - left, bottom - top
        is_dot = width <= THIN and height <= THIN  # of a dotted line that may run either way
        if height <= THIN and (is_dot or height <= width):
            level.append(Rule((top + bottom) / 2, left, right))
        if width <= THIN and (is_dot or width <= height):
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
