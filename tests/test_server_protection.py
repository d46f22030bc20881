"""A query reaches nothing outside the store, ends in its time and memory, and leaves the others their share."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from tests.serving import AGENCY, COUNT, HEAVY, Server, fill, serving

GREEDY = 'SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i)); separator="-") AS ?x) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }'
LIGHT = f"SELECT ?s WHERE {{ ?s a <{AGENCY}> }} LIMIT 5"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of three documents."""
    path = tmp_path_factory.mktemp("protection") / "store"
    fill(path)
    return path


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    """Serve with a short time and a small memory."""
    with serving(store, "--seconds", "1", "--memory", "300", "--processes", "3", "--waiting", "4") as running:
        yield running


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Run an HTTP server that notes who calls."""
    calls: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 -- the name is http.server's

        def log_message(self, *_: object) -> None:
            return

    listener = HTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{listener.server_port}/sparql", calls
    listener.shutdown()
    thread.join()
    listener.server_close()


REACHING_OUT = (
    "SELECT * WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "select * where {{ service<{0}>{{ ?s ?p ?o }} }}",
    "PREFIX e: <{0}> SELECT * WHERE {{ ?s ?p 1 .SERVICE e: {{ ?s ?p ?o }} }}",
    "PREFIX é: <{0}> SELECT * WHERE {{ SERVICE é: {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ BIND(<{0}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ BIND(<{0}> AS ?e) SERVICE $e {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ SERVICE # {0}\n # SILENT\n SILENT #\n <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ ?s ?p ?o # hidden\rSERVICE <{0}> {{ ?s ?p ?o }}\n }}",
    "SELECT * WHERE {{ FILTER(1<2)SERVICE<{0}> {{ ?s ?p ?o }} FILTER(3>2) }}",
    'SELECT * WHERE {{ FILTER("\\u0022 #" != "") SERVICE <{0}> {{ ?s ?p ?o }} }}',
    "SELECT * WHERE {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * WHERE {{ {{ SELECT * WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * FROM <{0}> WHERE {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "LOAD <{0}>",
    "ASK {{}} ; LOAD <{0}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
)


class TestReachingOut:
    """No query makes the service call anywhere."""

    @pytest.mark.parametrize("query", REACHING_OUT)
    def test_it_is_refused(self, server: Server, elsewhere: tuple[str, list[str]], query: str) -> None:
        """However it is written, the client is told no, and nothing is called."""
        url, calls = elsewhere
        assert server.ask(query.format(url)).status_code in (400, 403)
        assert calls == []

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT ?service WHERE { ?service <https://example.org/service> ?from }",
            'PREFIX ex: <https://example.org/> ASK { ?x ex:service ex:from ; ex:hasService "from service" }',
            "# which services there are, from all graphs\nASK {}",
            'SELECT * WHERE { ?dateFrom ?p "\\u67B6\\u7A7A" }',
        ],
    )
    def test_mere_words_are_not(self, server: Server, query: str) -> None:
        """The words may stand in names, texts and comments."""
        assert server.ask(query).status_code == 200

    def test_a_process_of_a_query_has_no_network(self, server: Server) -> None:
        """The second wall: the processes see no network but their own empty one, where the system allows it."""
        spaces = {Path(f"/proc/{worker}/ns/net").readlink() for worker in server.workers()}
        if Path("/proc/self/ns/net").readlink() in spaces:
            pytest.skip("this system lets no process leave its network")
        assert len(spaces) == len(server.workers())


class TestTimeAndMemory:
    """A query that takes too much is ended, and the service goes on."""

    def test_a_query_without_end_is_stopped(self, server: Server) -> None:
        """The answer comes soon after the limit, says why, and the work has really ended."""
        before = set(server.workers())
        started = time.monotonic()
        response = server.ask(HEAVY)
        assert response.status_code == 504
        assert "1 seconds" in response.json()["what"]
        assert time.monotonic() - started < 5
        assert _until(lambda: set(server.workers()) != before)
        assert _until(lambda: len(server.workers()) == 3 and _busy(server) < 0.2)

    def test_a_query_without_measure_is_stopped(self, store: Path) -> None:
        """Where the memory ends, the query ends, and says why."""
        with serving(store, "--seconds", "25", "--memory", "200") as server:
            response = server.ask(GREEDY)
            assert (response.status_code, response.json()["kind"]) == (500, "memory")
            assert server.count() > 0

    @pytest.mark.parametrize(
        "query",
        [
            "ASK " + "{" * 20_000 + "}" * 20_000,
            "ASK { FILTER " + "(" * 20_000 + "1" + ")" * 20_000 + " }",
            "ASK FROM <a:b> " + "{" * 3_000 + "}" * 3_000,
            "ASK { ?s " + "(" * 20_000 + "<a:b>" + ")" * 20_000 + " ?o }",
        ],
        ids=["braces", "parentheses", "with FROM", "path"],
    )
    def test_a_bottomless_query_is_refused(self, server: Server, query: str) -> None:
        """Nesting that no parser bears is the client's fault, and costs one process at most."""
        assert server.ask(query).status_code == 400
        assert server.ask(LIGHT).status_code == 200

    def test_a_client_that_leaves_takes_its_query_along(self, store: Path) -> None:
        """Nobody waits for the answer, so the work is stopped."""
        with serving(store, "--processes", "1") as server:
            with pytest.raises(httpx.ReadTimeout):
                server.client.get("/sparql", params={"query": HEAVY}, timeout=0.5)
            started = time.monotonic()
            assert server.ask(LIGHT).status_code == 200
            assert time.monotonic() - started < 5


