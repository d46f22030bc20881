"""What every rule may look at: the outline, and the few things that hold for the whole document."""

from __future__ import annotations

from dataclasses import dataclass

from extract.blocks import evidence_at, evidence_of, raw_of, text_of
from extract.cells import BLANKS, Block
from extract.facts import Evidence, Form
from extract.outline import Outline
from extract.stream import Stream


@dataclass(frozen=True)
class Context:
    """One document on its way from blocks to facts."""

    outline: Outline
    form: Form | None

    @property
    def stream(self) -> Stream:
        """The folded text."""
        return self.outline.stream

    def text(self, block: Block | None) -> str | None:
        """Return the block's clean text, None where the form's cell is blank."""
        text = text_of(self.stream, block)
        return None if text is None or text in BLANKS else text

    def raw(self, block: Block | None) -> str:
        """Return the block's source text without printed options, its pieces on lines of their own."""
        return "" if block is None else raw_of(self.stream, block)

    def evidence(self, block: Block, number: int | None = None) -> Evidence:
        """Return evidence for a block."""
        return evidence_of(self.stream, block, self.form, number)

    def evidence_at(self, item: str, start: int, end: int) -> Evidence:
        """Return evidence for a folded range."""
        return evidence_at(self.stream, item, start, end)

    def item_id(self, block: Block, number: int | None = None) -> str:
        """Return the id of a block's item in this document's form."""
        return self.evidence(block, number).item
