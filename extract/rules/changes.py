"""変更箇所: what changed when. The past: it never becomes a current fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.cells import Block, Piece
from extract.dates import find_date
from extract.dumps import paragraphs
from extract.facts import Change
from extract.form import ITEMS
from extract.normalize import clean, folded
from extract.rules.context import Context
from extract.stream import Break

_TIMING = re.compile(r"^(事前|事後)")
_DITTO = re.compile("[〃″々]|同上")
_CELL = re.compile(r"\t|\||<t[dh]\b", re.IGNORECASE)
_COLUMNS = 6
_CELLS_OF_ROW = 3  # edges of cells in a row that begins with an item


def read_changes(context: Context) -> list[Change]:
    """Read the rows of the change table; a row without a date carries on that of the row above."""
    block = context.outline.first("changes")
    if block is None:
        return []
    rows = _table_rows(context, block)
    return _changes_of_rows(context, rows) if rows else _changes_of_text(context, block)


def _table_rows(context: Context, block: Block) -> list[list[Piece]]:
    """Return the cells of each row, an empty one as an empty range."""
    stream = context.stream
    end = len(stream)
    starts = [at for at in stream.line_starts if block.label_end <= at < end and _opens_row(context, at)]
    wide = not stream.has_cells and _has_wide_head(context)
    rows = [_cells(context, start, stop, wide=wide) for start, stop in pairwise([*starts, end] if starts else [])]
    return [row for row in rows if sum(cell[1] > cell[0] for cell in row) > 2]  # noqa: PLR2004  fewer are no row of this table


def _cells(context: Context, start: int, stop: int, *, wide: bool) -> list[Piece]:
    """Return the cells between two rows' starts; ``wide`` tells that gaps part them, for the table's head has them too."""
    stream = context.stream
    edges = [at for at in range(start + 1, stop) if stream.breaks[at] == Break.CELL or (wide and _is_gap(context, at))]
    cells: list[Piece] = []
    for first, last in pairwise([start, *edges, stop]):
        if cells:
            empty = len(_CELL.findall(stream.gap(first))) - 1
            cells += [(first, first)] * min(max(empty, 0), _COLUMNS)
        cells.append((first, last))
    return cells


def _is_gap(context: Context, at: int) -> bool:
    return context.stream.breaks[at] == Break.SPACE and context.stream.is_wide(at)


def _has_wide_head(context: Context) -> bool:
    head = re.search(r"変更(?:日|年月日)(?=項目)", context.stream.text)
    return head is not None and context.stream.is_wide(head.end())


def _opens_row(context: Context, at: int) -> bool:
    """Tell whether a row begins here: with a day, an empty first cell, a ditto mark, or, under a day's merged cell, an item."""
    stream = context.stream
    found = find_date(stream.text[at : at + 16])
    if found is not None and found[1] == 0:
        return True
    stop = stream.line_end(at)
    cells = sum(stream.breaks[index] == Break.CELL for index in range(at + 1, stop))
    if at in stream.shifted:
        return cells > 0
    return cells >= _CELLS_OF_ROW and bool(_DITTO.match(stream.text[at]) or _ITEM.match(stream.text, at))


def _changes_of_rows(context: Context, rows: list[list[Piece]]) -> list[Change]:
    changes: list[Change] = []
    day: str | None = None
    for row in rows:
        cells = [clean(context.stream.raw(*cell)) for cell in row]
        found = find_date(folded(cells[0]))
        if found is not None:
            day = found[0].isoformat()
            cells = cells[1:]
        elif _DITTO.fullmatch(cells[0]):
            cells = cells[1:]
        change = _change_of_cells(context, row, day, cells)
        if change is not None:
            changes.append(change)
    return changes


def _change_of_cells(context: Context, row: list[tuple[int, int]], day: str | None, cells: list[str]) -> Change | None:
    """Return the change of the cells 項目, 変更前, 変更後, 提出時期, 説明; 事前 or 事後 tells where the tail begins."""
    at = next((index for index, cell in enumerate(cells) if index and _TIMING.match(cell) and len(cell) <= 4), None)  # noqa: PLR2004  事前 or 事後, perhaps bracketed
    body = cells[:at] if at is not None else cells
    if not body or not any(body):
        return None
    item, before, after = [*(cell or None for cell in body), None, None, None][:3]
    match = _TIMING.match(cells[at]) if at is not None else None
    return Change(
        date=day,
        item=item,
        before=before,
        after=after,
        timing=match.group(1) if match else None,
        reason="".join(cells[at + 1 :]) or None if at is not None else None,
        evidence=(context.evidence_at("変更箇所", row[0][0], row[-1][1]),),
    )


