"""The folded text in which citations are looked for, with what layout told: gaps, torn numerals, brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.laws import modern
from extract.normalize import fold
from extract.numerals import BREAK, CIRCLED, KANJI, SPLIT
from extract.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMERAL_CHARS = frozenset("0123456789" + KANJI + CIRCLED)
_LAYOUT = re.compile(r"[\s<]|nbsp")
_LINE_END = re.compile(r"[\n\t<]")
_NO_LETTER = re.compile(r"(?<![A-Za-z])l(?=[0-9])|(?<=[0-9第])[lI](?![A-Za-z])")
"""What scans print for 1."""
_GLOSS = re.compile(r"[」』\]】]")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Folded text; ``gaps`` holds the indices before which the source has white space or a tag.

    ``pairs`` gives for the index of each matched ( that of its ).
    """

    raw: str
    base: int
    text: str
    offsets: tuple[int, ...]
    gaps: frozenset[int]
    pairs: Mapping[int, int]

    def span(self, start: int, end: int) -> Span:
        """Return the source span of the characters ``start`` to ``end``, which are at least one."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def printed(self, span: Span) -> str:
        """Return the raw text of ``span``."""
        return self.raw[span.start - self.base : span.end - self.base]

    def breaks_at(self, index: int) -> bool:
        """Tell whether a line, a cell or a tag ends before the character at ``index``."""
        index += self.text.startswith((SPLIT, BREAK), index)
        if index not in self.gaps:
            return False
        start = self.offsets[index - 1] + 1 - self.base if index else 0
        return _LINE_END.search(self.raw, start, self.offsets[index] - self.base) is not None

    def after_gloss(self, index: int) -> int:
        """Return the index after closing quotes and whole parentheses that follow ``index``.

        >>> view = read_view("住基法（昭和42年法律第81号）第1条")
        >>> view.text[view.after_gloss(3) :]
        '第1条'
        """
        while index < len(self.text):
            if index in self.pairs:
                index = self.pairs[index] + 1
            elif _GLOSS.match(self.text, index):
                index += 1
            else:
                break
        return index


def read_view(raw: str, base: int = 0) -> View:
    """Fold ``raw`` and mark where layout parted numerals.

    >>> read_view("別表第一 30の項").text == f"別表第一{SPLIT}30の項"
    True
    """
    fold_ = fold(raw, base)
    chars: list[str] = []
    offsets: list[int] = []
    gaps: set[int] = set()
    last = base - 1
    text = _NO_LETTER.sub("1", modern(fold_.text))
    for char, offset in zip(text, fold_.offsets, strict=True):
        if offset - last > 1 and _LAYOUT.search(raw, last + 1 - base, offset - base):
            if chars and char in _NUMERAL_CHARS and chars[-1] in _NUMERAL_CHARS:
                chars.append(BREAK if _LINE_END.search(raw, last + 1 - base, offset - base) else SPLIT)
                offsets.append(last)
            gaps.add(len(chars))
        chars.append(char)
        offsets.append(offset)
        last = offset
    seen = "".join(chars)
    return View(raw=raw, base=base, text=seen, offsets=tuple(offsets), gaps=frozenset(gaps), pairs=pair_brackets(seen))


def pair_brackets(text: str) -> Mapping[int, int]:
    """Return where each matched ( is closed; what scans left open or closed alone is left out.

    >>> pair_brackets("(a(b)c))(")
    {2: 4, 0: 6}
    """
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            pairs[opened.pop()] = at
    return pairs
