"""The check lists of a document, each with its boxes: in its own cell, or gathered from a scrambled page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.boxes import Box, Glyph, find_boxes
from extract.cells import Block, Piece
from extract.facts import Basis, Mark, MarkRead
from extract.form import CHECK_LISTS, NEVER_EMPTY, Kind
from extract.marks import Leftovers, decide, find_leftovers, join_lines, join_split, pair_by_rows
from extract.outline import Outline
from extract.stream import Break

_NOTHING_LEFT = Leftovers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """One box of a list with its state; ``inside`` is the folded range of its parenthesis."""

    label: str
    mark: MarkRead
    start: int
    end: int
    inside: tuple[int, int] | None = None
    raw: str = ""
    """The source text in the parenthesis, and what the page order tore out of it."""


def read_list(outline: Outline, block: Block | None) -> dict[str, Ticked]:
    """Return the boxes of the list at ``block``, by label in the form's order."""
    if block is None:
        return {}
    if outline.has_tables:
        return _read_cell(outline, block, block.pieces)
    behind = (block.label_end, outline.next_start(block))
    boxes = _without_echoes(find_boxes(outline.stream, block.key, *behind, strict=False))
    if _is_whole(block.key, boxes):
        return _read_cell(outline, block, (behind,))
    if joined := join_lines(outline.stream, block.key, boxes, block.start, behind):
        return _ticked(outline, block, joined)
    return _read_page(outline, block)


def _is_whole(key: str, boxes: Sequence[Box]) -> bool:
    """Tell whether every box of the list stands behind its label, once and unbroken."""
    labels = sorted(box.label for box in boxes)
    halves = any(box.glyph in (Glyph.HALF, Glyph.HALF_FILLED, Glyph.NONE) or box.is_open for box in boxes)
    return labels == sorted(labels_of(key)) and not halves


def read_boxes(key: str, boxes: Sequence[Box], *, has_filled_squares: bool = False) -> dict[str, MarkRead]:
    """Return the states of boxes that stand together, with no other list's marks between them."""
    halves = pair_by_rows(key, boxes)
    return decide(
        join_split(halves, [halves], _NOTHING_LEFT),
        never_empty=key in NEVER_EMPTY,
        has_filled_squares=has_filled_squares,
    )


def labels_of(key: str) -> list[str]:
    """Return the labels of a list in the form's order."""
    return [check.label for row in CHECK_LISTS[key] for check in row]


# -- a list in its own cell ----------------------------------------------------------------------


def _read_cell(outline: Outline, block: Block, pieces: Iterable[Piece]) -> dict[str, Ticked]:
    stream = outline.stream
    boxes = [box for start, end in pieces for box in find_boxes(stream, block.key, start, end, strict=False)]
    return _ticked(outline, block, _without_echoes(boxes))


def _ticked(outline: Outline, block: Block, boxes: list[Box]) -> dict[str, Ticked]:
    reads = read_boxes(block.key, boxes, has_filled_squares=outline.ticks_squares)
    ticked: dict[str, Ticked] = {}
    for box in boxes:
        if box.label in ticked and not box.parenthesis:
            continue
        before = _lead_in(outline, block, boxes, box)
        ticked[box.label] = _tick(outline, box, reads[box.label], before)
    return _ordered(block.key, ticked)


def _without_echoes(boxes: list[Box]) -> list[Box]:
    """Drop a label that stands inside another box's parenthesis (その他（専用線））."""
    inside = [box.parenthesis for box in boxes if box.parenthesis]
    return [box for box in boxes if not any(low <= box.start < high for low, high in inside)]


_OWN_BOX = re.compile("[\ue000\ue001\ue002☑☐□■]|\\[[○◯〇O]?\\]")


def _lead_in(outline: Outline, block: Block, boxes: Sequence[Box], box: Box) -> str:
    """Return the first half of a parenthesis printed above its label with a box of its own.

    A parenthesis of two lines comes out of a scan as a line of its own before the label その他.
    """
    if box.label != "その他" or box.parenthesis is None:
        return ""
    stream = outline.stream
    ends = [other.end for other in boxes if other.end <= box.start]
    low = max([block.label_end, *ends])
    own = _OWN_BOX.search(stream.text, low, box.start)
    if own is None:
        return ""
    last = _OWN_BOX.search(stream.text, own.end(), box.start)
    text = stream.text[own.end() : last.start() if last else box.start]
    if len(text) < 2 or text.startswith(")"):  # noqa: PLR2004  one character names nothing
        return ""
    return stream.raw(own.end(), own.end() + len(text))


