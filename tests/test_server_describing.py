"""What the service says of itself, of its data, and of each thing that has an identifier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import VOID

from graph.mapping import map_document
from graph.store import create_store
from ontology import CONCEPT, ONTOLOGY, turtle, turtle_names
from queries.catalog import question_names
from tests.factories import make_evaluation, make_facts, make_source
from tests.serving import COUNT, Server, serving

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = Namespace("http://www.w3.org/ns/shacl#")
BASE = "https://example.org/kako/"
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e架空"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a document whose title and business try to be markup, from a store with a base of its own."""
    path = tmp_path_factory.mktemp("describing") / "store"
    write(path)
    with serving(path) as running:
        yield running


def write(path: Path) -> None:
    """Write the store, and let go of it."""
    store = create_store(path, base=BASE)
    facts = make_facts(evaluation=make_evaluation(title=NASTY, business=f"A/B (2)・{NASTY}.~_"))
    store.replace(map_document(facts, make_source(), version="1", base=store.base))
    store.flush()


def read(server: Server, path: str, accept: str = "text/turtle") -> Graph:
    """Return the graph at ``path``."""
    response = server.client.get(path, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.text, format=response.headers["content-type"].partition(";")[0])


class TestServiceDescription:
    """``/sparql`` without a query."""

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
    @pytest.mark.parametrize(
        "accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"]
    )
    def test_it_describes_the_endpoint(self, server: Server, accept: str) -> None:
        """Language, formats and limits, in each format of RDF."""
        found = read(server, "/sparql", accept)
        (service,) = found.subjects(RDF.type, SD.Service)
        assert found.value(service, SD.endpoint) == service == URIRef(f"{server.url}/sparql")
        assert found.value(service, SD.supportedLanguage) == SD.SPARQL11Query
        assert len(list(found.objects(service, SD.resultFormat))) == 8
        assert {label.language for label in found.objects(service, RDFS.label) if isinstance(label, Literal)} == {
            "ja",
            "en",
        }
        assert list(found.objects(None, SD.defaultGraph))

    def test_every_question_is_an_example_that_runs(self, server: Server) -> None:
        """Each has labels in both languages, prefixes, and a query that the endpoint answers."""
        found = read(server, "/sparql")
        examples = list(found.subjects(RDF.type, SH.SPARQLExecutable))
        assert {str(one).rpartition("#question-")[2] for one in examples} == set(question_names())
        for one in examples:
            assert {label.language for label in found.objects(one, RDFS.label) if isinstance(label, Literal)} == {
                "ja",
                "en",
            }
            assert found.value(one, SH.prefixes)
            assert server.ask(str(found.value(one, SH.select))).status_code == 200

    def test_prefixes_are_declared(self, server: Server) -> None:
        """With the store's own base as ``id``."""
        found = read(server, "/sparql")
        declared = {
            str(found.value(node, SH.prefix)): str(found.value(node, SH.namespace))
            for node in found.objects(None, SH.declare)
        }
        assert declared["id"] == BASE
        assert declared["myna"] == ONTOLOGY

    def test_people_get_a_page(self, server: Server) -> None:
        """A browser gets a form and the examples; whoever wants results is told that no query was given."""
        page = server.client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
        assert "<textarea" in page.text
        assert all(name in page.text for name in question_names())
        assert server.client.get("/sparql", headers={"Accept": "text/csv"}).status_code == 400
        assert server.client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


class TestVoid:
    """``/.well-known/void``."""

    def test_it_counts_what_is_there(self, server: Server) -> None:
        """Totals and partitions are those that queries count."""
        found = read(server, "/.well-known/void")
        (dataset,) = found.subjects(RDF.type, VOID.Dataset)
        assert found.value(dataset, VOID.sparqlEndpoint) == URIRef(f"{server.url}/sparql")
        assert int(str(found.value(dataset, VOID.triples))) == server.count()
        properties = [
            int(str(found.value(part, VOID.triples))) for part in found.objects(dataset, VOID.propertyPartition)
        ]
        assert sum(properties) == server.count()
        classes = {
            str(found.value(part, VOID["class"])): int(str(found.value(part, VOID.entities)))
            for part in found.objects(dataset, VOID.classPartition)
        }
        for name in ("Agency", "DataFlow", "Evidence"):
            query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a <{ONTOLOGY}{name}> }}"
            assert int(server.ask(query).json()["results"]["bindings"][0]["n"]["value"]) == classes[ONTOLOGY + name]

    def test_classes_say_which_properties_they_have(self, server: Server) -> None:
        """The properties of a class are found below it."""
        found = read(server, "/.well-known/void")
        part = found.value(predicate=VOID["class"], object=URIRef(f"{ONTOLOGY}Agency"))
        properties = {str(found.value(one, VOID.property)) for one in found.objects(part, VOID.propertyPartition)}
        assert str(RDFS.label) in properties


