"""Tick boxes: pairing what the page order split, and deciding the state of each.

Two steps, kept apart, on the boxes that ``extract.boxes`` finds. ``pair_by_rows`` and ``join_split`` put the halves of
brackets together by the official form's rows. ``decide`` gives each glyph its meaning by contrast within the list: where
every box looks alike the scan has lost the marks and the state is unclear.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.boxes import FILLED, Box, Glyph, closes_at
from extract.facts import Basis, Mark, MarkRead
from extract.form import CHECK_LISTS
from extract.stream import Break, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """A box whose state is known as far as its own glyph and the form's rows tell."""

    box: Box
    glyph: Glyph
    by_grid: bool = False


# -- halves --------------------------------------------------------------------------------------

_STRAY = re.compile(r"[○◯●〇]")
_LONE_CLOSE = re.compile(r"\]")
_OPEN = re.compile(r"\[")


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Marks of a page that stand in no box.

    Lone circles, lone open brackets with and without a circle, and lone closing brackets.
    """

    strays: int = 0
    filled: int = 0
    empty: int = 0
    closing: int = 0


def find_leftovers(stream: Stream, start: int, end: int, boxes: Iterable[Box]) -> Leftovers:
    """Count the marks of the range that no box has taken."""
    trailing = {box.end for box in boxes if box.trailing is not None}
    opened = [match for match in _OPEN.finditer(stream.text, start, end) if match.start() not in trailing]
    filled = sum(_has_circle(stream, match.end()) and _ends_line(stream, match.end() + 1, end) for match in opened)
    empty = sum(_ends_line(stream, match.end(), end) for match in opened)
    strays = [
        match
        for match in _STRAY.finditer(stream.text, start, end)
        if _alone_in_line(stream, match.start(), match.end(), end) and not closes_at(stream, match.end())
    ]
    closing = sum(
        _alone_in_line(stream, match.start(), match.end(), end)
        for match in _LONE_CLOSE.finditer(stream.text, start, end)
    )
    return Leftovers(len(strays), filled, empty, closing)


def _has_circle(stream: Stream, at: int) -> bool:
    return bool(_STRAY.match(stream.text, at)) and stream.breaks[at] < Break.LINE


def _ends_line(stream: Stream, at: int, end: int) -> bool:
    return at >= end or stream.breaks[at] >= Break.LINE


def _alone_in_line(stream: Stream, start: int, stop: int, end: int) -> bool:
    return stream.breaks[start] >= Break.LINE and _ends_line(stream, stop, end)


@dataclass(slots=True)
class Halves:
    """One list after its rows are paired: what is settled, and the closing halves that are not.

    ``doubtful`` follow an open bracket that is empty unless a lone circle belongs into it; of ``open``
    ones the opening half is not known.
    """

    settled: list[Paired]
    doubtful: list[Box]
    open: list[Box]


def pair_by_rows(key: str, boxes: Sequence[Box]) -> Halves:
    """Pair closing halves with the open halves printed before them in the form's rows."""
    before = _predecessors(key)
    by_label = {box.label: box for box in boxes}
    halves = Halves([], [], [])
    for box in boxes:
        opener = by_label.get(before.get(box.label, ""))
        if box.glyph is Glyph.HALF_FILLED:
            halves.settled.append(Paired(box=box, glyph=Glyph.FILLED, by_grid=True))
        elif box.glyph is not Glyph.HALF:
            halves.settled.append(Paired(box=box, glyph=box.glyph))
        elif opener is not None and opener.trailing is Glyph.FILLED:
            halves.settled.append(Paired(box=box, glyph=Glyph.FILLED, by_grid=True))
        elif opener is not None and opener.trailing is Glyph.EMPTY:
            halves.doubtful.append(box)
        else:
            halves.open.append(box)
    return halves


def join_split(mine: Halves, page: Sequence[Halves], leftovers: Leftovers) -> list[Paired]:
    """Settle the halves that the rows leave open, if every way of pairing them on the page gives one state.

    Lone brackets with a circle belong to the halves whose opening is unknown; lone circles to any empty
    bracket of the page.
    """
    unknown = sum(len(halves.open) for halves in page)
    paired = list(mine.settled)
    if leftovers.filled:
        sure = leftovers.filled == unknown and not leftovers.empty and not leftovers.closing
        glyph = Glyph.FILLED if sure else Glyph.HALF
        paired += [Paired(box=box, glyph=glyph, by_grid=True) for box in mine.open]
        empties, empty_on_page = mine.doubtful, sum(len(halves.doubtful) for halves in page)
    else:
        empties = [*mine.doubtful, *mine.open]
        empty_on_page = unknown + sum(len(halves.doubtful) for halves in page)
    sure = leftovers.strays == empty_on_page and not leftovers.closing
    glyph = Glyph.EMPTY if not leftovers.strays else Glyph.FILLED if sure else Glyph.HALF
    return [*paired, *(Paired(box=box, glyph=glyph, by_grid=True) for box in empties)]


@cache
def _predecessors(key: str) -> dict[str, str]:
    """Return for each label the one printed before it in its row."""
    return {after.label: first.label for row in CHECK_LISTS[key] for first, after in itertools.pairwise(row)}


_JOINED = re.compile(rf"\[(?P<inside>[{FILLED}]?)\]$")


