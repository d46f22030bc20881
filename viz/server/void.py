"""What the data consist of, in the Vocabulary of Interlinked Datasets: how many of which class and property.

Counted by queries under the limits of every query; a count that does not end in its time is left out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology import ONTOLOGY
from viz.server.describing import about, in_both, name, number
from viz.server.pool import QueryPool
from viz.server.refusals import Refused
from viz.server.shelf import View

_COUNTS: Mapping[str, str] = {
    "classes": "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class",
    "properties": "SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o } GROUP BY ?property ORDER BY ?property",
    "both": (
        "SELECT ?class ?property (COUNT(*) AS ?n) WHERE { ?s a ?class ; ?property ?o } "
        "GROUP BY ?class ?property ORDER BY ?class ?property"
    ),
}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """The counts of a view, by class, by property, and by both; None where counting took too long."""

    view: View
    classes: Sequence[Row] | None
    properties: Sequence[Row] | None
    both: Sequence[Row] | None


class CensusTaker:
    """Counts once what a view holds, however many ask."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._last: Census | None = None

    async def take(self, pool: QueryPool) -> Census:
        """Return the counts of the current view."""
        async with self._lock:
            view = pool.shelf.current
            if self._last is None or self._last.view.number != view.number:
                self._last = Census(view=view, **{one: await _count(pool, query) for one, query in _COUNTS.items()})
            return self._last


async def _count(pool: QueryPool, query: str) -> list[Row] | None:
    try:
        result = await pool.run(query, accept="json")
    except Refused:
        return None
    rows = msgspec.json.decode(result.body)["results"]["bindings"]
    return [{column: cell["value"] for column, cell in row.items()} for row in rows]


def describe_data(address: str, endpoint: str, census: Census) -> Iterator[Triple]:
    """Yield the description of the data, which is itself found at ``address``."""
    facts, description, dataset = census.view.facts, NamedNode(address), NamedNode(f"{address}#dataset")
    yield from about(description, ("a", name("void:DatasetDescription")), ("foaf:primaryTopic", dataset))
    yield from about(
        dataset,
        ("a", name("void:Dataset")),
        ("void:sparqlEndpoint", NamedNode(endpoint)),
        ("void:uriSpace", facts.base),
        ("void:vocabulary", NamedNode(ONTOLOGY.rstrip("#"))),
        ("void:documents", number(facts.documents)),
        ("dcterms:modified", Literal(census.view.taken.isoformat(), datatype=name("xsd:dateTime"))),
        *in_both("特定個人情報保護評価書の記載", "Statements of privacy impact assessments", "dcterms:title"),
    )
    if not facts.merged:
        told = "複数の文書にある記載は、その数だけ数える。", "What several documents state is counted as often."
        yield from about(dataset, *in_both(*told, "rdfs:comment"))
    yield from _totals(dataset, census)
    yield from _partitions(dataset, census)


def _totals(dataset: NamedNode, census: Census) -> Iterator[Triple]:
    if census.properties is not None:
        triples = sum(int(row["n"]) for row in census.properties)
        yield from about(
            dataset, ("void:triples", number(triples)), ("void:properties", number(len(census.properties)))
        )
    if census.classes is not None:
        yield from about(dataset, ("void:classes", number(len(census.classes))))


def _partitions(dataset: NamedNode, census: Census) -> Iterator[Triple]:
    parts: dict[str, BlankNode] = {}
    for row in census.classes or ():
        part = parts[row["class"]] = BlankNode(f"class{len(parts)}")
        yield from about(dataset, ("void:classPartition", part))
        yield from about(part, ("void:class", NamedNode(row["class"])), ("void:entities", number(int(row["n"]))))
    for at, row in enumerate(census.properties or ()):
        yield from _property(dataset, BlankNode(f"property{at}"), row)
    for at, row in enumerate(census.both or ()):
        if row["class"] in parts:
            yield from _property(parts[row["class"]], BlankNode(f"both{at}"), row)


def _property(whole: NamedNode | BlankNode, part: BlankNode, row: Row) -> Iterator[Triple]:
    yield from about(whole, ("void:propertyPartition", part))
    yield from about(part, ("void:property", NamedNode(row["property"])), ("void:triples", number(int(row["n"]))))
