"""Tick boxes: finding each box of a list, pairing what the page order split, and deciding its state.

Three steps, kept apart. ``find_boxes`` sees glyphs and knows no meaning. ``pair_by_rows`` and ``join_split``
put the halves of brackets together by the official form's rows. ``decide`` gives each glyph its meaning by contrast within the
list: where every box looks alike the scan has lost the marks and the state is unclear.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

from extract.facts import Basis, Mark, MarkRead
from extract.form import CHECK_LISTS, Check
from extract.stream import Break, Stream

FILLED = "○◯●◎〇OＯo0●☑✓✔レ■Vv√"
EMPTY_SQUARES = "☐□"
_CIRCLES = "●○◯〇"


class Glyph(Enum):
    """What is printed before a box's label."""

    FILLED = auto()  # [○]
    EMPTY = auto()  # []
    CHECKED = auto()  # <input checked>
    BRACKETED = auto()  # [<input>] without state
    BRACKETED_RADIO = auto()  # [<input type="radio">]: often a scanned ○
    BARE = auto()  # <input> without state and bracket
    RADIO = auto()
    SQUARE = auto()  # □
    STRANGE = auto()  # [×], [?]
    HALF_FILLED = auto()  # ○ ] : its bracket opens elsewhere
    HALF = auto()  # ] : its bracket, and perhaps its mark, stand elsewhere
    NONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One label of a check list as found: its glyph, what follows it, and where (folded indices)."""

    label: str
    start: int
    end: int
    glyph: Glyph
    trailing: Glyph | None = None  # the next box's open bracket at the end of this one's line
    parenthesis: tuple[int, int] | None = None
    is_open: bool = False  # its parenthesis is not closed here


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """A box whose state is known as far as its own glyph and the form's rows tell."""

    box: Box
    glyph: Glyph
    by_grid: bool = False


_SIGNS = "\ue000\ue001\ue002"
_BEFORE = re.compile(
    rf"(?:(?P<open>\[)(?P<inside>[^\[\]]?)(?P<close>\])|(?P<half>[{FILLED}]?)\]|(?P<bare>[{_SIGNS}{EMPTY_SQUARES}☑✓✔■●○◯〇]))$"
)
_TRAILING = re.compile(rf"\[(?P<inside>[{FILLED}{_SIGNS}]?)")
_QUALIFIER = re.compile(r"\((?:フラッシュメモリを除く。?|氏名、[^()]*|電話番号等|内部番号)\)")
_INSIDE = {"": Glyph.EMPTY, "\ue000": Glyph.CHECKED, "\ue001": Glyph.BRACKETED, "\ue002": Glyph.BRACKETED_RADIO}
_BARE = {"\ue000": Glyph.CHECKED, "\ue001": Glyph.BARE, "\ue002": Glyph.RADIO}


@cache
def _label_pattern(key: str) -> tuple[re.Pattern[str], dict[str, Check]]:
    checks = {text: check for row in CHECK_LISTS[key] for check in row for text in check.texts}
    return re.compile("|".join(map(re.escape, sorted(checks, key=len, reverse=True)))), checks


def find_boxes(stream: Stream, key: str, start: int, end: int, *, strict: bool) -> list[Box]:
    """Return the boxes of list ``key`` in the folded range, in the order of the text.

    ``strict`` asks for a mark beside the label: needed where prose stands in the range.
    """
    pattern, checks = _label_pattern(key)
    matches = [m for m in pattern.finditer(stream.text, start, end) if not stream.text.startswith("等情報", m.end())]
    boxes = []
    for at, match in enumerate(matches):
        limit = matches[at + 1].start() if at + 1 < len(matches) else end
        box = _box_at(stream, checks[match.group()], match, start, limit)
        if (
            box.glyph is not Glyph.NONE
            or (not strict and _opens_item(stream, match.start(), start))
            or (strict and box.trailing is not None and _opens_item(stream, match.start(), start))
        ):
            boxes.append(box)
    return boxes if strict else _as_printed_around(stream, boxes, start, end)


_AHEAD = re.compile(rf"\[(?P<inside>[{FILLED}{_SIGNS}]?)\]|(?P<bare>[{_SIGNS}{EMPTY_SQUARES}☑✓✔■●○◯〇])")
_ROUND = re.compile(rf"\((?P<inside>[{FILLED}]?)\)$")


def _as_printed_around(stream: Stream, boxes: list[Box], start: int, end: int) -> list[Box]:
    """Return the boxes of a list whose marks stand behind the labels, or in round brackets before them."""
    if not boxes or any(box.glyph is not Glyph.NONE for box in boxes[:1]):
        return boxes
    before = [_ROUND.search(stream.text, max(start, box.start - 3), box.start) for box in boxes]
    if all(before):
        glyphs = [Glyph.FILLED if found and found["inside"] else Glyph.EMPTY for found in before]
        return [replace(box, glyph=glyph) for box, glyph in zip(boxes, glyphs, strict=True)]
    behind = [_AHEAD.match(stream.text, box.end, end) for box in boxes]
    if behind[-1] and all(behind):
        return [
            replace(box, glyph=_sign_of(found), trailing=None)
            for box, found in zip(boxes, behind, strict=True)
            if found
        ]
    return boxes


def _sign_of(found: re.Match[str]) -> Glyph:
    """Return what a mark behind a label says."""
    if bare := found["bare"]:
        return _BARE.get(bare, Glyph.SQUARE if bare in EMPTY_SQUARES else Glyph.FILLED)
    return _INSIDE.get(found["inside"], Glyph.FILLED)


