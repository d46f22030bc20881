"""The numbered records of a form (システムn, 委託事項n, 提供先n, 移転先n): which item belongs to which.

In a table every item stands behind the heading of its record. A text drawn out of a PDF prints the parts of a page in
another order: then it is the form that tells. A record's items stand on the page of its heading or run over to
the next one, and never past the next record's heading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.blocks import text_of
from extract.cells import BLANKS, Block
from extract.form import Kind
from extract.stream import Stream


@dataclass(slots=True)
class Record:
    """システムn, 委託事項n, 提供先n or 移転先n: its heading (None where lost) and its items by key.

    ``unplaced`` holds the items that may be another record's, for the order of their page does not tell.
    """

    number: int
    heading: Block | None
    items: dict[str, Block] = field(default_factory=dict)
    unplaced: set[str] = field(default_factory=set)

    def is_blank(self, stream: Stream) -> bool:
        """Tell whether the form's block was left empty: a heading or labels, and no words."""
        kinds = (Kind.TEXT, Kind.LINE)
        blocks = [self.heading, *(block for block in self.items.values() if block.kind in kinds)]
        texts = (text_of(stream, block) for block in blocks)
        return not any(text and text not in BLANKS for text in texts)

    def blocks(self) -> list[Block]:
        """Return the heading and the items."""
        return [*([self.heading] if self.heading else []), *self.items.values()]

    @property
    def first(self) -> Block:
        """The heading, or the first item where the heading is lost."""
        return self.heading or min(self.items.values(), key=lambda block: block.start)


def share_records(blocks: Sequence[Block], pages: Sequence[tuple[int, int]], *, has_tables: bool) -> list[Record]:
    """Share the items out among the numbered headings."""
    headings = [block for block in blocks if block.is_record and not block.is_range]
    if not headings or has_tables or not _is_scrambled(blocks):
        return _in_sequence(blocks)
    return _by_page(headings, [block for block in blocks if not block.is_record], pages)


def _is_scrambled(blocks: Iterable[Block]) -> bool:
    """Tell whether items stand before the heading they belong to: before the first, or twice behind one."""
    seen: set[str] | None = None
    for block in blocks:
        if block.is_record:
            seen = seen if block.is_range else set()
        elif seen is None or block.key in seen:
            return True
        else:
            seen.add(block.key)
    return False


def _in_sequence(blocks: Iterable[Block]) -> list[Record]:
    """Give each item to the heading before it; an item that comes again opens a record whose heading is lost."""
    records: list[Record] = []
    for block in blocks:
        if block.is_record:
            if not block.is_range and block.number is not None:
                records.append(Record(block.number, block))
        elif block.kind is Kind.GROUP and records:
            records[-1].items.setdefault(block.key, block)
        elif not records or block.key in records[-1].items:
            number = records[-1].number + 1 if records else 1
            records.append(Record(number, None, {block.key: block}))
        else:
            records[-1].items[block.key] = block
    return [record for record in records if record.heading or record.items]


# -- pages whose parts changed places ------------------------------------------------------------


@dataclass(slots=True)
class _Page:
    """The blocks of one page in the order of the text, and the records that have a part in it."""

    blocks: list[Block]
    headed: list[Record]
    carried: Record | None = None
    shares: dict[str, list[Record]] = field(default_factory=dict)
    """By key: the records that have this item on this page, in the order of their numbers."""


def _by_page(headings: Sequence[Block], items: Sequence[Block], pages: Sequence[tuple[int, int]]) -> list[Record]:
    records = sorted((Record(heading.number or 0, heading) for heading in headings), key=lambda one: one.number)
    sheets = [
        _Page(
            sorted((b for b in (*headings, *items) if start <= b.start < end), key=lambda block: block.start),
            [one for one in records if one.heading and start <= one.heading.start < end],
        )
        for start, end in pages
    ]
    sheets = [sheet for sheet in sheets if sheet.blocks]
    _carry_over(sheets)
    runs_on = [one for sheet in sheets for one in sheet.headed] == records
    for key in dict.fromkeys(item.key for item in items):
        shares = _shares_of(key, sheets) if runs_on else None
        if shares is None:
            for sheet in sheets:
                _guess(key, sheet)
        else:
            for sheet, owners in zip(sheets, shares, strict=True):
                sheet.shares[key] = owners
    for sheet in sheets:
        _place(sheet)
    return records


def _carry_over(sheets: Iterable[_Page]) -> None:
    last: Record | None = None
    for sheet in sheets:
        sheet.carried = last
        last = sheet.headed[-1] if sheet.headed else last


