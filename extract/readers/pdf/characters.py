"""The characters that a page shows, each with the box of its place in its line.

pdfium tells of each character its code point, the width that it takes and the point on the line at which
it stands. What a clip cuts off is not shown: an office program prints the whole text of a cell over a page
break on both pages, and lets each show its part.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from statistics import median

import pypdfium2.raw as pdfium

from extract.readers.pdf.calls import (
    Address,
    address_of,
    clip_path,
    is_guessed,
    loose_box,
    object_at,
    origin,
    paths_in_clip,
)
from extract.readers.pdf.glyphs import UNKNOWN, Box, Glyph, is_wide, mend_sign, symbol_sign
from extract.readers.pdf.paths import Handle, PageObject, bounds_of, hull_of
from extract.readers.pdf.turning import Corners, Point, Turn

_PRIVATE = range(0xE000, 0xF900)
_HIGH = range(0xD800, 0xDC00)
_HALVES = frozenset(_HIGH)
_SPACE = 0x20
_USUAL = 10.0  # points of a character, where a page does not tell
_ABOVE = 0.88  # share of a character above the line on which it stands
_BELOW = 1 - _ABOVE
_UNSEEN = 0.2  # share of a character's box, from its edge, in which there is hardly any ink
_INSIDE = 0.5
_ALIKE = 0.6  # share of its size by which a drawn mark may stand off its line
_SAMPLES = 100  # characters, at least, by which the usual width is judged
_STRIPE = 8.0  # height of the stripes in which characters are looked up
_LOWEST = 20_000.0
_MOST_CLIP_POINTS = 200
_MOST_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters in the order in which they were drawn.

    ``belongs`` gives a point in the right cell for those that reach out of theirs, ``hidden`` are those that
    the page does not show.
    """

    glyphs: tuple[Glyph, ...]
    belongs: dict[Glyph, Point]
    hidden: str = ""


def read_characters(text: Handle, count: int, turn: Turn, objects: Iterable[PageObject]) -> Characters:
    """Return the first ``count`` characters of pdfium's text page; white space is left out."""
    signs, corners, origins, numbers = _raw(text, count, level=turn.degrees % 180 == 0)
    glyphs = _placed(signs, turn.boxes(corners), turn.heights(origins))
    width, height = turn.size
    hidden = {
        at
        for at, (_, left, top, right, bottom) in enumerate(glyphs)
        if not (0.0 <= left + right <= 2 * width and 0.0 <= top + bottom <= 2 * height)
    }
    frames: dict[int, Box] = {}
    for at, shown in _cut_off(text, glyphs, numbers, list(_cuts(objects, turn))):
        if _shows(glyphs[at], shown):
            frames[at] = shown
        else:
            hidden.add(at)
    frames |= dict(_beside(glyphs, frames))
    belongs = {glyphs[at]: _nearest_in(glyphs[at], frame) for at, frame in frames.items()}
    if not hidden:
        return Characters(tuple(glyphs), belongs)
    shown_ones = tuple(glyph for at, glyph in enumerate(glyphs) if at not in hidden)
    return Characters(shown_ones, belongs, "".join(signs[at] for at in sorted(hidden)))


def _raw(text: Handle, count: int, *, level: bool) -> tuple[list[str], list[Corners], list[Point], list[int]]:
    """Return signs, boxes, the points on their lines, and the numbers that pdfium gives them.

    Characters of one font in one line have the same upper and lower edges: so the line is asked for once.
    """
    page, codes = address_of(text), _codes(text, count)
    every, boxes = [mend_sign(code) for code in codes], _corners(page, count)
    if UNKNOWN in every:
        for at, code in enumerate(codes):
            if code in _PRIVATE:
                every[at] = symbol_sign(code, _font(text, at))
    numbers = [at for at, (sign, box) in enumerate(zip(every, boxes, strict=True)) if sign and box]
    corners = [box for sign, box in zip(every, boxes, strict=True) if sign and box]
    edges = [(box[1], box[3]) for box in corners] if level else [(box[0], box[2]) for box in corners]
    x, y = ctypes.c_double(), ctypes.c_double()
    x_at, y_at = ctypes.addressof(x), ctypes.addressof(y)
    known: dict[Point, Point] = {}
    for edge, at, box in zip(edges, numbers, corners, strict=True):
        if edge not in known:
            known[edge] = (x.value, y.value) if origin(page, at, x_at, y_at) else (box[0], box[1])
    return [every[at] for at in numbers], corners, [known[edge] for edge in edges], numbers


