"""The text that belongs to each label: the cell behind it, and what the layout tore away from it.

Two kinds of documents need two ways. In tables with cells a value stands in its label's row, or in a
row whose first cell is empty. In raw PDF text a value stands behind its label, unless the label's cell
is complete already: then the next free text belongs to the last label that is still without one.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from extract.anchors import Anchor
from extract.cells import Block, Draft, Piece
from extract.dumps import PRINTED_OPTION, blocks_of_dump, is_junk
from extract.evidence import quote_span
from extract.facts import Evidence, Form
from extract.form import BY_KEY, CHECK_LISTS, ITEMS, Kind, Part
from extract.normalize import clean
from extract.stream import Break, Stream


def find_blocks(stream: Stream, anchors: Sequence[Anchor]) -> list[Block]:
    """Return one block for each anchor, and one for each item whose label is lost and whose text is not."""
    if not anchors:
        return []
    drafts = [
        Draft(anchor, [(anchor.end, end)])
        for anchor, end in zip(anchors, [*(anchor.start for anchor in anchors[1:]), len(stream)], strict=True)
    ]
    return list(_blocks_of_tables(stream, drafts) if is_table(stream, anchors) else blocks_of_dump(stream, drafts))


def is_table(stream: Stream, anchors: Sequence[Anchor]) -> bool:
    """Tell whether values mostly stand in cells beside their labels."""
    behind = [stream.breaks[anchor.end] for anchor in anchors if anchor.end < len(stream)]
    return stream.has_cells and sum(strength == Break.CELL for strength in behind) * 4 > len(behind)


# -- tables with cells ---------------------------------------------------------------------------

_SHORT_CELL = 80
_SUCCESSOR = {a.key: b.key for a, b in itertools.pairwise(ITEMS) if a.group and a.group == b.group}


def _blocks_of_tables(stream: Stream, drafts: list[Draft]) -> Iterator[Block]:
    lists_systems = not any(draft.anchor.is_record and draft.anchor.group == "system" for draft in drafts)
    for draft in drafts:
        _split_shifted(stream, draft)
        if lists_systems and draft.anchor.key == "system.name":  # ③ of the basic form: a list, one row for each
            draft.own, draft.shifted = draft.own + draft.shifted, []
    _give_content_above_name(stream, drafts)
    for before, draft in itertools.pairwise(drafts):
        _take_from_row(stream, before, draft)
    for draft, follower in zip(drafts, [*drafts[1:], drafts[-1]], strict=True):
        keys = draft.anchor.key, follower.anchor.key
        while (
            draft.own
            and draft.shifted
            and _boxes_in(stream, keys[0], draft.shifted[0])
            > (_boxes_in(stream, keys[1], draft.shifted[0]) if follower is not draft else 0)
        ):
            draft.own.append(draft.shifted.pop(0))
    lost = {at: _share_shifted(stream, draft, drafts[at + 1]) for at, draft in enumerate(drafts[:-1]) if draft.shifted}
    for at, draft in enumerate(drafts):
        yield draft.freeze(draft.own + draft.shifted)
        yield from lost.get(at, ())


def _give_content_above_name(stream: Stream, drafts: Sequence[Draft]) -> None:
    """Give rows of prose between a heading and its first short item to the long item after it (②, printed above ①)."""
    for heading, first, second in zip(drafts, drafts[1:], drafts[2:], strict=False):
        in_turn = heading.kind is Kind.HEADING and first.kind is Kind.LINE and second.kind is Kind.TEXT
        prose = [piece for piece in heading.shifted if "。" in stream.text[slice(*piece)]]
        if in_turn and first.anchor.group == second.anchor.group and _has_text(first.own) and prose:
            heading.shifted = [piece for piece in heading.shifted if piece not in prose]
            second.own = [*prose, *second.own]


def _take_from_row(stream: Stream, before: Draft, draft: Draft) -> None:
    """Give the cell printed in front of a label, in a row whose cell behind the label is empty, to that label."""
    at = draft.anchor.start
    line = stream.line_start(at)
    if _has_text(draft.own) or draft.shifted or stream.breaks[at] != Break.CELL or not before.own:
        return
    start, end = before.own[-1]
    if end == at and start < line < at and draft.kind in (Kind.LINE, Kind.TEXT):
        before.own[-1] = (start, line)
        draft.own = [(line, at)]


def _boxes_in(stream: Stream, key: str, piece: Piece) -> int:
    """Return how many labels of the list a row holds: with more than the next list's it goes on with this cell."""
    words = stream.text[slice(*piece)]
    return sum(any(text in words for text in check.texts) for row in CHECK_LISTS.get(key, ()) for check in row)


def _split_shifted(stream: Stream, draft: Draft) -> None:
    """Part the rows with an empty first cell from the text in the label's own row."""
    start, end = draft.own[0]
    edges = [at for at in range(start, end) if at in stream.shifted and at > start]
    bounds = [start, *edges, end]
    pieces = [piece for piece in itertools.pairwise(bounds) if piece[1] > piece[0]]
    if start in stream.shifted:
        draft.own, draft.shifted = [], pieces
    else:
        draft.own, draft.shifted = pieces[:1], pieces[1:]


