"""Checks that what was read stands in the text where it says."""

from __future__ import annotations

from collections.abc import Iterator

from extract.facts import Evidence, Fact
from extract.pipeline import Reading


def misquoted(reading: Reading) -> list[str]:
    """Return the evidence that does not stand at its offsets and line; of marks also what speaks against them."""
    source = reading.source
    return [
        f"{type(fact).__name__}: {one}"
        for fact in reading.facts.each()
        for one in _evidence_of(fact)
        if source.text[one.start : one.end] != one.quote
        or not one.quote.strip()
        or source.line_of(one.start) != one.line
    ]


def _evidence_of(fact: Fact) -> Iterator[Evidence]:
    yield from fact.evidence
    yield from getattr(getattr(fact, "mark", None), "against", ())
