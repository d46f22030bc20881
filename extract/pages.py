"""Where the pages of a raw PDF text begin, when only faint traces of the page breaks are left.

A form feed says it plainly. Without one: text tools print a page's first line with one more leading
space than its like, and a lone page number stands between blank lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extract.anchors import Anchor
from extract.form import Kind
from extract.stream import Break, Stream

_PAGE_NUMBER = re.compile(r"\n[^\S\n]*\n[^\S\n]*-? ?\d{1,3} ?-?[^\S\n]*\n(?:[^\S\n]*\n){2,}")
_LABEL_INDENT = re.compile(r"\n +$")
_STARTS_PAGE = re.compile(r"[\[\]○()<]|\d{1,2}[).]|[A-Z][.、]?[^A-Za-z]|[IVX]+[^A-Za-z]")
_RUNS_ON = re.compile(r"[、,のをにはがとでへも]$")


def mark_pages(stream: Stream, anchors: Sequence[Anchor]) -> Stream:
    """Return the stream with the breaks of its page starts raised to PAGE."""
    if any(strength == Break.PAGE for strength in stream.breaks[1:]):
        return stream
    labels = {anchor.start for anchor in anchors if anchor.kind is not Kind.HEADING or anchor.printed}
    starts = set(_after_page_numbers(stream))
    if _is_dump(stream, labels):
        starts.update(at for at in stream.line_starts if _opens_page(stream, at, labels))
    if not starts:
        return stream
    breaks = bytearray(stream.breaks)
    for at in starts:
        breaks[at] = Break.PAGE
    return stream.with_breaks(bytes(breaks))


def _is_dump(stream: Stream, labels: set[int]) -> bool:
    """Tell whether the labels at the starts of lines mostly stand behind a leading space, and other lines do not."""
    lines = [at for at in stream.line_starts if at]
    at_line = [at for at in lines if at in labels]
    others = [at for at in lines if at not in labels]
    indented, plain = (sum(_is_indented(stream, at) for at in some) for some in (at_line, others))
    return not stream.has_cells and indented * 2 > len(at_line) > 0 and plain * 2 <= len(others)


def _is_indented(stream: Stream, at: int) -> bool:
    return bool(_LABEL_INDENT.search(stream.gap(at)))


def _opens_page(stream: Stream, at: int, labels: set[int]) -> bool:
    gap = stream.gap(at)
    if gap.count("\n") != 1 or stream.breaks[at] != Break.LINE:
        return False
    indent = len(gap) - len(gap.rstrip(" "))
    if at in labels:
        return indent > 1
    before = stream.text[stream.line_start(at - 1) : at]
    return indent == 1 and bool(_STARTS_PAGE.match(stream.text, at)) and not _RUNS_ON.search(before)


def _after_page_numbers(stream: Stream) -> list[int]:
    ends = (match.end() for match in _PAGE_NUMBER.finditer(stream.source.text))
    return [at for at in (stream.folded.at(end) for end in ends) if at < len(stream)]


def page_spans(stream: Stream) -> list[tuple[int, int]]:
    """Return the folded range of each page; the whole text if no page break is known."""
    starts = [at for at, strength in enumerate(stream.breaks) if strength == Break.PAGE]
    return list(itertools.pairwise([*starts, len(stream)]))
