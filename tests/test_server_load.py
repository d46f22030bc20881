"""The service under load and under faults: fast enough, no wrong answer, no hang, nothing that grows."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.serving import AGENCY, COUNT, Server, fill, serving

pytestmark = pytest.mark.slow

_START = quote(f'SELECT ?s WHERE {{ ?s a <{AGENCY}> FILTER(STR(?s) != "')
_END = quote('") }')
_SCRIPT = f"""
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", "/sparql?query={_START}" .. n .. "{_END}")
end
"""
"""A script for wrk: each request is another light query."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of twenty documents."""
    path = tmp_path_factory.mktemp("load") / "store"
    fill(path, 20)
    return path


@pytest.fixture
def server(store: Path) -> Iterator[Server]:
    """Serve the store."""
    with serving(store, "--processes", "4") as running:
        yield running


def memory(server: Server) -> int:
    """Return how many bytes the service and its processes hold."""
    pages = (int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in (server.process.pid, *server.workers()))
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
def test_two_hundred_light_queries_a_second(server: Server, tmp_path: Path) -> None:
    """Each query another, ten seconds long, none refused."""
    (tmp_path / "light.lua").write_text(_SCRIPT)
    assert server.count() > 0
    command = ["wrk", "-t1", "-c8", "-d10s", "--latency", "-s", str(tmp_path / "light.lua"), server.url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate is not None
    assert "Non-2xx" not in said
    assert float(rate[1]) >= 200, said


def test_nothing_grows(server: Server) -> None:
    """After ten thousand queries of all kinds the service holds at most a fifth more than after a thousand."""
    queries = [
        (COUNT, "json"),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT 300", "csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 300", "ttl"),
        ("ASK { ?s ?p", "json"),
        ("ASK FROM <a:b> {}", "xml"),
    ]

    def ask(count: int) -> None:
        with ThreadPoolExecutor(4) as threads:
            for _ in threads.map(lambda number: server.ask(*queries[number % len(queries)]), range(count)):
                pass

    ask(1000)
    early = memory(server)
    ask(9000)
    assert memory(server) < 1.2 * early


def test_a_thousand_bad_requests(server: Server) -> None:
    """Whatever is sent, the answer is a refusal in its place, and soon; then all is as before."""
    chance = random.Random(7)  # noqa: S311 -- the same noise in every run
    right = server.count()

    def send(number: int) -> int:
        fault = _FAULTS[number % len(_FAULTS)]
        noise = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 400)))
        try:
            return fault(server, noise).status_code
        except httpx.HTTPError:
            return 0

    with ThreadPoolExecutor(4) as threads:
        started = time.monotonic()
        statuses = set(threads.map(send, range(1000)))
        assert time.monotonic() - started < 120
    assert statuses <= {0, 200, 400, 403, 404, 405, 406, 408, 413, 414, 415, 503}
    assert server.count() == right


_FAULTS = (
    lambda server, noise: server.client.post(
        "/sparql", content=noise, headers={"Content-Type": "application/sparql-query"}
    ),
    lambda server, noise: server.client.post(
        "/sparql", content=noise, headers={"Content-Type": "application/x-www-form-urlencoded"}
    ),
    lambda server, noise: server.client.post("/sparql", content=noise, headers={"Content-Type": noise.hex()}),
    lambda server, noise: server.ask(noise.decode("latin-1")),
    lambda server, noise: server.ask("ASK {" + noise.decode("utf-8", "replace") + "}"),
    lambda server, noise: server.client.get("/id/" + noise.hex(), headers={"Accept": noise.hex()}),
    lambda server, noise: server.client.get("/sparql", params={"query": "ASK {}", "default-graph-uri": noise.hex()}),
    lambda server, noise: server.client.request(noise.hex()[:8].upper(), "/sparql"),
    lambda server, noise: server.client.get("/" + "".join(f"%{byte:02X}" for byte in noise)),
)


def test_processes_that_are_killed_all_the_time(server: Server) -> None:
    """For ten seconds processes die at random; every answer is right or a refusal, and the service comes to rest."""
    right = server.count()
    chance = random.Random(3)  # noqa: S311 -- the same order in every run
    done = threading.Event()

    def kill() -> None:
        while not done.is_set():
            workers = server.workers()
            if workers:
                try:
                    os.kill(chance.choice(workers), signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(chance.random() * 0.3)

    killing = threading.Thread(target=kill)
    killing.start()
    answers: list[tuple[int, int | None]] = []

    def ask(_: int) -> None:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            response = server.ask(COUNT)
            good = response.status_code == 200
            answers.append((response.status_code, _number(response) if good else None))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(ask, range(4)))
    done.set()
    killing.join()
    assert {status for status, _ in answers} <= {200, 500, 503}
    assert {count for status, count in answers if status == 200} == {right}
    rest = time.monotonic() + 30
    while len(server.workers()) != 4 and time.monotonic() < rest:
        time.sleep(0.2)
    assert len(server.workers()) == 4
    assert server.count() == right


def _number(response: httpx.Response) -> int:
    return int(response.json()["results"]["bindings"][0]["n"]["value"])
