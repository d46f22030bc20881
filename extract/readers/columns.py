r"""Texts whose spaces keep the columns of the page (``pdftotext -layout``): labels that run over lines made whole.

A label of two lines stands beside its value, and its second line behind or between the value's: it is moved up
to the first. What a form prints upright, one character a line, is blanked. No line is added or taken away, and
the text keeps its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_GAP = re.compile(r"[^\S\n]{2,}")
_SETS_OUT = re.compile(r"(?m)^.*\S {8,}\S|^ {8,}\S")
_LEAST_SET_OUT = 0.15  # share of lines by which a text is one that keeps columns
_OPENS = re.compile(r" ?[①-⑳]\S*(?: [^\s\[［＜<]\S*)*")
_REST = re.compile(r" ?(?P<rest>[^\s①-⑳\[［・（(＜<※0-9０-９ⅠⅡⅢⅣⅤⅥ][^\s\[［0-9０-９]*)(?=\s|$)")
_NEAR = 4  # lines within which a label goes on
_FEWEST_BROKEN = 2
_UPRIGHT = re.compile(r"(?P<char>[④-⑨ぁ-ヿ一-龠])(?=  |$| [①-⑳])")
_FEWEST_UPRIGHT, _MOST_UPRIGHT = 3, 8


def mend_columns(text: str) -> str:
    r"""Return the text with its labels whole; any other text as it is.

    >>> lines = ["④提供する情報の対象とな" + " " * 9 + "千人", "る本人の数", "⑤提供する情報の対象とな", " " * 9 + "住民", "る本人の範囲"]
    >>> print(mend_columns("\n".join(lines)).rstrip())
    ④提供する情報の対象となる本人の数    千人
    <BLANKLINE>
    ⑤提供する情報の対象となる本人の範囲
             住民
    """
    lines = text.split("\n")
    set_out = sum(bool(_SETS_OUT.match(line)) for line in lines)
    if "\t" in text or set_out < max(2, len(lines) * _LEAST_SET_OUT):
        return text
    return "\n".join(_with_whole_labels(_without_upright(lines)))


def _without_upright(lines: Sequence[str]) -> list[str]:
    """Blank runs of lines that begin with a single character, as 再委託 printed from top to bottom."""
    out = list(lines)
    for run in _runs(lines):
        for at in run:
            out[at] = " " + out[at][1:] if len(out[at]) > 1 else " "
    return out


def _runs(lines: Sequence[str]) -> Iterator[list[int]]:
    run: list[int] = []
    for at, line in enumerate(lines):
        if _UPRIGHT.match(line):
            run.append(at)
        elif line[:1].strip():
            yield from _long_enough(run)
            run = []
    yield from _long_enough(run)


def _long_enough(run: list[int]) -> Iterator[list[int]]:
    if _FEWEST_UPRIGHT <= len(run) <= _MOST_UPRIGHT and run[-1] - run[0] < 2 * _MOST_UPRIGHT:
        yield run


def _with_whole_labels(lines: Sequence[str]) -> list[str]:
    out = list(lines)
    found = list(_broken(lines))
    widest = max((_width(lines[at][: label.end()]) for at, label in _labels(lines)), default=0)
    full = [one for one in found if _width(lines[one[0]][: one[1]]) >= widest - 1]
    if len(full) < _FEWEST_BROKEN:
        return out
    for at, end, other, rest in full:
        out[at], out[other] = _moved(out[at], end, out[other], rest)
    return out


def _labels(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the lines that begin with a numbered label which a gap, or the end of the line, parts from all else."""
    for at, line in enumerate(lines):
        label = _OPENS.match(line)
        if label is not None and _is_alone(line, label.end()):
            yield at, label


def _broken(lines: Sequence[str]) -> Iterator[tuple[int, int, int, re.Match[str]]]:
    """Yield labels that can go on: their line, where they end in it, and the line and words that go on with them."""
    for at, label in _labels(lines):
        for other in range(at + 1, min(at + 1 + _NEAR, len(lines))):
            if not lines[other].strip() or _OPENS.match(lines[other]):
                break
            rest = _REST.match(lines[other])
            if rest and len(rest["rest"]) <= label.end() and _is_alone(lines[other], rest.end()):
                yield at, label.end(), other, rest
            if rest or not lines[other].startswith("  "):
                break


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text.strip())


def _is_alone(line: str, end: int) -> bool:
    """Tell whether what ends there is all of its line's first column."""
    return end == len(line.rstrip()) or bool(_GAP.match(line, end))


def _moved(line: str, end: int, other: str, rest: re.Match[str]) -> tuple[str, str]:
    """Put the rest of a label behind its first part: into the gap, or at the line's end."""
    words = rest["rest"]
    gap = _GAP.match(line, end)
    blanked = other[: rest.start("rest")] + " " * len(words) + other[rest.end("rest") :]
    if gap and gap.end() - gap.start() > len(words) + 2:
        return line[:end] + words + line[end + len(words) :], blanked
    without = other[: rest.start("rest")] + other[rest.end("rest") :]
    return line[:end] + words + line[end:], without