def join_lines(stream: Stream, key: str, boxes: Sequence[Box], label: int, behind: tuple[int, int]) -> list[Box]:
    """Return the boxes of a list whose brackets all open in one line and close in the next; [] if one does not.

    Where every label of the list stands once and in the form's order, each behind a bracket that was opened
    directly before, no other order of the page can have made it so. The list's own label, which begins at
    ``label``, may stand within the first bracket.
    """
    in_order = [box.label for box in boxes] == [check.label for row in CHECK_LISTS[key] for check in row]
    if not in_order or any(box.is_open for box in boxes):
        return []
    joined: list[Box] = []
    for box in boxes:
        before = stream.text[max(0, label - 3) : label] + stream.text[behind[0] : box.start]
        found = _JOINED.search(before if not joined else stream.text[box.start - 3 : box.start])
        if found is None:
            return []
        glyph = Glyph.FILLED if found["inside"] else Glyph.EMPTY
        joined.append(replace(box, glyph=glyph, trailing=None))
    return joined


# -- states --------------------------------------------------------------------------------------

_YES = {Glyph.FILLED: "記号が入った枠", Glyph.CHECKED: "選択済みの枠"}


def decide(
    paired: Sequence[Paired], *, never_empty: bool = False, has_filled_squares: bool = False
) -> dict[str, MarkRead]:
    """Give each box of one list its state, by its glyph or by contrast with its siblings.

    ``never_empty`` tells that at least one box of such a list is ticked: if all look empty the marks are
    lost. ``has_filled_squares`` tells that the document ticks squares (☑), so that □ means no.
    """
    glyphs = {pair.glyph for pair in paired}
    if never_empty and glyphs <= {Glyph.EMPTY, Glyph.SQUARE} and len(paired) > 1:
        lost = MarkRead(state=Mark.UNCLEAR, basis=Basis.LOST, why="欄のすべての枠が空で、印が失われている")
        return {pair.box.label: lost for pair in paired}
    if has_filled_squares:
        glyphs = glyphs | {Glyph.FILLED}
    reads: dict[str, MarkRead] = {}
    for pair in paired:
        read = _decide_one(pair, glyphs)
        known = reads.get(pair.box.label)
        reads[pair.box.label] = read if known is None else _merge(known, read)
    return reads


def _decide_one(pair: Paired, glyphs: set[Glyph]) -> MarkRead:
    glyph = pair.glyph
    basis = Basis.GRID if pair.by_grid else Basis.GLYPH
    how = "（様式の行で対応づけた分割記号）" if pair.by_grid else ""
    if glyph in _YES:
        return MarkRead(state=Mark.YES, basis=basis, why=f"{_YES[glyph]}{how}")
    if glyph is Glyph.EMPTY:
        return MarkRead(state=Mark.NO, basis=basis, why=f"空の枠{how}")
    bracketed = glyph in (Glyph.BRACKETED, Glyph.BRACKETED_RADIO)
    between = bracketed and {Glyph.CHECKED, Glyph.EMPTY} <= glyphs
    for glyph_seen, sibling, state, why in () if between else _CONTRASTS:
        if glyph is glyph_seen and sibling in glyphs:
            return MarkRead(state=state, basis=Basis.CONTRAST, why=why)
    return MarkRead(state=Mark.UNCLEAR, basis=Basis.LOST, why=_LOST.get(glyph, "印が読み取れない"))


_UNTICKED = "同じ欄の選択済みの枠と異なり、選択の印がない"
_CONTRASTS: tuple[tuple[Glyph, Glyph, Mark, str], ...] = (
    (Glyph.SQUARE, Glyph.FILLED, Mark.NO, "塗られた枠がほかにあり、これは空"),
    (Glyph.SQUARE, Glyph.CHECKED, Mark.NO, "選択済みの枠がほかにあり、これは空"),
    (Glyph.BRACKETED_RADIO, Glyph.EMPTY, Mark.YES, "同じ欄の空の枠と異なり、丸印が読み取られている"),
    (Glyph.BRACKETED_RADIO, Glyph.CHECKED, Mark.NO, _UNTICKED),
    (Glyph.BRACKETED, Glyph.CHECKED, Mark.NO, _UNTICKED),
    (Glyph.BRACKETED, Glyph.EMPTY, Mark.YES, "同じ欄の空の枠と異なり、枠に印がある"),
    (Glyph.BARE, Glyph.CHECKED, Mark.NO, _UNTICKED),
    (Glyph.RADIO, Glyph.CHECKED, Mark.NO, _UNTICKED),
    (Glyph.BRACKETED_RADIO, Glyph.BRACKETED, Mark.YES, "同じ欄のほかの枠と異なり、丸印が読み取られている"),
)
"""What a glyph means beside another one in the same list: the first row that fits counts."""
_LOST = {
    Glyph.HALF: "分割された記号を一つに対応づけられない",
    Glyph.NONE: "枠が失われている",
    Glyph.SQUARE: "欄のすべての枠が同じで、印の有無が分からない",
    Glyph.BRACKETED: "選択済みの枠とも空の枠とも異なり、意味が定まらない",
    Glyph.BRACKETED_RADIO: "選択済みの枠とも空の枠とも異なり、意味が定まらない",
    Glyph.STRANGE: "枠の中の記号の意味が定まらない",
}


def _merge(first: MarkRead, second: MarkRead) -> MarkRead:
    """Join two readings of one box printed twice: agreement or the known one; two answers are none."""
    if first.state is second.state or second.state is Mark.UNCLEAR:
        return first
    if first.state is Mark.UNCLEAR:
        return second
    return replace(first, state=Mark.UNCLEAR, basis=Basis.LOST, why="同じ枠が二度印字され、印が食い違う")
