"""The text behind a label: a block, while its pieces are shared out and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.anchors import Anchor
from extract.form import BY_KEY, Kind

Piece = tuple[int, int]
"""A folded range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One item found: its label (None where the label is lost) and the pieces of its text."""

    key: str
    start: int
    label_end: int
    pieces: tuple[Piece, ...]
    number: int | None = None
    is_range: bool = False
    label_lost: bool = False

    @property
    def end(self) -> int:
        """The end of the last piece, or of the label."""
        return max([self.label_end, *(end for _, end in self.pieces)])

    @property
    def is_record(self) -> bool:
        """Whether this is a numbered heading."""
        return self.key.startswith("record.")

    @property
    def group(self) -> str:
        """The group of items to which this one belongs."""
        return self.key.removeprefix("record.") if self.is_record else BY_KEY[self.key].group

    @property
    def kind(self) -> Kind:
        """What stands in the cell."""
        return Kind.RECORD if self.is_record else BY_KEY[self.key].kind


@dataclass(slots=True)
class Draft:
    """A block while its pieces are still being shared out."""

    anchor: Anchor
    own: list[Piece]
    shifted: list[Piece] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """What stands in the cell."""
        return self.anchor.kind

    def freeze(self, pieces: Sequence[Piece]) -> Block:
        """Return the block with these pieces, without the empty ones."""
        anchor = self.anchor
        return Block(
            key=anchor.key,
            start=anchor.start,
            label_end=anchor.end,
            pieces=tuple(piece for piece in pieces if piece[1] > piece[0]),
            number=anchor.number,
            is_range=anchor.is_range,
        )


BLANKS = frozenset({"", "-", "―", "—", "－", "ー", "なし", "該当なし", "無し", "無", "()", "（）", "(-)"})
"""What a form's cell holds when it says nothing."""
