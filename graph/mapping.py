"""Facts become triples: the only place where the facts of a document meet the terms of the ontology.

The table is ``graph.rows``; this module applies it, describes each thing that is named once, and draws the
direct edges that path queries walk. The same facts always give the same triples in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, reduce
from itertools import count

from pyoxigraph import Literal, NamedNode, Triple

from extract.facts import (
    Citation,
    Connection,
    EndKind,
    Entrustment,
    Evidence,
    Fact,
    Facts,
    Flow,
    FlowKind,
    Handover,
    Mark,
    System,
)
from extract.laws import LawKind, kind_of_title, resolve_law
from extract.source import Source
from graph.ends import End, Ends
from graph.iri import document_iri, mint
from graph.mapped import Mapped, literal, term
from graph.rows import SHAPES, Shape
from graph.terms import Term, class_of_kind, flag, integer
from graph.trace.cite import cite
from ontology import DATA, NAMESPACES

__all__ = ["Mapped", "map_document", "name_apart", "term"]

_TYPE = NamedNode(NAMESPACES["rdf"] + "type")
_LABEL = NamedNode(NAMESPACES["rdfs"] + "label")
_PROVISION_PARTS = (
    ("article", "article"),
    ("paragraph", "paragraph"),
    ("item", "lawItem"),
    ("subitem", "subitem"),
    ("table", "lawTable"),
    ("table_item", "tableItem"),
)


@cache
def _from(prefix: str, name: str) -> NamedNode:
    return NamedNode(NAMESPACES[prefix] + name)


def map_document(facts: Facts, source: Source, *, version: str, base: str = DATA, distinct: bool = False) -> Mapped:
    """Return the triples of the document whose ``facts`` were read from ``source``.

    ``version`` is the program's. ``distinct`` adds the file's hash to the IRI of the graph, for a document
    whose agency, number and date another one also bears.
    """
    evaluation = facts.evaluation
    key = document_iri(
        base,
        agency=evaluation.agency,
        number=evaluation.number,
        published=evaluation.published,
        sha=source.sha256,
    )
    graph = name_apart(key, source.sha256) if distinct else key
    document = _Document(facts, source, graph=graph, version=version, base=base)
    return Mapped(
        graph=NamedNode(graph),
        key=key,
        name=source.name,
        sha256=source.sha256,
        version=version,
        triples=tuple(document.triples()),
    )


def name_apart(key: str, sha256: str) -> str:
    """Return the name of the graph of a document whose ``key`` another document also bears.

    >>> name_apart("https://example.org/id/document/架空市/7/2025-04-01", "00ff" * 16)
    'https://example.org/id/document/架空市/7/2025-04-01/00ff00ff00ff00ff'
    """
    return f"{key}/{sha256[:16]}"


class _Document:
    """The triples of one document in the making."""

    def __init__(self, facts: Facts, source: Source, *, graph: str, version: str, base: str) -> None:
        self.ends = Ends(facts, base=base, sha=source.sha256)
        self._facts = facts
        self._source = source
        self._graph = graph
        self._base = base
        self._version = version
        self._source_node = NamedNode(mint(base, "source", source.sha256))
        self._written: list[Triple] = []
        self._described: dict[str, set[str]] = {}
        self._records: dict[tuple[FlowKind, str, int], NamedNode] = {}

    def triples(self) -> Iterator[Triple]:
        """Return everything that the document states, each triple once."""
        self._describe_graph()
        self.node(self.ends.agency)
        counts = {shape.segment: count(1) for shape in SHAPES.values()}
        for order, fact in enumerate(self._facts.each(), start=1):
            shape = SHAPES[type(fact)]
            node = NamedNode(f"{self._graph}/{shape.segment}/{next(counts[shape.segment])}")
            self._state(fact, shape, node, order)
        return iter(dict.fromkeys(self._written))

    def _put(self, subject: NamedNode, name: str, value: Term) -> None:
        self._written.append(Triple(subject, term(name), value))

    def _describe_graph(self) -> None:
        graph, source = NamedNode(self._graph), self._source_node
        program = NamedNode(mint(self._base, "program", self._version))
        for node, cls in ((graph, "DocumentGraph"), (source, "SourceDocument"), (program, "Program")):
            self._written.append(Triple(node, _TYPE, term(cls)))
        self._written.append(Triple(graph, _from("prov", "wasDerivedFrom"), source))
        self._written.append(Triple(graph, _from("prov", "wasAttributedTo"), program))
        self._put(graph, "sourceName", literal(self._source.name))
        self._put(graph, "agencyName", literal(self._facts.evaluation.agency or ""))
        self._put(graph, "evaluation", NamedNode(f"{self._graph}/evaluation/1"))
        self._put(source, "sourceName", literal(self._source.name))
        self._put(source, "sha256", Literal(self._source.sha256))
        self._put(program, "version", Literal(self._version))

    def _state(self, fact: Fact, shape: Shape, node: NamedNode, order: int) -> None:
        for name in self._classes(fact, shape):
            self._written.append(Triple(node, _TYPE, term(name)))
        for value in integer(self, order):
            self._put(node, "order", value)
        for row in shape.rows:
            found = _at(fact, row.path)
            if found is not None:
                for encoded in row.encode(self, found):
                    self._put(node, row.term, encoded)
        for place, evidence in enumerate(map(self.evidence, fact.evidence)):
            self._put(node, "evidence", evidence)
            if place == 0:
                self._put(node, "mainEvidence", evidence)
        self._derive(fact, node)

    def _classes(self, fact: Fact, shape: Shape) -> Iterator[str]:
        yield shape.cls
        if shape.by and (narrow := shape.classes.get(getattr(fact, shape.by))):
            yield narrow
        if isinstance(fact, Flow) and all(self.ends.find(name).is_system for name in (fact.source, fact.target)):
            yield "SystemFlow"

    def _derive(self, fact: Fact, node: NamedNode) -> None:
        match fact:
            case System():
                self._classify(fact)
            case Connection() if fact.mark.state is Mark.YES:
                self._connect(fact)
            case Flow():
                self._join(self.ends.find(fact.source), "flowsTo", self.ends.find(fact.target))
                self._refer(fact, node)
            case Entrustment():
                self._records[FlowKind.ENTRUSTMENT, fact.file, fact.number] = node
            case Handover() if fact.row is None:
                self._records[fact.kind, fact.file, fact.number] = node

    def _classify(self, system: System) -> None:
        if cls := class_of_kind(system.kind):
            end = self.ends.own(system.name, EndKind.SYSTEM)
            self._written.append(Triple(self.node(end), _TYPE, term(cls)))

    def _connect(self, box: Connection) -> None:
        system = self.ends.own(box.system, EndKind.SYSTEM)
        self._join(system, "connectedTo", self.ends.find(box.target, EndKind.SYSTEM))

    def _join(self, source: End, name: str, target: End) -> None:
        if source.iri != target.iri:
            self._put(self.node(source), name, self.node(target))

    def _refer(self, flow: Flow, node: NamedNode) -> None:
        kind = FlowKind.ENTRUSTMENT if flow.kind is FlowKind.RE_ENTRUSTMENT else flow.kind
        if flow.file is not None and flow.number is not None and (kind, flow.file, flow.number) in self._records:
            self._put(node, "ofRecord", self._records[kind, flow.file, flow.number])

    # What rows' terms need: each thing named is described once.

    def node(self, end: End) -> NamedNode:
        """Return the node of ``end``; describe it when it is met first."""
        node = NamedNode(end.iri)
        if end.iri not in self._described:
            self._described[end.iri] = set()
            self._written.append(Triple(node, _LABEL, literal(end.label)))
            if end.owner:
                self._put(node, "belongsTo", NamedNode(end.owner))
        for cls in end.classes:
            if cls not in self._described[end.iri]:
                self._described[end.iri].add(cls)
                self._written.append(Triple(node, _TYPE, term(cls)))
        return node

    def provision(self, citation: Citation) -> NamedNode:
        """Return the node of the provision that ``citation`` means."""
        law = self._law(citation.law)
        said = [(field, name, getattr(citation, field)) for field, name in _PROVISION_PARTS]
        path = [part for field, _, value in said if value for part in (field.replace("_", "-"), value)]
        node = NamedNode(f"{law.value}/{mint('', *path)}" if path else f"{law.value}/whole")
        if node.value not in self._described:
            self._described[node.value] = set()
            self._written.append(Triple(node, _TYPE, term("LegalProvision")))
            self._written.append(Triple(node, _LABEL, literal(cite(citation))))
            self._put(node, "law", law)
            for _, name, value in said:
                if value:
                    self._put(node, name, literal(value))
        return node

    def _law(self, name: str) -> NamedNode:
        known = resolve_law(name)
        is_local = known is None and kind_of_title(name) in (LawKind.ORDINANCE, LawKind.NOTICE)
        title = known.name if known else name
        node = NamedNode(
            f"{self.ends.agency.iri}/" + mint("", "law", title) if is_local else mint(self._base, "law", title)
        )
        if node.value not in self._described:
            self._described[node.value] = set()
            self._written.append(Triple(node, _TYPE, term("Law")))
            self._written.append(Triple(node, _LABEL, literal(name)))
            for prop, value in (("lawNumber", known.number), ("egovId", known.egov_id)) if known else ():
                if value:
                    self._put(node, prop, literal(value))
        return node

    def evidence(self, evidence: Evidence) -> NamedNode:
        """Return the node of ``evidence``: W3C selectors of its words and of their place."""
        place = mint("", "evidence", f"{evidence.start}-{evidence.end}", evidence.item)
        node = NamedNode(f"{self._graph}/{place}")
        if node.value not in self._described:
            self._described[node.value] = set()
            self._written.extend(self._selectors(node, evidence))
        return node

    def _selectors(self, node: NamedNode, evidence: Evidence) -> Iterable[Triple]:
        quote, position = (NamedNode(f"{node.value}/{part}") for part in ("quote", "position"))
        yield Triple(node, _TYPE, term("Evidence"))
        yield Triple(node, _from("oa", "hasSource"), self._source_node)
        yield Triple(node, term("item"), literal(evidence.item))
        for value in integer(self, evidence.line):
            yield Triple(node, term("line"), value)
        yield from self._original(node, evidence)
        yield Triple(node, _from("oa", "hasSelector"), quote)
        yield Triple(quote, _TYPE, _from("oa", "TextQuoteSelector"))
        yield Triple(quote, _from("oa", "exact"), literal(evidence.quote))
        yield Triple(node, _from("oa", "hasSelector"), position)
        yield Triple(position, _TYPE, _from("oa", "TextPositionSelector"))
        for name, offset in (("start", evidence.start), ("end", evidence.end)):
            for value in integer(self, offset):
                yield Triple(position, _from("oa", name), value)

    def _original(self, node: NamedNode, evidence: Evidence) -> Iterable[Triple]:
        """Tell where the words stand in a file that is no text."""
        if evidence.page is not None:
            for value in integer(self, evidence.page):
                yield Triple(node, term("page"), value)
        if evidence.box is not None:
            yield Triple(node, term("box"), literal(" ".join(f"{side:g}" for side in evidence.box)))
        if evidence.cell is not None:
            yield Triple(node, term("cell"), literal(evidence.cell))
        if evidence.recognised:
            for value in flag(self, evidence.recognised):
                yield Triple(node, term("recognised"), value)


def _at(fact: Fact, path: str) -> object:
    """Return the value at the dotted ``path``; None as soon as a part of it is None."""
    return reduce(lambda value, name: None if value is None else getattr(value, name), path.split("."), fact)
