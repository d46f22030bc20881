"""変更箇所 and 重大事故: what changed when, and what went wrong. The past never becomes a current fact."""

from __future__ import annotations

import re

from extract.blocks import Block
from extract.choices import read_choice
from extract.dates import find_date
from extract.facts import Change, Incident
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
    rows = _table_rows(context, block) if context.stream.has_cells else []
    return _changes_of_rows(context, rows) if rows else _changes_of_text(context, block)


def _table_rows(context: Context, block: Block) -> list[list[tuple[int, int]]]:
    """Return the cells of each row: a row begins where a line begins with a date, or with an empty first cell."""
    stream = context.stream
    end = len(stream)
    starts = [at for at in stream.line_starts if block.label_end <= at < end and _opens_row(context, at)]
    rows = []
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        edges = [start, *(at for at in range(start + 1, stop) if stream.breaks[at] == Break.CELL), stop]
        rows.append(list(zip(edges, edges[1:], strict=False)))
    return [row for row in rows if len(row) > 2]  # noqa: PLR2004  fewer cells are no row of this table


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
    """Read what can be read of a change table without cells: the date and the item of each row.

    Which words stood before and which after the change is not to be told apart there: they stay open.
    """
    stream = context.stream
    starts = []
    for at in stream.line_starts:
        if at >= block.label_end:
            found = find_date(stream.text[at : at + 16])
            if found is not None and found[1] == 0:
                starts.append((at, found[0].isoformat(), at + found[2]))
    changes = []
    for (start, day, rest), stop in zip(starts, [*(at for at, _, _ in starts[1:]), len(stream)], strict=True):
        text = clean(stream.raw(rest, stop)) if stop > rest else ""
        timing = re.search(r"事前|事後", text)
        changes.append(
            Change(
                date=day,
                item=_item_of(text) or None,
                before=None,
                after=None,
                timing=timing.group() if timing and len(re.findall(r"事前|事後", text)) == 1 else None,
                reason=None,
                evidence=(context.evidence_at("変更箇所", start, stop),),
            )
        )
    return changes


def _item_of(text: str) -> str:
    match = re.match(r"(?:[IVXⅠ-Ⅻ]+|表紙|[（(]?別添)[^。]{0,80}?(?=[「『【<＜]|$|\s)", text)
    return match.group() if match else text[:60]


def read_incidents(context: Context) -> list[Incident]:
    """重大事故: 発生あり or 発生なし; unclear where the cell is there and its value is not."""
    incidents = []
    for block in context.outline.all("risk.incident"):
        choice = read_choice(context.outline, "risk.incident", block)
        content = context.outline.first("risk.incident.content")
        text = context.text(content)
        evidence = context.evidence(block)
        if choice is not None:
            evidence = context.evidence_at(context.item_id(block), choice.start, choice.end)
        incidents.append(Incident(occurred=choice.value if choice else "unclear", content=text, evidence=(evidence,)))
    return incidents
