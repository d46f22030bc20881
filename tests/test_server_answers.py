"""What the endpoint answers is right in every format: the same terms, the same questions, nothing cut in silence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, Literal, URIRef
from rdflib.query import Result
from rdflib.term import Node

from graph.mapping import map_document
from graph.store import create_store, open_store
from queries.catalog import ask, find_question, question_names
from tests.factories import make_evaluation, make_facts, make_source
from tests.serving import COUNT, Server, fill, serving
from viz.server.engine import answer
from viz.server.formats import choose_formats
from viz.server.snapshot import take
from viz.server.wire import Query

ODD = "<b>税</b> & \"x\"\t'y'\\z\r\n次の行 😀 \u202e"
"""A text that has something for each format to trip over."""
NOT_XML = "前\x01後"
XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = f"""
SELECT ?number ?text ?there WHERE {{
  VALUES (?number ?text ?there) {{
    (1 "架空"@ja <https://example.org/市>) (2.5 "b" UNDEF) (UNDEF "" "2025-04-01"^^<{XSD}date>)
  }}
}}
"""
TRIPLES = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
"""Each format of triples and its name in rdflib."""


# rdflib's reader of JSON-LD makes a graph of a class that rdflib itself has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of three documents, one with an odd title."""
    path = tmp_path_factory.mktemp("answers") / "store"
    fill(path, 2)
    opened = create_store(path)
    facts = make_facts(evaluation=make_evaluation(number="9", title=ODD, remarks=NOT_XML))
    opened.replace(map_document(facts, make_source("odd.txt", "odd"), version="1", base=opened.base))
    opened.flush()
    return path


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    """Serve the store."""
    with serving(store) as running:
        yield running


def read_rows(body: bytes, form: str) -> list[list[Node | None]]:
    """Read a table with a parser that is not ours."""
    return [list(row) for row in Result.parse(io.BytesIO(body), format=form)]


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_rows_keep_their_terms(server: Server, form: str) -> None:
    """Text keeps its language, a value its datatype, and nothing stands where nothing is bound."""
    rows = read_rows(server.ask(ROWS, form).content, form)
    assert rows == [
        [Literal("1", datatype=XSD + "integer"), Literal("架空", lang="ja"), URIRef("https://example.org/市")],
        [Literal("2.5", datatype=XSD + "decimal"), Literal("b"), None],
        [None, Literal(""), Literal("2025-04-01", datatype=XSD + "date")],
    ]


def test_csv_has_plain_values(server: Server) -> None:
    """CSV follows the W3C's format: values without their types, records that end in CR LF."""
    body = server.ask(ROWS, "text/csv").content
    assert body.startswith(b"number,text,there\r\n")
    assert list(csv.reader(io.StringIO(body.decode(), newline="")))[1:] == [
        ["1", "架空", "https://example.org/市"],
        ["2.5", "b", ""],
        ["", "", "2025-04-01"],
    ]


@pytest.mark.parametrize("form", ["json", "xml", "tsv", "csv"])
def test_odd_text_comes_through(server: Server, form: str) -> None:
    """Markup, quotes, tabs, line ends and wide characters come out as they went in."""
    query = 'SELECT ?title WHERE { ?s <https://w3id.org/mynaflow/ontology#title> ?title FILTER(CONTAINS(?title, "&")) }'
    body = server.ask(query, form).content
    if form == "csv":
        assert list(csv.reader(io.StringIO(body.decode(), newline="")))[1] == [ODD]
    else:
        assert str(read_rows(body, form)[0][0]) == ODD


def test_what_xml_cannot_hold_is_marked(server: Server) -> None:
    """A control character becomes a replacement character in XML; JSON has it as it is."""
    query = "SELECT ?o WHERE { ?s <https://w3id.org/mynaflow/ontology#remarks> ?o } ORDER BY ?o"
    document = ElementTree.fromstring(server.ask(query, "xml").text)  # noqa: S314 -- our own server's
    assert any(text == "前\ufffd後" for text in document.itertext())
    assert any(row["o"]["value"] == NOT_XML for row in server.ask(query).json()["results"]["bindings"])
    triples = server.ask(query.replace("SELECT ?o", "CONSTRUCT { <a:b> <a:c> ?o }"), "application/rdf+xml")
    assert "前\ufffd後" in {str(value) for value in Graph().parse(data=triples.text, format="xml").objects()}


@pytest.mark.parametrize("form", list(TRIPLES))
def test_triples_are_the_same_in_every_format(server: Server, form: str) -> None:
    """Each format of a graph holds the same statements, each once."""
    query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s a <https://w3id.org/mynaflow/ontology#Agency> ; ?p ?o } }"
    expected = {str(quad.triple) for quad in parse(server.ask(query, "nt").content, format=RdfFormat.N_TRIPLES)}
    found = Graph().parse(data=server.ask(query, form).text, format=TRIPLES[form])
    assert len(expected) >= 2
    assert {f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in found} == expected


def test_a_property_without_xml_name_is_told(server: Server) -> None:
    """RDF/XML cannot write every property; the refusal says so, and Turtle can."""
    query = "CONSTRUCT { <a:b> <https://example.org/1> 2 } WHERE {}"
    assert server.ask(query, "application/rdf+xml").status_code == 406
    assert server.ask(query, "text/turtle").status_code == 200


@pytest.mark.parametrize("name", question_names())
def test_questions_have_the_answers_of_the_command(server: Server, store: Path, name: str) -> None:
    """Every question gives over the endpoint what ``mynaflow ask`` gives."""
    question = find_question(name)
    expected = [
        ["" if cell is None else _as_text(cell) for cell in row] for row in ask(open_store(store), question).rows
    ]
    body = server.ask(question.bound({}), "text/csv").content.decode()
    header, *found = csv.reader(io.StringIO(body, newline=""))
    assert header == [column.name for column in question.columns]
    assert found == expected


def _as_text(cell: str | int | bool) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def test_the_default_graph_has_each_statement_once(server: Server, store: Path) -> None:
    """What several documents state counts once, as the merge of graphs has it."""
    opened = open_store(store)
    stated = [quad.triple for graph in opened.graphs(vocabulary=True) for quad in opened.quads(graph)]
    assert len(set(stated)) < len(stated)
    assert server.count() == len(set(stated))


def test_a_dataset_of_several_graphs_is_merged(server: Server, store: Path) -> None:
    """Of two graphs given as default graph, each statement counts once."""
    opened = open_store(store)
    first, second = opened.graphs()[:2]
    merged = {quad.triple for graph in (first, second) for quad in opened.quads(graph)}
    response = server.ask(COUNT, **{"default-graph-uri": [first.value, second.value]})
    assert int(response.json()["results"]["bindings"][0]["n"]["value"]) == len(merged)


def test_where_files_were_read_from_stays_private(server: Server) -> None:
    """Neither the paths of files nor the graph that holds them can be asked for."""
    for pattern in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"):
        query = f'SELECT ?o WHERE {{ {pattern} FILTER(CONTAINS(STR(?o), "/home/someone")) }}'
        assert server.ask(query).json()["results"]["bindings"] == []
    graphs = server.ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "csv").text
    assert "loads" not in graphs


