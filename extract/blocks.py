"""The text that belongs to each label: the cell behind it, and what the layout tore away from it.

Two kinds of documents need two ways. In tables with cells a value stands in its label's row, or in a
row whose first cell is empty. In raw PDF text a value stands behind its label, unless the label's cell
is complete already: then the next free text belongs to the last label that is still without one.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.anchors import Anchor
from extract.evidence import quote_span
from extract.facts import Evidence, Form
from extract.form import BY_KEY, CHECK_LISTS, ITEMS, OPTIONS, OTHER_OPTIONS, Kind, Part
from extract.normalize import clean
from extract.stream import Break, Stream

Piece = tuple[int, int]
"""A folded range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One item found: its label (None where the label is lost) and the pieces of its text."""

    key: str
    start: int
    label_end: int
    pieces: tuple[Piece, ...]
    number: int | None = None
    is_range: bool = False
    label_lost: bool = False

    @property
    def end(self) -> int:
        """The end of the last piece, or of the label."""
        return max([self.label_end, *(end for _, end in self.pieces)])

    @property
    def is_record(self) -> bool:
        """Whether this is a numbered heading."""
        return self.key.startswith("record.")

    @property
    def group(self) -> str:
        """The group of items to which this one belongs."""
        return self.key.removeprefix("record.") if self.is_record else BY_KEY[self.key].group

    @property
    def kind(self) -> Kind:
        """What stands in the cell."""
        return Kind.RECORD if self.is_record else BY_KEY[self.key].kind


@dataclass(slots=True)
class _Draft:
    """A block while its pieces are still being shared out."""

    anchor: Anchor
    own: list[Piece]
    shifted: list[Piece] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return self.anchor.kind


def find_blocks(stream: Stream, anchors: Sequence[Anchor]) -> list[Block]:
    """Return one block for each anchor, and one for each item whose label is lost and whose text is not."""
    if not anchors:
        return []
    drafts = [
        _Draft(anchor, [(anchor.end, end)])
        for anchor, end in zip(anchors, [*(anchor.start for anchor in anchors[1:]), len(stream)], strict=True)
    ]
    return list(_blocks_of_tables(stream, drafts) if is_table(stream, anchors) else _blocks_of_dump(stream, drafts))


def is_table(stream: Stream, anchors: Sequence[Anchor]) -> bool:
    """Tell whether values mostly stand in cells beside their labels."""
    behind = [stream.breaks[anchor.end] for anchor in anchors if anchor.end < len(stream)]
    return stream.has_cells and sum(strength == Break.CELL for strength in behind) * 4 > len(behind)


# -- tables with cells ---------------------------------------------------------------------------

_SHORT_CELL = 80
_SUCCESSOR = {a.key: b.key for a, b in itertools.pairwise(ITEMS) if a.group and a.group == b.group}


def _blocks_of_tables(stream: Stream, drafts: list[_Draft]) -> Iterator[Block]:
    for draft in drafts:
        _split_shifted(stream, draft)
    lost = {at: _share_shifted(stream, draft, drafts[at + 1]) for at, draft in enumerate(drafts[:-1]) if draft.shifted}
    for at, draft in enumerate(drafts):
        yield _freeze(draft, draft.own + draft.shifted)
        yield from lost.get(at, ())


def _split_shifted(stream: Stream, draft: _Draft) -> None:
    """Part the rows with an empty first cell from the text in the label's own row."""
    start, end = draft.own[0]
    edges = [at for at in range(start, end) if at in stream.shifted and at > start]
    bounds = [start, *edges, end]
    pieces = [piece for piece in itertools.pairwise(bounds) if piece[1] > piece[0]]
    if start in stream.shifted:
        draft.own, draft.shifted = [], pieces
    else:
        draft.own, draft.shifted = pieces[:1], pieces[1:]


