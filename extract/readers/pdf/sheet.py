"""One page as pdfium gives it: its characters and rules, upright, and what tells how it came about."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from extract.readers.pdf.calls import address_of, angle, code_point, object_at
from extract.readers.pdf.characters import drawn_marks, read_characters
from extract.readers.pdf.glyphs import UNKNOWN, Box, Glyph
from extract.readers.pdf.paths import Handle, PageObject, bounds_of, page_objects, read_drawing
from extract.readers.pdf.rules import Rule, rules_of
from extract.readers.pdf.turning import Corners, Point, Turn

_MOST_GLYPHS = 40_000
_SAMPLES = 20
_QUARTER = math.pi / 2
_SPACE = 0x20
_MOSTLY = 0.5
_MOST_NOTES = 1_000
_NOTES = frozenset(
    {
        pdfium.FPDF_ANNOT_WIDGET,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_STAMP,
    }
)
_PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on one page, in the coordinates of the page as it is read.

    ``belongs`` gives a point in the right cell for characters that reach out of theirs. ``shown`` turns boxes
    to the page as a viewer shows it. ``unknown`` counts the characters whose font does not tell what they
    are, ``hidden`` are those that the page does not show; ``pictured`` is the share of the page that its largest
    picture covers. ``recognised`` tells that the text was read from a picture, here or by whoever made the file.
    """

    number: int
    turn: Turn
    shown: Turn
    glyphs: tuple[Glyph, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    belongs: Mapping[Glyph, Point] = field(default_factory=dict)
    unknown: int = 0
    hidden: str = ""
    is_cut: bool = False
    pictured: float = 0.0
    recognised: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        return self.turn.size

    def place(self, box: Box) -> Box:
        """Return a box of the upright page on the page as a viewer shows it, rounded."""
        if self.turn != self.shown:
            box = self.shown.box(self.turn.corners(box))
        left, top, right, bottom = box
        return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def read_sheet(page: Handle, number: int) -> Sheet:
    """Read page ``number`` of an open document."""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count = max(0, pdfium.FPDFText_CountChars(text))
        visible = visible_of(page)
        shown = Turn(degrees=90 * (max(0, pdfium.FPDFPage_GetRotation(page)) % 4), visible=visible)
        turn = Turn(degrees=_upright(text, count, shown.degrees), visible=visible)
        objects = page_objects(page)
        characters = read_characters(text, min(count, _MOST_GLYPHS), turn, objects)
        drawing = read_drawing(objects)
        level, upright = rules_of(turn.boxes(drawing.bars), turn.size)
        glyphs = (*characters.glyphs, *drawn_marks(characters.glyphs, turn.boxes(drawing.rounds)))
        pictured = _pictured(objects, visible)
        return Sheet(
            number=number,
            turn=turn,
            shown=shown,
            glyphs=glyphs,
            level=tuple(level),
            upright=tuple(upright),
            belongs=characters.belongs,
            unknown=sum(glyph.text == UNKNOWN for glyph in characters.glyphs),
            hidden=characters.hidden,
            is_cut=count > _MOST_GLYPHS,
            pictured=pictured,
            recognised=pictured > _MOSTLY and _is_laid_over(objects),
        )
    finally:
        pdfium.FPDFText_ClosePage(text)


def visible_of(page: Handle) -> Corners:
    """Return the rectangle of a page that a viewer shows."""
    found = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(found))
    return found.left, found.bottom, found.right, found.top


def has_notes(page: Handle) -> bool:
    """Tell whether form fields or notes lie on a page: a mark can be one of them."""
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        if note:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            pdfium.FPDFPage_CloseAnnot(note)
            if kind in _NOTES:
                return True
    return False


def _upright(text: Handle, count: int, shown: int) -> int:
    """Return by how many degrees to turn the page so that most of its text stands upright."""
    step = max(1, count // _SAMPLES)
    page = address_of(text)
    angles = [angle(page, at) for at in range(0, count, step) if code_point(page, at) > _SPACE]
    quarters = Counter(round(one / _QUARTER) % 4 for one in angles if math.isfinite(one))
    return 90 * (-quarters.most_common(1)[0][0] % 4) if quarters else shown


def _pictured(objects: Iterable[PageObject], visible: Corners) -> float:
    """Return the share of the page that its largest picture covers."""
    left, bottom, right, top = visible
    whole = max(1.0, (right - left) * (top - bottom))
    shares = [0.0]
    for kind, one in objects:
        bounds = bounds_of(object_at(one)) if kind in _PICTURES else None
        if bounds is not None:
            shares.append((bounds[2] - bounds[0]) * (bounds[3] - bounds[1]) / whole)
    return min(1.0, max(shares))


def _is_laid_over(objects: Iterable[PageObject]) -> bool:
    """Tell whether the text of a page is invisible: what a reader of pictures lays over a scan."""
    modes = [
        bool(pdfium.FPDFTextObj_GetTextRenderMode(object_at(one)) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        for kind, one in objects
        if kind == pdfium.FPDF_PAGEOBJ_TEXT
    ]
    return sum(modes) * 2 > len(modes)
