"""Japanese first, English by a switch: each page is written once, with both words side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

from viz.explorer.scope import Fields


class Tongue(StrEnum):
    """The language of a page; the text of documents is always Japanese."""

    JA = "ja"
    EN = "en"


@lru_cache(10_000)
def _written(text: str) -> str:
    """Return text as it stands in an address; the same names stand in thousands of them."""
    return quote(text, safe="/:,")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where the reader is: the page's path and fields, its language, and the base of identifiers."""

    path: str
    fields: Fields
    tongue: Tongue = Tongue.JA
    base: str = ""

    def say(self, ja: str, en: str) -> str:
        """Return the words in the page's language."""
        return en if self.tongue is Tongue.EN else ja

    def link(self, path: str, pairs: Iterable[tuple[str, str]] = (), anchor: str = "") -> str:
        """Return an address here that stays in the page's language.

        >>> Here(path="/", fields=Fields(), tongue=Tongue.EN).link("/search", [("q", "住基")])
        '/search?q=%E4%BD%8F%E5%9F%BA&lang=en'
        """
        kept = [pair for pair in pairs if pair[1]]
        asked = [*kept, ("lang", "en")] if self.tongue is Tongue.EN else kept
        query = "&".join(f"{_written(key)}={_written(value)}" for key, value in asked)
        return path + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")

    def other(self) -> str:
        """Return the address of the same page in the other language."""
        tongue = Tongue.JA if self.tongue is Tongue.EN else Tongue.EN
        there = Here(path=self.path, fields=self.fields, tongue=tongue)
        return there.link(self.path, [pair for pair in self.fields.pairs if pair[0] != "lang"])

    def short(self, iri: str) -> str:
        """Return an identifier as it stands in addresses: without the base that all share."""
        return iri.removeprefix(self.base) if self.base else iri

    def full(self, short: str) -> str:
        """Return the identifier that an address means."""
        return short if "://" in short or not short else self.base + short

    def thing(self, iri: str) -> str:
        """Return the address of the page of an end, a law or a provision."""
        return self.link("/thing", [("id", self.short(iri))])
