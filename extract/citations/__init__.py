"""Legal citations in running Japanese text: canonical, expanded, each with the words that name it.

    view ─▶ names (laws) ─▶ phrases (articles, tables, rows) ─▶ grammar (what belongs to what)

The text may be damaged by scans and layout. A number that hangs on no law that is certain is left out.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from extract.citations.book import read_book
from extract.citations.definitions import define_in, find_law_definitions, find_title_before
from extract.citations.grammar import Reader
from extract.citations.model import Carry, CitationRun, FoundCitation, Level, carry_of
from extract.citations.names import find_names
from extract.citations.phrases import find_phrases
from extract.citations.reform import judge_numbering
from extract.citations.view import read_view

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Carry",
    "CitationRun",
    "FoundCitation",
    "Level",
    "carry_of",
    "find_citation_run",
    "find_citations",
    "find_law_definitions",
    "find_title_before",
    "judge_numbering",
]

_NOTHING_DEFINED: Mapping[str, str] = MappingProxyType({})


def find_citations(
    raw: str, base: int = 0, *, definitions: Mapping[str, str] = _NOTHING_DEFINED, carry: Carry | None = None
) -> list[FoundCitation]:
    r"""Return the provisions cited in ``raw``, whose first character stands at offset ``base`` of the source.

    ``definitions`` are the document's abbreviations, short to full; those of ``raw`` itself are found. ``carry`` is
    the running provision with which to begin.

    >>> for one in find_citations("番号法第９条第１項 別表第一の３０の項、\n同法第19条第8号"):
    ...     print(one.citation.law, one.citation.article, one.citation.table_item, repr(one.printed))
    番号法 9 30 '番号法第９条第１項 別表第一の３０の項'
    番号法 19  '同法第19条第8号'
    """
    return list(find_citation_run(raw, base, definitions=definitions, carry=carry).citations)


def find_citation_run(
    raw: str, base: int = 0, *, definitions: Mapping[str, str] = _NOTHING_DEFINED, carry: Carry | None = None
) -> CitationRun:
    """Return the citations of ``raw`` and the running provision after the last, for the next part of the same cell.

    >>> first = find_citation_run("番号法第19条第8号（別表第二における情報提供の根拠）")
    >>> [one.citation.table_item for one in find_citations("・2,3,5", carry=first.carry)]
    ['2', '3', '5']
    """
    view = read_view(raw, base)
    book = read_book({**definitions, **define_in(view)})
    reader = Reader(view, carry or Carry())
    reader.read(find_phrases(view, find_names(view, book)))
    return CitationRun(citations=tuple(reader.found), carry=reader.state)