# -- tables printed without cells ----------------------------------------------------------------

_HEADS = frozenset(("変更日", "変更年月日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"))
_ITEM = re.compile(r"[IVX]+(?![A-Za-z])|表紙|\(?別[添紙]|全般|全体|評価書")
_TAIL = re.compile(r"\s*(事前|事後)$")
_PAIR = 2
_LONGEST_ITEM = 60


@dataclass(slots=True)
class _Day:
    """The day of a row, and where it is printed."""

    iso: str
    start: int
    end: int


Text = tuple[Piece, str]


def _changes_of_text(context: Context, block: Block) -> list[Change]:
    """Read a change table whose cells are paragraphs, in runs of days and of what belongs to them.

    A run of as many days as items gives the k-th item to the k-th day; else only the day is told. Which words
    stood before and which after the change is told where an item has just these two.
    """
    pieces = paragraphs(context.stream, block.label_end, len(context.stream))
    return [change for days, body in _runs(context, pieces) for change in _changes_of_run(context, days, body)]


def _runs(context: Context, pieces: Iterable[Piece]) -> Iterator[tuple[list[_Day], list[Text]]]:
    """Yield each run of days with the paragraphs up to the next run; days with nothing but items join the next."""
    stream = context.stream
    days: list[_Day] = []
    body: list[Text] = []
    for start, end in pieces:
        found = find_date(stream.text[start : min(end, start + 16)])
        if found is not None and found[1] == 0:
            if body and not all(_is_item(text) for _, text in body):
                yield days, body
                days, body = [], []
            days.append(_Day(found[0].isoformat(), start, start + found[2]))
            start += found[2]  # noqa: PLW2901  what follows the date in its paragraph is a cell of its own
        for text in _cells_of_paragraph(stream.raw(start, end)) if days and end > start else ():
            if text and folded(text) not in _HEADS:
                body.append(((start, end), text))
    if days:
        yield days, body


def _changes_of_run(context: Context, days: Sequence[_Day], body: Sequence[Text]) -> Iterator[Change]:
    if len(days) == 1 and body and (words := _words_of_line(context, body[0][0])):
        places = [(days[0].start, days[0].end), body[0][0]]
        yield Change(
            date=days[0].iso,
            item=words[0],
            before=words[1],
            after=words[2],
            timing=words[3],
            reason=None,
            evidence=tuple(context.evidence_at("変更箇所", *place) for place in places),
        )
        return
    starts = [at for at, (_, text) in enumerate(body) if _is_item(text)]
    if len(starts) == len(days) and starts[0] == 0:
        items = [body[at] for at in starts]
        rows = _rows(body, starts)
    else:
        items = [body[0]] if len(days) == 1 and body and _may_be_item(body[0][1]) else []
        rows = [[] for _ in days]
    timings = [tail.group(1) for _, text in body if (tail := _TAIL.search(text))]
    for at, day in enumerate(days):
        places = [(day.start, day.end), *(piece for piece, _ in [*items[at : at + 1], *rows[at]])]
        before, after = _before_and_after([text for _, text in rows[at]])
        yield Change(
            date=day.iso,
            item=items[at][1] if items else None,
            before=before,
            after=after,
            timing=timings[at] if len(timings) == len(days) and items else None,
            reason=None,
            evidence=tuple(context.evidence_at("変更箇所", *place) for place in places),
        )


def _rows(body: Sequence[Text], starts: Sequence[int]) -> list[list[Text]]:
    """Return the cells of each item: what follows it, or, where the items come first, what each 事前 or 事後 ends."""
    rows = [list(body[start + 1 : stop]) for start, stop in zip(starts, [*starts[1:], len(body)], strict=True)]
    tails = [at + 1 for at, (_, text) in enumerate(rows[-1]) if _TAIL.search(text)]
    if len(starts) == 1 or any(rows[:-1]):
        rows[-1] = rows[-1][: tails[0]] if tails else rows[-1]  # what follows may be any row's reason
    elif len(tails) == len(starts):
        groups = [rows[-1][start:stop] for start, stop in zip([0, *tails[:-1]], tails, strict=True)]
        with_reasons = len(rows[-1]) > tails[-1]
        rows = [groups[0], *(group[1:] if with_reasons else group for group in groups[1:])]
    return rows


_LABELS = tuple({label for item in ITEMS for label in item.labels if len(label) > 2})  # noqa: PLR2004  a shorter word is no name of an item


