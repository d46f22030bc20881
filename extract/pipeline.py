"""From a source text to facts: the one way through the package."""

from __future__ import annotations

from dataclasses import dataclass

from extract.facts import Facts
from extract.source import Source


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came of reading one document."""

    source: Source
    facts: Facts


def read_document(source: Source) -> Reading:
    """Read one assessment. Raises NotAnAssessment if the text is none; nothing else for content."""
    raise NotImplementedError
