"""Traces over the index: the same search and the same answer as ``mynaflow trace``, with the filters of a view.

Which documents are read is decided as for the command: those that name what is asked for first, then, as long
as a path may go on there, those that speak of what was reached.
"""

# ruff: noqa: S608 -- queries are put together from constants of ours; values are always bound

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from extract.facts import EndKind
from graph.registry import find_national
from graph.trace.edges import Aside, Edge, Movement, Network, Node
from graph.trace.find import Found, find_nodes
from graph.trace.load import DENIED
from graph.trace.names import name_key
from graph.trace.question import Direction, Limit, LimitKind, Question
from graph.trace.search import trace
from graph.trace.tell import Told
from viz.explorer.atlas import Atlas, DocumentEntry, Statement
from viz.explorer.grams import plain
from viz.explorer.scope import Scope

DOCUMENTS = 100
"""Documents that one answer reads."""
Past = Callable[[str], tuple[Aside, ...]]
"""Finds the changes that name something in what they replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An end that is asked for: by a name as documents write it, or by its ``key``."""

    name: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A trace that is asked for: its question but for the ends, these, and the filters."""

    question: Question
    source: End | None = None
    target: End | None = None
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """An answer, and the statements of the index behind its edges."""

    told: Told
    statements: dict[Edge, Statement]

    def statement(self, edge: Edge) -> Statement:
        """Return the statement behind an edge of the answer; a connection may be followed against its order."""
        if edge in self.statements:
            return self.statements[edge]
        says = replace(edge.says, source=edge.says.target, target=edge.says.source)
        return self.statements[replace(edge, source=edge.target, target=edge.source, says=says)]


def answer_wish(atlas: Atlas, wish: Wish, past: Past) -> Traced:
    """Answer ``wish`` from the index; raises UnknownName for a name that no document knows."""
    reader = _Reader(atlas, wish)
    docs, left_out = reader.near()
    network = reader.network(docs)
    asked, found = reader.ask(network, past)
    answer = trace(network, asked)
    if left_out:
        beyond = Limit(kind=LimitKind.DOCUMENTS, left_out=left_out)
        answer = replace(answer, limits=(*answer.limits, beyond))
    told = Told(network=network, question=asked, answer=answer, found=tuple(found))
    return Traced(told=told, statements=reader.statements)


class _Reader:
    """Reads the documents that a wish concerns."""

    def __init__(self, atlas: Atlas, wish: Wish) -> None:
        self._atlas = atlas
        self._wish = wish
        self._documents = atlas.documents_by_number(row["doc"] for row in atlas.rows(*self._published()))
        self.statements: dict[Edge, Statement] = {}

    def _published(self) -> tuple[str, str]:
        """Return the query of the documents that the filter of agencies lets through."""
        return (
            "SELECT doc FROM document WHERE ?1 = '[]' OR agency IN (SELECT value FROM json_each(?1))",
            json.dumps(self._wish.scope.agency, ensure_ascii=False),
        )

    @property
    def _ends(self) -> list[End]:
        return [end for end in (self._wish.source, self._wish.target) if end]

    def near(self) -> tuple[list[int], int]:
        """Return the documents to read, and how many that matter are left out."""
        if len(self._documents) <= DOCUMENTS:
            return sorted(self._documents), 0
        wanted = self._mentioning(self._keys())
        while True:
            docs = wanted[:DOCUMENTS]
            network = self.network(docs)
            reached = self._reached(network)
            more = sorted(set(self._mentioning(reached)) - set(wanted)) if docs else []
            if not more or len(wanted) >= DOCUMENTS:
                return docs, len(wanted) + len(more) - len(docs)
            wanted += more

    def _keys(self) -> list[str]:
        """Return every end that the names asked for may mean."""
        spelt = {plain(name) for end in self._ends if not end.key for name in _spellings(end.name)}
        rows = self._atlas.rows(
            "SELECT DISTINCT key FROM name_word WHERE plain IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(spelt), ensure_ascii=False),
        )
        return [end.key for end in self._ends if end.key] + [row["key"] for row in rows]

    def _mentioning(self, keys: Iterable[str]) -> list[int]:
        """Return the documents in which one of ``keys`` is an end."""
        rows = self._atlas.rows(
            """SELECT DISTINCT doc FROM edge WHERE source IN (SELECT value FROM json_each(?1))
            OR target IN (SELECT value FROM json_each(?1)) ORDER BY doc""",
            json.dumps(sorted(keys), ensure_ascii=False),
        )
        return [row["doc"] for row in rows if row["doc"] in self._documents]

    def _reached(self, network: Network) -> list[str]:
        """Return what an answer over ``network`` comes to and another document may go on from."""
        asked, _ = self.ask(network, lambda _: (), strict=False)
        starts = asked.targets if asked.direction is Direction.UPSTREAM else asked.sources
        keys = starts | {one.node.key for one in trace(network, asked).reached}
        agencies = {one.agency for one in self._documents.values()}
        return [key for key in keys if key in agencies or network.nodes[key].owner]

    def ask(self, network: Network, past: Past, *, strict: bool = True) -> tuple[Question, list[Found]]:
        """Return the question with its ends found in ``network``; unless ``strict`` what is unknown is left out."""
        found: dict[End, Found] = {}
        for end in self._ends:
            if end.key:
                keys = frozenset({end.key} & network.nodes.keys())
                found[end] = Found(name=end.name, keys=keys)
            elif strict or any(name_key(end.name) == name_key(one) for one in _names(network)):
                found[end] = find_nodes(network, end.name, past)
        source, target = (found[end].keys if end in found else frozenset[str]() for end in self._both())
        return replace(self._wish.question, sources=source, targets=target), list(found.values())

    def _both(self) -> tuple[End | None, End | None]:
        return self._wish.source, self._wish.target

    def network(self, docs: Collection[int]) -> Network:
        """Return the ends and movements of these documents, as far as the filters let them through."""
        inside = json.dumps(list(docs))
        condition, values = replace(self._wish.scope, agency=(), connections=True).condition()
        found = self._atlas.statements(f"doc IN (SELECT value FROM json_each(?)) AND {condition}", inside, *values)
        edges = [_edge(one, self._documents[one.place.doc]) for one in found]
        self.statements = dict(zip(edges, found, strict=True))
        return Network(
            nodes=self._nodes(inside),
            edges=tuple(
                sorted(
                    edges, key=lambda edge: (edge.document, edge.says.line, edge.says.quote, edge.source, edge.target)
                )
            ),
            documents=len(docs),
            denied=tuple(self._denied(inside)),
        )

    def _nodes(self, inside: str) -> dict[str, Node]:
        """Return the ends as these documents together speak of them."""
        labels: dict[str, Counter[str]] = defaultdict(Counter)
        said: dict[str, Node] = {}
        for row in self._atlas.rows("SELECT * FROM node WHERE doc IN (SELECT value FROM json_each(?))", inside):
            key = row["key"]
            labels[key][row["name"]] += 1
            node = Node(
                key=key,
                name="",
                kind=EndKind(row["kind"]),
                owner=row["owner"],
                is_agency=bool(row["is_agency"]),
                hub=bool(row["hub"]),
            )
            said[key] = _richer(said.get(key, node), node)
        names: dict[str, set[str]] = defaultdict(set)
        for row in self._atlas.rows(
            "SELECT key, name FROM alias WHERE doc IN (SELECT value FROM json_each(?))", inside
        ):
            names[row["key"]].add(row["name"])
        name_of = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in labels.items()}
        return {
            key: replace(
                node,
                name=name_of[key],
                owner_name=name_of.get(node.owner, ""),
                also=tuple(sorted(names[key] - {name_of[key]})),
            )
            for key, node in sorted(said.items())
        }

    def _denied(self, inside: str) -> Iterable[Aside]:
        for row in self._atlas.rows("SELECT * FROM denied WHERE doc IN (SELECT value FROM json_each(?))", inside):
            name = self._documents[row["doc"]].name
            ends = (row["source"], row["target"])
            yield Aside(names=ends, why=DENIED, document=name, line=row["line"], quote=row["quote"])


def _richer(one: Node, other: Node) -> Node:
    """Return what two documents together say of an end."""
    kind = one.kind if one.kind is not EndKind.UNKNOWN else other.kind
    return replace(
        one,
        kind=kind,
        owner=one.owner or other.owner,
        is_agency=one.is_agency or other.is_agency,
        hub=one.hub or other.hub,
    )


def _spellings(name: str) -> list[str]:
    national = find_national(name_key(name))
    return [name, national.name] if national else [name]


def _names(network: Network) -> Iterable[str]:
    return (name for node in network.nodes.values() for name in (node.name, *node.also))


def _edge(statement: Statement, document: DocumentEntry) -> Edge:
    says = Movement(
        source=statement.source_text,
        target=statement.target_text,
        kind=statement.kind,
        carries=statement.carries,
        certainty=statement.certainty,
        via=statement.via,
        medium=statement.medium,
        data=statement.data,
        item=statement.place.item,
        line=statement.place.line,
        quote=statement.place.quote,
        legal_bases=statement.bases,
        derived=statement.derived,
    )
    return Edge(
        source=statement.source,
        target=statement.target,
        says=says,
        graph=document.graph,
        document=document.name,
        agency=document.agency,
        contested=statement.contested,
    )
