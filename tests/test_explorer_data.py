"""The explorer shows the store as it is: new data without a restart, a missing or busy store said on the page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.explored import address, open_page
from tests.serving import ROOT, Server, fill, serving

_WRITER = """
import sys
from pathlib import Path
from graph.store import create_store
store = create_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""
CITY = address("/thing", ("id", "organization/架空市"))


def until(fact: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until ``fact`` holds; tell whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if fact():
            return True
        time.sleep(0.05)
    return False


def documents(server: Server) -> int:
    """Return how many documents the list has; -1 while no page can be shown."""
    response = server.client.get("/list/documents", headers={"Accept": "text/html"})
    return response.text.count("/document?id=") if response.status_code == 200 else -1


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store of two documents."""
    fill(tmp_path / "store", 2)
    return tmp_path / "store"


def test_new_documents_are_found(store: Path) -> None:
    """What a build adds is listed and found a moment later; the index is kept for the next start."""
    with serving(store) as server:
        assert until(lambda: documents(server) == 2)
        fill(store, 1, first=9)
        assert until(lambda: documents(server) == 3)
        assert "すべて 1" in open_page(server, address("/search", ("q", "架空市_9"))).text
    kept = list((store / "explorer").glob("*.sqlite3"))
    assert len(kept) == 1
    with serving(store) as server:
        assert documents(server) == 3
    assert list((store / "explorer").glob("*.sqlite3")) == kept


def test_a_store_that_is_not_there_yet(tmp_path: Path) -> None:
    """The page says in Japanese that there is no store; once there is one, it shows it."""
    store = tmp_path / "store"
    with serving(store) as server:
        assert "ストアを読めません" in open_page(server, "/", 503).text
        assert "The store cannot be read" in open_page(server, "/?lang=en", 503).text
        fill(store, 1)
        assert until(lambda: documents(server) == 1)


def test_another_store_in_its_place(store: Path, tmp_path: Path) -> None:
    """When the store is replaced, pages show the other one, whatever its identifiers begin with."""
    fill(tmp_path / "other", 4, base="https://example.org/id/")
    with serving(store) as server:
        assert until(lambda: documents(server) == 2)
        shutil.rmtree(store)
        assert until(lambda: documents(server) == -1)
        (tmp_path / "other").rename(store)
        assert until(lambda: documents(server) == 4)
        assert "https://example.org/id/organization/架空市" in open_page(server, CITY).text


def test_an_index_that_is_taken_away(store: Path) -> None:
    """Without its index the explorer makes it again."""
    with serving(store) as server:
        assert until(lambda: documents(server) == 2)
        shutil.rmtree(store / "explorer")
        assert until(lambda: documents(server) == 2)


def test_during_a_build_the_page_says_so(store: Path) -> None:
    """While another program writes, the data from before are shown, and the page says that they are."""
    with serving(store) as server:
        assert until(lambda: documents(server) == 2)
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", _WRITER, str(store)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n"
            assert until(lambda: "build がストアに書き込み中" in open_page(server, "/").text)
            assert documents(server) == 2
            writer.kill()
        assert until(lambda: "build がストアに書き込み中" not in open_page(server, "/").text)


def test_where_no_index_can_be_kept_the_page_says_so(store: Path) -> None:
    """Something else stands in the index's place: pages say so, and the endpoint answers all the same."""
    (store / "explorer").write_text("in the way", encoding="utf-8")
    with serving(store) as server:
        assert until(lambda: "index cannot be made" in server.client.get("/").text)
        assert server.client.get("/sparql?query=ASK{}").status_code == 200
        (store / "explorer").unlink()
        assert until(lambda: documents(server) == 2)