def _opens_item(stream: Stream, at: int, start: int) -> bool:
    return at == start or stream.breaks[at] > Break.NONE or stream.text[at - 1] in "・)]"


def _box_at(stream: Stream, check: Check, match: re.Match[str], start: int, limit: int) -> Box:
    text = stream.text
    qualifier = _QUALIFIER.match(text, match.end())
    end = qualifier.end() if qualifier else match.end()
    inner, is_open = None, False
    if check.parenthesis and text.startswith("(", end) and stream.breaks[end] < Break.PARAGRAPH:
        inner, is_open = _parenthesis(stream, end, limit)
        end = inner[1] + (0 if is_open else 1)
    return Box(
        label=check.label,
        start=match.start(),
        end=end,
        glyph=_glyph_before(stream, match.start(), start),
        trailing=_trailing(stream, end, limit),
        parenthesis=inner,
        is_open=is_open,
    )


_MARK_SIGNS = frozenset("[]☑☐■□\ue000\ue001\ue002")


def _parenthesis(stream: Stream, at: int, limit: int) -> tuple[tuple[int, int], bool]:
    """Return the inside of the parenthesis that opens at ``at``, and whether it stays open in its paragraph."""
    depth = 0
    for index in range(at, min(len(stream), max(limit, at + 1) + 400)):
        char = stream.text[index]
        if index > at and (stream.breaks[index] >= Break.PARAGRAPH or char in _MARK_SIGNS):
            return (at + 1, index), True
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return (at + 1, index), False
    return (at + 1, min(len(stream), limit)), True


def _trailing(stream: Stream, at: int, limit: int) -> Glyph | None:
    """Return the open bracket behind a box, if the next box's label does not close it here."""
    found = _TRAILING.match(stream.text, at, limit)
    if found is None or stream.breaks[at] >= Break.LINE:
        return None
    inside = found["inside"] and stream.breaks[found.start("inside")] < Break.LINE
    after = stream.text[found.end() : found.end() + 2]
    closed = after.find("]")
    if closed == 0 or (closed == 1 and after[0] != "["):
        apart = any(stream.breaks[at] >= Break.PARAGRAPH for at in range(found.end(), found.end() + closed + 1))
        if not apart:
            return None
    return Glyph.FILLED if inside else Glyph.EMPTY


def _glyph_before(stream: Stream, at: int, start: int) -> Glyph:
    found = _BEFORE.search(stream.text, max(start, at - 3), at)
    if found is None:
        return Glyph.NONE
    if found["close"]:
        return _whole_bracket(stream, found)
    if found["bare"]:
        return _bare_sign(stream, found, start)
    return Glyph.HALF_FILLED if found["half"] and _closes_at(stream, found.end() - 1) else Glyph.HALF


def _bare_sign(stream: Stream, found: re.Match[str], start: int) -> Glyph:
    bare, sign, at = found["bare"], found.start("bare"), found.end()
    above = bare in _CIRCLES and stream.breaks[at] >= Break.LINE  # a circle in the line above may be another box's
    if above or _is_glued_to_the_label_before(stream, sign, at, start):
        return Glyph.NONE
    return _BARE.get(bare, Glyph.SQUARE if bare in EMPTY_SQUARES else Glyph.FILLED)


def _is_glued_to_the_label_before(stream: Stream, sign: int, at: int, start: int) -> bool:
    """Tell whether white space parts the sign from the label behind it, and nothing from the one before (紙○ 専用線)."""
    if sign <= start or stream.breaks[sign] > Break.NONE or stream.breaks[at] == Break.NONE:
        return False
    return bool(re.match(r"[^\s\[\]()、。・:※]|\)", stream.text[sign - 1]))


def _closes_at(stream: Stream, at: int) -> bool:
    """Tell whether a closing bracket stands at ``at`` in the same line as what is before it."""
    return stream.text.startswith("]", at) and stream.breaks[at] < Break.LINE


def _whole_bracket(stream: Stream, found: re.Match[str]) -> Glyph:
    """Return what a bracket says; halves with a line's end between them may be two brackets' halves."""
    inside = found["inside"]
    if stream.breaks[found.start("close")] >= Break.LINE:
        return Glyph.HALF
    if inside and stream.breaks[found.start("inside")] >= Break.LINE:
        return Glyph.HALF_FILLED if inside in FILLED else Glyph.HALF
    if inside in _INSIDE:
        return _INSIDE[inside]
    if inside and inside in "xX" and found.string[found.start("open") - 1 : found.start("open")] in ("-", "*"):
        return Glyph.FILLED  # a task list of Markdown: - [x]
    return Glyph.FILLED if inside in FILLED else Glyph.STRANGE


# -- halves --------------------------------------------------------------------------------------

_FILLED_SQUARE = re.compile("[☑■✓✔]")


def ticks_squares(stream: Stream) -> bool:
    """Tell whether the document prints ticked squares before labels of its lists."""
    labels = tuple(text for rows in CHECK_LISTS.values() for row in rows for check in row for text in check.texts)
    return any(stream.text.startswith(labels, match.end()) for match in _FILLED_SQUARE.finditer(stream.text))


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
        if _alone_in_line(stream, match.start(), match.end(), end) and not _closes_at(stream, match.end())
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
