"""The service shows the store as it is: new data without a restart, no data in the middle of a build, and says why."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from graph.store import MARKER
from tests.serving import COUNT, ROOT, Server, fill, serving

_WRITER = """
import sys, time
from pathlib import Path
from graph.store import create_store
store = create_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def until(fact: Callable[[], bool], seconds: float = 15) -> bool:
    """Wait until ``fact`` holds; tell whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if fact():
            return True
        time.sleep(0.05)
    return False


def documents(server: Server) -> int:
    """Return how many documents are served; -1 while there are none to serve."""
    said = server.client.get("/status").json()
    return int(said["documents"]) if said["ready"] else -1


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store of two documents."""
    fill(tmp_path / "store", 2)
    return tmp_path / "store"


@pytest.fixture
def writing(store: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a program that has the store open for writing, as a build has."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _WRITER, str(store)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_new_documents_appear(store: Path) -> None:
    """A build beside the running service is seen when it has ended, and what is past is cleared away."""
    with serving(store) as server:
        before = server.count()
        fill(store, 3, first=3)
        assert until(lambda: documents(server) == 5)
        assert server.count() > before
        assert until(lambda: len(list((store / "served").iterdir())) == 1)
    assert not (store / "served").exists()


def test_nobody_sees_half_a_change(store: Path) -> None:
    """While documents are added, every answer belongs to a whole state, and none is refused."""
    with serving(store) as server:
        counts = {server.count()}
        for first in (3, 5, 7):
            fill(store, 2, first=first)
            for _ in range(40):
                counts.add(server.count())
        assert until(lambda: documents(server) == 8)
        counts.add(server.count())
    assert len(counts) <= 4


def test_during_a_build_the_last_state_is_served(store: Path, writing: subprocess.Popen[str]) -> None:
    """Whoever starts during a build has nothing to serve and says so; afterwards it serves by itself."""
    with serving(store) as server:
        response = server.ask(COUNT)
        assert response.status_code == 503
        assert "build is writing" in response.json()["what"]
        assert int(response.headers["retry-after"]) > 0
        assert server.client.get("/status").json()["building"] is True
        writing.kill()
        assert until(lambda: documents(server) == 2)
        assert server.count() > 0


def test_a_build_after_the_start_disturbs_nobody(store: Path) -> None:
    """With a state to serve, the service serves it during a build, and the build never has to wait."""
    with serving(store) as server:
        assert documents(server) == 2
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", _WRITER, str(store)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n"
            assert until(lambda: bool(server.client.get("/status").json()["building"]))
            assert server.count() > 0
            writer.kill()
        assert until(lambda: not server.client.get("/status").json()["building"])


def test_a_store_that_is_not_there_yet(tmp_path: Path) -> None:
    """Without a store, the service runs, says what is missing, and serves once there is one."""
    store = tmp_path / "store"
    with serving(store) as server:
        response = server.ask(COUNT, "text/plain")
        assert response.status_code == 503
        assert f"mynaflow build FOLDER --store {store}" in response.text
        assert server.client.get("/sparql", headers={"Accept": "text/turtle"}).status_code == 200
        assert server.client.get("/.well-known/void").status_code == 503
        fill(store, 1)
        assert until(lambda: documents(server) == 1)


def test_a_store_that_is_taken_away_and_replaced(store: Path, tmp_path: Path) -> None:
    """When the store is gone, so are its answers; another in its place is served."""
    fill(tmp_path / "other", 4, base="https://example.org/id/")
    with serving(store) as server:
        assert documents(server) == 2
        store.rename(tmp_path / "old")
        assert until(lambda: documents(server) == -1)
        (tmp_path / "other").rename(store)
        assert until(lambda: documents(server) == 4)
        assert server.client.get("/status").json()["base"] == "https://example.org/id/"


@pytest.mark.parametrize(
    ("name", "text"),
    [("notes.txt", "mine"), (MARKER, "{}"), (MARKER, '{"format": 99, "base": "https://example.org/"}')],
)
def test_what_is_no_store_is_told(tmp_path: Path, name: str, text: str) -> None:
    """A folder of another kind is named as such, and left as it is."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / name).write_text(text)
    with serving(folder) as server:
        assert server.ask(COUNT).status_code == 503
    assert [one.name for one in folder.iterdir()] == [name]


def test_a_broken_store_is_told_and_recovers(store: Path) -> None:
    """Damaged files are no end: the service says so, and serves again when the store is whole."""
    whole = store.with_name("whole")
    shutil.copytree(store, whole)
    for manifest in (store / "oxigraph").glob("MANIFEST-*"):
        manifest.write_bytes(b"broken")
    with serving(store) as server:
        response = server.ask(COUNT)
        assert response.status_code == 503
        assert str(store / "served") not in response.text
        shutil.rmtree(store / "oxigraph")
        shutil.copytree(whole / "oxigraph", store / "oxigraph")
        assert until(lambda: documents(server) == 2)


def test_views_of_a_killed_service_are_cleared_away(store: Path) -> None:
    """What a killed service left in the store goes when the next one starts."""
    with serving(store) as server:
        assert documents(server) == 2
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
    left = {one.name for one in (store / "served").iterdir()}
    assert left
    with serving(store) as server:
        assert server.count() > 0
        assert not left & {one.name for one in (store / "served").iterdir()}


def test_a_store_that_cannot_be_written_is_served(store: Path) -> None:
    """Reading needs no right to write: the view is then kept elsewhere."""
    (store / "served").write_text("in the way")
    with serving(store) as server:
        assert server.count() > 0


def test_a_store_behind_a_server_is_refused() -> None:
    """Such a store is asked at its own server."""
    command = [sys.executable, "-P", "-m", "viz.cli", "serve", "--store", "https://kg.example.org/pia"]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "https://kg.example.org/pia" in done.stderr


def test_an_address_that_is_taken_is_told(store: Path) -> None:
    """Two services cannot listen at one port; the second says what to do."""
    with serving(store) as server:
        port = str(httpx.URL(server.url).port)
        command = [sys.executable, "-P", "-m", "viz.cli", "serve", "--store", str(store), "--port", port]
        second = subprocess.run(
            command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=30, check=False
        )
    assert second.returncode == 2
    assert "--port" in second.stderr