def _shares_of(key: str, sheets: Sequence[_Page]) -> list[list[Record]] | None:
    """Return page by page which records have their item ``key`` there; None where the numbers of labels do not fit.

    Each record but the last of a page ends on it; the last one's item stands there or on the next page.
    """
    pending: Record | None = None
    shares: list[list[Record]] = []
    for sheet in sheets:
        count = sum(block.key == key for block in sheet.blocks)
        due = [pending] if pending and (sheet.headed or count) else []
        owners = [*due, *sheet.headed[:-1]]
        here = count - len(owners)
        if here not in (0, 1) or (here and not sheet.headed):
            return None
        if sheet.headed:
            pending = None if here else sheet.headed[-1]
            owners += sheet.headed[-1:] if here else []
        elif due:
            pending = None
        shares.append(owners)
    return None if pending else shares


def _place(sheet: _Page) -> None:
    """Give each item of the page to its record, and note those that may be another's."""
    known = [block for block in sheet.blocks if block.is_record or block.key in sheet.shares]
    needs = _needs(sheet)
    whose = _natural(known, sheet, needs) or _parted(known, needs)
    for key, owners in sheet.shares.items():
        mine = [block for block in sheet.blocks if block.key == key]
        placed = [whose[block.start] for block in mine] if whose else _behind_headings(mine, known, owners)
        for owner, block in zip(placed or owners, mine, strict=True):
            owner.items[key] = block
            if placed is None and len(owners) > 1:
                owner.unplaced.add(key)


def _needs(sheet: _Page) -> list[tuple[Record, list[str]]]:
    """Return for each record with a part in the page which items it has there, its heading as an empty key."""
    needs: dict[int, tuple[Record, list[str]]] = {id(one): (one, [""]) for one in sheet.headed}
    for key, owners in sheet.shares.items():
        for owner in owners:
            needs.setdefault(id(owner), (owner, []))[1].append(key)
    return list(needs.values())


def _natural(
    known: Sequence[Block], sheet: _Page, needs: Sequence[tuple[Record, list[str]]]
) -> dict[int, Record] | None:
    """Return the records of the items if each stands behind its heading, and what runs over comes first."""
    order = [sheet.carried, *sheet.headed]
    turn = 0
    found: dict[int, list[str]] = defaultdict(list)
    whose: dict[int, Record] = {}
    for block in known:
        if block.is_record:
            turn += 1
        if turn >= len(order) or (record := order[turn]) is None or (block.is_record and record.heading is not block):
            return None
        found[id(record)].append("" if block.is_record else block.key)
        whose[block.start] = record
    fits = all(sorted(found[id(record)]) == sorted(keys) for record, keys in needs)
    return whose if fits else None


def _parted(known: Sequence[Block], needs: Sequence[tuple[Record, list[str]]]) -> dict[int, Record] | None:
    """Return the records of the items if there is one way only to part the page into a run for each record."""
    ways = []
    for way in _ways(known, needs):
        ways.append(way)
        if len(ways) > 1:
            return None
    return ways[0] if ways else None


def _ways(known: Sequence[Block], needs: Sequence[tuple[Record, list[str]]]) -> Iterator[dict[int, Record]]:
    if not needs:
        if not known:
            yield {}
        return
    for at, (record, keys) in enumerate(needs):
        run = known[: len(keys)]
        if sorted("" if block.is_record else block.key for block in run) != sorted(keys):
            continue
        if any(block.is_record and block is not record.heading for block in run):
            continue
        for rest in _ways(known[len(keys) :], [*needs[:at], *needs[at + 1 :]]):
            yield {**{block.start: record for block in run}, **rest}


def _behind_headings(mine: Sequence[Block], known: Sequence[Block], owners: Sequence[Record]) -> list[Record] | None:
    """Return the records of the items if each stands directly behind the heading of one."""
    before: Mapping[int, Block] = {block.start: one for one, block in pairwise(known)}
    headed = {owner.heading.start: owner for owner in owners if owner.heading}
    placed = [headed.get(before[block.start].start) if block.start in before else None for block in mine]
    return [one for one in placed if one is not None] if None not in placed else None


def _guess(key: str, sheet: _Page) -> None:
    """Share a label out that stands too often or too seldom: to the heading before it, or to the first without."""
    mine = [block for block in sheet.blocks if block.key == key]
    carried = sheet.carried
    if carried is not None and key not in carried.items and len(mine) > len(sheet.headed):
        carried.items[key] = mine.pop(0)
        carried.unplaced |= {key} if mine else set()
    for item in mine:
        before = [one for one in sheet.headed if one.heading and one.heading.start <= item.start]
        for record in (*reversed(before), *sheet.headed):
            if key not in record.items:
                record.items[key] = item
                record.unplaced |= {key} if len(sheet.headed) > 1 else set()
                break
