"""変更箇所 and 重大事故: what changed when, and what went wrong. The past never becomes a current fact."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.blocks import Block
from extract.choices import Choice, find_value, read_choice
from extract.dates import find_date
from extract.facts import Change, Incident
from extract.form import BY_KEY
from extract.normalize import clean, folded
from extract.rules.context import Context
from extract.stream import Break

_COLUMNS = 6
_TIMING = re.compile(r"^(事前|事後)")
_HEAD = re.compile("^(変更日|変更年月日)")


def read_changes(context: Context) -> list[Change]:
    """Read the rows of the change table; a row without a date carries on that of the row above."""
    block = context.outline.first("changes")
    if block is None:
        return []
    rows = _table_rows(context, block)
    return _changes_of_rows(context, rows) if rows else _changes_of_text(context, block)


def _table_rows(context: Context, block: Block) -> list[list[tuple[int, int]]]:
    """Return the cells of each row: a row begins where a line begins with a date, or with an empty first cell."""
    stream = context.stream
    end = len(stream)
    starts = [at for at in stream.line_starts if block.label_end <= at < end and _opens_row(context, at)]
    rows = []
    for start, stop in pairwise([*starts, end] if starts else []):
        edges = [start, *(at for at in range(start + 1, stop) if _parts_cells(context, at)), stop]
        rows.append(list(pairwise(edges)))
    return [row for row in rows if len(row) > 2]  # noqa: PLR2004  fewer cells are no row of this table


def _parts_cells(context: Context, at: int) -> bool:
    """Tell whether a cell begins here: at a cell's edge, or behind a wide gap where there are no cells."""
    stream = context.stream
    return stream.breaks[at] == Break.CELL or (
        not stream.has_cells and stream.breaks[at] == Break.SPACE and stream.is_wide(at)
    )


def _opens_row(context: Context, at: int) -> bool:
    stream = context.stream
    found = find_date(stream.text[at : at + 16])
    if found is not None and found[1] == 0:
        return True
    stop = stream.line_end(at)
    return at in stream.shifted and any(stream.breaks[index] == Break.CELL for index in range(at + 1, stop))


def _changes_of_rows(context: Context, rows: list[list[tuple[int, int]]]) -> list[Change]:
    changes: list[Change] = []
    day: str | None = None
    for row in rows:
        cells = [clean(context.stream.raw(*cell)) for cell in row]
        found = find_date(folded(cells[0]))
        if found is not None:
            day = found[0].isoformat()
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
    item, before, after = [*body, None, None, None][:3]
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


def _changes_of_text(context: Context, block: Block) -> list[Change]:
    """Read a change table printed without cells: each row's paragraphs in the order of its columns.

    Which words stood before and which after the change is told only where a row has just these two.
    """
    stream = context.stream
    edges = [at for at in range(block.label_end, len(stream)) if stream.breaks[at] >= Break.PARAGRAPH]
    paragraphs = list(zip(edges, [*edges[1:], len(stream)], strict=False))
    rows: list[list[tuple[int, int]]] = []
    days: list[str] = []
    for start, end in paragraphs:
        found = find_date(stream.text[start : min(end, start + 16)])
        if found is not None and found[1] == 0:
            days.append(found[0].isoformat())
            rows.append([(start, start + found[2])])
            start += found[2]  # noqa: PLW2901  what follows the date in its paragraph is a cell of its own
        if rows and end > start:
            rows[-1].append((start, end))
    return [_change_of_paragraphs(context, day, row) for day, row in zip(days, rows, strict=True)]


_TIMING_TAIL = re.compile(r"\s*(事前|事後)$")


def _change_of_paragraphs(context: Context, day: str, row: list[tuple[int, int]]) -> Change:
    texts = [clean(context.stream.raw(*piece)) for piece in row[1:]]
    item = texts[0] if texts and _ITEM.match(folded(texts[0])) else None
    cells: list[str] = []
    timing = None
    for text in texts[1:] if item else []:
        tail = _TIMING_TAIL.search(text)
        words = text[: tail.start()] if tail else text
        if words:
            cells.append(words)
        if tail:
            timing = tail.group(1)
            break
    told = timing is not None and len(cells) == 2  # noqa: PLR2004  before and after
    return Change(
        date=day,
        item=item or (texts[0][:60] if texts else None),
        before=cells[0] if told else None,
        after=cells[1] if told else None,
        timing=timing,
        reason=None,
        evidence=(context.evidence_at("変更箇所", row[0][0], row[-1][1]),),
    )


_ITEM = re.compile(r"[IVX]+|表紙|\(?別[添紙]|全般|全体|評価書")


def read_incidents(context: Context) -> list[Incident]:
    """重大事故: 発生あり or 発生なし; unclear where the item is there and its value is not."""
    blocks = context.outline.all("risk.incident", "threshold.incident")
    incidents = []
    for block in blocks:
        choice = read_choice(context.outline, block.key, block) or find_value(context.outline, block.key)
        incidents.append(_incident(context, context.item_id(block), block, choice))
    if not blocks:
        choice = find_value(context.outline, "risk.incident")
        if choice is not None:
            incidents.append(_incident(context, BY_KEY["risk.incident"].id_in(context.form), None, choice))
    return incidents


def _incident(context: Context, item: str, block: Block | None, choice: Choice | None) -> Incident:
    content = context.text(context.outline.first("risk.incident.content"))
    if choice is not None:
        evidence = context.evidence_at(item, choice.start, choice.end)
        return Incident(occurred=choice.value, content=content, evidence=(evidence,))
    start, end = (block.start, block.label_end) if block else (0, 1)
    return Incident(occurred="unclear", content=content, evidence=(context.evidence_at(item, start, end),))
