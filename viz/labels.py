"""Names broken into short lines that fit the box of a picture."""

from __future__ import annotations

from unicodedata import east_asian_width

from viz.plain import printable

_LINE = 18  # half-width characters in a line of a label
_LINES = 3
_NEVER_FIRST = "ー）)」』、。・ァィゥェォッャュョ々"


def label_of(name: str) -> str:
    r"""Return ``name`` broken into short lines of like length, the last one cut if there are too many.

    >>> label_of("国民健康保険市区町村事務処理標準システム")
    '国民健康保険市\n区町村事務処理\n標準システム'
    """
    text = printable(name).replace("\n", " ")
    width = sum(map(_width, text))
    wanted = -(-width // _LINE)
    lines = _broken(text, -(-width // wanted)) if wanted else [""]
    return "\n".join(lines if len(lines) <= _LINES else [*lines[: _LINES - 1], lines[_LINES - 1][:-1] + "…"])


def _broken(text: str, width: int) -> list[str]:
    lines, filled = [""], 0
    for char in text:
        if filled >= width and char not in _NEVER_FIRST:
            lines.append("")
            filled = 0
        lines[-1] += char
        filled += _width(char)
    return lines


def _width(char: str) -> int:
    return 2 if east_asian_width(char) in "WFA" else 1