def _corners(page: Address, count: int) -> list[Corners | None]:
    """Return the box of each character as its font gives it; None where pdfium knows of none."""
    boxes = (pdfium.FS_RECTF * count)()
    first, size = ctypes.addressof(boxes), ctypes.sizeof(pdfium.FS_RECTF)
    found = list(map(loose_box, repeat(page, count), range(count), range(first, first + count * size, size)))
    sides = memoryview(boxes).cast("B").cast("f").tolist()
    corners: list[Corners | None] = list(zip(sides[0::4], sides[3::4], sides[2::4], sides[1::4], strict=True))
    return corners if all(found) else [corner if there else None for corner, there in zip(corners, found, strict=True)]


def _codes(text: Handle, count: int) -> list[int]:
    """Return the code points; of two halves of one, the first is a space and the second the whole.

    A font may not tell what its characters are: then pdfium gives their number in the font, and here it is 0.
    """
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    written = pdfium.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    if written == count + 1:
        codes = list(memoryview(buffer).cast("B")[: 2 * count].cast("H"))
    else:  # characters without code point are left out of pdfium's text
        codes = [pdfium.FPDFText_GetUnicode(text, at) for at in range(count)]
    for at, code in enumerate(codes if not _HALVES.isdisjoint(codes) else ()):
        if code in _HIGH and at + 1 < count:
            codes[at], codes[at + 1] = _SPACE, 0x10000 + ((code - _HIGH.start) << 10) + (codes[at + 1] & 0x3FF)
    page = address_of(text)
    if any(is_guessed(page, at) == 1 for at in range(0, count, max(1, count // _SAMPLES))):
        codes = [0 if is_guessed(page, at) == 1 else code for at, code in enumerate(codes)]
    return codes


def _font(text: Handle, at: int) -> str:
    length = pdfium.FPDFText_GetFontInfo(text, at, None, 0, None)
    buffer = ctypes.create_string_buffer(max(1, length))
    pdfium.FPDFText_GetFontInfo(text, at, buffer, length, None)
    return buffer.value.decode("utf-8", "replace")


def _placed(signs: Sequence[str], boxes: Sequence[Box], bases: Sequence[float]) -> list[Glyph]:
    """Return the characters as high as their line, whatever their shape, so that their middles agree."""
    step = max(1, len(signs) // _SAMPLES)
    widths = [box[2] - box[0] for sign, box in zip(signs[::step], boxes[::step], strict=True) if is_wide(sign)]
    usual = (median(widths) if widths else 0.0) or _USUAL
    glyphs = []
    above, below = _ABOVE * usual, _BELOW * usual
    make = tuple.__new__  # half the time of Glyph(…)
    for sign, (left, _, right, _), base in zip(signs, boxes, bases, strict=True):
        size = right - left
        if size > usual:
            glyphs.append(make(Glyph, (sign, left, base - _ABOVE * size, right, base + _BELOW * size)))
        else:
            glyphs.append(make(Glyph, (sign, left, base - above, right, base + below)))
    return glyphs


def drawn_marks(glyphs: Sequence[Glyph], rounds: Iterable[Box]) -> Iterator[Glyph]:
    """Yield a ○ for each round shape that is drawn between two brackets with nothing else between them.

    >>> box = [Glyph("[", 0, 0, 5, 9), Glyph("]", 20, 0, 25, 9)]
    >>> [mark.text for mark in drawn_marks(box, [(9, 1, 16, 8), (40, 1, 47, 8)])]
    ['○']
    """
    for left, top, right, bottom in islice(rounds, _MOST_ROUNDS):
        middle, size = (top + bottom) / 2, bottom - top
        line = [glyph for glyph in glyphs if abs(glyph.middle - middle) <= size * _ALIKE]
        before = max((glyph for glyph in line if glyph.left <= left), key=lambda one: one.left, default=None)
        after = min((glyph for glyph in line if glyph.left > left), key=lambda one: one.left, default=None)
        if before and after and before.text in "[［〔" and after.text in "]］〕":
            yield Glyph("○", left, before.top, right, before.bottom)


# -- what is cut off -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text object of which not the whole is shown."""

    address: Address
    whole: Box
    shown: Box


def _cut_off(
    text: Handle, glyphs: Sequence[Glyph], numbers: Sequence[int], cuts: Sequence[_Cut]
) -> Iterator[tuple[int, Box]]:
    """Yield the characters whose middle is cut off, each with what is shown of the object that draws it."""
    first = min((_stripe(cut.whole[1]) for cut in cuts), default=0) * _STRIPE * 2
    last = max((_stripe(cut.whole[3]) for cut in cuts), default=-1) * _STRIPE * 2
    stripes: dict[int, list[int]] = {}
    for at, glyph in enumerate(glyphs if cuts else ()):
        if first - 2 * _STRIPE <= (height := glyph[2] + glyph[4]) <= last + 4 * _STRIPE:
            stripes.setdefault(int(height / (2 * _STRIPE)), []).append(at)
    for cut in cuts:
        left, top, right, bottom = cut.whole
        near = range(_stripe(top) - 1, _stripe(bottom) + 2)
        for at in chain.from_iterable(stripes.get(stripe, ()) for stripe in near):
            beside = left - _STRIPE <= glyphs[at].left <= right
            if beside and not _is_inside(glyphs[at], cut.shown) and _drawn_by(text, numbers[at]) == cut.address:
                yield at, cut.shown


def _beside(glyphs: Sequence[Glyph], frames: Mapping[int, Box]) -> Iterator[tuple[int, Box]]:
    """Yield the characters of cut lines that are too low to be cut themselves, as a full stop is."""
    for at, frame in frames.items():
        for near in (at - 1, at + 1):
            if near in frames or not 0 <= near < len(glyphs):
                continue
            same = abs(glyphs[near].top - glyphs[at].top) < _INSIDE and frame[0] <= glyphs[near].centre <= frame[2]
            if same and not _is_inside(glyphs[near], frame):
                yield near, frame


def _stripe(height: float) -> int:
    return int(min(max(0.0, height), _LOWEST) / _STRIPE)


def _is_inside(glyph: Glyph, frame: Box) -> bool:
    return frame[0] <= glyph.centre <= frame[2] and frame[1] <= glyph.middle <= frame[3]


def _nearest_in(glyph: Glyph, frame: Box) -> Point:
    """Return the point of what is shown that lies nearest to the middle of a character."""
    left, top, right, bottom = frame
    x = min(max(glyph.centre, left + _INSIDE), right - _INSIDE)
    return x, min(max(glyph.middle, top + _INSIDE), bottom - _INSIDE)


def _shows(glyph: Glyph, frame: Box) -> bool:
    """Tell whether a good piece of a character can be seen: readers complete one that is cut in half."""
    _, left, top, right, bottom = glyph
    spare_x, spare_y = (right - left) * _UNSEEN, (bottom - top) * _UNSEEN
    seen_x = left + spare_x < frame[2] and right - spare_x > frame[0]
    return seen_x and top + spare_y < frame[3] and bottom - spare_y > frame[1]


def _drawn_by(text: Handle, at: int) -> Address:
    """Return the address of the object that draws a character; 0 where pdfium made it up."""
    return address_of(pdfium.FPDFText_GetTextObject(text, at))


def _cuts(objects: Iterable[PageObject], turn: Turn) -> Iterator[_Cut]:
    """Yield the text objects that are cut, as that of a cell over a page break is."""
    for kind, one in objects:
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            clip = clip_path(one)
            paths = paths_in_clip(clip) if clip else 0
            shown = _shown(ctypes.cast(clip, pdfium.FPDF_CLIPPATH), paths) if paths > 0 else None
            whole = bounds_of(object_at(one)) if shown else None
            if shown and whole and _common(shown, whole) != whole:
                yield _Cut(one, turn.box(whole), turn.box(shown))


def _shown(clip: Handle, paths: int) -> Corners | None:
    """Return the rectangle that all parts of a clip leave."""
    x, y = ctypes.c_float(), ctypes.c_float()
    shown: Corners | None = None
    for path in range(min(paths, _MOST_CLIP_POINTS)):
        points = []
        for at in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), _MOST_CLIP_POINTS)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, at)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append((x.value, y.value))
        if points:
            shown = _common(shown, hull_of(points)) if shown else hull_of(points)
    return shown


def _common(first: Corners, second: Corners) -> Corners:
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])
