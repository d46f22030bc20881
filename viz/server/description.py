"""The service's description of itself (SPARQL 1.1 Service Description), with its prefixes and example queries.

Every question of the catalogue is an example that can be run as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology import namespaces
from queries.catalog import Question, find_question, question_names
from viz.server.describing import about, in_both, name, number
from viz.server.settings import Settings
from viz.server.shelf import View

_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def describe_service(endpoint: str, settings: Settings, view: View | None) -> Iterator[Triple]:
    """Yield the description of the service at the address ``endpoint``, and of the data in ``view``."""
    service, prefixes = NamedNode(endpoint), NamedNode(f"{endpoint}#prefixes")
    yield from about(
        service,
        ("a", name("sd:Service")),
        ("sd:endpoint", service),
        ("sd:supportedLanguage", name("sd:SPARQL11Query")),
        ("sd:defaultEntailmentRegime", NamedNode("http://www.w3.org/ns/entailment/Simple")),
        ("sh:prefixes", prefixes),
        *(("sd:resultFormat", name(f"formats:{one}")) for one in _FORMATS),
        *in_both("個人番号の流れのSPARQLエンドポイント", "SPARQL endpoint of the flows of individual numbers"),
        *in_both(*_limits(settings), "rdfs:comment"),
    )
    yield from _declare(prefixes, view.facts.base if view else None)
    if view:
        yield from _describe_dataset(service, view)
    for one in question_names():
        yield from _example(service, prefixes, find_question(one))


def _limits(settings: Settings) -> tuple[str, str]:
    rows, seconds, megabytes = settings.rows, settings.seconds, settings.memory >> 20
    return (
        f"読み取り専用。一つの問い合わせは{seconds:g}秒・{megabytes} MBまで、答えは{rows}行まで。",
        f"Read only. A query has {seconds:g} seconds and {megabytes} MB; an answer has at most {rows} rows.",
    )


def _declare(prefixes: NamedNode, base: str | None) -> Iterator[Triple]:
    known = namespaces() | ({"id": base} if base else {})
    yield from about(prefixes, ("a", name("owl:Ontology")))
    for prefix, namespace in known.items():
        node = BlankNode(f"prefix-{prefix}")
        yield from about(prefixes, ("sh:declare", node))
        yield from about(
            node,
            ("a", name("sh:PrefixDeclaration")),
            ("sh:prefix", prefix),
            ("sh:namespace", Literal(namespace, datatype=name("xsd:anyURI"))),
        )


def _describe_dataset(service: NamedNode, view: View) -> Iterator[Triple]:
    dataset, graph = BlankNode("dataset"), BlankNode("default-graph")
    yield from about(service, ("sd:defaultDataset", dataset))
    yield from about(
        dataset,
        ("a", name("sd:Dataset")),
        ("sd:defaultGraph", graph),
        ("dcterms:modified", Literal(view.taken.isoformat(), datatype=name("xsd:dateTime"))),
    )
    yield from about(graph, ("a", name("sd:Graph")), ("void:documents", number(view.facts.documents)))
    if view.facts.merged:
        told = (
            "既定のグラフは、すべての文書の記載を一度ずつ持つ。",
            "The default graph has the statements of all documents, each once.",
        )
    else:
        yield from about(service, ("sd:feature", name("sd:UnionDefaultGraph")))
        told = (
            "既定のグラフは全文書の和で、複数の文書にある記載はその数だけ現れる。GRAPH か DISTINCT を使う。",
            "The default graph is the union of all documents; what several state comes as often: use GRAPH or DISTINCT.",
        )
    yield from about(graph, *in_both(*told, "rdfs:comment"))


def _example(service: NamedNode, prefixes: NamedNode, question: Question) -> Iterator[Triple]:
    yield from about(
        NamedNode(f"{service.value}#question-{question.name}"),
        ("a", name("sh:SPARQLExecutable")),
        ("a", name("sh:SPARQLSelectExecutable")),
        ("sh:select", question.bound({})),
        ("sh:prefixes", prefixes),
        ("schema:target", service),
        *in_both(question.ja, question.en),
        *in_both(question.about_ja, question.about_en, "rdfs:comment"),
    )
