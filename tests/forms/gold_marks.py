"""Says which state each printed tick box may be given, from the notation, the list, and what tore it apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.forms.marks import states
from tests.forms.pieces import Boxes, Part
from tests.forms.places import Places, squeeze
from tests.forms.truth import Box

if TYPE_CHECKING:
    from tests.forms.plan import Plan

Record = dict[str, Any]
"""One row of a gold file."""


@dataclass(frozen=True, kw_only=True)
class MarkReader:
    """The tick lists of one form beside the text in which they were rendered."""

    places: Places
    plan: Plan
    parts: tuple[Part, ...]
    dumped: bool

    @cached_property
    def lists(self) -> dict[str, tuple[Box, ...]]:
        """Return the boxes of each list by its key."""
        printed = [piece for part in self.parts for piece in part.pieces if isinstance(piece, Boxes)]
        return {piece.key: tuple(box for row in piece.rows for box in row if isinstance(box, Box)) for piece in printed}

    @cached_property
    def torn(self) -> frozenset[str]:
        """Return the labels of which a mark is torn from its label somewhere in the dump."""
        boxes = [box for boxes in self.lists.values() for box in boxes]
        text = self.places.squeezed
        torn = set()
        for label in {box.label for box in boxes}:
            ticked = sum(box.ticked for box in boxes if box.label == label)
            empty = sum(not box.ticked for box in boxes if box.label == label)
            whole = text.count("[○]" + squeeze(label)) >= ticked and text.count("[]" + squeeze(label)) >= empty
            torn |= set() if whole else {label}
        return frozenset(torn)

    def read(self, key: str) -> list[tuple[Box, Record]]:
        """Return each box of a list with its ``state`` and, where several count as right, ``accept``."""
        boxes = self.lists.get(key, ())
        rows = []
        for box, right in zip(boxes, states(boxes, self.plan.style(key)), strict=True):
            torn = ["unclear"] if self.dumped and box.label in self.torn else []
            accept = list(dict.fromkeys(right + torn))
            rows.append((box, {"state": right[0], **({"accept": accept} if len(accept) > 1 else {})}))
        return rows
