"""The network of a library: what its documents say of movements, asked in a few SPARQL queries.

The nodes are those of the graph, so that names which the mapping holds for one thing are one here too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extract.facts import EndKind
from graph.iri import mint
from graph.trace import sparql
from graph.trace.edges import Aside, Edge, Kind, Movement, Network, Node
from graph.trace.library import Document, Library, Row, aside_of, code_of
from graph.trace.names import name_key
from graph.trace.statements import Holder, connection_of, movement_of, parts_of, provision_of, through_of
from ontology import ONTOLOGY

DENIED = "否定された流れの端としてのみある / only as an end of a movement that the text denies"

_KINDS = {
    "InformationSystem": EndKind.SYSTEM,
    "Organization": EndKind.BODY,
    "Department": EndKind.DEPARTMENT,
    "PersonGroup": EndKind.PERSON,
    "PersonalInformationFile": EndKind.FILE,
    "Place": EndKind.PLACE,
    "Participant": EndKind.UNKNOWN,
}
# National systems through which an agency's own data pass; the others are networks, which join everybody.
_PASSING = frozenset({"ElectronicApplicationSystem", "CloudPlatform", "IntermediateServer"})
# Media of the form that are systems, with their classes, and what the form says to go over them.
_MEDIA_SYSTEMS = {
    "情報提供ネットワークシステム": frozenset({"NationalSystem", "InformationNetwork", "InformationSystem"}),
    "庁内連携システム": frozenset({"InHouseLinkageSystem", "InformationSystem"}),
}
# The last box of the grid, where no name stands in its bracket: no system that two others could have in common.
_NO_SYSTEM = frozenset({"その他", "その他のシステム"})
_OVER_MEDIA = frozenset({Kind.ACQUISITION, Kind.PROVISION, Kind.TRANSFER})

Pair = tuple[str, str, str]
"""A document's graph, and the keys of two ends."""


def load_network(library: Library) -> Network:
    """Return all ends and statements of the documents of ``library``."""
    return _Loader(library).network()


@dataclass
class _Known:
    """What the documents say of one node."""

    labels: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    owner: str = ""

    @property
    def label(self) -> str:
        """The label that most documents give it."""
        return min(self.labels, key=lambda label: (-self.labels[label], label), default="")


