"""Tick boxes as printed: their labels, the glyphs beside them, and what stands in their parentheses.

Sees glyphs and knows no meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

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
    return Glyph.HALF_FILLED if found["half"] and closes_at(stream, found.end() - 1) else Glyph.HALF


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


def closes_at(stream: Stream, at: int) -> bool:
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


_FILLED_SQUARE = re.compile("[☑■✓✔]")


def ticks_squares(stream: Stream) -> bool:
    """Tell whether the document prints ticked squares before labels of its lists."""
    labels = tuple(text for rows in CHECK_LISTS.values() for row in rows for check in row for text in check.texts)
    return any(stream.text.startswith(labels, match.end()) for match in _FILLED_SQUARE.finditer(stream.text))
