"""What the citation grammar gives: found citations, and the state to go on with in the next part of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from extract.facts import Citation

if TYPE_CHECKING:
    from extract.source import Span


class Level(IntEnum):
    """How deep the provision goes that was read last."""

    NOTHING = 0
    LAW = 1
    ARTICLE = 2
    PARAGRAPH = 3
    ITEM = 4
    TABLE = 5
    ROW = 6


NOWHERE = Citation(law="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCitation:
    """A provision cited in a text: canonical, where it stands, and the raw words there.

    ``kind`` is law, order (of the state), ordinance (of an agency) or notice. Where a list shares its words
    (別表第二の2,3,5の項) or runs on (第48条、第138条), ``span`` covers the words that are its own or shared, not those carried over.
    """

    citation: Citation
    span: Span
    printed: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """The running provision after the last citation, and the laws named so far, latest last."""

    at: Citation = NOWHERE
    level: Level = Level.NOTHING
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRun:
    """The citations of one part of a text and what carries over to the next part."""

    citations: tuple[FoundCitation, ...]
    carry: Carry


def carry_of(law: str) -> Carry:
    """Return the state after ``law`` has been named, for a cell whose law stands elsewhere.

    >>> carry_of("番号法").at.law
    '番号法'
    """
    return Carry(at=Citation(law=law), level=Level.LAW, named=(law,))