def _cells_of_paragraph(raw: str) -> list[str]:
    """Return the cells that stand on one line: 項目 ends with a label of the form, what follows is the next cell.

    >>> _cells_of_paragraph("Ⅱ 4. 委託事項1 委託先名 甲株式会社"), _cells_of_paragraph("甲株式会社 本店")
    (['Ⅱ 4.委託事項1委託先名', '甲株式会社'], ['甲株式会社本店'])
    """
    raw = re.sub(r"\n\s*日\s*$", "", raw)  # the end of the day beside it, which stood on two lines
    if (timed := _TIMED.match(raw)) and timed["before"].strip():
        return [*_cells_of_lines(timed["before"]), timed["timing"], *filter(None, [clean(timed["reason"] or "")])]
    words = raw.split()
    if words and _ITEM.match(folded(words[0])):
        for count in range(len(words) - 1, 0, -1):
            head = " ".join(words[:count])
            if folded(head).endswith(_LABELS) and "\n" not in raw.strip():
                return [clean(head), clean(" ".join(words[count:]))]
    return [clean(raw)]


_TIMED = re.compile(r"(?P<before>.+?)\s(?P<timing>事前|事後)(?:\s(?P<reason>.+))?$", re.DOTALL)


_AFTER_BOX = re.compile(r"(?P<box>[\[［〔]\s*[^\s\]］〕]?\s*[\]］〕])\s+")


def _cells_of_lines(raw: str) -> list[str]:
    """Return the cells that stand before 事前 or 事後: on one line parted by single spaces, else a line each.

    A bracket that is open at a line's end is closed in the same cell.

    >>> _cells_of_lines("甲社 乙社"), _cells_of_lines("Ⅱ　４．委託先名 甲社　本店 乙社")
    (['甲社', '乙社'], ['Ⅱ４．委託先名', '甲社本店', '乙社'])
    """
    lines = [line.strip() for line in raw.strip().split("\n") if line.strip()]
    words = [clean(word) for word in _AFTER_BOX.sub(r"\g<box>", lines[0]).split(" ") if word]
    names_item = bool(_ITEM.match(folded(words[0]))) and folded(words[0]).endswith(_LABELS)
    if len(lines) == 1:
        return words if len(words) == _PAIR + names_item else [clean(lines[0])]
    if any(" " in line for line in lines[1:]):  # cells side by side below others: whose line is whose is not told
        return [words[0] if names_item else clean(lines[0])]
    if names_item and len(words) == _PAIR:  # 項目 and 変更前 on one line: the lines below are 変更後
        return [*words, clean("".join(lines[1:]))]
    cells: list[str] = []
    for line in lines:
        is_open = bool(cells) and folded(cells[-1]).count("(") > folded(cells[-1]).count(")")
        cells[-1:] = [clean(cells[-1] + line)] if is_open else [*cells[-1:], clean(line)]
    return cells


def _words_of_line(context: Context, piece: Piece) -> list[str] | None:
    """Return 項目, 変更前, 変更後 and 提出時期 of a line in which single spaces part just these, in this order."""
    line = context.stream.raw(piece[0], min(piece[1], context.stream.line_end(piece[0])))
    words = line.split()
    at = next((index for index, word in enumerate(words) if word in ("事前", "事後")), None)
    return words[: at + 1] if at is not None and at == _CELLS_OF_ROW and _ITEM.match(folded(words[0])) else None


def _may_be_item(text: str) -> bool:
    """Tell whether a paragraph can be 項目 alone: short, and without what stands in the columns behind it."""
    return len(text) <= _LONGEST_ITEM and not re.search(r"事前|事後|。", text)


def _is_item(text: str) -> bool:
    return _may_be_item(text) and bool(_ITEM.match(folded(text)))


def _before_and_after(texts: Iterable[str]) -> tuple[str | None, str | None]:
    """Return 変更前 and 変更後 where there are just two cells; a line of two words with 事前 or 事後 is two cells.

    >>> _before_and_after(["甲室", "乙室", "事後"]), _before_and_after(["甲室 乙室 事前"]), _before_and_after(["甲室"])
    (('甲室', '乙室'), ('甲室', '乙室'), (None, None))
    """
    cells = [rest for text in texts if (rest := _TAIL.sub("", text))]
    if len(cells) == 1 and len(words := cells[0].split()) == _PAIR:
        cells = words
    return (cells[0], cells[1]) if len(cells) == _PAIR else (None, None)
