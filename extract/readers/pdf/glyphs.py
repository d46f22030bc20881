"""The characters of a page, each with its box, in the signs that the rest of the program knows.

Fonts give some characters code points that stand for their shape: radicals for the same characters (⼾ for 戸),
private ones for the ticks of symbol fonts. Both are mended here, by tables.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points; y runs downwards."""


class Glyph(NamedTuple):
    """One printed character with its box on the upright page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height at which the character stands: the same for all of a line."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way between its left and right edges."""
        return (self.left + self.right) / 2


UNKNOWN = "\ufffd"
"""Stands for a character whose font does not tell what it is."""

# Unicode gives these radicals no decomposition, or an old form: the character as written in Japan.
_RADICALS = dict(
    zip(
        "⺟⺠⺩⺬⺭⺹⻁⻄⻆⻊⻑⻘⻝⻞⻟⻣⻤⻨⻩⻫⻭⻯⻲⼾⾭⿈⿊⻌⻍",
        "母民王示示老虎西角足長青食食食骨鬼麦黄斉歯竜亀戸青黄黒辶辶",
        strict=True,
    )
)
_HYPHEN = 0xFFFE  # pdfium's sign for one at the end of a line
_KANGXI = range(0x2F00, 0x2FE0)
_NO_SIGN = range(0xD800, 0xF900)  # halves of code points, and private ones

# What the symbol fonts of office programs print at a code (their private code points begin at F000).
_SYMBOLS: dict[str, dict[int, str]] = {
    "wingdings2": {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●", 0xA2: "■", 0xA3: "□"},
    "wingdings": {
        0x6C: "●",
        0x6D: "○",
        0x6E: "■",
        0x6F: "□",
        0x70: "□",
        0x71: "□",
        0x72: "□",
        0x77: "◆",
        0x9F: "・",
        0xA1: "○",
        0xA4: "◎",
        0xA7: "・",
        0xA8: "□",
        0xFB: "×",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    },
    "symbol": {0xB7: "・"},
}


@lru_cache(maxsize=16384)
def mend_sign(code: int) -> str:
    """Return the character for a code point of a PDF's font; "" for what prints nothing.

    >>> mend_sign(0x2F3E), mend_sign(0x2EA0), mend_sign(ord("市")), mend_sign(0x20), mend_sign(0)
    ('戸', '民', '市', '', '�')
    """
    if code == 0 or code in _NO_SIGN:
        return UNKNOWN
    if code == _HYPHEN:
        return "-"
    char = chr(code)
    if char.isspace() or code < ord(" ") or char in "\u200b\ufeff\xad":
        return ""
    if char in _RADICALS:
        return _RADICALS[char]
    return unicodedata.normalize("NFKC", char) if code in _KANGXI else char


def symbol_sign(code: int, font: str) -> str:
    """Return what a symbol font prints at a code point of its own.

    >>> symbol_sign(0xF0FE, "ABCDEF+Wingdings-Regular"), symbol_sign(0xF0A3, "Wingdings2"), symbol_sign(0xE000, "Gaiji")
    ('☑', '□', '�')
    """
    name = font.lower().replace(" ", "").replace("-", "")
    for key, signs in _SYMBOLS.items():
        if key in name:
            return signs.get(code & 0xFF, UNKNOWN)
    return UNKNOWN


@lru_cache(maxsize=16384)
def is_wide(char: str) -> bool:
    """Tell whether a character fills a whole square in a Japanese font, as kana, kanji and signs do.

    >>> is_wide("市"), is_wide("①"), is_wide("A"), is_wide("ｱ")
    (True, True, False, False)
    """
    return unicodedata.east_asian_width(char) in "WFA"