class TestSharing:
    """Many queries at once."""

    def test_too_many_are_sent_away(self, server: Server) -> None:
        """Three run, four wait, the others get 503 with a time to come back; afterwards all is as before."""
        with ThreadPoolExecutor(20) as threads:
            responses = list(threads.map(lambda _: server.ask(HEAVY), range(20)))
        refused = [response for response in responses if response.status_code == 503]
        assert {response.status_code for response in responses} == {503, 504}
        assert len(refused) >= 20 - 3 - 4 - 3
        assert all(int(response.headers["retry-after"]) > 0 for response in refused)
        assert _until(lambda: server.ask(LIGHT).status_code == 200)

    def test_a_heavy_query_leaves_room_for_light_ones(self, store: Path) -> None:
        """Beside a cross product, a light query takes at most three times as long as alone."""
        with serving(store, "--seconds", "20") as server, ThreadPoolExecutor(1) as threads:
            alone = _time_of_light(server)
            running = threads.submit(server.ask, HEAVY)
            time.sleep(1.2)
            beside = _time_of_light(server)
            assert not running.done()
            server.process.kill()
        assert beside < 3 * alone + 0.002

    def test_answers_are_not_mixed_up(self, server: Server) -> None:
        """Each of many clients gets the answer to its own query."""

        def ask(number: int) -> bool:
            query = f"SELECT ({number} AS ?n) (COUNT(*) AS ?all) WHERE {{ ?s ?p ?o }}"
            row = server.ask(query).json()["results"]["bindings"][0]
            return int(row["n"]["value"]) == number

        with ThreadPoolExecutor(4) as threads:
            assert all(threads.map(ask, range(200)))


class TestFaults:
    """Processes that die, clients that misbehave."""

    def test_killed_processes_are_replaced(self, store: Path) -> None:
        """A query whose process is killed is refused with its reason; every answer that comes is right."""
        with serving(store, "--processes", "3") as server:
            right = server.count()
            with ThreadPoolExecutor(3) as threads:
                answers = [threads.submit(server.ask, COUNT) for _ in range(300)]
                for _ in range(10):
                    time.sleep(0.05)
                    for worker in server.workers()[:1]:
                        os.kill(worker, signal.SIGKILL)
                responses = [answer.result() for answer in answers]
            assert {response.status_code for response in responses} <= {200, 500}
            good = [
                response.json()["results"]["bindings"][0]["n"]["value"] for response in responses if response.is_success
            ]
            assert set(good) == {str(right)}
            assert len(good) > 200
            assert _until(lambda: len(server.workers()) == 3)
            assert server.count() == right

    @pytest.mark.parametrize(
        "request_bytes",
        [
            b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\n\r\n\r\n",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            b"GET /" + b"a" * 100_000,
        ],
    )
    def test_what_is_no_http_is_sent_away(self, server: Server, request_bytes: bytes) -> None:
        """Broken requests end with their connection, the service goes on."""
        with socket.create_connection((httpx.URL(server.url).host, httpx.URL(server.url).port or 0)) as connection:
            connection.settimeout(10)
            connection.sendall(request_bytes)
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(100)
        assert not answer or b" 400 " in answer
        assert server.ask(LIGHT).status_code == 200

    def test_the_processes_end_with_the_service(self, store: Path) -> None:
        """Even where the service is killed, no process of a query is left."""
        with serving(store) as server:
            workers = server.workers()
            threading.Thread(target=_ask_in_vain, args=(server,)).start()
            time.sleep(0.5)
            server.process.kill()
            assert _until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def _ask_in_vain(server: Server) -> None:
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"{server.url}/sparql", params={"query": HEAVY}, trust_env=False, timeout=20)


def _time_of_light(server: Server) -> float:
    """Return the median time of fifty light queries."""

    def timed() -> float:
        started = time.perf_counter()
        assert server.ask(LIGHT).status_code == 200
        return time.perf_counter() - started

    return statistics.median(timed() for _ in range(50))


def _busy(server: Server) -> float:
    """Return how many processors the processes of queries use."""

    def used() -> float:
        stats = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in server.workers()]
        return sum(int(words[11]) + int(words[12]) for words in stats) / os.sysconf("SC_CLK_TCK")

    try:
        before = used()
        time.sleep(0.3)
        return (used() - before) / 0.3
    except FileNotFoundError:
        return 9.0


def _until(fact: object, seconds: float = 15) -> bool:
    """Wait until ``fact`` holds; tell whether it did in time."""
    assert callable(fact)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if fact():
            return True
        time.sleep(0.05)
    return False
