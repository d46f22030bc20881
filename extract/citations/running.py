"""The running provision, and what is read but not yet given out because the next phrase may make it more exact."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.citations.book import kind_of
from extract.citations.joints import HEADING
from extract.citations.model import NOWHERE, Carry, FoundCitation, Level
from extract.citations.titles import is_cued
from extract.facts import Citation
from extract.numerals import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.citations.phrases import Phrase
    from extract.citations.view import View

_LONGEST_GAP = 250
_MOST_NAMED = 12
_KIND_OF_LAW = re.compile(r"(?:条例|規則|規程|要綱|法律|主務省令|省令|命令)$")
_BULLETS = "・○●◯◆◇■□※。】"


@dataclass(frozen=True, slots=True)
class Pending:
    """A provision read, between two indices of the view, which the next phrase may still make more exact."""

    citation: Citation
    start: int
    end: int
    level: Level


@dataclass(slots=True)
class _Frame:
    """What is set aside while a parenthesis is read."""

    close: int
    state: Carry
    pending: list[Pending]
    waiting: list[Pending]
    gap: str


class Running:
    """The state of a reading: ``state`` is the running provision, ``found`` what has been given out."""

    def __init__(self, view: View, carry: Carry) -> None:
        self.view = view
        self.state = carry
        self.found: list[FoundCitation] = []
        self.pending: list[Pending] = []
        self._waiting: list[Pending] = []
        self._frames: list[_Frame] = []
        self._gap_before = ""
        self._gap_start = 0

    def gap(self, phrase: Phrase) -> str:
        """Return what stands between the last phrase taken and this one; of a long gap only the end."""
        start = max(self._gap_start, phrase.start - _LONGEST_GAP)
        before = self._gap_before if start == self._gap_start else ""
        return unmarked(before + self.view.text[start : phrase.start])

    def take(self, phrase: Phrase) -> None:
        """Count ``phrase`` as read: the next gap begins after it."""
        self._gap_before, self._gap_start = "", phrase.end

    def put(self, citations: Iterable[Citation], phrase: Phrase, level: Level, *, refine: bool) -> None:
        """Make ``citations`` pending; with ``refine`` they take the place of the one read just before."""
        start = phrase.start
        if refine and self.pending:
            start = self.pending.pop().start
        self.flush()
        listed = tuple(citations)
        self.pending = [Pending(citation, start, phrase.end, level) for citation in listed]
        self.state = replace(self.state, at=listed[-1], level=level)
        self.take(phrase)

    def enter_law(self, phrase: Phrase, law: str, *, listed: bool) -> None:
        """Make ``law`` the running law; ``listed`` tells that its name goes on a list of names."""
        self.flush(listed=listed)
        at = Citation(law=law)
        named = (*(name for name in self.state.named if name != law), law)[-_MOST_NAMED:]
        self.state = Carry(at=at, level=Level.LAW, named=named)
        self.pending = [Pending(at, phrase.start, phrase.end, Level.LAW)]
        self.take(phrase)

    def lose_law(self, phrase: Phrase) -> None:
        """Forget the law: what follows belongs to a paper of which nothing is known."""
        self.flush()
        self.state = replace(self.state, at=NOWHERE, level=Level.NOTHING)
        self.take(phrase)

    # --- parentheses ---

    def open(self, phrase: Phrase) -> None:
        """Begin to read a parenthesis with a copy of the state; one that is never closed is passed over."""
        close = self.view.pairs.get(phrase.start)
        if close is None:
            return
        gap = self.gap(phrase)[-_LONGEST_GAP:]
        self._frames.append(_Frame(close, self.state, self.pending, self._waiting, gap))
        self.pending, self._waiting = [], []
        self._gap_before, self._gap_start = gap + "(", phrase.end

    def close(self, phrase: Phrase) -> None:
        """Go back to what was before the parenthesis, but for what it heads: (別表第二における…の根拠)."""
        if not self._frames or self._frames[-1].close != phrase.start:
            return
        frame = self._frames.pop()
        inner = self.state
        if inner.level > Level.LAW and inner.at.law == frame.state.at.law:
            frame.pending = [one for one in frame.pending if one.level is not Level.LAW]
        if inner.level is Level.LAW and inner.at.law != frame.state.at.law and self._explains(frame):
            frame.state, frame.gap = inner, ""
            frame.pending, self.pending = self.pending, frame.pending
        headed = inner.level is Level.LAW and HEADING.match(self.view.text, self._gap_start) is not None
        if inner != frame.state and (inner.level is Level.TABLE or headed):
            frame.pending, self.pending = [] if headed else self.pending, frame.pending
            frame.state = inner
        self.flush()
        self.pending, self._waiting, self.state = frame.pending, frame.waiting, frame.state
        self._gap_before, self._gap_start = frame.gap, phrase.end

    def _explains(self, frame: _Frame) -> bool:
        """Tell whether the parenthesis only names the 条例 or 命令 before it: an article after it is that one's."""
        only = len(self.pending) == 1 and self.view.after_gloss(self.pending[0].end) == frame.close
        return only and _KIND_OF_LAW.search(frame.gap) is not None

    def inner_end(self) -> int | None:
        """Return where the parenthesis closes that is being read, or None outside of any."""
        return self._frames[-1].close if self._frames else None

    def take_outer(self) -> None:
        """Go on with what was pending before the parenthesis: 第1項（別表第一の16の項） is one provision."""
        if self._frames:
            self.pending, self._frames[-1].pending = self._frames[-1].pending, self.pending

    def take_table(self, table: Citation) -> int | None:
        """Take away ``table`` wherever it is pending, its rows being named; return its start if it was the last read."""
        start = None
        for pending in (self.pending, *(frame.pending for frame in self._frames)):
            if pending and pending[-1].citation == table and pending[-1].level is Level.TABLE:
                first = pending.pop().start
                start = first if pending is self.pending else start
        return start

    # --- giving out ---

    def finish(self) -> None:
        """Give out all that is pending and put the found into the order of the text."""
        self.flush()
        while self._frames:
            frame = self._frames.pop()
            self.pending, self._waiting = frame.pending, frame.waiting
            self.flush()
        self.found.sort(key=lambda one: (one.span.start, one.span.end))

    def flush(self, *, listed: bool = False) -> None:
        """Give out what is pending; a law named alone waits if the list of names goes on (``listed``)."""
        for pending in self.pending:
            if pending.level is not Level.LAW or self._is_cited(pending):
                for cited in (*self._waiting, pending):
                    self._give(cited)
                self._waiting = []
            elif listed:
                self._waiting.append(pending)
        if not listed:
            self._waiting = []
        self.pending = []

    def _give(self, pending: Pending) -> None:
        opened = self.view.text.rfind("(", pending.start, pending.end)
        closing = opened >= 0 and self.view.pairs.get(opened) == pending.end
        span = self.view.span(pending.start, pending.end + closing)
        kind = kind_of(pending.citation.law)
        found = FoundCitation(citation=pending.citation, span=span, printed=self.view.printed(span), kind=kind)
        self.found.append(found)

    def _is_cited(self, name: Pending) -> bool:
        """Tell whether a law named without an article is cited: by the words after it, or alone on its line."""
        if is_cued(self.view, name.end):
            return True
        text, after = self.view.text, self.view.after_gloss(name.end)
        opens = name.start == 0 or text[name.start - 1] in _BULLETS or self.view.breaks_at(name.start)
        closes = after == len(text) or text[after] in _BULLETS or self.view.breaks_at(after)
        return opens and closes