def _share_shifted(stream: Stream, draft: _Draft, follower: _Draft) -> list[Block]:
    """Give the rows with an empty first cell to the item they belong to; return blocks whose labels are lost."""
    lost: list[Block] = []
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


def _fits_lost(stream: Stream, draft: _Draft, expected: str, piece: Piece) -> bool:
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


# -- raw text of a PDF ---------------------------------------------------------------------------

_ALL_OPTIONS = sorted({*OTHER_OPTIONS, *(word for words in OPTIONS.values() for word in words)}, key=len, reverse=True)
_ALL_CHECKS = sorted(
    {text for rows in CHECK_LISTS.values() for row in rows for check in row for text in check.texts},
    key=len,
    reverse=True,
)
_OPTION = "|".join(map(re.escape, _ALL_OPTIONS))
_CHECK = "|".join(map(re.escape, _ALL_CHECKS))
_VALUE = "|".join(re.escape(option) for option in _ALL_OPTIONS if option != "未定")  # 未定 may be said of anything
_MARK = "○◯●◎☑☐■□✓レ\ue000\ue001\ue002"
_JUNK = re.compile(
    rf"(?:<選択肢>|\d{{1,2}}[)）](?:{_OPTION})|\[(?:{_OPTION})?[{_MARK}]?\]?|(?:{_OPTION})?\]|[{_MARK}]|(?:{_VALUE})|"
    rf"(?:(?<=[\]{_MARK}])|(?=(?:{_CHECK})[\[)(]|(?:{_CHECK})$))(?:{_CHECK})(?:\([^()]*\)?)?|\(|\)|\d{{1,3}}$)++$"
)
_PRINTED_OPTION = re.compile(rf"<選択肢>|\d{{1,2}}[)）](?:{_OPTION})(?:\(任意実施\))?")


def _blocks_of_dump(stream: Stream, drafts: list[_Draft]) -> Iterator[Block]:
    waiting: list[_Draft] = []  # labels of this page that have no text yet
    loose: list[Piece] = []
    for at, draft in enumerate(drafts):
        if any(stream.breaks[index] == Break.PAGE for index in _page_probe(drafts, at)):
            waiting.clear()
        texts = [
            piece
            for at_piece, piece in enumerate(paragraphs(stream, *draft.own[0]))
            if not is_junk(stream, piece) or (not at_piece and _is_number(stream, draft, piece))
        ]
        stack = _stacked(drafts, at)
        if stack and len(texts) > len(stack) and _below(stream, draft):
            for waiting_draft in stack:
                waiting_draft.own = [texts.pop(0)]
        column = _column_above(drafts, at)
        if column and len(column) == len(texts) and _below(stream, draft):
            for other, piece in zip(column, texts, strict=True):
                other.own = [piece]
            waiting, texts = [other for other in waiting if other not in column], []
        kept, orphans = _take(draft, texts)
        draft.own = kept
        if draft.kind is Kind.TEXT and not kept:
            waiting.append(draft)
        for piece in orphans:
            taker = next((other for other in reversed(waiting) if _are_near(other, draft)), None)
            if taker is None:
                loose.append(piece)
            else:
                waiting.remove(taker)
                taker.own.append(piece)
    _share_citations(stream, drafts, loose)
    for draft in drafts:
        yield _freeze(draft, draft.own)


_CITED_FOR = {
    "number.basis": re.compile(r"(?:番号(?:利用)?法|利用等に関する法律)(?:\([^()]*\))?第9条"),
    "network.basis": re.compile(r"(?:番号(?:利用)?法|利用等に関する法律)(?:\([^()]*\))?第19条第?[789]号"),
}
"""The articles that allow the number's use (番号法9条) and its provision over the network (番号法19条8号, once 7号)."""


