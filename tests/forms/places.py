"""Finds on which line of a rendered text some words stand, whatever layout has come between them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property
from html import unescape

_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_LEAST = 6


class Places:
    r"""A text squeezed to what the scorer compares, with the line of each character.

    >>> Places("特 定\n個人<p>情報</p>\nファイル").line("個人情報ファイル")
    2
    """

    def __init__(self, text: str) -> None:
        chars: list[str] = []
        self._lines: list[int] = []
        for number, line in enumerate(text.split("\n"), 1):
            for char in squeeze(line):
                chars.append(char)
                self._lines.append(number)
        self.squeezed = "".join(chars)

    def at(self, words: str, after: int = 0) -> int:
        """Return the offset of ``words`` in the squeezed text, from ``after`` on or else anywhere; -1 if nowhere."""
        wanted = squeeze(words)
        for length in (len(wanted), 24, 12, _LEAST):
            if wanted and length <= len(wanted):
                hit = self.squeezed.find(wanted[:length], after)
                hit = hit if hit >= 0 else self.squeezed.find(wanted[:length])
                if hit >= 0:
                    return hit
        return -1

    def line(self, words: str, after: int = 0) -> int:
        """Return the 1-based line where ``words`` begin; 1 if they are nowhere."""
        hit = self.at(words, after)
        return self._lines[hit] if hit >= 0 else 1

    @cached_property
    def sections(self) -> tuple[int, ...]:
        """Return the offsets of the headings of section Ⅱ, that in the list of contents first."""
        heading = re.escape(squeeze("Ⅱ 特定個人情報ファイルの概要"))
        return tuple(match.start() for match in re.finditer(heading, self.squeezed))

    def section(self, at: int) -> int:
        """Return the offset near which section Ⅱ of file ``at`` begins."""
        starts = self.sections
        return max(0, starts[min(at + 1, len(starts) - 1)] - 1) if starts else 0

    def section_of(self, offset: int) -> int:
        """Return how many headings of section Ⅱ stand before ``offset``."""
        return bisect_right(self.sections, offset)


def squeeze(text: str) -> str:
    """Return ``text`` as the scorer compares it: NFKC, no tags, no white space, no cell borders.

    >>> squeeze("<p>Ａ 市</p>")
    'A市'
    """
    bare = unescape(_TAG.sub("", unicodedata.normalize("NFKC", text)))
    return re.sub(r"[\s|]+", "", bare).replace("〜", "~")
