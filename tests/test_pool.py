"""The pool: a document that crashes its process, hangs or eats memory costs only itself; results keep their order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.given import Given, find_members
from graph.load import Loader, Outcome, State
from graph.pool import Limited, Limits, Pool
from graph.prepare import Failed, Prepared, Task
from graph.store import memory_store
from tests.misbehaving import misbehave

ROOT = Path(__file__).parents[1]
LIMITS = Limits(seconds=2.0, memory=4 << 30)


def pool(jobs: int = 2, limits: Limits = LIMITS) -> Pool:
    """Return a pool of processes that do as the files say."""
    return Pool(work=misbehave, jobs=jobs, limits=limits, preload=("tests.misbehaving",))


def tasks(folder: Path, *texts: str) -> Iterator[Task]:
    """Write one file for each text and yield its task."""
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        yield Task(given=Given(path=path), base="https://example.org/id/", version="1")


def test_every_failure_costs_one_document(tmp_path: Path) -> None:
    """Each is said in its own words, the others are read, and the order is that of the tasks."""
    texts = ("1", "crash", "2", "hang", "abort", "3", "eat", "exit", "raise", "4")
    results = list(pool().prepare(tasks(tmp_path, *texts)))
    assert [isinstance(one, Prepared) for one in results] == [text.isdigit() for text in texts]
    assert [one.why for one in results if isinstance(one, Failed)] == [
        "its reader crashed (SIGKILL)",
        "stopped: it took more than 2 s",
        "its reader crashed (SIGABRT)",
        "it needs more memory than it may use",
        "its reader crashed (exit code 3)",
        "RuntimeError: a reader that breaks",
    ]


def test_tasks_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    """Forty thousand documents do not stand in memory together."""
    taken = []

    def counted() -> Iterator[Task]:
        for task in tasks(tmp_path, *map(str, range(60))):
            taken.append(task)
            yield task

    results = pool(jobs=1).prepare(counted())
    next(results)
    assert len(taken) < 10
    assert len(list(results)) == 59


def test_nothing_to_do_starts_nothing() -> None:
    """No process for a build that finds everything unchanged."""
    assert list(pool().prepare(())) == []


def test_stopping_in_the_middle_leaves_no_process(tmp_path: Path) -> None:
    """Whoever stops asking does not leave work behind."""
    results = pool().prepare(tasks(tmp_path, "1", "hang", "hang"))
    next(results)
    start = time.monotonic()
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert time.monotonic() - start < 5


def test_a_member_of_an_archive_is_handed_over(tmp_path: Path) -> None:
    """The processes read it without the archive."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("deep/1.txt", "7")
        archive.writestr("2.txt", "crash")
    given = find_members(tmp_path / "a.zip", {".txt"})
    results = list(pool().prepare(Task(given=one, base="https://example.org/", version="1") for one in given))
    assert isinstance(results[0], Prepared)
    assert (results[0].source.name, results[0].source.text) == ("1.txt", "7")
    assert isinstance(results[1], Failed)


def test_a_loader_with_a_pool_gives_the_same_store(tmp_path: Path) -> None:
    """As one that reads here, whatever the order in which processes finish."""
    found = []
    list(tasks(tmp_path, "sleep,1", "2", "3", "sleep,1,other", "4"))
    for jobs in (1, 3):
        store = memory_store()
        outcomes: list[Outcome] = list(
            Loader(store, prepare=pool(jobs).prepare, program="1").load(tmp_path.glob("*.txt"))
        )
        assert {one.state for one in outcomes} == {State.LOADED}
        found.append(sorted(map(str, store.engine)))
    assert found[0] == found[1]


_ORPHAN = """
import sys
from pathlib import Path
from tests.test_pool import pool, tasks
from graph.pool import Limits
if __name__ == "__main__":
    results = pool(1, Limits(seconds=1.0, memory=4 << 30)).prepare(tasks(Path(sys.argv[1]), "1", "hang"))
    next(results)
    print("hanging", flush=True)
    next(results)
"""


@pytest.mark.slow
def test_a_process_does_not_outlive_its_time_when_the_program_is_killed(tmp_path: Path) -> None:
    """The alarm of the system ends it, though nobody is left to stop it."""
    script = tmp_path / "orphan.py"
    script.write_text(_ORPHAN, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"hanging\n"
        child.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while _session(child.pid) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert _session(child.pid) == []


def _session(leader: int) -> list[int]:
    """Return the processes of a session that are still running."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def test_the_alarm_is_taken_back(tmp_path: Path) -> None:
    """A document that is read in time leaves no alarm for the next."""
    before = signal.getsignal(signal.SIGALRM)
    try:
        result = Limited(misbehave, LIMITS)(next(tasks(tmp_path, "5")))
        assert isinstance(result, Prepared)
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGALRM, before)
