"""The recipients of 別紙: one provision or transfer for each row of an appended list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.cells import BLANKS, Block, Piece
from extract.facts import FlowKind, Handover
from extract.form import LISTS_OF_RECIPIENTS
from extract.names import is_placeholder, split_joined, split_names
from extract.normalize import clean, folded
from extract.rules.context import Context
from extract.rules.files import NamedSection
from extract.stream import Break

_KINDS = {
    LISTS_OF_RECIPIENTS["provide"]: ("provide", FlowKind.PROVISION),
    LISTS_OF_RECIPIENTS["transfer"]: ("transfer", FlowKind.TRANSFER),
}
# The first that fits is the column's: 提供先における用途 is no recipient.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("purpose", re.compile("用途|事務")),
    ("basis", re.compile("法令|根拠|条項|別表|の項")),
    ("frequency", re.compile("時期|頻度")),
    ("subjects", re.compile("本人の数|範囲|方法")),
    ("data", re.compile("情報(?!照会者|提供者|提供先)|項目")),
    ("recipient", re.compile("提供先|移転先|照会者|相手|機関|部署|課")),
)
_FEWEST_COLUMNS = 2
_CELL = re.compile(r"\t|\||<t[dh]\b[^<>]*>", re.IGNORECASE)
_SPAN = re.compile(r"(?P<what>row|col)span\s*=\s*[\"']?(?P<count>\d{1,3})", re.IGNORECASE)
_SAME = re.compile(r"同上|〃|″|々|上記と同じ")
_ROW_START = re.compile(r"<tr\b[^<>]*>|\n(?![^|\t]*<t[dh])", re.IGNORECASE)
_LONGEST_GAP = 400
_MOST_CELLS = 40


_Row = dict[int, Piece]
"""The cells of a row by column."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """The item that refers to a list: 提供先n or 移転先n of a file."""

    file: str
    kind: FlowKind
    number: int
    name: str  # 別紙1


def read_appended(context: Context, sections: Sequence[NamedSection]) -> list[Handover]:
    """Return the recipients of each list that one item of the form refers to (提供先1: 別紙1のとおり)."""
    return [
        handover
        for key, (group, kind) in _KINDS.items()
        for block in context.outline.all(key)
        for reference in _references(context, sections, group, kind, _name_of(context, block))
        for handover in _handovers(context, block, reference)
    ]


def _name_of(context: Context, block: Block) -> str:
    match = re.match(
        r"[^別]*(別(?:紙|表|添資料)(?:第?\d{1,2}(?:[-の]\d{1,2})?)?)",
        context.stream.text[block.start : block.start + 20],
    )
    return match.group(1) if match else ""


def _references(
    context: Context, sections: Sequence[NamedSection], group: str, kind: FlowKind, name: str
) -> Iterator[_Reference]:
    """Yield the items, one for a file at most, whose cells name the list."""
    words = re.compile(rf"{re.escape(name)}(?![\d-]|の\d)")  # 別紙1 is not 別紙1-2
    for named in sections:
        records = named.section.provisions if group == "provide" else named.section.transfers
        fitting = [
            record
            for record in records
            if any(words.search(folded(context.text(block) or "")) for block in record.blocks())
        ]
        if len(fitting) == 1:
            yield _Reference(named.name, kind, fitting[0].number, name)


def _handovers(context: Context, block: Block, reference: _Reference) -> Iterator[Handover]:
    rows = list(_rows(context, block))
    columns = _columns(context, rows[0]) if rows else {}
    if "recipient" not in columns or len(columns) < _FEWEST_COLUMNS:
        return
    above: dict[int, Piece] = {}
    for number, row in enumerate(rows[1:], 1):
        above |= {at: piece for at, piece in row.items() if not _SAME.fullmatch(context.stream.text[slice(*piece)])}
        cells = {column: above[at] for column, at in columns.items() if at in row and at in above}
        handover = _handover(context, reference, number, cells)
        if handover is not None:
            yield handover


def _handover(context: Context, reference: _Reference, number: int, cells: dict[str, Piece]) -> Handover | None:
    """Return a row's handover; one that cites a provision and names nobody is kept without a recipient."""
    texts = {column: clean(context.stream.raw(*piece)) for column, piece in cells.items()}
    recipient = texts.get("recipient", "")
    named = bool(recipient) and recipient not in BLANKS and not is_placeholder(recipient)
    if not named and not texts.get("basis"):
        return None
    return Handover(
        file=reference.file,
        kind=reference.kind,
        number=reference.number,
        row=f"{reference.name}.{number}",
        recipient=recipient or None,
        recipients=tuple(
            one
            for name in (split_names(context.stream.raw(*cells["recipient"])) if named else ())
            for one in split_joined(name)
            if one not in BLANKS
        ),
        legal_basis=texts.get("basis") or None,
        purpose=texts.get("purpose") or None,
        data=texts.get("data") or None,
        subjects=None,
        scope=None,
        frequency=texts.get("frequency") or None,
        evidence=tuple(
            context.evidence_at(reference.name, *cells[column]) for column in ("recipient", "basis") if column in cells
        ),
    )


def _columns(context: Context, head: _Row) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, piece in head.items():
        words = context.stream.text[slice(*piece)]
        column = next((name for name, pattern in _COLUMNS if pattern.search(words)), None)
        if column is not None:
            columns.setdefault(column, at)
    return columns


def _rows(context: Context, block: Block) -> Iterator[_Row]:
    """Yield the rows from the table's head on, with the cells that span several rows in each of them."""
    stream = context.stream
    pending: dict[int, tuple[int, Piece]] = {}
    for start, end in block.pieces:
        edges = [start, *(at for at in stream.line_starts if start < at < end and _opens_row(context, at)), end]
        for first, stop in pairwise(edges):
            row, pending = _row(context, first, stop, pending)
            if len(row) >= _FEWEST_COLUMNS:
                yield row


def _opens_row(context: Context, at: int) -> bool:
    """Tell whether a table's row begins here: not a line inside a cell (<br>)."""
    gap = context.stream.gap(at)
    return bool(re.search(r"<tr\b|\n\s*\|", gap, re.IGNORECASE)) or ("\n" in gap and "<t" not in gap.lower())


def _row(
    context: Context, start: int, stop: int, pending: dict[int, tuple[int, Piece]]
) -> tuple[_Row, dict[int, tuple[int, Piece]]]:
    """Return the cells of a line by their column, and the cells that reach into the next row."""
    stream = context.stream
    row: _Row = {}
    left: dict[int, tuple[int, Piece]] = {}

    def carry(at: int) -> int:
        while at in pending:
            count, piece = pending[at]
            row[at] = piece
            if count > 1:
                left[at] = (count - 1, piece)
            at += 1
        return at

    edges = [start, *(at for at in range(start + 1, stop) if stream.breaks[at] == Break.CELL), stop]
    column = carry(0)
    for first, last in pairwise(edges):
        gap = stream.gap(first)[-_LONGEST_GAP:]
        tags = _CELL.findall(_ROW_START.split(gap)[-1] if first == start else gap)
        # A tab stands between two cells, also between an empty first one and this; | and <td> open each.
        empty = len(tags) - (0 if first == start and tags and tags[0] == "\t" else 1)
        for _ in range(min(empty, _MOST_CELLS)):
            column = carry(column + 1)
        spans = {match["what"].lower(): int(match["count"]) for match in _SPAN.finditer(tags[-1])} if tags else {}
        row[column] = (first, last)
        if spans.get("row", 1) > 1:
            left[column] = (spans["row"] - 1, (first, last))
        column = carry(column + spans.get("col", 1))
    return row, left
