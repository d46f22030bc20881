"""The clients that people use: SPARQLWrapper, rdflib's SPARQLStore, curl, and a browser's links."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from queries.catalog import find_question
from tests.serving import AGENCY, COUNT, Server, fill, serving

SELECT = f"SELECT ?s WHERE {{ ?s a <{AGENCY}> }}"
CONSTRUCT = f"CONSTRUCT {{ ?s a <{AGENCY}> }} WHERE {{ ?s a <{AGENCY}> }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of two documents."""
    path = tmp_path_factory.mktemp("clients") / "store"
    fill(path, 2)
    return path


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    """Serve the store."""
    with serving(store) as running:
        yield running


class TestSPARQLWrapper:
    """The library of most Python programs."""

    @pytest.fixture
    def wrapper(self, server: Server) -> SPARQLWrapper:
        """Return a wrapper of the endpoint."""
        return SPARQLWrapper(f"{server.url}/sparql")

    @pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
    def test_it_selects(self, wrapper: SPARQLWrapper, method: str, way: str) -> None:
        """By address, by form and as it is."""
        wrapper.setMethod(method)
        wrapper.setRequestMethod(way)
        wrapper.setReturnFormat(JSON)
        wrapper.setQuery(SELECT)
        rows = wrapper.queryAndConvert()["results"]["bindings"]
        assert [row["s"]["value"].rpartition("/")[2] for row in rows] == ["架空市"]

    def test_it_reads_each_format_of_a_table(self, wrapper: SPARQLWrapper) -> None:
        """XML, CSV and TSV as well."""
        wrapper.setQuery(SELECT)
        wrapper.setReturnFormat(XML)
        assert "架空市" in wrapper.queryAndConvert().toxml()
        for form in (CSV, TSV):
            wrapper.setReturnFormat(form)
            assert "架空市" in wrapper.queryAndConvert().decode()

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
    @pytest.mark.parametrize("form", [TURTLE, RDFXML, JSONLD, N3])
    def test_it_constructs(self, wrapper: SPARQLWrapper, form: str) -> None:
        """Graphs come as rdflib graphs, or as text."""
        wrapper.setQuery(CONSTRUCT)
        wrapper.setReturnFormat(form)
        found = wrapper.queryAndConvert()
        graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
        assert len(graph) == 1

    def test_it_asks(self, wrapper: SPARQLWrapper) -> None:
        """Yes or no."""
        wrapper.setQuery("ASK {}")
        wrapper.setReturnFormat(JSON)
        assert wrapper.queryAndConvert()["boolean"] is True

    def test_it_learns_what_is_wrong(self, wrapper: SPARQLWrapper) -> None:
        """The place of the fault is in the exception."""
        wrapper.setQuery("ASK { ?s ?p }")
        with pytest.raises(QueryBadFormed, match=r"\^"):
            wrapper.query()


class TestSparqlStore:
    """rdflib with the endpoint as its store."""

    def test_it_is_a_graph(self, server: Server) -> None:
        """Patterns, queries and lengths."""
        graph = Graph(SPARQLStore(f"{server.url}/sparql"))
        assert [str(agency).rpartition("/")[2] for agency in graph.subjects(RDF.type, URIRef(AGENCY))] == ["架空市"]
        assert int(next(iter(graph.query(COUNT)))[0]) == server.count() == len(graph)
        assert len(graph.query(CONSTRUCT).graph or ()) == 1

    def test_its_contexts_are_the_documents(self, server: Server) -> None:
        """A graph by its name is the document's."""
        answer = server.ask("SELECT ?g WHERE { GRAPH ?g { ?g a ?c } } LIMIT 1").json()
        name = answer["results"]["bindings"][0]["g"]["value"]
        one = Graph(SPARQLStore(f"{server.url}/sparql"), identifier=URIRef(name))
        assert 0 < len(list(one)) < server.count()

    def test_it_answers_a_question(self, server: Server) -> None:
        """The questions of the catalogue run through it."""
        graph = Graph(SPARQLStore(f"{server.url}/sparql", method="POST"))
        assert len(list(graph.query(find_question("systems").query))) > 0


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
class TestCurl:
    """The command that documentation is written with."""

    def curl(self, *arguments: str) -> str:
        """Return what curl prints."""
        return subprocess.run(
            ["curl", "--silent", "--noproxy", "*", *arguments], capture_output=True, text=True, check=True
        ).stdout

    def test_a_form(self, server: Server) -> None:
        """``--data-urlencode``."""
        found = json.loads(self.curl(f"{server.url}/sparql", "--data-urlencode", f"query={COUNT}"))
        assert int(found["results"]["bindings"][0]["n"]["value"]) == server.count()

    def test_a_file(self, server: Server, tmp_path: Path) -> None:
        """``--data-binary @file`` with the type of a query, compressed answers refused or given."""
        (tmp_path / "q.rq").write_text(SELECT, encoding="utf-8")
        kind = "Content-Type: application/sparql-query"
        text = self.curl(
            f"{server.url}/sparql",
            "--data-binary",
            f"@{tmp_path}/q.rq",
            "-H",
            kind,
            "-H",
            "Accept: text/csv",
            "--compressed",
        )
        assert "架空市" in text

    def test_an_address(self, server: Server) -> None:
        """``-G`` puts the query into the address."""
        assert "架空市" in self.curl(
            "-G", f"{server.url}/sparql", "--data-urlencode", f"query={SELECT}", "-d", "accept=csv"
        )

    def test_the_head(self, server: Server) -> None:
        """``-I`` asks for the head alone."""
        assert self.curl("-I", f"{server.url}/sparql?query=ASK%7B%7D").startswith("HTTP/1.1 200")
