"""A store behind a server: the same documents, answers and bytes as on disk; faults, credentials and limits told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from extract.errors import StoreError
from graph.lines import Lines
from graph.mapping import map_document
from graph.places import create_place, open_place, parse_place
from graph.remote.address import LAYOUT, PASSWORD, TOKEN, USER, parse_address
from graph.remote.store import create_remote, open_remote
from graph.stored import ReadableStore
from queries.catalog import ask, find_question, question_names
from tests.conftest import Told
from tests.engines import (
    ISQL,
    OXIGRAPH,
    VIRTUOSO,
    Asked,
    Said,
    oxigraph_server,
    paper_server,
    virtuoso_server,
)
from tests.factories import make_facts, make_flow, make_source
from tests.forms.country import write_assessment
from viz.cli import main

ROOT = Path(__file__).parents[1]
needs_oxigraph = pytest.mark.skipif(not OXIGRAPH, reason="no oxigraph: pip install oxigraph")
needs_virtuoso = pytest.mark.skipif(not (VIRTUOSO and ISQL), reason="no virtuoso-t: install virtuoso-opensource-7-bin")
EMPTY = b'{"head":{"vars":["base"]},"results":{"bindings":[]}}'
COUNTED = (
    b'{"head":{"vars":["base","n"]},"results":{"bindings":[{"base":{"type":"literal","value":"https://example.org/id/"},'
    b'"n":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"1"}}]}}'
)
JSON = {"Content-Type": "application/sparql-results+json"}

JOINED = {
    ("systems", "aliases"),
    ("flows-of-business", "legal_bases"),
    ("provisions", "medium"),
    ("transfers", "medium"),
}
"""Columns that join values, which Virtuoso does in another order; where there are none it gives an empty text."""
UNANSWERED_BY_VIRTUOSO = {"reach-network", "one-sided"}
"""Its property paths leave the graph that they begin in; nested negations take it 20 s for four documents."""


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store on disk with the samples."""
    folder = tmp_path_factory.mktemp("local")
    assert main(["samples", str(folder / "samples")]) == 0
    assert main(["build", str(folder / "samples"), "--store", str(folder / "store")]) == 0
    return folder / "store"


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of Oxigraph's server."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


def answers(store: ReadableStore) -> dict[str, list[dict[str, object]]]:
    """Return the answer to every question; rows that the question leaves in no order are put into one."""
    found: dict[str, list[dict[str, object]]] = {}
    for name in question_names():
        rows: list[dict[str, object]] = [dict(row) for row in ask(store, find_question(name)).objects()]
        found[name] = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return found


def rejoined(name: str, rows: list[dict[str, object]]) -> list[str]:
    """Return the rows of a question with the members of joined columns in order."""
    for row in rows:
        for column in (column for of, column in JOINED if of == name):
            row[column] = "|".join(sorted(str(row[column] or "").split("|"))) or None
    return sorted(map(repr, rows))


def export(store: Path | str, out: Path) -> bytes:
    """Return everything that a store holds, as N-Quads."""
    assert main(["export", "--store", str(store), "--vocabulary", "--out", str(out)]) == 0
    return out.read_bytes()