def _tick(outline: Outline, box: Box, mark: MarkRead, before: str = "") -> Ticked:
    raw = ""
    if box.parenthesis and box.parenthesis[1] > box.parenthesis[0]:
        raw = outline.stream.raw(*box.parenthesis)
        raw = "" if _begins_label(outline.stream.text[slice(*box.parenthesis)]) else raw
    return Ticked(
        label=box.label,
        mark=mark,
        start=box.start,
        end=max(box.end, box.start + 1),
        inside=box.parenthesis,
        raw=before + raw,
    )


_LABEL_TEXTS = tuple(text for rows in CHECK_LISTS.values() for row in rows for check in row for text in check.texts)
_TOO_SHORT = 6


def _begins_label(words: str) -> bool:
    """Tell whether an unclosed parenthesis ran into the torn label of the next box: 電子記録媒体(フラッシュ."""
    return len(words) >= _TOO_SHORT and any(text.startswith(words) and text != words for text in _LABEL_TEXTS)


def _ordered(key: str, ticked: dict[str, Ticked]) -> dict[str, Ticked]:
    return {label: ticked[label] for label in labels_of(key) if label in ticked}


# -- a list gathered from its page ---------------------------------------------------------------


def _read_page(outline: Outline, block: Block) -> dict[str, Ticked]:
    page = outline.pages_of(block.start, block.label_end)[0]
    lists = _lists_on(outline, page)
    pools = _pool(outline, page, lists)
    shared = _share(outline, pools, lists)
    mine = shared.get(block.start, {})
    everything = [box for boxes in pools.values() for box in boxes]
    leftovers = find_leftovers(outline.stream, *page, everything)
    halves = {one.start: pair_by_rows(one.key, list(shared[one.start].values())) for one in lists}
    reads = decide(
        join_split(halves[block.start], list(halves.values()), leftovers),
        never_empty=block.key in NEVER_EMPTY,
        has_filled_squares=outline.ticks_squares,
    )
    ticked = {label: _tick(outline, box, reads[label]) for label, box in mine.items() if label in reads}
    return _ordered(block.key, _with_torn_parentheses(outline, page, mine, ticked, everything))


def _lists_on(outline: Outline, page: tuple[int, int]) -> list[Block]:
    return [
        block
        for block in outline.blocks
        if block.kind is Kind.CHECKS and block.key in CHECK_LISTS and page[0] <= block.start < page[1]
    ]


def _pool(outline: Outline, page: tuple[int, int], lists: Iterable[Block]) -> dict[str, list[Box]]:
    """Return every box on the page by its label, whichever list it belongs to."""
    found: dict[int, Box] = {}
    for key in dict.fromkeys(block.key for block in lists):
        for box in find_boxes(outline.stream, key, *page, strict=True):
            known = found.get(box.start)
            if known is None or (box.trailing and not known.trailing) or box.end > known.end:
                found[box.start] = box
    pools: dict[str, list[Box]] = defaultdict(list)
    for start in sorted(found):
        pools[found[start].label].append(found[start])
    return pools


def _share(outline: Outline, pools: dict[str, list[Box]], lists: Sequence[Block]) -> dict[int, dict[str, Box]]:
    """Give the k-th box of each label to the k-th list that has it; その他 to the list it stands nearest to.

    Where parts of a page change places, counting can give a box to another record's list. So no list takes part
    whose place is not known, or that would share the rows of one list with another; save where all boxes of
    a label look alike, so that it does not matter whose they are.
    """
    counted: dict[str, list[tuple[Block, Box]]] = {}
    for label, boxes in pools.items():
        takers = [block for block in lists if label in labels_of(block.key)]
        if label != "その他" and len(boxes) == len(takers):
            counted[label] = list(zip(takers, boxes, strict=True))
    unsure = {block.start for block in lists if block.start in outline.unplaced}
    unsure |= _torn(outline, counted)
    shared: dict[int, dict[str, Box]] = {block.start: {} for block in lists}
    for label, pairs in counted.items():
        alike = len(pairs) > 1 and len({(box.glyph, box.trailing) for _, box in pairs}) == 1
        if alike or not any(block.start in unsure for block, _ in pairs):
            for block, box in pairs:
                shared[block.start][label] = box
    _share_rest(pools.get("その他", []), lists, shared)
    return shared


def _torn(outline: Outline, counted: dict[str, list[tuple[Block, Box]]]) -> set[int]:
    """Return the lists that would part two boxes printed one after the other as the rows of one list are."""
    placed = sorted(((box, block) for pairs in counted.values() for block, box in pairs), key=lambda one: one[0].start)
    torn: set[int] = set()
    for (one, its), (other, others) in pairwise(placed):
        apart = its.start != others.start and its.key == others.key and other.glyph is not Glyph.HALF
        if apart and _follow(its.key, one, other) and outline.next_start_after(one.end) >= other.start:
            torn |= {its.start, others.start}
    return torn


