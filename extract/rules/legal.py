"""The legal provisions that the document cites, and for what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.facts import Alias, LegalBasis
from extract.rules.context import Context
from extract.rules.files import NamedSection


def read_legal_bases(context: Context, sections: Sequence[NamedSection], aliases: Iterable[Alias]) -> list[LegalBasis]:
    """Return every provision cited outside the change table."""
    return []
