"""The raw text of a PDF: labels and texts in the order in which its parts were drawn."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extract.cells import BLANKS, Block, Draft, Piece
from extract.form import CHECK_LISTS, OPTIONS, OTHER_OPTIONS, Kind, Part
from extract.names import is_company
from extract.stream import Break, Stream

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
PRINTED_OPTION = re.compile(rf"<選択肢>|\d{{1,2}}[)）](?:{_OPTION})(?:\(任意実施\))?")


def blocks_of_dump(stream: Stream, drafts: list[Draft]) -> Iterator[Block]:
    """Yield the blocks of labels whose texts stand behind them, before them or beside another label."""
    waiting: list[Draft] = []  # labels of this page that have no text yet
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
                waiting_draft.own, rest = _take(stream, waiting_draft, [texts.pop(0)])
                loose.extend(rest)
        column = _column_above(drafts, at)
        values = _values_of_column(stream, column, texts) if column and _below(stream, draft) else []
        if values:
            for other, piece in zip(column, values, strict=True):
                other.own = [piece]
            waiting, texts = [other for other in waiting if other not in column], []
        kept, orphans = _take(stream, draft, texts)
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
    _share_systems(stream, drafts, loose)
    _share_entrustees(stream, drafts, loose)
    _share_summary(stream, drafts, loose)
    for draft in drafts:
        yield draft.freeze(draft.own)


_THE_ACT = (
    r"[・○◆●■]?(?:行政手続における特定の個人を識別するための番号の利用等に関する法律|番号(?:利用)?法)(?:\([^()]*\))?"
)
_CITED_FOR = {
    "number.basis": re.compile(rf"{_THE_ACT}第9条"),
    "network.basis": re.compile(rf"{_THE_ACT}第19条第?[789]号"),
}
"""The articles that allow the number's use (番号法9条) and its provision over the network (番号法19条8号, once 7号)."""


def _share_citations(stream: Stream, drafts: Sequence[Draft], loose: Sequence[Piece]) -> None:
    """Give a list of provisions torn from its cell to the one cell that asks for these provisions and cites none."""
    others = [draft for draft in drafts if not draft.anchor.is_record and draft.anchor.item.part is Part.BASICS]
    for key, articles in _CITED_FOR.items():
        cells = [draft for draft in drafts if draft.anchor.key == key]
        if len(cells) != 1 or not _lacks(stream, cells[0]):
            continue
        held = [(draft, piece) for draft in others for piece in draft.own if draft.anchor.key not in _CITED_FOR]
        fitting: list[tuple[Draft | None, Piece]] = [
            (None, piece) for piece in loose if articles.search(stream.text, *piece)
        ]
        fitting += [(draft, piece) for draft, piece in held if articles.match(stream.text, *piece)]
        if len(fitting) == 1:
            holder, piece = fitting[0]
            cells[0].own = [piece]
            if holder is not None:
                holder.own.remove(piece)


def _lacks(stream: Stream, cell: Draft) -> bool:
    """Tell whether a cell for provisions holds none: nothing, or a neighbour's word (なし is one in both)."""
    words = "".join(stream.text[slice(*piece)] for piece in cell.own)
    says_none = words in BLANKS and words != ""
    return not re.search(r"[法令条則]|規程", words) and not (says_none and cell.anchor.key != "number.basis")


_NAMES_SYSTEM = re.compile(r"[^。、]{0,40}(?:システム|サーバー?|ネットワーク|ポータル|基盤)(?:\([^()]*\))?(?:等)?$")


