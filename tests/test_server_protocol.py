"""The endpoint keeps to the SPARQL 1.1 Protocol: requests, datasets, formats, status codes, errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest

from tests.serving import AGENCY, Server, fill, serving

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


@dataclass(frozen=True)
class Served:
    """A server, and the graphs of its documents."""

    server: Server
    graphs: list[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve three documents."""
    store = tmp_path_factory.mktemp("protocol") / "store"
    graphs = fill(store)
    with serving(store) as server:
        yield Served(server, graphs)


@dataclass(frozen=True)
class Case:
    """A request in the manner of the W3C protocol tests; ``{0}`` stands for the first document's graph."""

    name: str
    status: int
    method: str = "GET"
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes | str = b""
    kind: str = ""
    answer: bool | None = None
    headers: dict[str, str] = field(default_factory=dict)


_IN_DEFAULT = "ASK {{ <{0}> a ?x . <{1}> a ?y }}"
_IN_NAMED = "ASK {{ GRAPH ?g {{ <{0}> a ?x }} GRAPH ?h {{ <{1}> a ?y }} }}"
_IN_BOTH = "ASK {{ <{2}> a ?z GRAPH ?g {{ <{0}> a ?x }} GRAPH ?h {{ <{1}> a ?y }} }}"
_DEFAULTS = (("default-graph-uri", "{0}"), ("default-graph-uri", "{1}"))
_NAMED = (("named-graph-uri", "{0}"), ("named-graph-uri", "{1}"))

