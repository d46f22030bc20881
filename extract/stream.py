"""The document as one folded text in which every character knows what layout stands before it.

Tabs, pipes and table cells, line ends, blank lines and form feeds become strengths of breaks, so
that the finders above see OCR tables, Markdown, HTML and raw PDF text in one way.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from extract.normalize import Folded, fold
from extract.source import Source, Span


class Break(IntEnum):
    """How strongly the layout parts a character from the one before it."""

    NONE = 0
    SPACE = 1
    CELL = 2
    LINE = 3
    PARAGRAPH = 4
    PAGE = 5


_ROW = re.compile(r"\n|</?tr\b", re.IGNORECASE)
_LINE = re.compile(r"<br\b|</?(?:p|li|div|h[1-6])\b", re.IGNORECASE)
_BLANK = re.compile(r"\n[^\S\n]*\n|</table\b", re.IGNORECASE)
_CELL = re.compile(r"\t|\||<t[dh]\b", re.IGNORECASE)
_RULE = re.compile(r"(?m)^[ \t]*+\|?(?:[ \t]*+:?-{3,}+:?[ \t]*+\|?)++[ \t]*+$")
_MARKDOWN = re.compile(r"(?m)^[ \t]*(?:#{1,6}(?=\s)|>(?=\s))|\*\*|__")
_EMPTY_FIRST_CELL = re.compile(
    r"\n ?(?:\t|\|[ \t]*\|)[^\n]*\Z|<tr[^>]*>\s*<t[dh][^>]*>\s*</t[dh]>\s*<t[dh][^>]*>[^<]*\Z", re.IGNORECASE
)


@dataclass(frozen=True)
class Stream:
    """``text`` is folded; ``breaks[i]`` the break before its character ``i``; the rest are indices into it.

    ``shifted`` holds the starts of table rows whose first cell is empty, ``cells`` tells whether the
    document has tables with cells at all.
    """

    source: Source
    folded: Folded
    breaks: bytes
    shifted: frozenset[int]
    has_cells: bool

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def __len__(self) -> int:
        return len(self.folded.text)

    def span(self, start: int, end: int) -> Span:
        """Return the source span of the folded range."""
        return self.folded.span(start, end)

    def raw(self, start: int, end: int) -> str:
        """Return the source characters of the folded range."""
        return self.source.quote(self.span(start, end))

    def line_of(self, index: int) -> int:
        """Return the 1-based source line of the folded index."""
        at = self.folded.offsets[index] if index < len(self) else self.folded.end
        return self.source.line_of(at)

    def gap(self, index: int) -> str:
        """Return the source characters between the folded character ``index`` and the one before it."""
        before = self.folded.offsets[index - 1] + 1 if index else 0
        return self.source.text[before : self.folded.offsets[index]]

    def is_wide(self, index: int) -> bool:
        """Tell whether a gap as between columns stands before the character: a full-width space, or two."""
        gap = self.gap(index)
        return "\u3000" in gap or "  " in gap

    def with_breaks(self, breaks: bytes) -> Stream:
        """Return the same stream with other breaks."""
        return replace(self, breaks=breaks)

    @cached_property
    def line_starts(self) -> list[int]:
        """Folded indices at which a line, row or stronger unit begins."""
        return [at for at, strength in enumerate(self.breaks) if strength >= Break.LINE]

    def line_start(self, index: int) -> int:
        """Return the start of the line in which the folded ``index`` stands."""
        return self.line_starts[max(0, bisect_right(self.line_starts, index) - 1)]

    def line_end(self, index: int) -> int:
        """Return the end of the line in which the folded ``index`` stands."""
        at = bisect_right(self.line_starts, index)
        return self.line_starts[at] if at < len(self.line_starts) else len(self)

    def next_break(self, index: int, strength: Break) -> int:
        """Return the first index after ``index`` with a break of at least ``strength`` before it."""
        for at in range(index + 1, len(self)):
            if self.breaks[at] >= strength:
                return at
        return len(self)


def make_stream(source: Source) -> Stream:
    """Fold the whole document and weigh the layout between its characters."""
    raw = _blank_layout(source.text)
    folded = fold(raw)
    breaks = bytearray(len(folded.text))
    shifted = set()
    last = -1
    for index, offset in enumerate(folded.offsets):
        if offset > last + 1 or index == 0:
            gap = source.text[last + 1 : offset]
            breaks[index] = Break.PAGE if index == 0 else _weigh(gap)
            if _EMPTY_FIRST_CELL.search(gap):
                shifted.add(index)
        last = offset
    return Stream(source, folded, bytes(breaks), frozenset(shifted), bool(shifted) or Break.CELL in breaks)


def _blank_layout(text: str) -> str:
    """Replace Markdown's layout signs by spaces of the same length."""
    text = _RULE.sub(_spaces, text)
    text = _MARKDOWN.sub(_spaces, text)
    return text.replace("|", " ").replace("｜", " ") if text.count("|") > 1 else text


def _spaces(match: re.Match[str]) -> str:
    return "".join("\n" if char == "\n" else " " for char in match.group())


def _weigh(gap: str) -> Break:
    if "\x0c" in gap:
        return Break.PAGE
    if _BLANK.search(gap):
        return Break.PARAGRAPH
    if _ROW.search(gap):
        return Break.LINE
    if _CELL.search(gap):
        return Break.CELL
    if _LINE.search(gap):
        return Break.LINE
    return Break.SPACE if any(map(str.isspace, gap)) else Break.NONE
