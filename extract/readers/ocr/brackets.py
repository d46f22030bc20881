"""Square brackets by their shape, and whether there is ink between two of them: no recognition reads these marks.

A bracket is an upright stroke with a short hook at both ends, on one side. Between two brackets nothing is an
empty box, something as large as a ring is a mark; what lies between is told as neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from extract.readers.ocr.picture import Image, PixelBox, boxes_of

OPENING, CLOSING = "[", "]"
FILLED, EMPTY, UNCLEAR = "○", "", "?"

_STROKE = (0.8, 1.6)  # shortest and longest stroke, as all measures here in sizes of a character
_THICKEST = 0.25
_HOOK = 0.45  # longer ones are of a character such as 区
_SHORTEST_HOOK = 0.08
_END = 0.1  # share of the stroke at whose ends the hooks are
_NOTHING, _SOMETHING = 0.015, 0.06  # share of a square of ink
_RING = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """One bracket: its sign, and the box of its stroke with its hooks."""

    sign: str
    box: PixelBox

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.box[1] + self.box[3]) / 2


def find_brackets(ink: Image, size: float) -> list[Bracket]:
    """Return the brackets beside characters of a size."""
    cv2: Any = import_module("cv2")
    shortest = max(3, int(size * _STROKE[0]))
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (1, shortest)))
    found = (_bracket(ink, stroke, size) for stroke in boxes_of(cv2, strokes))
    return [bracket for bracket in found if bracket is not None]


def _bracket(ink: Image, stroke: PixelBox, size: float) -> Bracket | None:
    left, top, right, bottom = stroke
    if right - left > size * _THICKEST or bottom - top > size * _STROKE[1]:
        return None
    end = max(2, int((bottom - top) * _END))
    ends = ((top - 1, top + end), (bottom - end, bottom + 1))
    reach = int(size * 2 * _HOOK)
    after = [_run(ink[max(0, low) : high, right : right + reach]) for low, high in ends]
    before = [_run(ink[max(0, low) : high, max(0, left - reach) : left][:, ::-1]) for low, high in ends]
    if _are_hooks(after, size) and max(before) <= 1:
        return Bracket(sign=OPENING, box=(left, top, right + min(after), bottom))
    if _are_hooks(before, size) and max(after) <= 1:
        return Bracket(sign=CLOSING, box=(left - min(before), top, right, bottom))
    return None


def _are_hooks(lengths: Sequence[int], size: float) -> bool:
    """Tell whether both ends have hooks; a ring that touches one makes it look longer."""
    return max(2, int(size * _SHORTEST_HOOK)) <= min(lengths) <= size * _HOOK


def _run(part: Image) -> int:
    """Return how many columns, from the first one on, have ink."""
    has_ink = [bool(column) for column in part.any(axis=0)]
    return has_ink.index(False) if False in has_ink else len(has_ink)


def tell_mark(ink: Image, opening: Bracket, closing: Bracket, size: float) -> str:
    """Return the mark between two brackets: a ring, nothing, or a sign that it is unclear."""
    cv2: Any = import_module("cv2")
    top = max(opening.box[1], closing.box[1])
    bottom = min(opening.box[3], closing.box[3])
    inside = ink[top + 1 : bottom - 1, opening.box[2] + 1 : closing.box[0] - 1]
    if inside.size == 0:
        return UNCLEAR
    share = float((inside > 0).sum()) / (size * size)
    if share < _NOTHING:
        return EMPTY
    largest = max(min(right - left, low - high) for left, high, right, low in boxes_of(cv2, inside))
    return FILLED if share >= _SOMETHING and largest >= size * _RING else UNCLEAR