CASES = (
    Case("query_get", 200, fields=(("query", "ASK {{}}"),), answer=True),
    Case("query_post_form", 200, "POST", body="query=ASK%20%7B%7D", kind=FORM, answer=True),
    Case("query_post_form_dataset_in_url", 200, "POST", _DEFAULTS[:1], "query=ASK%20%7B%7D", FORM, answer=True),
    Case("query_post_direct", 200, "POST", body="ASK {{}}", kind=QUERY, answer=True),
    Case("query_post_direct_utf8", 200, "POST", body="ASK {{}}", kind=QUERY + "; charset=UTF-8", answer=True),
    Case("query_dataset_default_graphs_get", 200, fields=(("query", _IN_DEFAULT), *_DEFAULTS), answer=True),
    Case("query_dataset_default_graphs_post", 200, "POST", _DEFAULTS, _IN_DEFAULT, QUERY, answer=True),
    Case("query_dataset_named_graphs_get", 200, fields=(("query", _IN_NAMED), *_NAMED), answer=True),
    Case("query_dataset_named_graphs_post", 200, "POST", _NAMED, _IN_NAMED, QUERY, answer=True),
    Case("query_dataset_full", 200, "POST", (*_NAMED, ("default-graph-uri", "{2}")), _IN_BOTH, QUERY, answer=True),
    Case(
        "query_multiple_dataset: the protocol's dataset goes before the query's",
        200,
        fields=(("query", "ASK FROM <{2}> {{ <{0}> a ?x . <{1}> a ?y }}"), *_DEFAULTS),
        answer=True,
    ),
    Case("named_graphs_only_leave_the_default_graph_empty", 200, "POST", _NAMED, "ASK {{ ?s ?p ?o }}", QUERY, answer=False),
    Case("default_graphs_only_leave_no_named_graph", 200, "POST", _DEFAULTS, "ASK {{ GRAPH ?g {{ ?s ?p ?o }} }}", QUERY, answer=False),
    Case("from_in_the_query", 200, fields=(("query", "ASK FROM <{0}> {{ <{0}> a ?x }}"),), answer=True),
    Case("from_leaves_out_the_others", 200, fields=(("query", "ASK FROM <{0}> {{ <{1}> a ?x }}"),), answer=False),
    Case("from_named", 200, fields=(("query", "ASK FROM NAMED <{0}> {{ GRAPH ?g {{ <{1}> a ?x }} }}"),), answer=False),
    Case("trailing_slash_and_unknown_fields", 200, fields=(("query", "ASK {{}}"), ("format", "json")), answer=True),
    Case("bad_query_method", 405, "PUT", fields=(("query", "ASK {{}}"),)),
    Case("bad_query_method_delete", 405, "DELETE"),
    Case("bad_multiple_queries", 400, fields=(("query", "ASK {{}}"), ("query", "SELECT * {{}}"))),
    Case("bad_multiple_queries_in_a_form", 400, "POST", body="query=ASK%20%7B%7D&query=ASK%20%7B%7D", kind=FORM),
    Case("bad_query_wrong_media_type", 415, "POST", body="ASK {{}}", kind="text/plain"),
    Case("bad_query_missing_form_type", 415, "POST", body="query=ASK%20%7B%7D"),
    Case("bad_query_missing_direct_type", 415, "POST", body="ASK {{}}"),
    Case("bad_query_multipart", 415, "POST", body="x", kind="multipart/form-data; boundary=x"),
    Case("bad_query_non_utf8", 400, "POST", body="ASK {{ ?s ?p '税' }}".encode("cp932"), kind=QUERY),
    Case("bad_query_non_utf8_form", 400, "POST", body=b"query=ASK%20%7B%7D%90%c5", kind=FORM),
    Case("bad_query_charset", 415, "POST", body="ASK {{}}".encode("utf-16"), kind=QUERY + "; charset=UTF-16"),
    Case("bad_query_syntax", 400, fields=(("query", "ASK {{"),)),
    Case("bad_query_empty", 400, fields=(("query", ""),)),
    Case("bad_query_missing", 400, "POST", body="x=1", kind=FORM),
    Case("bad_dataset_unknown_graph", 400, fields=(("query", "ASK {{}}"), ("default-graph-uri", "https://example.org/none"))),
    Case("bad_dataset_no_iri", 400, fields=(("query", "ASK {{}}"), ("named-graph-uri", "no iri"))),
    Case("bad_from_unknown_graph", 400, fields=(("query", "ASK FROM <https://example.org/none> {{}}"),)),
    Case("bad_from_file", 400, fields=(("query", "ASK FROM <file:///etc/passwd> {{}}"),)),
    Case("update_get", 403, fields=(("update", "CLEAR ALL"),)),
    Case("update_post_form", 403, "POST", body="update=CLEAR%20ALL", kind=FORM),
    Case("update_post_direct", 403, "POST", body="CLEAR ALL", kind="application/sparql-update"),
    Case("update_as_query", 403, fields=(("query", "PREFIX a: <http://a/> DELETE WHERE {{ ?s ?p ?o }}"),)),
    Case("load_as_query", 403, "POST", body="LOAD <https://example.org/>", kind=QUERY),
    Case("service", 403, "POST", body="ASK {{ SERVICE <https://example.org/> {{}} }}", kind=QUERY),
    Case("no_format", 406, fields=(("query", "ASK {{}}"),), headers={"Accept": "image/png"}),
    Case("no_format_for_a_graph", 406, fields=(("query", "CONSTRUCT WHERE {{ ?s ?p ?o }}"),), headers={"Accept": "text/csv"}),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_request_gets_its_status(served: Served, case: Case) -> None:
    """What the protocol allows is answered, what it forbids is told so, and no text of a refusal is empty."""
    fields = [(name, value.format(*served.graphs)) for name, value in case.fields]
    body = case.body.format(*served.graphs).encode() if isinstance(case.body, str) else case.body
    headers = {"Content-Type": case.kind} if case.kind else {}
    response = served.server.client.request(
        case.method, f"/sparql?{urlencode(fields)}", content=body, headers=headers | case.headers
    )
    assert response.status_code == case.status, response.text
    if case.answer is not None:
        assert response.json()["boolean"] is case.answer
    else:
        assert len(response.text) > 10


@pytest.mark.parametrize(
    ("query", "media"),
    [
        ("SELECT * WHERE { ?s ?p ?o } LIMIT 1", JSON),
        ("ASK {}", JSON),
        (f"DESCRIBE <{AGENCY}>", "text/turtle; charset=utf-8"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "text/turtle; charset=utf-8"),
    ],
)
def test_each_kind_of_query_has_its_own_format(served: Served, query: str, media: str) -> None:
    """Whoever takes anything gets JSON results, or Turtle."""
    assert served.server.ask(query, "*/*").headers["content-type"] == media


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("SELECT * {}", XML, XML),
        ("SELECT * {}", "text/csv, */*;q=0.1", "text/csv; charset=utf-8"),
        ("SELECT * {}", f"text/csv;q=0.4, {XML};q=0.6, {JSON};q=0.5", XML),
        ("SELECT * {}", f"*/*;q=0.5, {JSON};q=0, application/json;q=0", XML),
        ("SELECT * {}", "application/json", "application/json"),
        ("SELECT * {}", "TEXT/Tab-Separated-Values ; q=1.0", "text/tab-separated-values; charset=utf-8"),
        ("SELECT * {}", "text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", f"{XML}, application/rdf+xml", "application/rdf+xml"),
        ("ASK {}", f"text/csv, {XML};q=0.2", XML),
        ("ASK {}", "", JSON),
    ],
)
def test_the_client_chooses_the_format(served: Served, query: str, accept: str, media: str) -> None:
    """The format with the highest quality is sent; the most exact range counts."""
    response = served.server.ask(query, accept)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == media
    assert "Accept" in response.headers["vary"]