def _share_shifted(stream: Stream, draft: Draft, follower: Draft) -> list[Block]:
    """Give the rows with an empty first cell to the item they belong to; return blocks whose labels are lost."""
    lost: list[Block] = []
    if _has_no_words(draft) and not _has_text(draft.own) and not _has_text(follower.own) and draft.shifted:
        count = 1 if follower.kind is Kind.LINE else len(draft.shifted)
        follower.own, draft.shifted = draft.shifted[:count], draft.shifted[count:]
    key = draft.anchor.key
    while draft.shifted and draft.own:
        key = _SUCCESSOR.get(key, "")
        piece = draft.shifted[0]
        if not key or key == follower.anchor.key or not _fits_lost(stream, draft, key, piece):
            break
        pieces = (piece,) if BY_KEY[key].kind is Kind.LINE else tuple(draft.shifted)
        draft.shifted = draft.shifted[len(pieces) :]
        lost.append(Block(key=key, start=piece[0], label_end=piece[0], pieces=pieces, label_lost=True))
    takes_text = follower.kind in (Kind.TEXT, Kind.CHECKS)
    empty_next = not _has_text(follower.own) and not follower.shifted
    if draft.own and draft.shifted and takes_text and (draft.kind is Kind.LINE or empty_next):
        follower.own, draft.shifted = draft.shifted + follower.own, []
    return lost


def _has_no_words(draft: Draft) -> bool:
    """Tell whether nothing can stand in the label's own cell, so that a row below it is the next label's, printed above."""
    return draft.kind is Kind.HEADING or (draft.anchor.is_record and draft.anchor.group == "system")


def _fits_lost(stream: Stream, draft: Draft, expected: str, piece: Piece) -> bool:
    """Tell whether a row without a label can be the cell of the item that the form prints next."""
    kind = BY_KEY[expected].kind
    if is_junk(stream, piece):
        return False
    if kind is Kind.LINE:
        return piece[1] - piece[0] <= _SHORT_CELL
    return kind is Kind.TEXT and (draft.kind is not Kind.TEXT or _starts_apart(stream, piece[0]))


def _starts_apart(stream: Stream, at: int) -> bool:
    """Tell whether a blank line stands before the row: a new table, mostly behind a page break."""
    return stream.breaks[at] >= Break.PARAGRAPH


def _has_text(pieces: Iterable[Piece]) -> bool:
    return any(end > start for start, end in pieces)


# -- blocks and their words ----------------------------------------------------------------------


def text_of(stream: Stream, block: Block | None) -> str | None:
    """Return the clean text of a block without printed options; None for no block, "" for an empty cell."""
    if block is None:
        return None
    return "".join(clean(part) for piece in block.pieces for part in _raw_parts(stream, *piece)).strip()


def raw_of(stream: Stream, block: Block) -> str:
    """Return the source text of a block without printed options, its pieces on lines of their own."""
    return "\n".join("".join(_raw_parts(stream, *piece)) for piece in block.pieces)


def _raw_parts(stream: Stream, start: int, end: int) -> Iterator[str]:
    at = start
    for option in PRINTED_OPTION.finditer(stream.text, start, end):
        if option.start() > at:
            yield stream.raw(at, option.start())
        at = option.end()
    if end > at:
        yield stream.raw(at, end)


def evidence_at(stream: Stream, item: str, start: int, end: int) -> Evidence:
    """Return evidence for the folded range."""
    return quote_span(stream.source, item, stream.span(start, max(end, start + 1) if start < len(stream) else end))


def evidence_of(stream: Stream, block: Block, form: Form | None, number: int | None = None) -> Evidence:
    """Return evidence for a block: its text where it has one, else its label."""
    item = BY_KEY[block.key].id_in(form, number) if not block.is_record else _record_id(block, number)
    start, end = block.pieces[0] if block.pieces else (block.start, block.label_end)
    return evidence_at(stream, item, start, end)


_RECORD_IDS = {"system": "I-2.{n}", "entrust": "II-4.{n}", "provide": "II-5.提供先{n}", "transfer": "II-5.移転先{n}"}


def _record_id(block: Block, number: int | None) -> str:
    return _RECORD_IDS[block.group].format(n=number if number is not None else block.number)


def part_of(block: Block) -> Part:
    """Return the part of the form in which the block stands."""
    if block.is_record:
        return Part.BASICS if block.group == "system" else Part.FILE
    return BY_KEY[block.key].part


def blocks_between(blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """Return the blocks whose labels stand in the folded range (blocks are in the order of the text)."""
    starts = [block.start for block in blocks]
    return list(blocks[bisect_left(starts, start) : bisect_left(starts, end)])