class TestLargeStores:
    """Where a merge would take too long, the default graph is the union of all graphs."""

    @pytest.fixture
    def ask_union(self, store: Path, tmp_path: Path) -> Callable[[str], int]:
        """Return a function that counts by a query on a view without merge."""
        assert take(str(store), str(tmp_path / "view"), 0) is not None
        engine = open_store(tmp_path / "view").engine

        def ask_union(text: str) -> int:
            query = Query(store="", merged=False, text=text, formats=choose_formats("json"), rows=10, size=1 << 20)
            return int(json.loads(answer(engine, query)[1])["results"]["bindings"][0]["n"]["value"])

        return ask_union

    def test_each_graph_counts(self, ask_union: Callable[[str], int], store: Path) -> None:
        """A statement of several documents counts as often; DISTINCT counts it once."""
        opened = open_store(store)
        stated = [quad.triple for graph in opened.graphs(vocabulary=True) for quad in opened.quads(graph)]
        assert ask_union(COUNT) == len(stated)
        once = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
        assert ask_union(once) == len(set(stated))

    def test_from_goes_before_the_union(self, ask_union: Callable[[str], int], store: Path) -> None:
        """A query that names its graphs gets these and no others."""
        opened = open_store(store)
        graph = opened.graphs()[0]
        assert ask_union(COUNT.replace("WHERE", f"FROM {graph} WHERE")) == len(list(opened.quads(graph)))


class TestCutting:
    """An answer that is not whole says so."""

    @pytest.fixture(scope="class")
    @classmethod
    def short(cls, store: Path) -> Iterator[Server]:
        """Serve with answers of ten rows."""
        with serving(store, "--rows", "10") as running:
            yield running

    @pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv", "ttl", "nt", "jsonld", "rdf"])
    def test_it_says_so_in_the_header_and_in_the_body(self, short: Server, form: str) -> None:
        """Ten rows come, and the eleventh is told of."""
        rows = form in ("json", "xml", "csv", "tsv")
        response = short.ask("SELECT * WHERE { ?s ?p ?o }" if rows else "CONSTRUCT WHERE { ?s ?p ?o }", form)
        assert response.headers["mynaflow-cut"] == "rows=10"
        assert "10 行で打ち切り" in response.text

    @pytest.mark.parametrize("form", ["json", "xml"])
    def test_programs_can_still_read_it(self, short: Server, form: str) -> None:
        """The note is no row."""
        assert len(read_rows(short.ask("SELECT * WHERE { ?s ?p ?o }", form).content, form)) == 10

    @pytest.mark.parametrize("form", ["csv", "tsv"])
    def test_a_table_has_the_note_as_its_last_record(self, short: Server, form: str) -> None:
        """The note fills a record of the right width."""
        rows = read_rows(short.ask("SELECT * WHERE { ?s ?p ?o }", form).content, form)
        assert len(rows) == 11
        assert len(rows[-1]) == 3

    @pytest.mark.parametrize("form", list(TRIPLES))
    def test_a_graph_has_no_statement_more(self, short: Server, form: str) -> None:
        """The note is no statement."""
        text = short.ask("CONSTRUCT WHERE { ?s ?p ?o }", form).text
        assert len(Graph().parse(data=text, format=TRIPLES[form])) == 10

    @pytest.mark.parametrize("query", ["SELECT * WHERE { ?s ?p ?o } LIMIT 10", "SELECT * {}", "ASK {}"])
    def test_a_whole_answer_says_nothing(self, short: Server, query: str) -> None:
        """As many rows as there may be are no cut."""
        response = short.ask(query)
        assert "mynaflow-cut" not in response.headers
        assert "cut" not in json.loads(response.text)