def _share_citations(stream: Stream, drafts: Sequence[_Draft], loose: Iterable[Piece]) -> None:
    """Give a list of provisions torn from its cell to the one empty cell that asks for these provisions."""
    for key, articles in _CITED_FOR.items():
        cells = [draft for draft in drafts if draft.anchor.key == key]
        fitting = [piece for piece in loose if articles.search(stream.text, *piece)]
        if len(cells) == len(fitting) == 1 and not cells[0].own:
            cells[0].own = fitting


def _stacked(drafts: list[_Draft], at: int) -> list[_Draft]:
    """Return the short cells printed directly before this one, label under label, still without a value."""
    stack: list[_Draft] = []
    while at and drafts[at].kind is Kind.LINE and drafts[at - 1].kind is Kind.LINE and not drafts[at - 1].own:
        at -= 1
        stack.insert(0, drafts[at])
    return stack


def _column_above(drafts: list[_Draft], at: int) -> list[_Draft]:
    """Return the labels that ask for text, printed directly above this one of a numbered record, all still without it.

    Raw text prints the column of a record's labels before the column of its values.
    """
    if drafts[at].kind not in (Kind.CHOICE, Kind.CHECKS):
        return []
    column: list[_Draft] = []
    for other in reversed(drafts[:at]):
        if other.own or other.anchor.group != drafts[at].anchor.group:
            return []
        if other.kind in _ASKS_TEXT:
            column.insert(0, other)
        if other.kind is Kind.RECORD:
            return column
    return []


_ASKS_TEXT = (Kind.RECORD, Kind.TEXT, Kind.LINE)


def _are_near(waiting: _Draft, full: _Draft) -> bool:
    """Tell whether both labels stand in the same group of the form's items."""
    if waiting.anchor.is_record or full.anchor.is_record:
        return waiting.anchor.group == full.anchor.group
    return (waiting.anchor.group, waiting.anchor.item.part) == (full.anchor.group, full.anchor.item.part)


def _below(stream: Stream, draft: _Draft) -> bool:
    """Tell whether the text behind the label begins in a paragraph of its own."""
    end = draft.anchor.end
    return end < len(stream) and stream.breaks[end] >= Break.PARAGRAPH


def _page_probe(drafts: list[_Draft], at: int) -> range:
    before = drafts[at - 1].anchor.end if at else drafts[at].anchor.start
    return range(before, drafts[at].anchor.start + 1)


def _take(draft: _Draft, paragraphs: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return what the label keeps of the text behind it, and what is too much for its cell."""
    if draft.kind is Kind.TEXT:
        return paragraphs, []
    if draft.kind in (Kind.LINE, Kind.RECORD):
        return paragraphs[:1], paragraphs[1:]
    return [], paragraphs


def paragraphs(stream: Stream, start: int, end: int) -> list[Piece]:
    """Split at blank lines and page breaks."""
    edges = [at for at in range(start + 1, end) if stream.breaks[at] >= Break.PARAGRAPH]
    bounds = [start, *edges, end]
    return [piece for piece in itertools.pairwise(bounds) if piece[1] > piece[0]]


def _is_number(stream: Stream, draft: _Draft, piece: Piece) -> bool:
    """Tell whether a lone number is the value of a short cell and not a page's number."""
    return draft.kind is Kind.LINE and stream.text[piece[0] : piece[1]].isdigit()


def is_junk(stream: Stream, piece: Piece) -> bool:
    """Tell whether a paragraph holds nothing but boxes, printed options or a page number."""
    text = stream.text[piece[0] : piece[1]]
    return not text or bool(_JUNK.match(text))


# -- blocks and their words ----------------------------------------------------------------------


def _freeze(draft: _Draft, pieces: Sequence[Piece]) -> Block:
    anchor = draft.anchor
    return Block(
        key=anchor.key,
        start=anchor.start,
        label_end=anchor.end,
        pieces=tuple(piece for piece in pieces if piece[1] > piece[0]),
        number=anchor.number,
        is_range=anchor.is_range,
    )


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
    for option in _PRINTED_OPTION.finditer(stream.text, start, end):
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