def test_a_link_can_name_the_format(served: Served) -> None:
    """The field ``accept`` goes before the header, so that a mere link can ask for CSV."""
    response = served.server.client.get("/sparql", params={"query": "SELECT (1 AS ?x) {}", "accept": "csv"})
    assert response.text == "x\r\n1\r\n"


def test_head_is_get_without_the_body(served: Served) -> None:
    """HEAD has the status and the headers of GET, and nothing else."""
    get = served.server.client.get("/sparql", params={"query": "ASK {}"})
    head = served.server.client.head("/sparql", params={"query": "ASK {}"})
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]
    assert served.server.client.head("/sparql", params={"query": "ASK {"}).status_code == 400


def test_options_says_what_can_be_done(served: Served) -> None:
    """OPTIONS names the methods and what can be posted; so does a refused method."""
    response = served.server.client.options("/sparql")
    assert response.status_code == 204
    assert {"GET", "HEAD", "POST"} <= set(response.headers["allow"].split(", "))
    assert QUERY in response.headers["accept-post"]
    assert "POST" in served.server.client.put("/sparql").headers["allow"]


@pytest.mark.parametrize(
    ("query", "line", "column", "picture"),
    [
        ("SELECT ?税 WHERE {\n  ?税 a 架空:市 .\n}", 2, 8, "  ?税 a 架空:市 .\n        ~~~~~~^"),
        ("SELECT ?x WHERE { ?x a ?y } LIMIT 多", 1, 35, "                                  ~^"),
        ("SELECT ?x WHERE { ?x ?税目 ｶﾅ }", 1, 26, " " * 27 + "~^"),
        ("ASK { ?s ?p '架空市 }", 1, 13, "            ~~~~~~~~^"),
        ("ASK { ?s ?p", 1, 10, "         ~^"),
        ("ASK\r\n{ SERVICE ?x {} }", 2, 3, "{ SERVICE ?x {} }\n  ~~~~~~^"),
    ],
)
def test_an_error_shows_the_place(served: Served, query: str, line: int, column: int, picture: str) -> None:
    """A refused query is shown with the place below it, wide characters counted as two."""
    text = served.server.ask(query, "text/plain").text
    assert f"line {line}, column {column}\n" in text
    assert picture in text
    problem = served.server.ask(query).json()
    assert (problem["line"], problem["column"]) == (line, column)


def test_every_response_forbids_what_comes_from_elsewhere(served: Served) -> None:
    """Answers, refusals and pages carry the strict headers, and nothing tells which server it is."""
    for path in ("/sparql?query=ASK{}", "/sparql?query=ASK", "/nowhere", "/status"):
        headers = served.server.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers


def test_a_long_address_is_refused_and_a_long_post_is_not(served: Served) -> None:
    """What is too long for an address can be posted, up to the limit."""
    query = "ASK {}" + " " * 200_000
    assert served.server.ask(query).json()["boolean"] is True
    assert served.server.ask("ASK {}" + " " * 2_000_000).status_code == 413
    assert _status_of(served.server, "/sparql?query=" + quote(query[:20_000])) == 414
    assert _status_of(served.server, "/sparql?query=" + quote(query)) == 400


def _status_of(server: Server, path: str) -> int:
    """Return the status for a path that is too long for an ordinary client."""
    with closing(HTTPConnection(httpx.URL(server.url).host, httpx.URL(server.url).port)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def test_other_pages_may_ask_only_where_it_was_switched_on(tmp_path: Path) -> None:
    """With ``--cors`` the named origin may read answers, and only that."""
    fill(tmp_path / "store", 1)
    with serving(tmp_path / "store", "--cors", "https://example.org") as server:
        asked = {"Origin": "https://example.org"}
        response = server.client.get("/sparql", params={"query": "ASK {}"}, headers=asked)
        assert response.headers["access-control-allow-origin"] == "https://example.org"
        other = server.client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.net"})
        assert "access-control-allow-origin" not in other.headers
        preflight = asked | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        assert server.client.options("/sparql", headers=preflight).status_code == 200
