"""The legal provisions that the document cites, and for what: by the item in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.cells import Block, Piece
from extract.citations import Carry, FoundCitation, Level, carry_of, find_citation_run, find_law_definitions
from extract.facts import Alias, Citation, Evidence, LegalBasis, Usage
from extract.outline import Outline
from extract.rules.context import Context
from extract.rules.files import NamedSection
from extract.rules.sides import cut_at_sides

_USAGES: tuple[tuple[str, Usage], ...] = (
    ("I-5", Usage.NUMBER_USE),
    ("number.basis", Usage.NUMBER_USE),
    ("I-6", Usage.LINKAGE),
    ("network.", Usage.LINKAGE),
    ("get.", Usage.ACQUISITION),
    ("provide.", Usage.PROVISION),
    ("record.provide", Usage.PROVISION),
    ("transfer.", Usage.TRANSFER),
    ("record.transfer", Usage.TRANSFER),
    ("appended.provide", Usage.PROVISION),
    ("appended.transfer", Usage.TRANSFER),
    ("keep.", Usage.STORAGE),
)
_BASES = frozenset({"number.basis", "network.basis"})


def read_legal_bases(context: Context, sections: Sequence[NamedSection], aliases: Iterable[Alias]) -> list[LegalBasis]:
    """Return every provision cited outside the change table, each once for its use, file and place."""
    reader = _Reader(context, sections, aliases)
    found: dict[tuple[Usage, Citation, str | None, str], LegalBasis] = {}
    for basis in reader.read():
        found.setdefault((basis.usage, basis.citation, basis.file, basis.evidence[0].item), basis)
    return sorted(found.values(), key=lambda basis: (basis.evidence[0].start, basis.evidence[0].end))


@dataclass(slots=True)
class _Running:
    """What one piece of a block leaves to the next: the side of the network, the provision to go on from."""

    usage: Usage
    side: Usage = Usage.LINKAGE
    carry: Carry = field(default_factory=Carry)
    table: Carry | None = None  # the state at the table read last


class _Reader:
    """Walks over the document's text, item by item, with its abbreviations at hand."""

    def __init__(self, context: Context, sections: Sequence[NamedSection], aliases: Iterable[Alias]) -> None:
        self.context = context
        self.sections = sections
        stream = context.stream
        self.end = _end_of_text(context.outline)
        text = stream.source.text[: stream.span(0, self.end).end]
        self.found: list[LegalBasis] = []
        self.ordinances: set[str] = set()
        self.running = _Running(Usage.OTHER)
        self.definitions = {alias.short: alias.full for alias in aliases} | dict(find_law_definitions(text))

    def read(self) -> list[LegalBasis]:
        covered: list[Piece] = []
        end = 0
        for block in self.context.outline.blocks:
            if block.start < self.end:
                pieces = self._pieces(block, end)
                self._read_block(block, pieces)
                covered.extend(pieces)
                end = max(end, block.end)
        for piece in _rest(covered, self.end):
            self._read_piece(piece, "本文", _Running(Usage.OTHER), None)
        return self.found

    def _pieces(self, block: Block, end: int) -> tuple[Piece, ...]:
        """Return the block's pieces; with its first lines, where its label stands beside the middle of a printed cell."""
        beside = block.key in _BASES and block.pieces and self.running.usage is _usage_of(block)
        return ((end, block.start), *block.pieces) if beside else block.pieces

    def _read_block(self, block: Block, pieces: Sequence[Piece]) -> None:
        usage = _usage_of(block)
        file = next((one.name for one in self.sections if one.section.start <= block.start < one.section.end), None)
        item = self.context.item_id(block, self.context.outline.record_numbers.get(block.start))
        if self.running.usage is not usage or block.key not in _BASES:
            self.running = _Running(usage, usage, self._carry(usage))
        for piece in pieces:
            self._read_piece(piece, item, self.running, file)

    def _carry(self, usage: Usage) -> Carry:
        """Return what an item may take as named: the number act for its network, the one ordinance for 「同条例」."""
        if usage is Usage.LINKAGE:
            return carry_of("番号法")
        return Carry(named=tuple(self.ordinances) if len(self.ordinances) == 1 else ())

    def _read_piece(self, piece: Piece, item: str, running: _Running, file: str | None) -> None:
        stream = self.context.stream
        span = stream.span(piece[0], min(piece[1], self.end))
        raw = stream.source.quote(span)
        whole = [(0, len(raw), running.usage)]
        for start, stop, side in cut_at_sides(raw, running.side) if running.usage is Usage.LINKAGE else whole:
            carry = _under_heading(running) if start and _OPENS_WITH_ROWS.search(raw[start:stop]) else running.carry
            run = find_citation_run(raw[start:stop], span.start + start, definitions=self.definitions, carry=carry)
            above = self.found[-1].citation if self.found else None
            if run.citations and above == running.carry.at and _fills(run.citations[0], running.carry.at):
                self.found.pop()
            running.carry, running.side = run.carry, side
            running.table = next((one for one in (run.carry, carry) if one.level >= Level.TABLE), running.table)
            for one in run.citations:
                self._put(
                    one, LegalBasis(usage=side, citation=one.citation, file=file, evidence=self._evidence(one, item))
                )

    def _put(self, cited: FoundCitation, basis: LegalBasis) -> None:
        self.found.append(basis)
        if cited.citation.law.endswith("条例"):
            self.ordinances.add(cited.citation.law)

    def _evidence(self, cited: FoundCitation, item: str) -> tuple[Evidence, ...]:
        folded = self.context.stream.folded
        return (self.context.evidence_at(item, folded.at(cited.span.start), folded.at(cited.span.end)),)


_OPENS_WITH_ROWS = re.compile(r"^[^条]{0,60}?の?項")


def _under_heading(running: _Running) -> Carry:
    """Return the table read last where an article of the same law has come between: rows under a heading are its rows."""
    here, table = running.carry, running.table
    return table if table is not None and here.level < Level.TABLE and here.at.law == table.at.law else here


def _usage_of(block: Block) -> Usage:
    return next((usage for key, usage in _USAGES if block.key.startswith(key)), Usage.OTHER)


def _fills(first: FoundCitation, above: Citation) -> bool:
    """Tell whether ``first``, the first below a heading, is a row or a paragraph of what was named above the heading."""
    whole, printed = first.citation, first.printed
    if whole.table_item:
        return replace(whole, table_item="") == above and "表" not in printed
    return bool(whole.paragraph) and Citation(law=whole.law, article=whole.article) == above and "条" not in printed


def _end_of_text(outline: Outline) -> int:
    changes = outline.first("changes")
    return changes.start if changes else len(outline.stream)


def _rest(covered: Iterable[Piece], end: int) -> Iterator[Piece]:
    """Yield the ranges up to ``end`` that no block holds."""
    at = 0
    for start, stop in sorted(covered):
        if start > at:
            yield at, min(start, end)
        at = max(at, stop)
    if at < end:
        yield at, end
