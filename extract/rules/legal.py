"""The legal provisions that the document cites, and for what: by the item in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.cells import Block, Piece
from extract.citations import Carry, carry_of, find_citation_run, find_law_definitions
from extract.facts import Alias, Citation, LegalBasis, Usage
from extract.outline import Outline
from extract.rules.context import Context
from extract.rules.files import NamedSection

_USAGES: tuple[tuple[str, Usage], ...] = (
    ("number.basis", Usage.NUMBER_USE),
    ("network.basis", Usage.LINKAGE),
    ("get.", Usage.ACQUISITION),
    ("provide.", Usage.PROVISION),
    ("record.provide", Usage.PROVISION),
    ("transfer.", Usage.TRANSFER),
    ("record.transfer", Usage.TRANSFER),
    ("keep.", Usage.STORAGE),
)
_OPEN, _CLOSE = r"[【（(〔\[［＜<「『]", r"[】）)〕\]］＞>」』]"
_SIDE = re.compile(
    rf"(?:{_OPEN}\s*|(?:^|\n)[\s・◆○●■◇※]*|[・◆○●■◇]\s*)"
    r"(?:番号法)?(?:別表第?[一二三12]?|第[2二]条の表)?(?:における|に基づく|による|の)?\s*(?:特定個人|特定)?(?:情報)?の?"
    r"(?P<side>照会|提供|連携|委託)(?:者|関係|事務|側)?(?:(?:の|に係る|に関する|に関する事務の)?(?:法令上の|法的)?(?:根拠)?(?:規定|法令|条項|条文)?)?"
    rf"\s*(?:{_CLOSE}|[:：]|\n|$)"
)
_SIDES = {"照会": Usage.INQUIRY, "提供": Usage.SUPPLY}


def read_legal_bases(context: Context, sections: Sequence[NamedSection], aliases: Iterable[Alias]) -> list[LegalBasis]:
    """Return every provision cited outside the change table, each once for its use, file and place."""
    reader = _Reader(context, sections, aliases)
    found: dict[tuple[Usage, Citation, str | None, str], LegalBasis] = {}
    for basis in reader.read():
        found.setdefault((basis.usage, basis.citation, basis.file, basis.evidence[0].item), basis)
    return sorted(found.values(), key=lambda basis: (basis.evidence[0].start, basis.evidence[0].end))


class _Reader:
    """Walks over the document's text, item by item, with its abbreviations at hand."""

    def __init__(self, context: Context, sections: Sequence[NamedSection], aliases: Iterable[Alias]) -> None:
        self.context = context
        self.sections = sections
        stream = context.stream
        self.end = _end_of_text(context.outline)
        text = stream.source.text[: stream.span(0, self.end).end]
        self.definitions = {alias.short: alias.full for alias in aliases} | dict(find_law_definitions(text))

    def read(self) -> Iterator[LegalBasis]:
        covered: list[Piece] = []
        for block in self.context.outline.blocks:
            if block.start < self.end and block.pieces:
                yield from self._read_block(block)
                covered.extend(block.pieces)
        for piece in _rest(covered, self.end):
            yield from self._read_piece(piece, "本文", Usage.OTHER, None, Carry())[0]

    def _read_block(self, block: Block) -> list[LegalBasis]:
        usage = next((usage for key, usage in _USAGES if block.key.startswith(key)), Usage.OTHER)
        file = next((one.name for one in self.sections if one.section.start <= block.start < one.section.end), None)
        item = self.context.item_id(block, self.context.outline.record_numbers.get(block.start))
        found: list[LegalBasis] = []
        carry = carry_of("番号法") if usage is Usage.LINKAGE else Carry()  # the item is about that law's network
        for piece in block.pieces:
            read, carry = self._read_piece(piece, item, usage, file, carry)
            found.extend(read)
        return found

    def _read_piece(
        self, piece: Piece, item: str, usage: Usage, file: str | None, carry: Carry
    ) -> tuple[list[LegalBasis], Carry]:
        stream = self.context.stream
        span = stream.span(piece[0], min(piece[1], self.end))
        raw = stream.source.quote(span)
        found: list[LegalBasis] = []
        for start, stop, side in _sides(raw) if usage is Usage.LINKAGE else [(0, len(raw), usage)]:
            run = find_citation_run(raw[start:stop], span.start + start, definitions=self.definitions, carry=carry)
            carry = run.carry
            for one in run.citations:
                first, last = stream.folded.at(one.span.start), stream.folded.at(one.span.end)
                evidence = (self.context.evidence_at(item, first, last),)
                found.append(LegalBasis(usage=side, citation=one.citation, file=file, evidence=evidence))
        return found, carry


def _end_of_text(outline: Outline) -> int:
    changes = outline.first("changes")
    return changes.start if changes else len(outline.stream)


def _sides(raw: str) -> list[tuple[int, int, Usage]]:
    """Cut ②法令上の根拠 of the network at its headings: what stands under 照会, what under 提供."""
    parts: list[tuple[int, int, Usage]] = []
    start, usage = 0, Usage.LINKAGE
    for heading in _SIDE.finditer(raw):
        parts.append((start, heading.start(), usage))
        start, usage = heading.start(), _SIDES.get(heading["side"], Usage.LINKAGE)
    return [part for part in [*parts, (start, len(raw), usage)] if part[1] > part[0]]


def _rest(covered: Iterable[Piece], end: int) -> Iterator[Piece]:
    """Yield the ranges up to ``end`` that no block holds."""
    at = 0
    for start, stop in sorted(covered):
        if start > at:
            yield at, min(start, end)
        at = max(at, stop)
    if at < end:
        yield at, end
