"""Evidence: the first words of a statement, exactly as printed, with their place."""

from __future__ import annotations

from extract.facts import Evidence
from extract.source import Source, Span

QUOTE_LENGTH = 160
QUOTE_LINES = 8


def quote_span(source: Source, item: str, span: Span) -> Evidence:
    r"""Return evidence for the words of ``span``: at most 160 characters and eight lines of them.

    >>> from extract.source import source_of_text
    >>> quote_span(source_of_text("一行目\n二行目"), "I-1", Span(4, 7))
    Evidence(item='I-1', line=2, quote='二行目', start=4, end=7, page=None, box=None, cell=None, recognised=False)
    """
    stop = min(span.end, span.start + QUOTE_LENGTH)
    lines = source.text[span.start : stop].split("\n")
    quote = "\n".join(lines[:QUOTE_LINES]).rstrip()
    return evidence_at(source, item, Span(span.start, span.start + len(quote)))


def evidence_at(source: Source, item: str, span: Span) -> Evidence:
    """Return evidence for all words of ``span``, with the place of the first one in the original file."""
    place = source.place_of(span.start)
    return Evidence(
        item=item,
        line=source.line_of(span.start),
        quote=source.quote(span),
        start=span.start,
        end=span.end,
        page=place.page if place else None,
        box=place.box if place else None,
        cell=place.cell if place else None,
        recognised=place.recognised if place else False,
    )