def _follow(key: str, one: Box, other: Box) -> bool:
    labels = list(labels_of(key))
    return labels.index(other.label) == labels.index(one.label) + 1


def _share_rest(boxes: list[Box], lists: Sequence[Block], shared: dict[int, dict[str, Box]]) -> None:
    """Give each その他 to the list whose last row it follows; the last one left to the last list without one."""
    takers = [block for block in lists if "その他" in labels_of(block.key)]
    if len(boxes) != len(takers):
        return
    placed = sorted((box.start, start, label) for start, mine in shared.items() for label, box in mine.items())
    found: dict[int, list[Box]] = {block.start: [] for block in takers}
    for box in boxes:
        start = _follows(box, placed, takers)
        if start is not None:
            found[start].append(box)
    for start, mine in found.items():
        if len(mine) == 1:
            shared[start]["その他"] = mine[0]
    taken = [shared[start]["その他"] for start in found if "その他" in shared[start]]
    left = [box for box in boxes if box not in taken]
    without = [start for start in found if "その他" not in shared[start]]
    if len(left) == len(without) == 1:
        shared[without[0]]["その他"] = left[0]


def _follows(box: Box, placed: Sequence[tuple[int, int, str]], takers: Iterable[Block]) -> int | None:
    """Return the list that ``box`` closes: between two of its boxes, or behind one of its last two."""
    before = next(((start, label) for at, start, label in reversed(placed) if at < box.start), None)
    after = next((start for at, start, _ in placed if at > box.start), None)
    if before is None:
        return None
    start, label = before
    key = next((block.key for block in takers if block.start == start), None)
    return start if key is not None and (after == start or label in labels_of(key)[-3:-1]) else None


# -- parentheses torn from their labels ----------------------------------------------------------


def _with_torn_parentheses(
    outline: Outline, page: tuple[int, int], mine: dict[str, Box], ticked: dict[str, Ticked], everything: list[Box]
) -> dict[str, Ticked]:
    """Find the content of a parenthesis printed away from its label, where there is one answer only."""
    ends, wholes = _loose_parentheses(outline, page, everything)
    is_open = [label for label, box in mine.items() if box.is_open and not ticked[label].raw.strip()]
    others_open = sum(box.is_open and box not in mine.values() for box in everything)
    if len(is_open) == 1 and len(ends) == 1 and not others_open:
        ticked[is_open[0]] = _with_content(outline, ticked[is_open[0]], ends[0])
    takes = {check.label for rows in CHECK_LISTS.values() for row in rows for check in row if check.parenthesis}
    without = [label for label, box in mine.items() if box.parenthesis is None and label in takes]
    if len(without) == 1 and len(wholes) == 1:
        ticked[without[0]] = _with_content(outline, ticked[without[0]], wholes[0])
    return ticked


def _with_content(outline: Outline, old: Ticked, inside: tuple[int, int]) -> Ticked:
    return replace(old, inside=inside, raw=outline.stream.raw(*inside))


_RUNS_ON = re.compile(r"^[^\[\]()]{2,60}、$")


def _loose_parentheses(
    outline: Outline, page: tuple[int, int], everything: list[Box]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the tails (…） and the whole parentheses that stand as paragraphs of their own on the page."""
    stream = outline.stream
    taken = [box.parenthesis for box in everything if box.parenthesis]
    tails, wholes = [], []
    edges = [at for at in range(page[0], page[1]) if stream.breaks[at] >= Break.PARAGRAPH or at == page[0]]
    for start, end in zip(edges, [*edges[1:], page[1]], strict=True):
        text = stream.text[start:end]
        if any(low <= start < high for low, high in taken):
            continue
        if re.fullmatch(r"\([^()]+(?:\([^()]*\)[^()]*)*\)", text):
            wholes.append((start + 1, end - 1))
        elif text.count(")") == text.count("(") + 1 and text.endswith(")") and len(text) > 1 and "[" not in text:
            at = edges.index(start)
            while at and _RUNS_ON.search(stream.text[edges[at - 1] : edges[at]]):
                at -= 1  # 市民課、 | 税務課 ）: the line above goes on
            tails.append((edges[at], end - 1))
    return tails, wholes


def settle(ticked: Ticked, state: Mark, basis: Basis, why: str) -> Ticked:
    """Return the box with its lost mark settled by another statement of the document."""
    return replace(ticked, mark=MarkRead(state=state, basis=basis, why=why))
