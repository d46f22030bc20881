"""A build that is killed over and over goes on where it was, and ends with the graph of one that was left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.forms.country import write_assessment
from viz.cli import main

ROOT = Path(__file__).parents[1]
DOCUMENTS = int(os.environ.get("MYNAFLOW_RESUME_DOCUMENTS", "40"))
"""How many documents are built."""
SECONDS = float(os.environ.get("MYNAFLOW_RESUME_SECONDS", "1"))
"""How long a build is left alone, at most, once something of it is in the store."""
_MOST_KILLS = 400


def start_build(corpus: Path, store: Path) -> subprocess.Popen[bytes]:
    """Start a build as a user does; its error stream is a pipe."""
    return subprocess.Popen(
        [sys.executable, "-m", "viz.cli", "build", str(corpus), "--store", str(store), "--jobs", "2"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def finish(build: subprocess.Popen[bytes]) -> None:
    """Wait for a build that is to succeed."""
    _, said = build.communicate()
    assert build.returncode == 0, said.decode()


def kill_in_the_middle(build: subprocess.Popen[bytes], wait: float, new: int) -> bool:
    """Kill a build ``wait`` seconds after it has put ``new`` documents into the store; false if it ended before."""
    assert build.stderr is not None
    while new and (line := build.stderr.readline()):
        new -= b" loaded " in line
    try:
        build.communicate(timeout=wait)
    except subprocess.TimeoutExpired:
        build.send_signal(signal.SIGKILL)
        build.communicate()
        return True
    assert build.returncode == 0
    return False


def export(store: Path, out: Path) -> bytes:
    """Return all quads of a store, in order."""
    assert main(["export", "--store", str(store), "--out", str(out)]) == 0
    return out.read_bytes()


@pytest.mark.slow
def test_killing_a_build_again_and_again(tmp_path: Path) -> None:
    """Each run is killed with SIGKILL; the one that ends by itself has every document, and the same bytes."""
    corpus = tmp_path / "corpus"
    for seed in range(DOCUMENTS):
        write_assessment(corpus, seed, DOCUMENTS)
    finish(start_build(corpus, tmp_path / "whole"))
    chance = Random(7)  # noqa: S311 -- when to kill is no secret
    kills = 0
    # Every other build is killed before it has put anything into the store.
    while kill_in_the_middle(start_build(corpus, tmp_path / "killed"), chance.uniform(0, SECONDS), kills % 2):
        kills += 1
        assert kills < _MOST_KILLS, "the builds do not get on"
    assert kills > 1
    whole = export(tmp_path / "whole", tmp_path / "whole.nq")
    assert export(tmp_path / "killed", tmp_path / "killed.nq") == whole
    assert whole.count(b"DocumentGraph> <") == whole.count(b"#DocumentGraph>")
    texts = [sum(1 for _ in (tmp_path / name / "texts").rglob("*.txt.gz")) for name in ("whole", "killed")]
    assert texts == [DOCUMENTS, DOCUMENTS]


@pytest.mark.slow
def test_one_changed_document_takes_two_seconds(tmp_path: Path) -> None:
    """The rest is known to be unchanged by its hash; the best of five, for other work may run beside."""
    for seed in range(10):
        path = write_assessment(tmp_path / "corpus", seed, 10)
    finish(start_build(tmp_path / "corpus", tmp_path / "s"))
    times = []
    for turn in range(5):
        path.write_bytes(path.read_bytes() + b"\n" * (turn + 1))
        start = time.perf_counter()
        finish(start_build(tmp_path / "corpus", tmp_path / "s"))
        times.append(time.perf_counter() - start)
    assert min(times) < 2.0
