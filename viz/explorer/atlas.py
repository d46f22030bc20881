"""Reads the index: documents, ends, movements, provisions, each as a frozen record.

One Atlas serves one request: it holds one connection, and must be closed.
"""

# ruff: noqa: S608 -- queries are put together from constants of ours; values are always bound

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from extract.facts import Carries, Certainty, EndKind
from graph.trace.edges import Kind, Node

_SECONDS = 10.0
_STEPS = 20_000  # instructions of the engine between two looks at the clock


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A document: its cover, and how much it states. ``agency`` is the IRI of its body."""

    doc: int
    graph: str
    name: str
    sha256: str
    agency: str
    body: str
    office: str
    title: str
    business: str
    number: str
    form: str
    published: str
    facts: int
    unclear: int
    gaps: int
    flows: int

    @property
    def label(self) -> str:
        """What the document is called where there is little room."""
        return self.title or self.business or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An end of movements, as all documents together speak of it."""

    key: str
    name: str
    kind: EndKind
    owner: str
    owner_name: str
    is_agency: bool
    hub: bool
    docs: int
    edges: int
    also: tuple[str, ...]

    @property
    def node(self) -> Node:
        """The same as a trace knows it."""
        return Node(
            key=self.key,
            name=self.name,
            kind=self.kind,
            owner=self.owner,
            owner_name=self.owner_name,
            is_agency=self.is_agency,
            hub=self.hub,
            also=self.also,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a statement stands: in which document, at which item, line and offset, in which words."""

    doc: int
    item: str
    line: int
    start: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A movement or a connection between two ends (by key), with its place."""

    id: int
    source: str
    target: str
    kind: Kind
    carries: Carries
    certainty: Certainty
    contested: bool
    derived: bool
    source_text: str
    target_text: str
    via: str | None
    medium: str | None
    data: str | None
    frequency: str | None
    bases: tuple[str, ...]
    place: Place

    @property
    def plainness(self) -> tuple[object, ...]:
        """Order statements: what is stated before what is implied, the number before the rest."""
        said = (_CERTAINTIES.index(self.certainty), _CARRIED.index(self.carries))
        return (self.contested, *said, self.derived, self.place.doc, self.place.line, self.id)


_CERTAINTIES = (Certainty.STATED, Certainty.IMPLIED, Certainty.UNCLEAR)
_CARRIED = (Carries.NUMBER, Carries.SYMBOL, Carries.NONE, Carries.UNCLEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A provision with its law; ``egov`` is the law's number at e-Gov where it is known."""

    key: str
    name: str
    law: str
    law_name: str
    egov: str


_DOCUMENT = """SELECT doc, graph, name, sha256, agency, body, office, title, business, number, form, published, facts,
  unclear, gaps, flows FROM document"""
_THING = """SELECT thing.key, thing.name, thing.kind, thing.owner, COALESCE(o.name, '') AS owner_name, thing.is_agency,
  thing.hub, thing.docs, thing.edges, thing.also FROM thing LEFT JOIN thing AS o ON o.key = thing.owner"""
_EDGE = """SELECT id, source, target, kind, carries, certainty, contested, derived, source_text, target_text, via, medium,
  data, frequency, bases, doc, item, line, start, quote FROM edge"""
_PROVISION = """SELECT provision.key, provision.name, law.key AS law, law.name AS law_name, law.egov
  FROM provision JOIN law ON law.key = provision.law"""


class Atlas:
    """An open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, query: str, *values: object) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query of ours."""
        return self._connection.execute(query, values)

    def value(self, query: str, *values: object) -> int:
        """Return the one number that a query of ours gives."""
        (found,) = self._connection.execute(query, values).fetchone()
        return int(found)

    def totals(self) -> Mapping[str, int]:
        """Return how much there is of everything."""
        return {row["name"]: row["count"] for row in self.rows("SELECT name, count FROM total")}

    # Documents.

    def documents(
        self, where: str = "", *values: object, limit: int = 1_000_000, offset: int = 0
    ) -> list[DocumentEntry]:
        """Return documents in the order of their agencies, titles and dates."""
        rows = self.rows(
            f"{_DOCUMENT} {where} ORDER BY body, title, published, name LIMIT ? OFFSET ?", *values, limit, offset
        )
        return [DocumentEntry(**dict(row)) for row in rows]

    def document_of(self, graph: str) -> DocumentEntry | None:
        """Return the document of a graph."""
        return next(iter(self.documents("WHERE graph = ?", graph)), None)

    def documents_by_number(self, docs: Iterable[int]) -> dict[int, DocumentEntry]:
        """Return these documents by their numbers in the index."""
        found = self.documents("WHERE doc IN (SELECT value FROM json_each(?))", _listed(set(docs)))
        return {one.doc: one for one in found}

    # Ends.

    def things(self, keys: Iterable[str]) -> dict[str, Thing]:
        """Return these ends by their keys, in that order; unknown ones are left out."""
        wanted = list(dict.fromkeys(keys))
        rows = self.rows(f"{_THING} WHERE thing.key IN (SELECT value FROM json_each(?))", _listed(wanted))
        found = {row["key"]: _thing(row) for row in rows}
        return {key: found[key] for key in wanted if key in found}

    def thing(self, key: str) -> Thing | None:
        """Return one end; None if no document speaks of it."""
        return self.things([key]).get(key)

    def belongings(self, owner: str) -> list[Thing]:
        """Return the ends that belong to an agency, those of which most is said first."""
        rows = self.rows(
            f"{_THING} WHERE thing.owner = ?1 AND thing.key <> ?1 ORDER BY thing.edges DESC, thing.name", owner
        )
        return [_thing(row) for row in rows]

    # Movements.

    def statements(self, where: str, *values: object, limit: int = 1_000_000, offset: int = 0) -> list[Statement]:
        """Return the movements and connections that a condition of ours fits, in the order of documents and lines."""
        rows = self.rows(f"{_EDGE} WHERE {where} ORDER BY doc, line, id LIMIT ? OFFSET ?", *values, limit, offset)
        return [_statement(row) for row in rows]

    # Law.

    def provisions_named(self, names: Iterable[str]) -> dict[str, Provision]:
        """Return provisions by the names that statements give them; a name that is not unique is left out."""
        rows = self.rows(f"{_PROVISION} WHERE provision.name IN (SELECT value FROM json_each(?))", _listed(set(names)))
        found: dict[str, list[Provision]] = {}
        for row in rows:
            found.setdefault(row["name"], []).append(Provision(**dict(row)))
        return {name: same[0] for name, same in found.items() if len(same) == 1}

    def provisions_of(self, law: str) -> list[tuple[Provision, int]]:
        """Return the provisions of a law, each with the number of places that cite it, the most cited first."""
        rows = self.rows(f"{_PROVISION} WHERE law.key = ?", law)
        cited: dict[str, int] = dict(
            tuple(row)
            for row in self.rows(
                """SELECT provision, COUNT(*) FROM citation JOIN provision ON provision.key = provision
                WHERE law = ? GROUP BY provision""",
                law,
            )
        )
        found = [(provision, cited.get(provision.key, 0)) for provision in (Provision(**dict(row)) for row in rows)]
        return sorted(found, key=lambda one: (-one[1], one[0].name))

    def provision(self, key: str) -> Provision | None:
        """Return one provision."""
        row = next(iter(self.rows(f"{_PROVISION} WHERE provision.key = ?", key)), None)
        return Provision(**dict(row)) if row else None


def _listed(values: Iterable[object]) -> str:
    """Return values as the one parameter that ``json_each`` takes apart."""
    return json.dumps(list(values), ensure_ascii=False)


def _thing(row: sqlite3.Row) -> Thing:
    said = dict(row)
    return Thing(
        **said
        | {
            "kind": EndKind(said["kind"]),
            "is_agency": bool(said["is_agency"]),
            "hub": bool(said["hub"]),
            "also": tuple(json.loads(said["also"])),
        }
    )


def _statement(row: sqlite3.Row) -> Statement:
    return Statement(
        id=row["id"],
        source=row["source"],
        target=row["target"],
        kind=Kind(row["kind"]),
        carries=Carries(row["carries"]),
        certainty=Certainty(row["certainty"]),
        contested=bool(row["contested"]),
        derived=bool(row["derived"]),
        source_text=row["source_text"],
        target_text=row["target_text"],
        via=row["via"],
        medium=row["medium"],
        data=row["data"],
        frequency=row["frequency"],
        bases=tuple(json.loads(row["bases"])),
        place=Place(doc=row["doc"], item=row["item"], line=row["line"], start=row["start"], quote=row["quote"]),
    )


@contextmanager
def open_atlas(file: Path, *, seconds: float = _SECONDS) -> Iterator[Atlas]:
    """Open the index in ``file`` for reading; a query that takes longer than ``seconds`` raises OperationalError."""
    end = time.monotonic() + seconds
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=seconds)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        yield Atlas(connection)


def placeholders(values: Sequence[object]) -> str:
    """Return as many question marks as there are values, parted by commas.

    >>> placeholders("abc")
    '?, ?, ?'
    """
    return ", ".join("?" * len(values))
