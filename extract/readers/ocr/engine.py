"""Recognised characters with their places, and the marks measured between their brackets, as a page of a PDF has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from statistics import median
from typing import Any

from extract.readers.ocr.brackets import CLOSING, EMPTY, OPENING, UNCLEAR, Bracket, find_brackets, tell_mark
from extract.readers.ocr.picture import Picture, take_picture
from extract.readers.pdf.glyphs import Glyph, is_wide
from extract.readers.pdf.rules import rules_of
from extract.readers.pdf.sheet import Sheet

_USUAL = 9.0  # points of a character, where a page does not tell
_UPRIGHT = 1.5  # a box this many times as high as wide holds a line that runs downwards
_SAME_LINE = 0.5
_LIKE_BRACKETS = frozenset("[]［］【】〔〕「」『』LJIl|｜i¦匚コ⌈⌉⌊⌋")
_LIKE_RINGS = frozenset("○〇◯●口回CDGOQЮadgopq")
_LIKE_MARKS = _LIKE_RINGS | frozenset("069")
_ASCII_BRACKETS = str.maketrans("［］【】〔〕", "[][][]")

# What the recognition, which knows more languages, takes for the characters of forms.
_FOREIGN = str.maketrans(
    "满务个报关对应录实级业员导审变软护执协单质电话发经门间问开设计记认证请说识调论议许诉询该详语误读课谁项齡儿须页预术书团产层总监济检验权营亲费资赋纳额处动传·",
    "満務個報関対応録実級業員導審変軟護執協単質電話発経門間問開設計記認証請説識調論議許訴詢該詳語誤読課誰項齢児須頁預術書団産層総監済検験権営親費資賦納額処動伝・",
)


def mend(text: str) -> str:
    """Return the recognised text with the characters of other languages as written in Japan.

    >>> mend("10人未满"), mend("［○］")
    ('10人未満', '[○]')
    """
    return text.translate(_FOREIGN).translate(_ASCII_BRACKETS)


class Engine:
    """Holds the models, which take a second to load."""

    def __init__(self) -> None:
        module: Any = import_module("rapidocr")
        self._read: Any = module.RapidOCR(params={"Global.log_level": "critical"})

    def recognise(self, page: Any, sheet: Sheet) -> Sheet:  # noqa: ANN401  a page of pdfium's
        """Return the sheet with what stands on the picture of its page."""
        shown = replace(sheet, turn=sheet.shown)
        picture = take_picture(page, shown.size)
        glyphs = list(self._characters(picture))
        level, upright = rules_of(map(picture.points, picture.bars), shown.size)
        return replace(
            shown,
            glyphs=tuple(_with_marks(glyphs, picture)),
            level=tuple(level),
            upright=tuple(upright),
            belongs={},
            unknown=0,
            hidden="",
            recognised=True,
        )

    def _characters(self, picture: Picture) -> Iterator[Glyph]:
        grey = import_module("cv2").cvtColor(picture.grey, 8)  # to three channels
        found = self._read(grey, use_cls=False, return_word_box=True, return_single_char_box=True)
        for box, line in zip(found.boxes if found.boxes is not None else (), found.word_results or (), strict=False):
            yield from _line(box, line, picture)


def _line(box: Any, line: Sequence[tuple[str, float, Any]], picture: Picture) -> Iterator[Glyph]:  # noqa: ANN401  an array
    """Yield the characters of a recognised line, all at one height unless it runs downwards."""
    _, top, _, bottom = picture.points(_around(box))
    left, _, right, _ = picture.points(_around(box))
    runs_down = bottom - top > (right - left) * _UPRIGHT and len(line) > 1
    for word, _, corners in line:
        first, high, last, low = picture.points(_around(corners))
        step = (last - first) / max(1, len(word))
        for at, char in enumerate(mend(word)):
            if not char.isspace():
                heights = (high, low) if runs_down else (top, bottom)
                yield Glyph(char, first + step * at, heights[0], first + step * (at + 1), heights[1])


def _around(corners: Iterable[Sequence[float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*((float(corner[0]), float(corner[1])) for corner in corners), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


# -- marks ---------------------------------------------------------------------------------------


def _with_marks(glyphs: Sequence[Glyph], picture: Picture) -> Iterator[Glyph]:
    """Yield the characters, with the brackets that the picture shows and the marks between them."""
    widths = [glyph.right - glyph.left for glyph in glyphs if is_wide(glyph.text)]
    size = median(widths) if widths else _USUAL
    seen = [
        bracket
        for one in find_brackets(picture.ink, size * picture.scale)
        if not _is_of_a_word(bracket := _glyph_of(one, picture), glyphs)
    ]
    words = [glyph for glyph in glyphs if not any(_is_on(glyph, one, size) for one in seen)]
    guessed = [glyph for glyph in words if glyph.text in (OPENING, CLOSING)]
    brackets = sorted((*seen, *guessed), key=lambda one: one.left)
    boxes = [(one, other) for one in brackets if (other := _closing(one, brackets)) is not None]
    yield from seen
    for opening, closing in boxes:
        between = [word for word in words if _is_between(word, opening, closing)]
        if all(word.text in _LIKE_MARKS for word in between):
            mark = _mark(opening, closing, picture, size, is_sure=opening in seen and closing in seen)
            words = [word for word in words if word not in between]
            if mark != EMPTY:
                yield Glyph(mark, opening.right, opening.top, closing.left, opening.bottom)
    yield from words


def _mark(opening: Glyph, closing: Glyph, picture: Picture, size: float, *, is_sure: bool) -> str:
    first, last = _bracket_of(opening, picture), _bracket_of(closing, picture)
    mark = tell_mark(picture.ink, first, last, size * picture.scale)
    is_narrow = closing.left - opening.right < size * _SAME_LINE
    return UNCLEAR if not is_sure and (is_narrow or mark == EMPTY) else mark


def _glyph_of(bracket: Bracket, picture: Picture) -> Glyph:
    left, top, right, bottom = picture.points(bracket.box)
    return Glyph(bracket.sign, left, top, right, bottom)


def _bracket_of(glyph: Glyph, picture: Picture) -> Bracket:
    left, top, right, bottom = (round(at * picture.scale) for at in glyph[1:])
    return Bracket(sign=glyph.text, box=(left, top, right, bottom))


def _is_of_a_word(bracket: Glyph, glyphs: Iterable[Glyph]) -> bool:
    """Tell whether what looks like a bracket is a part of a recognised character that is none."""
    return any(
        glyph.text not in _LIKE_BRACKETS | _LIKE_RINGS
        and glyph.left < bracket.centre < glyph.right
        and glyph.top < bracket.middle < glyph.bottom
        for glyph in glyphs
    )


def _is_on(glyph: Glyph, bracket: Glyph, size: float) -> bool:
    """Tell whether a character is what the recognition made of a bracket."""
    return (
        glyph.text in _LIKE_BRACKETS
        and abs(glyph.centre - bracket.centre) < size * _SAME_LINE
        and abs(glyph.middle - bracket.middle) < size * _SAME_LINE
    )


def _closing(opening: Glyph, brackets: Iterable[Glyph]) -> Glyph | None:
    """Return the bracket that closes another: the next one of its line, of those sorted from left to right."""
    if opening.text != OPENING:
        return None
    height = (opening.bottom - opening.top) * _SAME_LINE
    after = (one for one in brackets if one.left > opening.left and abs(one.middle - opening.middle) < height)
    found = next(after, None)
    return found if found and found.text == CLOSING else None


def _is_between(word: Glyph, opening: Glyph, closing: Glyph) -> bool:
    return (
        opening.left < word.centre < closing.right
        and opening.top < word.middle < opening.bottom
        and word
        not in (
            opening,
            closing,
        )
    )