class _Loader:
    """Asks for nodes and statements and puts them together."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, _Known] = defaultdict(_Known)
        self._by_name: dict[tuple[str, str], set[str]] = defaultdict(set)

    def network(self) -> Network:
        """Return the network; statements in the order of documents and lines."""
        self._read_nodes()
        denied = list(self._library.ask(sparql.DENIED))
        edges = list(self._edges({(row["g"], row["source"], row["target"]) for row in denied}))
        edges.sort(key=lambda edge: (edge.document, edge.says.line, edge.says.quote, edge.source, edge.target))
        self._read_aliases()
        return Network(
            nodes={key: self._node(key) for key, known in sorted(self._known.items()) if known.classes & set(_KINDS)},
            edges=tuple(edges),
            documents=len(self._library.documents),
            denied=tuple(map(self._denial, denied)),
        )

    # Ends.

    def _read_nodes(self) -> None:
        for row in self._library.ask(sparql.NODES):
            known = self._known[row["node"]]
            known.classes.add(row["class"].removeprefix(ONTOLOGY))
            known.labels[row["label"]] += 1
            known.owner = row.get("owner", known.owner)
            self._name(row["g"], row["node"], row["label"])
        for document in self._library.documents.values():
            if document.office and document.agency in self._known:
                self._name(document.graph, document.agency, document.office)

    def _read_aliases(self) -> None:
        """Give each node the names that its document defines for it; the names of statements are known by now."""
        for row in self._library.ask(sparql.ALIASES):
            graph, short, full = row["g"], row["short"], row.get("full", "")
            named = {key for name in (short, full) for key in self._by_name.get((graph, name_key(name)), ())}
            keys = {row["node"]} if "node" in row else named
            if len(keys) == 1:
                self._known[next(iter(keys))].names.update(filter(None, (short, full)))

    def _name(self, graph: str, key: str, name: str) -> None:
        self._known[key].names.add(name)
        self._by_name[graph, name_key(name)].add(key)

    def _node(self, key: str) -> Node:
        known = self._known[key]
        name = known.label or key
        is_agency = "Agency" in known.classes
        owner = key if is_agency else known.owner
        return Node(
            key=key,
            name=name,
            kind=next((kind for cls, kind in _KINDS.items() if cls in known.classes), EndKind.UNKNOWN),
            owner=owner,
            owner_name=self._known[owner].label if owner in self._known else "",
            is_agency=is_agency,
            hub="NationalSystem" in known.classes and not known.classes & _PASSING,
            also=tuple(sorted(known.names - {name})),
        )

    # Statements.

    def _edges(self, denied: set[Pair]) -> Iterator[Edge]:
        bases, holders = self._bases(), self._holders()
        for row in self._library.ask(sparql.FLOWS):
            says = movement_of(row, bases.get(row["flow"], ()))
            edge = self._edge(row["g"], (row["source"], row["target"]), says, denied)
            yield edge
            holder = holders.get((row["g"], row.get("file", "")))
            if holder:
                yield from parts_of(holder, edge)
        for row in self._library.ask(sparql.CONNECTIONS):
            if code_of(row["state"]) != "no" and name_key(row["targetText"]) not in _NO_SYSTEM:
                yield self._edge(row["g"], (row["source"], row["target"]), connection_of(row), denied)
        for row in self._library.ask(sparql.MEDIA):
            yield from self._over_medium(row, holders)

    def _edge(self, graph: str, ends: tuple[str, str], says: Movement, denied: set[Pair]) -> Edge:
        source, target = ends
        self._name(graph, source, says.source)
        self._name(graph, target, says.target)
        document = self._library.documents[graph]
        return Edge(
            source=source,
            target=target,
            says=says,
            graph=graph,
            document=document.name,
            agency=document.agency,
            contested=(graph, source, target) in denied,
        )

    def _over_medium(self, row: Row, holders: Mapping[tuple[str, str], Holder]) -> Iterator[Edge]:
        """Yield what comes or goes through a medium that is a system, as a ticked box of Ⅱ-3② or Ⅱ-5⑥ says."""
        document, kind = self._library.documents[row["g"]], Kind(code_of(row["kind"]))
        system = self._system(document, row["medium"])
        if system and kind in _OVER_MEDIA:
            near, far = (system, row["medium"]), holders.get((row["g"], row["file"]), (document.agency, document.body))
            source, target = (near, far) if kind is Kind.ACQUISITION else (far, near)
            says = through_of(row, kind, source[1], target[1])
            yield self._edge(document.graph, (source[0], target[0]), says, set())

    def _system(self, document: Document, medium: str) -> str | None:
        """Return the key of the system that a medium is, None for paper, mail and the like."""
        key = name_key(medium)
        classes = _MEDIA_SYSTEMS.get(key)
        if classes is None:
            return None
        named = self._by_name.get((document.graph, key), set())
        if len(named) == 1:
            return next(iter(named))
        shared = "NationalSystem" in classes
        known_key = mint(self._library.base if shared else f"{document.agency}/", "system", key)
        known = self._known[known_key]
        known.labels[medium] += 1
        known.owner = "" if shared else document.agency
        known.classes |= classes
        return known_key

    def _bases(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._library.ask(sparql.BASES):
            found[row["flow"]].add(provision_of(row))
        return {flow: tuple(sorted(cited)) for flow, cited in found.items()}

    def _holders(self) -> dict[tuple[str, str], Holder]:
        """Return which department is in charge of which file; under no file, of all files of a document."""
        held = {(row["g"], row["file"]): (row["holder"], row["holderText"]) for row in self._library.ask(sparql.HELD)}
        of_graph: dict[str, set[Holder]] = defaultdict(set)
        for (graph, _), holder in held.items():
            of_graph[graph].add(holder)
        for graph, all_holders in of_graph.items():
            if len({key for key, _ in all_holders}) == 1:
                held[graph, ""] = min(all_holders)
        return held

    def _denial(self, row: Row) -> Aside:
        name = self._library.documents[row["g"]].name
        return aside_of(row, name, (row["sourceText"], row["targetText"]), DENIED)
