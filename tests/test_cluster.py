"""Reading on a Dask cluster, over TCP: the same results as on one machine, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from extract.errors import UserError
from graph.cluster import Cluster, _own, prepare_apart
from graph.given import Given
from graph.pool import Limits, Pool
from graph.prepare import Failed, Prepared, Task
from tests.conftest import Told
from tests.forms.country import write_assessment
from tests.misbehaving import misbehave

dask = pytest.importorskip("dask", reason="no Dask: pip install 'mynaflow[dask]'")
distributed = pytest.importorskip("distributed", reason="no Dask: pip install 'mynaflow[dask]'")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

LIMITS = Limits(seconds=2.0, memory=4 << 30)
POOL = Pool(work=misbehave, jobs=1, limits=LIMITS, preload=("tests.misbehaving",))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Return a cluster of two workers, each a process that is talked to over TCP."""
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, protocol="tcp", dashboard_address=None, silence_logs=50
        ) as running,
    ):
        yield running


def tasks(folder: Path, *texts: str) -> Iterator[Task]:
    """Write one file for each text and yield its task; the file is gone when a worker gets it."""
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        yield Task(given=Given(path=path), base="https://example.org/id/", version="1")
        path.unlink()


def test_every_failure_costs_one_document(cluster: Any, tmp_path: Path) -> None:
    """As in the pool of one machine, and in the same words; a worker needs no file of this machine."""
    texts = ("1", "crash", "2", "hang", "eat", "exit", "raise", "3")
    results = list(Cluster(address=cluster.scheduler_address, pool=POOL).prepare(tasks(tmp_path, *texts)))
    assert [isinstance(one, Prepared) for one in results] == [text.isdigit() for text in texts]
    assert [one.why for one in results if isinstance(one, Failed)] == [
        "its reader crashed (SIGKILL)",
        "stopped: it took more than 2 s",
        "it needs more memory than it may use",
        "its reader crashed (exit code 3)",
        "RuntimeError: a reader that breaks",
    ]


def test_a_thread_keeps_one_process_for_a_build(tmp_path: Path) -> None:
    """Starting one for each document would take longer than reading it; the next build gets another."""
    (one, other), (third,) = (
        [prepare_apart(build, replace(POOL, work=partial(told_by)), task) for task in tasks(tmp_path, *texts)]
        for build, texts in (("a", ("1", "2")), ("b", ("3",)))
    )
    assert isinstance(one, Failed)
    assert one == other != third
    _own.kept[1].stop()


def told_by(task: Task) -> Failed:
    """Say which process this is."""
    return Failed(why=str(os.getpid()))


def test_a_worker_that_is_killed_costs_nothing(cluster: Any, tmp_path: Path, mynaflow: Callable[..., Told]) -> None:
    """Its documents are read by another; the graph is that of one machine."""
    for seed in range(14):
        write_assessment(tmp_path / "corpus", seed, 14)
    workers = [nanny.pid for nanny in cluster.workers.values()]

    def kill() -> None:
        time.sleep(1.5)
        os.kill(workers[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    address = cluster.scheduler_address
    assert address.startswith("tcp://")
    told = mynaflow("build", tmp_path / "corpus", "--store", tmp_path / "there", "--scheduler", address)
    killer.join()
    assert told.code == 0
    seen = time.monotonic() + 20
    while workers[0] in [nanny.pid for nanny in cluster.workers.values()] and time.monotonic() < seen:
        time.sleep(0.2)  # the one that watches it has to notice
    assert workers[0] not in [nanny.pid for nanny in cluster.workers.values()]
    assert mynaflow("build", tmp_path / "corpus", "--store", tmp_path / "here").code == 0
    exports = []
    for place in ("there", "here"):
        assert mynaflow("export", "--store", tmp_path / place, "--out", tmp_path / f"{place}.nq").code == 0
        exports.append((tmp_path / f"{place}.nq").read_bytes())
    assert exports[0] == exports[1]


def test_a_cluster_that_cannot_work_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No scheduler, no worker, and workers that may start no process."""
    monkeypatch.setattr("graph.cluster._CONNECT", 1.0)
    with pytest.raises(UserError, match="no scheduler answers"):
        list(Cluster(address="tcp://127.0.0.1:9", pool=POOL).prepare(tasks(tmp_path, "1")))
    with (
        dask.config.set({"distributed.worker.daemon": True}),
        distributed.LocalCluster(n_workers=0, protocol="tcp", dashboard_address=None, silence_logs=50) as empty,
    ):
        reading = Cluster(address=empty.scheduler_address, pool=POOL)
        with pytest.raises(UserError, match="no worker"):
            list(reading.prepare(tasks(tmp_path, "1")))
        empty.scale(1)
        empty.wait_for_workers(1)
        with pytest.raises(UserError, match="no process") as refused:
            list(reading.prepare(tasks(tmp_path, "1")))
        assert "DAEMON=False" in refused.value.todo


def test_without_dask_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default install goes without."""

    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("graph.cluster.import_module", absent)
    with pytest.raises(UserError, match="needs Dask"):
        list(Cluster(address="tcp://127.0.0.1:9", pool=POOL).prepare(tasks(tmp_path, "1")))
