"""The document as the form sees it: its basics, systems, files, and the numbered records of each file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from extract.anchors import find_anchors
from extract.appendices import with_appendices
from extract.blocks import find_blocks, is_table, part_of, text_of
from extract.boxes import ticks_squares
from extract.cells import Block
from extract.facts import Form
from extract.form import Kind, Part
from extract.pages import mark_pages, page_spans
from extract.records import Record, share_records
from extract.stream import Stream


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

    def next_start_after(self, at: int) -> int:
        """Return where the first label at or behind a place stands, or the end of the text."""
        index = bisect_left(self.starts, at)
        return self.starts[index] if index < len(self.starts) else len(self.stream)

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

    @cached_property
    def unplaced(self) -> frozenset[int]:
        """The starts of blocks of which the order on their page does not tell whose they are.

        Where parts of a page change places, a label can stand behind another record's heading. Every label
        of its kind on the page may then be another's.
        """
        return frozenset(record.items[key].start for record in self._all_records() for key in record.unplaced)

    def pages_of(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the pages that the folded range touches."""
        return [page for page in self.pages if page[0] < max(end, start + 1) and page[1] > start]


def make_outline(stream: Stream) -> Outline:
    """Find labels, pages, blocks and records in the text."""
    anchors = with_appendices(stream, find_anchors(stream))
    stream = mark_pages(stream, anchors)
    blocks = find_blocks(stream, anchors)
    changes = next((block.start for block in blocks if block.key == "changes"), len(stream))
    pages = [(start, min(end, changes)) for start, end in page_spans(stream) if start < changes]
    outline = Outline(stream, blocks, pages, is_table(stream, anchors))
    for block in blocks:
        if part_of(block) in (Part.COVER, Part.BASICS, Part.BUSINESS_ANNEX) and block.group != "system":
            outline.basics.setdefault(block.key, block)
    systems = [block for block in blocks if block.group == "system" and block.kind is not Kind.HEADING]
    outline.systems = share_records(systems, outline.pages, has_tables=outline.has_tables)
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
        setattr(section, name, share_records(mine, outline.pages, has_tables=outline.has_tables))