def _share_systems(stream: Stream, drafts: Sequence[Draft], loose: list[Piece]) -> None:
    """Give the only lines that name systems to ③システムの名称 of the basic form, if its cell names none.

    A label beside a cell of several lines stands at the middle of the cell's height, and raw text can print the lines
    before it, behind it or with the prose of ②事務の概要.
    """
    cells = [draft for draft in drafts if draft.anchor.key == "system.name"]
    numbered = any(draft.anchor.is_record and draft.anchor.group == "system" for draft in drafts)
    if numbered or len(cells) != 1:
        return
    if own := [(piece, lines) for piece in cells[0].own if (lines := _system_lines(stream, piece))]:
        cells[0].own = [lines for _, lines in own]
        loose.extend((piece[0], lines[0]) for piece, lines in own if lines[0] > piece[0])
        return
    held: list[tuple[Draft | None, Piece]] = [(None, piece) for piece in loose]
    held += [(draft, piece) for draft in drafts if draft.kind is Kind.TEXT for piece in draft.own]
    past = next((draft.anchor.start for draft in drafts if draft.anchor.key == "changes"), len(stream))
    found = [(one, piece, lines) for one, piece in held if piece[0] < past and (lines := _system_lines(stream, piece))]
    if len(found) != 1:
        return
    holder, piece, lines = found[0]
    cells[0].own = [lines]
    if holder is not None:
        holder.own[holder.own.index(piece)] = (piece[0], lines[0])


def _system_lines(stream: Stream, piece: Piece) -> Piece | None:
    """Return the last lines of a paragraph if each is a system's name and nothing else, or names parted by commas."""
    parts = stream.text[slice(*piece)].split("、")
    if len(parts) > 1 and all(map(_NAMES_SYSTEM.match, parts)):
        return piece
    start = piece[1]
    while start > piece[0]:
        line = max(piece[0], stream.line_start(start - 1))
        if not _NAMES_SYSTEM.match(stream.text[line:start].lstrip("・○◆")):
            break
        start = line
    return (start, piece[1]) if start < piece[1] else None


def _share_entrustees(stream: Stream, drafts: Sequence[Draft], loose: Sequence[Piece]) -> None:
    """Give the only paragraph between two entrustments that is a company's name to an empty ⑥委託先名 before it."""
    edges = [draft.anchor.start for draft in drafts if draft.anchor.is_record or draft.kind is Kind.HEADING]
    for cell in drafts:
        if cell.anchor.key != "entrust.entrustee" or cell.own:
            continue
        end = next((edge for edge in edges if edge > cell.anchor.start), len(stream))
        here = [draft for draft in drafts if cell.anchor.start < draft.anchor.start < end]
        names = [p for p in loose if cell.anchor.end <= p[0] < end and is_company(stream.raw(*p))]
        if len(names) == 1 and all(draft.anchor.key != cell.anchor.key for draft in here):
            cell.own = names


def _share_summary(stream: Stream, drafts: Sequence[Draft], loose: Sequence[Piece]) -> None:
    """Give the prose behind the business's name to 事務の内容/概要, if that cell is empty and its label stands below."""
    name = next((draft for draft in drafts if draft.anchor.key == "business.name"), None)
    cells = [draft for draft in drafts if draft.anchor.key == "business.content"]
    if name is None or len(cells) != 1 or cells[0].own or cells[0].anchor.start < name.anchor.start:
        return
    below = [piece for piece in loose if name.anchor.end <= piece[0] < cells[0].anchor.start]
    prose = list(itertools.takewhile(lambda piece: "。" in stream.text[slice(*piece)], below))
    cells[0].own = prose


def _stacked(drafts: list[Draft], at: int) -> list[Draft]:
    """Return the short cells printed directly before this one, label under label, still without a value."""
    stack: list[Draft] = []
    while at and drafts[at].kind is Kind.LINE and drafts[at - 1].kind is Kind.LINE and not drafts[at - 1].own:
        at -= 1
        stack.insert(0, drafts[at])
    return stack


def _column_above(drafts: list[Draft], at: int) -> list[Draft]:
    """Return the labels that ask for text, printed directly above this one of the same record, all still without it.

    Raw text prints the column of a record's labels before the column of its values.
    """
    if drafts[at].kind not in (Kind.CHOICE, Kind.CHECKS):
        return []
    column: list[Draft] = []
    for other in reversed(drafts[:at]):
        if other.own or other.anchor.group != drafts[at].anchor.group:
            return []
        titled = other.kind is not Kind.RECORD or other.anchor.group != "system"  # システムn has no words of its own
        if other.kind in _ASKS_TEXT and titled:
            column.insert(0, other)
        if other.kind is Kind.RECORD or other.anchor.key == "business.name":
            return column
    return []


