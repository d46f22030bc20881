"""The document as the form sees it: its basics, systems, files, and the numbered records of each file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from extract.anchors import find_anchors
from extract.blocks import Block, find_blocks, is_table, part_of, text_of
from extract.facts import Form
from extract.form import Kind, Part
from extract.marks import ticks_squares
from extract.pages import mark_pages, page_spans
from extract.stream import Stream


@dataclass(slots=True)
class Record:
    """システムn, 委託事項n, 提供先n or 移転先n: its heading (None where lost) and its items by key."""

    number: int
    heading: Block | None
    items: dict[str, Block] = field(default_factory=dict)

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


BLANKS = frozenset({"", "-", "―", "—", "－", "ー", "なし", "該当なし", "無し", "無", "()", "（）", "(-)"})
"""What a form's cell holds when it says nothing."""


@dataclass(slots=True)
class FileSection:
    """One section Ⅱ: what the form says of one file."""

    start: int
    end: int
    items: dict[str, Block] = field(default_factory=dict)
    entrustments: list[Record] = field(default_factory=list)
    provisions: list[Record] = field(default_factory=list)
    transfers: list[Record] = field(default_factory=list)


@dataclass
class Outline:
    """All that was found of the form in one document."""

    stream: Stream
    blocks: list[Block]
    pages: list[tuple[int, int]]
    has_tables: bool
    form: Form | None = None
    basics: dict[str, Block] = field(default_factory=dict)
    systems: list[Record] = field(default_factory=list)
    files: list[FileSection] = field(default_factory=list)

    def first(self, key: str) -> Block | None:
        """Return the first block of an item, wherever in the document it stands."""
        return next((block for block in self.blocks if block.key == key), None)

    def all(self, *keys: str) -> list[Block]:
        """Return the blocks of the items in the order of the text."""
        return [block for block in self.blocks if block.key in keys]

    def text(self, key: str) -> str | None:
        """Return the clean text of the first block of an item."""
        return text_of(self.stream, self.first(key))

    def next_start(self, block: Block) -> int:
        """Return where the next label stands, or the end of the text."""
        at = bisect_left(self.starts, block.label_end)
        while at < len(self.blocks) and self.blocks[at] is block:
            at += 1
        return self.starts[at] if at < len(self.blocks) else len(self.stream)

    @cached_property
    def record_numbers(self) -> dict[int, int]:
        """The number of the record to which a block belongs, by the block's start."""
        return {block.start: record.number for record in self._all_records() for block in record.blocks()}

    def _all_records(self) -> Iterator[Record]:
        yield from self.systems
        for section in self.files:
            yield from (*section.entrustments, *section.provisions, *section.transfers)

    @cached_property
    def ticks_squares(self) -> bool:
        """Whether the document ticks squares, so that an empty one says no."""
        return ticks_squares(self.stream)

    @cached_property
    def starts(self) -> list[int]:
        """Where the blocks begin."""
        return [block.start for block in self.blocks]

    @cached_property
    def _headings(self) -> dict[int, int]:
        """Where the heading of a numbered record begins, by the start of each of its blocks."""
        headed = ((record, record.heading) for record in self._all_records() if record.heading)
        return {block.start: heading.start for record, heading in headed for block in record.items.values()}

    def heading_of(self, block: Block) -> int | None:
        """Return where the numbered heading stands to which a block belongs; None if it belongs to none."""
        return self._headings.get(block.start)

    def pages_of(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the pages that the folded range touches."""
        return [page for page in self.pages if page[0] < max(end, start + 1) and page[1] > start]


def make_outline(stream: Stream) -> Outline:
    """Find labels, pages, blocks and records in the text."""
    anchors = find_anchors(stream)
    stream = mark_pages(stream, anchors)
    blocks = find_blocks(stream, anchors)
    changes = next((block.start for block in blocks if block.key == "changes"), len(stream))
    pages = [(start, min(end, changes)) for start, end in page_spans(stream) if start < changes]
    outline = Outline(stream, blocks, pages, is_table(stream, anchors))
    for block in blocks:
        if part_of(block) in (Part.COVER, Part.BASICS, Part.BUSINESS_ANNEX) and block.group != "system":
            outline.basics.setdefault(block.key, block)
    systems = [block for block in blocks if block.group == "system" and block.kind is not Kind.HEADING]
    outline.systems = _records(outline, systems)
    outline.files = _files(outline)
    return outline


# -- files ---------------------------------------------------------------------------------------


def _files(outline: Outline) -> list[FileSection]:
    blocks = [block for block in outline.blocks if part_of(block) is Part.FILE]
    if not blocks:
        return []
    starts = _file_starts(outline, blocks)
    end = max(block.end for block in blocks)
    sections = [FileSection(start, stop) for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    for section in sections:
        _fill_section(outline, section, [block for block in blocks if section.start <= block.start < section.end])
    return [section for section in sections if section.items or section.entrustments or section.provisions]


def _file_starts(outline: Outline, blocks: list[Block]) -> list[int]:
    """Return where the sections Ⅱ begin: at Ⅱ or its name, or at the start of their page."""
    starts: list[int] = []
    seen: set[str] = set()
    for block in blocks:
        if block.key in ("II", "II-1") and (not starts or seen - {"II"} or block.key in seen):
            starts.append(_page_start(outline, blocks, block, starts))
            seen = {block.key}
        else:
            seen.add(block.key)
    if not starts or blocks[0].start < starts[0]:
        starts = [blocks[0].start, *starts[1:]]
    return starts


def _page_start(outline: Outline, blocks: list[Block], block: Block, before: list[int]) -> int:
    """Return the first label on the block's page, for a section Ⅱ begins on a page of its own."""
    if outline.has_tables or len(outline.pages) == 1:
        return block.start
    page = outline.pages_of(block.start, block.start + 1)[0]
    lowest = before[-1] + 1 if before else 0
    return min(
        (other.start for other in blocks if max(page[0], lowest) <= other.start <= block.start), default=block.start
    )


_GROUPS = {"entrust": "entrustments", "provide": "provisions", "transfer": "transfers"}


def _fill_section(outline: Outline, section: FileSection, blocks: list[Block]) -> None:
    for block in blocks:
        if block.group not in _GROUPS or block.kind is Kind.HEADING:
            section.items.setdefault(block.key, block)
    for group, name in _GROUPS.items():
        mine = [block for block in blocks if block.group == group and block.kind is not Kind.HEADING]
        setattr(section, name, _records(outline, mine))


# -- numbered records ----------------------------------------------------------------------------


def _records(outline: Outline, blocks: list[Block]) -> list[Record]:
    """Share the items out among the numbered headings."""
    headings = [block for block in blocks if block.is_record and not block.is_range]
    items = [block for block in blocks if not block.is_record]
    if not headings or outline.has_tables or not _scrambled(blocks):
        return _in_sequence(blocks)
    if len(outline.pages) > 1:
        return _by_page(outline, headings, items)
    return _kth_with_kth(headings, items)


def _scrambled(blocks: Iterable[Block]) -> bool:
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


def _kth_with_kth(headings: Sequence[Block], items: Sequence[Block]) -> list[Record]:
    """Pair the k-th label of each kind with the k-th heading.

    Where their counts differ, a label belongs to the heading before it if it is the only one of its kind there.
    """
    records = [Record(heading.number or 0, heading) for heading in headings]
    for key in dict.fromkeys(item.key for item in items):
        mine = [item for item in items if item.key == key]
        if len(mine) == len(records):
            pairs = list(zip(records, mine, strict=True))
        else:
            pairs = [(record, item) for item in mine if (record := _before(records, item))]
            owners = [id(record) for record, _ in pairs]
            pairs = [(record, item) for record, item in pairs if owners.count(id(record)) == 1]
        for record, item in pairs:
            record.items[key] = item
    return records


def _before(records: Sequence[Record], item: Block) -> Record | None:
    return next((one for one in reversed(records) if one.heading and one.heading.start < item.start), None)


def _by_page(outline: Outline, headings: Sequence[Block], items: Sequence[Block]) -> list[Record]:
    """Pair headings and items page by page: on one page the k-th label belongs to the k-th heading."""
    records: list[Record] = []
    for start, end in outline.pages:
        here = [Record(block.number or 0, block) for block in headings if start <= block.start < end]
        last = records[-1] if records else None
        for key in dict.fromkeys(item.key for item in items if start <= item.start < end):
            mine = [item for item in items if item.key == key and start <= item.start < end]
            _pair_on_page(key, mine, here, last)
        records.extend(here)
    return sorted(records, key=lambda record: record.number)


def _pair_on_page(key: str, mine: list[Block], here: list[Record], last: Record | None) -> None:
    if last is not None and key not in last.items and len(mine) > len(here):
        last.items[key] = mine[0]
        mine = mine[1:]
    if len(mine) == len(here):
        for record, item in zip(here, mine, strict=True):
            record.items[key] = item
        return
    for item in mine:
        before = [record for record in here if record.heading and record.heading.start <= item.start]
        for record in (*reversed(before), *here):
            if key not in record.items:
                record.items[key] = item
                break
