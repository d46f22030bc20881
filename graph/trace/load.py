"""The network of a store: what its documents say of movements, asked in a few SPARQL queries.

The nodes are those of the graph, so that names which the mapping holds for one thing are one here too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, QuerySolutions

from extract.errors import UnknownName
from extract.facts import Carries, Certainty, Citation, EndKind
from graph.trace import sparql
from graph.trace.cite import cite
from graph.trace.edges import Aside, Edge, Kind, Movement, Network, Node
from graph.trace.names import name_key
from ontology import CONCEPT, ONTOLOGY

Row = Mapping[str, str]
"""A solution: the values of its bound variables, IRIs and literals alike as text."""
Select = Callable[[str], Iterable[Row]]
"""Runs a SPARQL SELECT query and yields its solutions."""

DENIED = "否定された流れの端としてのみある / only as an end of a movement that the text denies"
PAST = "変更前の記載にのみある / only in what a change replaced"

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
_HANDED_ON = frozenset({Kind.ENTRUSTMENT, Kind.PROVISION, Kind.TRANSFER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of the store: its named graph, its file's name, and its agency (IRI, name and office)."""

    graph: str
    name: str
    agency: str
    body: str
    office: str


def rows_of(solutions: QuerySolutions) -> Iterator[Row]:
    """Yield the solutions of an Oxigraph query as plain text."""
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: term.value for name in names if isinstance(term := solution[name], NamedNode | Literal)}


def find_documents(select: Select, *, document: str | None = None, agency: str | None = None) -> list[Document]:
    """Return the documents of the store, or those of that file name or agency; UnknownName if there are none."""
    known = sorted(_documents(select), key=lambda one: (one.name, one.graph))
    if document is not None:
        _expect(document, {one.name for one in known}, "--document")
        known = [one for one in known if one.name == document]
    if agency is not None:
        kept = [one for one in known if _is_agency(one, agency)]
        _expect(agency, {agency} if kept else {one.body for one in known}, "--agency")
        known = kept
    return known


def _documents(select: Select) -> Iterator[Document]:
    for row in _ask(select, sparql.DOCUMENTS):
        agency, body = row.get("agency") or row["g"], row.get("label", "")
        yield Document(graph=row["g"], name=row["name"], agency=agency, body=body, office=row.get("office", ""))


def _is_agency(document: Document, name: str) -> bool:
    return name_key(name) in {name_key(document.body), name_key(document.office)}


def _expect(name: str, known: Iterable[str], where: str) -> None:
    names = sorted(set(known))
    if name not in names:
        near = get_close_matches(name, names, n=3, cutoff=0.4)
        todo = f"did you mean {', '.join(near)}?" if near else "mynaflow ask evaluations lists them"
        raise UnknownName(f"no document for {name!r}", where=where, todo=todo)


def load_network(select: Select, documents: Sequence[Document]) -> Network:
    """Return all ends and statements of ``documents``."""
    return _Loader(select, documents).network()


def find_past(select: Select, documents: Sequence[Document], name: str) -> tuple[Aside, ...]:
    """Return the changes of ``documents`` that name ``name`` in what they replaced."""
    names = {one.graph: one.name for one in documents}
    rows = _ask(select, sparql.PAST, documents, str(Literal(name)))
    found = [_aside(row, names[row["g"]], (name,), PAST) for row in rows]
    return tuple(sorted(found, key=lambda aside: (aside.document, aside.line)))


def _ask(select: Select, query: str, documents: Sequence[Document] = (), *terms: str) -> Iterable[Row]:
    if documents:
        graphs = " ".join(f"<{one.graph}>" for one in documents)
        query = query % (f"VALUES ?g {{ {graphs} }}", *terms)
    return select(sparql.PREFIXES + query)


def _aside(row: Row, document: str, names: tuple[str, ...], why: str) -> Aside:
    return Aside(names=names, why=why, document=document, line=int(row["line"]), quote=row["quote"])