@needs_oxigraph
class TestOxigraph:
    """Oxigraph's server, asked as a user does."""

    def test_every_command_gives_what_it_gives_on_disk(
        self, local: Path, oxigraph: str, tmp_path: Path, mynaflow: Callable[..., Told]
    ) -> None:
        """Built, asked, traced, exported and checked; what is unchanged is known to be."""
        samples = local.parent / "samples"
        assert mynaflow("build", samples, "--store", oxigraph).code == 0
        assert answers(open_place(parse_place(oxigraph))) == answers(open_place(local))
        assert export(oxigraph, tmp_path / "remote.nq") == export(local, tmp_path / "local.nq")
        for words in (
            ("ask", "flows", "--format", "json"),
            ("trace", "--from", "架空市", "--format", "json"),
            ("check", "--no-reasoner", "--format", "json"),
            ("view", "架空市", "--out", tmp_path / "v.html"),
        ):
            there, here = (mynaflow(*words, "--store", place) for place in (oxigraph, local))
            assert there.out == here.out
            assert there.code == here.code
        again = mynaflow("build", samples, "--store", oxigraph, "--format", "json")
        assert {row["state"] for row in json.loads(again.out)} == {"unchanged"}

    def test_a_document_is_replaced_whole_and_taken_out(self, tmp_path: Path, mynaflow: Callable[..., Told]) -> None:
        """Nothing of what it said before stays; what others keep on the server does."""
        corpus = tmp_path / "corpus"
        first, second = (write_assessment(corpus, seed, 9) for seed in (1, 2))
        theirs = (
            "INSERT DATA { GRAPH <https://example.org/theirs> { <https://example.org/a> a <https://example.org/B> } }"
        )
        with oxigraph_server(tmp_path / "server") as address:
            store = create_remote(parse_address(address))
            store._speech.update(theirs)
            assert mynaflow("build", corpus, "--store", address).code == 0
            first.write_bytes(write_assessment(tmp_path / "other", 3, 9).read_bytes())
            states = {
                row["state"]
                for row in json.loads(mynaflow("build", corpus, "--store", address, "--format", "json").out)
            }
            assert states == {"replaced", "unchanged"}
            assert mynaflow("build", corpus, "--store", tmp_path / "local").code == 0
            assert export(address, tmp_path / "r.nq") == export(tmp_path / "local", tmp_path / "l.nq")
            assert mynaflow("build", second, "--store", address, "--prune").code == 0
            assert [one.name for one in store.documents()] == [second.name]
            graphs = {row["g"].value for row in store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")}
            assert "https://example.org/theirs" in graphs
            assert len(graphs) == 6  # theirs, the document, two of the vocabulary, what was loaded, the store itself

    def test_the_base_stays(self, tmp_path: Path) -> None:
        """Two bases in one store would make two of every system."""
        with oxigraph_server(tmp_path / "server") as address:
            with pytest.raises(StoreError, match="nothing was ever loaded"):
                open_place(parse_place(address))
            create_place(parse_place(address), base="https://example.org/id/")
            assert open_place(parse_place(address)).base == "https://example.org/id/"
            with pytest.raises(StoreError, match="begin with"):
                create_place(parse_place(address), base="https://example.org/other/")

    @pytest.mark.slow
    def test_a_build_that_is_killed_goes_on(self, tmp_path: Path) -> None:
        """What was written before is known or written anew; the end is the same."""
        for seed in range(16):
            write_assessment(tmp_path / "corpus", seed, 16)
        words = [sys.executable, "-m", "viz.cli", "build", str(tmp_path / "corpus"), "--jobs", "2", "--store"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with oxigraph_server(tmp_path / "server") as address:
            for wait in (1.2, 1.6, 2.2):
                with subprocess.Popen(
                    [*words, address], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
                ) as build:
                    time.sleep(wait)
                    build.send_signal(signal.SIGKILL)
            for place in (address, str(tmp_path / "local")):
                assert main(["build", str(tmp_path / "corpus"), "--store", place]) == 0
            assert export(address, tmp_path / "r.nq") == export(tmp_path / "local", tmp_path / "l.nq")

    def test_a_server_without_graph_store_protocol(self, oxigraph: str) -> None:
        """Behind one address for everything, documents go by updates and come by queries."""
        document = Lines.of(map_document(make_facts(), make_source(), version="1"))
        with paper_server(_forwarded(oxigraph)) as (paper, _):
            store = create_remote(parse_address(paper, {LAYOUT: "plain"}))
            store.add([(document, "/a")])
            store.put(document, path="/b")
            (one,) = [one for one in store.documents() if one.graph == document.graph]
            assert one.path == "/b"
            assert len(list(store.quads(NamedNode(document.graph)))) == document.lines.count(b"\n")
            store.remove(document.graph)
            assert document.graph not in {one.graph for one in store.documents()}


def _forwarded(oxigraph: str) -> Callable[[Asked], Said]:
    """Return what sends all that comes to one address to the endpoints of Oxigraph's server."""
    from urllib.request import Request, urlopen

    def answer(asked: Asked) -> Said:
        kept = {name: asked.headers[name] for name in ("Content-Type", "Accept")}
        end = "update" if asked.body.startswith(b"update=") else "query"
        request = Request(f"{oxigraph}/{end}", data=asked.body, headers=kept)  # noqa: S310 -- this machine
        with urlopen(request) as reply:  # noqa: S310
            return Said(
                code=reply.status, headers={"Content-Type": reply.headers["Content-Type"] or ""}, body=reply.read()
            )

    return answer


@needs_virtuoso
@pytest.mark.slow
class TestVirtuoso:
    """Virtuoso, whose dialect differs in a few places."""

    def test_it_answers_what_the_docs_say(self, local: Path, tmp_path: Path) -> None:
        """Every question but two; what is joined comes in another order."""
        with virtuoso_server(tmp_path / "server") as address:
            assert main(["build", str(local.parent / "samples"), "--store", address]) == 0
            there, here = answers(open_place(parse_place(address))), answers(open_place(local))
            for name in set(here) - UNANSWERED_BY_VIRTUOSO:
                assert rejoined(name, there[name]) == rejoined(name, here[name]), name
            assert main(["build", str(local.parent / "samples"), "--store", address, "--again"]) == 0
            assert main(["trace", "--from", "架空市", "--store", address]) == 0

    def test_an_answer_that_it_cuts_is_told(self, tmp_path: Path) -> None:
        """Its limit of rows would otherwise look like all there is."""
        with virtuoso_server(tmp_path / "server", rows=60) as address:
            store = create_remote(parse_address(address))
            facts = make_facts(flows=tuple(make_flow("甲", f"乙{n}", line=n) for n in range(90)))
            store.add([(Lines.of(map_document(facts, make_source(), version="1")), "/a")])
            with pytest.raises(StoreError, match="no more than 60 rows"):
                ask(store, find_question("flows"))


class TestAddresses:
    """What may be given as an address, and what may not."""

    def test_credentials_come_from_the_environment(self) -> None:
        """Basic and bearer; they are never shown."""
        basic = parse_address("https://example.org/kg", {USER: "甲", PASSWORD: "秘密"})
        assert basic.headers == {"Authorization": "Basic 55SyOuenmOWvhg=="}
        bearer = parse_address("https://example.org/kg", {TOKEN: "abc"})
        assert bearer.headers == {"Authorization": "Bearer abc"}
        assert "abc" not in repr(bearer) + str(bearer)

    @pytest.mark.parametrize(
        ("text", "environment", "said"),
        [
            ("https://user:pw@example.org/", {}, "command line"),
            ("https://", {}, "no address"),
            ("https://example.org:port/", {}, "no address"),
            ("https://example.org/?a=b", {}, "no address"),
            ("http://example.org/", {TOKEN: "abc"}, "anybody on the way"),
            ("https://example.org/", {TOKEN: "abc", USER: "a"}, "both"),
            ("https://example.org/", {TOKEN: "a\r\nX: b"}, "no token has"),
            ("https://example.org/", {LAYOUT: "x"}, LAYOUT),
        ],
    )
    def test_what_is_refused(self, text: str, environment: dict[str, str], said: str) -> None:
        """Each with what to do instead, and without the password."""
        with pytest.raises(StoreError, match=said) as refused:
            parse_address(text, environment)
        assert refused.value.todo
        assert "pw" not in str(refused.value)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing."""
    monkeypatch.setattr("graph.remote.wire.sleep", lambda _: None)


@pytest.mark.usefixtures("hurried")
class TestFaults:
    """A server that is busy, away, or says no."""

    def test_what_passes_is_tried_again(self) -> None:
        """Busy, and a connection that breaks off."""
        said = [Said(code=503, headers={"Retry-After": "2"}), None, Said(headers=JSON, body=EMPTY)]
        with (
            paper_server(lambda _: said.pop(0)) as (address, asked),
            pytest.raises(StoreError, match="nothing was ever loaded"),
        ):
            open_remote(parse_address(address, {LAYOUT: "plain"}))
        assert len(asked) == 3

    @pytest.mark.parametrize(
        ("answer", "said", "times"),
        [
            (Said(code=401), "refuses these credentials", 1),
            (Said(code=400, body="壊れた問い\x1b[31m".encode()), "answers 400: 壊れた問い�", 1),
            (Said(code=500, body=b"no"), "answers 500: no", 1),
            (Said(code=503, body=b"busy"), "answers 503", 5),
            (None, "cannot be reached", 5),
            (Said(headers=JSON, body=b"<html>"), "cannot be understood", 1),
        ],
    )
    def test_what_does_not_is_told(self, answer: Said | None, said: str, times: int) -> None:
        """In our words, with what the server says."""
        with paper_server(lambda _: answer) as (address, asked):
            with pytest.raises(StoreError, match=said):
                open_remote(parse_address(address, {LAYOUT: "plain"}))
            assert len(asked) == times

    def test_nobody_listens(self) -> None:
        """Neither there nor anywhere of that name."""
        for address in ("http://127.0.0.1:9", "http://no-such-host.invalid"):
            with pytest.raises(StoreError, match="cannot be reached"):
                open_remote(parse_address(address, {}))

    def test_a_server_that_has_no_endpoint(self) -> None:
        """Every layout is tried, then it is said which there are."""
        with (
            paper_server(lambda _: Said(code=404)) as (address, _),
            pytest.raises(StoreError, match="no SPARQL endpoint") as refused,
        ):
            open_remote(parse_address(address, {}))
        assert "virtuoso" in refused.value.todo

    @pytest.mark.parametrize(
        ("server", "query", "update", "graphs"),
        [
            ("Oxigraph/0.5", "/kg/query", "/kg/update", "/kg/store"),
            ("Apache Jena Fuseki (5.1)", "/kg/query", "/kg/update", "/kg/data"),
            ("Virtuoso/07.20", "/kg/sparql", "/kg/sparql", "/kg/sparql-graph-crud"),
            ("GraphDB/10", "/kg", "/kg/statements", "/kg/rdf-graphs/service"),
            ("unknown", "/kg/query", "/kg/update", "/kg/store"),
        ],
    )
    def test_servers_are_known_by_their_endpoints_and_names(
        self, server: str, query: str, update: str, graphs: str
    ) -> None:
        """Where two have the same address for queries, the name decides."""

        def answer(asked: Asked) -> Said:
            is_query = asked.path == query and asked.body.startswith(b"query=")
            known = is_query or asked.path.partition("?")[0] in (update, graphs)
            return Said(headers=JSON | {"Server": server}, body=COUNTED) if known else Said(code=404)

        with paper_server(answer) as (address, asked):
            create_remote(parse_address(f"{address}/kg", {}))
        written = {(one.method, one.path.partition("?")[0]) for one in asked if not one.body.startswith(b"query=")}
        assert written == {("PUT", graphs)}

    def test_nothing_goes_where_the_server_sends_it(self) -> None:
        """Neither credentials, nor an update that would arrive as a query for nothing."""
        with paper_server(lambda _: Said(headers=JSON, body=EMPTY)) as (other, stolen):
            with (
                paper_server(lambda _: Said(code=302, headers={"Location": f"{other}/x"})) as (address, asked),
                pytest.raises(StoreError, match="sends to"),
            ):
                open_remote(parse_address(address, {TOKEN: "abc", LAYOUT: "plain"}))
            assert asked[0].headers["Authorization"] == "Bearer abc"
            assert not stolen
