"""The legal provisions that the document cites, and for what: by the item in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.cells import Block, Piece
from extract.citations import Carry, FoundCitation, carry_of, find_citation_run, find_law_definitions
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
    ("appended.provide", Usage.PROVISION),
    ("appended.transfer", Usage.TRANSFER),
    ("keep.", Usage.STORAGE),
)
_BASES = frozenset({"number.basis", "network.basis"})
_OPEN, _CLOSE = r"[【（(〔\[［＜<「『]", r"[】）)〕\]］＞>」』]"
_BULLETS = "・･◆◇○●◎◯■□▪▼▽▲△★☆•"
_EDGE = r"(?:^|[\n\t|]|<[^<>]*>)"
_NUMBERING = r"(?:[(（]?[\d一二三アイウａ-ｃa-c①-⑨][)）.．、]\s*|[1-9１-９]\s+)?"
_TABLE = (
    r"(?:番号(?:利用)?法)?(?:第(?:19|１９|十九)条第[7-9７-９七八九]号)?(?:に基づく)?(?:主務省令|命令)?の?(?:別表第?[一二三12１２]?|第[2２二]条の表)?"
    r"(?:における|に基づく|による|の)?"
)
_SIDE = re.compile(
    rf"(?:{_OPEN}\s*|{_EDGE}[\s{_BULLETS}※]*{_NUMBERING}|[{_BULLETS}]\s*){_TABLE}\s*"
    r"(?:特定個人|特定)?(?:情報)?の?(?P<side>照会|提供|連携|委託)(?:(?:・|･|/|／|、|と|及び|又は)(?:情報)?の?(?P<second>照会|提供))?"
    r"(?:者|関係|事務|側)?(?:(?:の|に係る|に関する|に関する事務の)?(?:法令上の|法的)?(?:根拠)?(?:規定|法令|条項|条文)?)?"
    rf"\s*(?:{_CLOSE}|[:：\n|]|<br|$|(?<=\s)(?=番号|行政手続|マイナンバー|別表|第\d))|"
    rf"{_EDGE}[\s{_BULLETS}※]*(?P<all>上記|前記|以上)の?(?:各?項|事務|規定)"
)
"""A heading of ②法令上の根拠: of one side, of both, or back to what goes before (``all``)."""
_COLUMN = re.compile(r"欄\s*$")
"""Before （情報提供者）: it is the name of a table's column, which speaks only where no heading does."""
_SIDES = {"照会": Usage.INQUIRY, "提供": Usage.SUPPLY}


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


class _Reader:
    """Walks over the document's text, item by item, with its abbreviations at hand."""

    def __init__(self, context: Context, sections: Sequence[NamedSection], aliases: Iterable[Alias]) -> None:
        self.context = context
        self.sections = sections
        stream = context.stream
        self.end = _end_of_text(context.outline)
        text = stream.source.text[: stream.span(0, self.end).end]
        self.ordinances: tuple[str, ...] = ()
        self.definitions = {alias.short: alias.full for alias in aliases} | dict(find_law_definitions(text))

    def read(self) -> Iterator[LegalBasis]:
        covered: list[Piece] = []
        end = 0
        for block in self.context.outline.blocks:
            if block.start < self.end:
                pieces = self._pieces(block, end)
                yield from self._read_block(block, pieces)
                covered.extend(pieces)
                end = max(end, block.end)
        for piece in _rest(covered, self.end):
            yield from self._read_piece(piece, "本文", _Running(Usage.OTHER), None)

    def _pieces(self, block: Block, end: int) -> tuple[Piece, ...]:
        """Return the block's pieces; with its first lines, where its label stands beside the middle of a printed cell."""
        beside = block.key in _BASES and block.pieces and end < block.start
        return ((end, block.start), *block.pieces) if beside else block.pieces

    def _read_block(self, block: Block, pieces: Sequence[Piece]) -> list[LegalBasis]:
        usage = next((usage for key, usage in _USAGES if block.key.startswith(key)), Usage.OTHER)
        file = next((one.name for one in self.sections if one.section.start <= block.start < one.section.end), None)
        item = self.context.item_id(block, self.context.outline.record_numbers.get(block.start))
        carry = carry_of("番号法") if usage is Usage.LINKAGE else Carry()  # the item is about that law's network
        running = _Running(usage, usage, carry)
        return [basis for piece in pieces for basis in self._read_piece(piece, item, running, file)]

    def _read_piece(self, piece: Piece, item: str, running: _Running, file: str | None) -> list[LegalBasis]:
        stream = self.context.stream
        span = stream.span(piece[0], min(piece[1], self.end))
        raw = stream.source.quote(span)
        found: list[LegalBasis] = []
        for start, stop, side in (
            _sides(raw, running.side) if running.usage is Usage.LINKAGE else [(0, len(raw), running.usage)]
        ):
            run = find_citation_run(
                raw[start:stop], span.start + start, definitions=self.definitions, carry=running.carry
            )
            if found and run.citations and _fills(run.citations[0], found[-1].citation):
                found.pop()
            running.carry, running.side = run.carry, side
            for one in run.citations:
                first, last = stream.folded.at(one.span.start), stream.folded.at(one.span.end)
                evidence = (self.context.evidence_at(item, first, last),)
                found.append(LegalBasis(usage=side, citation=one.citation, file=file, evidence=evidence))
        return found


def _fills(first: FoundCitation, above: Citation) -> bool:
    """Tell whether ``first``, the first below a heading, is a row or a paragraph of what was named above the heading."""
    whole, printed = first.citation, first.printed
    if whole.table_item:
        return replace(whole, table_item="") == above and "表" not in printed
    return bool(whole.paragraph) and Citation(law=whole.law, article=whole.article) == above and "条" not in printed


def _end_of_text(outline: Outline) -> int:
    changes = outline.first("changes")
    return changes.start if changes else len(outline.stream)


def _sides(raw: str, usage: Usage) -> list[tuple[int, int, Usage]]:
    """Cut ②法令上の根拠 of the network at its headings: what stands under 照会, what under 提供."""
    parts: list[tuple[int, int, Usage]] = []
    start = 0
    for heading in _SIDE.finditer(raw):
        if usage is Usage.LINKAGE or not _COLUMN.search(raw, 0, heading.start()):
            parts.append((start, heading.start(), usage))
            both = heading["second"] not in {None, heading["side"]}
            start, usage = heading.start(), Usage.LINKAGE if both else _SIDES.get(heading["side"], Usage.LINKAGE)
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