def _code(concept: str) -> str:
    """Return the value that a concept stands for: ``number`` for ``…/concept/carries-number``."""
    return concept.removeprefix(CONCEPT).partition("-")[2]


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
    """Asks for nodes and statements of some documents and puts them together."""

    def __init__(self, select: Select, documents: Sequence[Document]) -> None:
        self._select = select
        self._documents = {one.graph: one for one in documents}
        self._known: dict[str, _Known] = defaultdict(_Known)
        self._by_name: dict[tuple[str, str], set[str]] = defaultdict(set)

    def network(self) -> Network:
        if not self._documents:
            return Network(nodes={}, edges=())
        self._read_nodes()
        denied = list(self._ask(sparql.DENIED))
        edges = list(self._edges({(row["g"], row["source"], row["target"]) for row in denied}))
        self._read_aliases()
        nodes = {key: self._node(key) for key, known in sorted(self._known.items()) if known.classes & set(_KINDS)}
        asides = [
            _aside(row, self._documents[row["g"]].name, (row["sourceText"], row["targetText"]), DENIED)
            for row in denied
        ]
        edges.sort(key=lambda edge: (edge.document, edge.says.line, edge.says.quote, edge.source, edge.target))
        return Network(nodes=nodes, edges=tuple(edges), documents=len(self._documents), denied=tuple(asides))

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
            owner_name=self._known[owner].label if owner else "",
            is_agency=is_agency,
            hub="NationalSystem" in known.classes and not known.classes & _PASSING,
            also=tuple(sorted(known.names - {name})),
        )

    def _ask(self, query: str) -> Iterable[Row]:
        return _ask(self._select, query, list(self._documents.values()))

    def _name(self, graph: str, key: str, name: str) -> None:
        self._known[key].names.add(name)
        self._by_name[graph, name_key(name)].add(key)

    def _read_nodes(self) -> None:
        for row in self._ask(sparql.NODES):
            known = self._known[row["node"]]
            known.classes.add(row["class"].removeprefix(ONTOLOGY))
            known.labels[row["label"]] += 1
            known.owner = row.get("owner", known.owner)
            self._name(row["g"], row["node"], row["label"])
        for document in self._documents.values():
            if document.office and document.agency in self._known:
                self._name(document.graph, document.agency, document.office)

    def _read_aliases(self) -> None:
        """Give each node the names that its document defines for it; definitions come last, names are known."""
        for row in self._ask(sparql.ALIASES):
            graph, short, full = row["g"], row["short"], row.get("full", "")
            named = self._by_name.get((graph, name_key(full)), set()) | self._by_name.get(
                (graph, name_key(short)), set()
            )
            keys = {row["node"]} if row.get("node") else named
            if len(keys) == 1:
                self._known[next(iter(keys))].names.update(filter(None, (short, full)))

    def _edges(self, denied: set[tuple[str, str, str]]) -> Iterator[Edge]:
        bases = self._bases()
        held = {(row["g"], row["file"]): (row["holder"], row["holderText"]) for row in self._ask(sparql.HELD)}
        for row in self._ask(sparql.FLOWS):
            edge = self._edge(row, _movement(row, bases.get(row["flow"], ())), denied)
            yield edge
            holder = held.get((row["g"], row.get("file", "")))
            if holder and edge.says.kind in _HANDED_ON and edge.source == edge.agency:
                yield _from_holder(edge, *holder)
        for row in self._ask(sparql.CONNECTIONS):
            if _code(row["state"]) != "no":
                yield self._edge(row, _connection(row), denied)

    def _edge(self, row: Row, says: Movement, denied: set[tuple[str, str, str]]) -> Edge:
        graph, source, target = row["g"], row["source"], row["target"]
        self._name(graph, source, says.source)
        self._name(graph, target, says.target)
        document = self._documents[graph]
        return Edge(
            source=source,
            target=target,
            says=says,
            graph=graph,
            document=document.name,
            agency=document.agency,
            contested=(graph, source, target) in denied,
        )

    def _denial(self, row: Row) -> Aside:
        return _aside(row, self._documents[row["g"]].name, (row["sourceText"], row["targetText"]), DENIED)

    def _bases(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._ask(sparql.BASES):
            citation = Citation(
                law=row["law"],
                article=row.get("article", ""),
                paragraph=row.get("paragraph", ""),
                item=row.get("lawItem", ""),
                subitem=row.get("subitem", ""),
                table=row.get("table", ""),
                table_item=row.get("row", ""),
            )
            found[row["flow"]].add(cite(citation))
        return {flow: tuple(sorted(cited)) for flow, cited in found.items()}


def _movement(row: Row, legal_bases: tuple[str, ...]) -> Movement:
    return Movement(
        source=row["sourceText"],
        target=row["targetText"],
        kind=Kind(_code(row["kind"])),
        carries=Carries(_code(row["carries"])),
        certainty=Certainty(_code(row["certainty"])),
        via=row.get("via"),
        medium=row.get("medium"),
        data=row.get("data"),
        item=row["item"],
        line=int(row["line"]),
        quote=row["quote"],
        legal_bases=legal_bases,
    )


def _connection(row: Row) -> Movement:
    return Movement(
        source=row["sourceText"],
        target=row["targetText"],
        kind=Kind.CONNECTION,
        certainty=Certainty.STATED if _code(row["state"]) == "yes" else Certainty.UNCLEAR,
        item=row["item"],
        line=int(row["line"]),
        quote=row["quote"],
    )


def _from_holder(edge: Edge, holder: str, printed: str) -> Edge:
    """Return the part of the department that holds the file in what the agency hands on.

    Ⅱ-2⑥ says who holds it and Ⅱ-4 or Ⅱ-5 who gets it: implied, for no item says both.
    """
    certainty = Certainty.IMPLIED if edge.says.certainty is Certainty.STATED else edge.says.certainty
    says = replace(edge.says, source=printed, certainty=certainty, derived=True)
    return replace(edge, source=holder, says=says)