_SHORT_VALUE = 60


def _values_of_column(stream: Stream, column: Sequence[Draft], texts: Sequence[Piece]) -> list[Piece]:
    """Return one value for each label of a column: its paragraphs, or the lines of the only one; [] if they do not fit."""
    if len(column) == len(texts):
        return list(texts)
    *short, last = column
    if len(texts) != 1 or not short or last.kind is not Kind.TEXT or any(one.kind is not Kind.LINE for one in short):
        return []
    values: list[Piece] = []
    start, end = texts[0]
    for _ in short:
        stop = min(end, stream.line_end(start))
        if stop - start > _SHORT_VALUE or "。" in stream.text[start:stop]:
            return []
        values.append((start, stop))
        start = stop
    boxes = _FIRST_BOX.search(stream.text, start, end)
    values.append((start, boxes.start() if boxes else end))
    return values if values[-1][1] > start else []


_FIRST_BOX = re.compile(rf"\[[{_MARK}]?\]?(?:{_CHECK})")


_ASKS_TEXT = (Kind.RECORD, Kind.TEXT, Kind.LINE)


def _are_near(waiting: Draft, full: Draft) -> bool:
    """Tell whether both labels stand in the same group of the form's items."""
    if waiting.anchor.is_record or full.anchor.is_record:
        return waiting.anchor.group == full.anchor.group
    return (waiting.anchor.group, waiting.anchor.item.part) == (full.anchor.group, full.anchor.item.part)


def _below(stream: Stream, draft: Draft) -> bool:
    """Tell whether the text behind the label begins in a paragraph of its own."""
    end = draft.anchor.end
    return end < len(stream) and stream.breaks[end] >= Break.PARAGRAPH


def _page_probe(drafts: list[Draft], at: int) -> range:
    before = drafts[at - 1].anchor.end if at else drafts[at].anchor.start
    return range(before, drafts[at].anchor.start + 1)


def _take(stream: Stream, draft: Draft, texts: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return what the label keeps of the text behind it, and what is too much for its cell."""
    if draft.kind is Kind.TEXT:
        return texts, []
    if draft.kind in (Kind.LINE, Kind.RECORD) and texts:
        start, end = texts[0]
        at = _list_start(stream, start, end)
        return [(start, at)], [*([(at, end)] if at < end else []), *texts[1:]]
    return [], texts


_LIST_STARTS = re.compile(r"\d{1,2}[.)](?!\d)|[・①◆○●]|\(1\)")


def _list_start(stream: Stream, start: int, end: int) -> int:
    """Return where a list begins below the first line of a short cell: it is the next cell's text."""
    at = end if _LIST_STARTS.match(stream.text, start) else stream.line_end(start)
    while at < end:
        if _LIST_STARTS.match(stream.text, at):
            return at
        at = stream.line_end(at)
    return end


def paragraphs(stream: Stream, start: int, end: int) -> list[Piece]:
    """Split at blank lines and page breaks."""
    edges = [at for at in range(start + 1, end) if stream.breaks[at] >= Break.PARAGRAPH]
    bounds = [start, *edges, end]
    return [piece for piece in itertools.pairwise(bounds) if piece[1] > piece[0]]


def _is_number(stream: Stream, draft: Draft, piece: Piece) -> bool:
    """Tell whether a lone number is the value of a short cell and not a page's number."""
    return draft.kind is Kind.LINE and stream.text[piece[0] : piece[1]].isdigit()


def is_junk(stream: Stream, piece: Piece) -> bool:
    """Tell whether a paragraph holds nothing but boxes, printed options or a page number."""
    text = stream.text[piece[0] : piece[1]]
    return not text or bool(_JUNK.match(text))
