"""The text of one document, in which every character keeps its place.

Knows offsets and lines; knows nothing of the form.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into a source text."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the characters ``start`` to ``end`` of a source text stand in the original file.

    ``page`` counts from 1, ``box`` is left, top, right, bottom in points from the page's upper left
    corner; ``cell`` is a sheet's name and a cell (``Sheet1!B4``). ``recognised`` characters were read from a picture.
    """

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    cell: str | None = None
    recognised: bool = False


@dataclass(frozen=True, kw_only=True)
class Source:
    """The decoded text of one file.

    ``sha256`` is that of the file's bytes; ``encoding`` names how they were decoded. For a file that is
    no text, ``text`` is its rendition (cells parted by tabs, pages by form feeds), and ``places``, in the
    order of the text, tell where its parts stand in the original.

    >>> source = Source(name="a.txt", text="一行目\\n二行目")
    >>> source.line_of(5), source.quote(Span(4, 7))
    (2, '二行目')
    """

    name: str
    text: str
    sha256: str = ""
    encoding: str = "utf-8"
    path: str = field(default="", compare=False)
    places: tuple[Place, ...] = ()

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which the lines begin; a line ends at a line feed only."""
        starts = [0]
        starts.extend(at + 1 for at, char in enumerate(self.text) if char == "\n")
        return tuple(starts)

    def line_of(self, offset: int) -> int:
        """Return the 1-based line in which the character at ``offset`` stands."""
        return bisect_right(self.line_starts, offset)

    def line_span(self, line: int) -> Span:
        """Return the span of the 1-based ``line`` without its line feed."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        return Span(start, end)

    @cached_property
    def _place_starts(self) -> list[int]:
        return [place.start for place in self.places]

    def place_of(self, offset: int) -> Place | None:
        """Return where in the original file the character at ``offset`` stands, if that is known."""
        at = bisect_right(self._place_starts, offset) - 1
        return self.places[at] if at >= 0 and offset < self.places[at].end else None

    def quote(self, span: Span) -> str:
        """Return the exact characters of ``span``."""
        return self.text[span.start : span.end]


def source_of_text(text: str, name: str = "text.txt") -> Source:
    """Make a Source of a text at hand, as the tests and the doctests do."""
    return Source(name=name, text=text, sha256=sha256(text.encode()).hexdigest())