def local(iri: str) -> str:
    """Return the path of an identifier as a browser asks for it, by the rules of addresses alone."""
    path = "/id/" + iri.removeprefix(BASE)
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in path)


class TestIdentifiers:
    """Every identifier of the graph leads to what is stated about it."""

    def subjects(self, server: Server) -> list[str]:
        """Return every identifier below the base of which something is stated."""
        query = f'SELECT DISTINCT ?s WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{BASE}")) }}'
        return [row["s"]["value"] for row in server.ask(query).json()["results"]["bindings"]]

    def test_each_has_its_statements(self, server: Server) -> None:
        """The graph at its path is what the graph says of it."""
        for iri in self.subjects(server)[::7]:
            found = read(server, local(iri), "application/n-triples")
            count = server.ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ <{iri}> ?p ?o }}").json()
            assert len(list(found.triples((URIRef(iri), None, None)))) == int(
                count["results"]["bindings"][0]["n"]["value"]
            )

    def test_odd_names_are_found_however_they_are_encoded(self, server: Server) -> None:
        """A name with slashes, dots, quotes and tildes; digits of the encoding in small letters; dots left plain."""
        (iri,) = [iri for iri in self.subjects(server) if "a%2Fb" in iri]
        path = local(iri)
        small = re.sub("%[0-9A-F]{2}", lambda match: match[0].lower(), path)
        for way in (path, small, path.replace("%2E", ".")):
            assert "架空" in server.client.get(way, headers={"Accept": "text/turtle"}).text
            assert server.client.get(way, headers={"Accept": "text/html"}, follow_redirects=True).status_code == 200

    def test_each_format(self, server: Server) -> None:
        """Turtle where anything will do, a page for browsers, JSON-LD and others by header or by link."""
        path = local(next(iter(self.subjects(server))))
        for accept, media in (
            ("*/*", "text/turtle"),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
            ("application/ld+json", "application/ld+json"),
        ):
            found = server.client.get(path, headers={"Accept": accept}, follow_redirects=True)
            assert found.headers["content-type"].startswith(media)
        assert server.client.get(f"{path}?accept=nt").headers["content-type"] == "application/n-triples"
        assert server.client.get(path, headers={"Accept": "image/png"}).status_code == 406

    @pytest.mark.parametrize(
        "path", ["/id/none", "/id/", "/id/%FF", "/id/%3Cscript%3E", "/id/%00", "/concept/none", "/id/a%7Bb"]
    )
    def test_what_is_not_there_is_told(self, server: Server, path: str) -> None:
        """404, as text or as a page without markup from the address."""
        assert server.client.get(path).status_code == 404
        page = server.client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert page.status_code == 404
        assert "<script>" not in page.text

    def test_concepts_are_found(self, server: Server) -> None:
        """A concept has its labels."""
        found = read(server, "/concept/mark-yes")
        assert (URIRef(f"{CONCEPT}mark-yes"), None, None) in found


class TestVocabulary:
    """``/ontology``."""

    @pytest.mark.parametrize("name", ["", *(f"/{name}" for name in turtle_names())])
    def test_it_is_the_file(self, server: Server, name: str) -> None:
        """The graph is that of the file, in whatever format."""
        expected = Graph().parse(data=turtle(name.strip("/") or "mynaflow"), format="turtle")
        assert len(read(server, f"/ontology{name}")) == len(expected)

    def test_terms_have_anchors(self, server: Server) -> None:
        """The part of a term's identifier behind ``#`` is a place on the page."""
        page = server.client.get("/ontology", headers={"Accept": "text/html"}).text
        assert '<span id="Agency">' in page
        assert "評価実施機関" in page

    def test_another_is_not_there(self, server: Server) -> None:
        """A name that is none is told, with those that are."""
        response = server.client.get("/ontology/none")
        assert response.status_code == 404
        assert "mynaflow" in response.text


def test_the_status_is_told(server: Server) -> None:
    """How much is served, and since when."""
    said = server.client.get("/status").json()
    assert (said["ready"], said["documents"], said["base"], said["merged"]) == (True, 1, BASE, True)
    assert int(server.ask(COUNT).json()["results"]["bindings"][0]["n"]["value"]) <= said["quads"]
