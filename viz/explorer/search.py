"""Searches names, documents, provisions and quotes for words that stand anywhere in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from viz.explorer.atlas import Atlas, DocumentEntry, Place, Thing
from viz.explorer.grams import match_of, plain, words_of

PAGE = 50
"""Results of one kind on a page."""
FEW = 8
"""Results of one kind where all kinds are shown."""
KINDS = ("names", "documents", "laws", "quotes")
"""What can be searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law, or a provision of one, that a search found; ``cited`` counts the places that cite it."""

    key: str
    name: str
    cited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A place of a document that a search found."""

    document: DocumentEntry
    place: Place
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found of each kind that was searched, and how much there is in all."""

    words: tuple[str, ...]
    counts: Mapping[str, int]
    names: tuple[Thing, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    laws: tuple[Law, ...] = ()
    quotes: tuple[Quote, ...] = ()


_COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "names": "SELECT COUNT(DISTINCT key) FROM name_word WHERE id IN (SELECT rowid FROM name_gram WHERE name_gram MATCH ?)",
        "documents": "SELECT COUNT(*) FROM document_gram WHERE document_gram MATCH ?",
        "laws": "SELECT COUNT(DISTINCT key) FROM law_word WHERE id IN (SELECT rowid FROM law_gram WHERE law_gram MATCH ?)",
        "quotes": "SELECT COUNT(*) FROM passage_gram WHERE passage_gram MATCH ?",
    }
)


def search(atlas: Atlas, asked: str, kind: str = "", *, limit: int = FEW, offset: int = 0) -> Found:
    """Return what holds all words of ``asked``: of every kind, or of one."""
    words = words_of(asked)
    if not words:
        return Found(words=(), counts=dict.fromkeys(KINDS, 0))
    match = match_of(words)
    kinds = (kind,) if kind in KINDS else KINDS
    counts = {one: atlas.value(_COUNTS[one], match) for one in KINDS}
    found = {one: _SEARCHES[one](atlas, asked, match, limit, offset) for one in kinds}
    return Found(words=tuple(words), counts=counts, **found)  # type: ignore[arg-type]


def _names(atlas: Atlas, asked: str, match: str, limit: int, offset: int) -> tuple[Thing, ...]:
    """Find ends: those of exactly that name first, then those of which most is said."""
    keys = atlas.rows(
        """SELECT thing.key FROM thing
        WHERE thing.key IN (SELECT key FROM name_word WHERE id IN (SELECT rowid FROM name_gram WHERE name_gram MATCH ?1))
        ORDER BY plain = ?2 DESC, is_agency AND plain LIKE ?2 || '%' DESC, edges DESC, LENGTH(name), name LIMIT ?3 OFFSET ?4""",
        match,
        plain(asked),
        limit,
        offset,
    )
    return tuple(atlas.things(row["key"] for row in keys).values())


def _documents(atlas: Atlas, _: str, match: str, limit: int, offset: int) -> tuple[DocumentEntry, ...]:
    inside = "WHERE doc IN (SELECT rowid FROM document_gram WHERE document_gram MATCH ?)"
    return tuple(atlas.documents(inside, match, limit=limit, offset=offset))


def _laws(atlas: Atlas, _: str, match: str, limit: int, offset: int) -> tuple[Law, ...]:
    """Find laws, then provisions, the most cited first."""
    rows = atlas.rows(
        """SELECT key, MIN(name) AS name, key IN (SELECT key FROM law) AS is_law, (SELECT COUNT(*) FROM citation
          WHERE provision = w.key OR provision IN (SELECT key FROM provision WHERE law = w.key)) AS cited
        FROM law_word AS w WHERE id IN (SELECT rowid FROM law_gram WHERE law_gram MATCH ?)
        GROUP BY key ORDER BY is_law DESC, cited DESC, name LIMIT ? OFFSET ?""",
        match,
        limit,
        offset,
    )
    return tuple(Law(key=row["key"], name=row["name"], cited=row["cited"]) for row in rows)


def _quotes(atlas: Atlas, _: str, match: str, limit: int, offset: int) -> tuple[Quote, ...]:
    rows = list(
        atlas.rows(
            """SELECT doc, start, line, item, quote, kinds FROM passage
            WHERE id IN (SELECT rowid FROM passage_gram WHERE passage_gram MATCH ?) ORDER BY doc, start, id LIMIT ? OFFSET ?""",
            match,
            limit,
            offset,
        )
    )
    documents = atlas.documents_by_number(row["doc"] for row in rows)
    return tuple(
        Quote(
            document=documents[row["doc"]],
            place=Place(doc=row["doc"], item=row["item"], line=row["line"], start=row["start"], quote=row["quote"]),
            kinds=tuple(row["kinds"].split()),
        )
        for row in rows
    )


_SEARCHES: Mapping[str, Callable[[Atlas, str, str, int, int], object]] = MappingProxyType(
    {"names": _names, "documents": _documents, "laws": _laws, "quotes": _quotes}
)


def suggest(atlas: Atlas, asked: str, limit: int = 12) -> tuple[Thing, ...]:
    """Return the ends whose names hold what was typed so far."""
    words = words_of(asked)
    return _names(atlas, asked, match_of(words), limit, 0) if words else ()
