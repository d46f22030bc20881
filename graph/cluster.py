"""Prepares documents on the machines of a Dask cluster, with the same limits and the same results as on this one.

Each thread of a worker has one process of its own that reads, so that a document which crashes it, hangs or eats
memory costs only itself. A worker that dies costs nothing: its documents go to another. Documents are sent with
their bytes: a worker need not reach the files.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from uuid import uuid4

from extract.errors import UserError
from graph.load import program_version
from graph.pool import AHEAD, Pool, in_order, with_data
from graph.prepare import Failed, Result, Task

if TYPE_CHECKING:
    from pebble import ProcessPool

PATIENCE = 60.0
"""Seconds for which a cluster may be without any worker."""

_CONNECT = 10.0
_LOOK = 2.0
_START = "DASK_DISTRIBUTED__WORKER__DAEMON=False dask worker --nthreads 1 --nworkers N {address}"
_own = threading.local()
T = TypeVar("T")


class _Client(Protocol):
    """What is used of Dask's client, which has no types and may not be installed."""

    def get_executor(self, *, pure: bool) -> Executor:
        """Return what runs functions on the workers."""

    def run(self, function: Callable[[], T]) -> dict[str, T]:
        """Call a function on each worker."""

    def nthreads(self) -> dict[str, int]:
        """Return how many threads each worker has."""

    def close(self) -> None:
        """Leave the cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The workers of the scheduler at ``address``, each thread with a ``pool`` of one process."""

    address: str
    pool: Pool

    def prepare(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results in the order of the tasks, which are taken as they are needed; raises UserError."""
        with closing(self._client()) as client:
            self._examine(client)
            executor = client.get_executor(pure=False)
            work = partial(prepare_apart, uuid4().hex, replace(self.pool, jobs=1))

            def begin(task: Task) -> Future[Result] | Failed:
                given = with_data(task)
                return given if isinstance(given, Failed) else executor.submit(work, given)

            def width() -> int:
                return AHEAD * max(1, sum(client.nthreads().values()))

            yield from in_order(tasks, begin, partial(self._finish, client), width)

    def _client(self) -> _Client:
        try:
            connect = import_module("distributed").Client
        except ImportError as error:
            raise UserError("--scheduler needs Dask", todo="pip install 'mynaflow[dask]'") from error
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it would tell is told of the documents
        try:
            return cast("_Client", connect(self.address, timeout=_CONNECT))
        except (OSError, ValueError, TypeError) as error:
            raise UserError(
                f"no scheduler answers: {str(error).partition(chr(10))[0]}",
                where=self.address,
                todo="dask scheduler, and give its address: --scheduler tcp://host:8786",
            ) from error

    def _examine(self, client: _Client) -> None:
        """Raise UserError unless there are workers, which have this program and may start processes."""
        own = program_version()
        found = client.run(_version_and_daemon)
        if not found:
            raise self._no_worker()
        for worker, (version, is_daemon) in sorted(found.items()):
            if version != own:
                what = f"this worker has mynaflow {version}, this program is {own}"
                raise UserError(what, where=worker, todo="install the same version everywhere")
            if is_daemon:
                what = "this worker may start no process in which a document could be stopped"
                raise UserError(what, where=worker, todo=f"start it so: {_START.format(address=self.address)}")

    def _finish(self, client: _Client, begun: Future[Result] | Failed) -> Result:
        if isinstance(begun, Failed):
            return begun
        seen = monotonic()
        while True:
            try:
                return begun.result(timeout=_LOOK)
            except NotYet:
                seen = monotonic() if client.nthreads() else seen
                if monotonic() - seen > PATIENCE:
                    raise self._no_worker() from None
            except CancelledError as error:
                raise UserError(
                    "the scheduler is lost", where=self.address, todo="start it, and give the same command to go on"
                ) from error
            except Exception as error:  # noqa: BLE001 -- what breaks every worker that tries it must not cost the others
                return Failed(why=f"no worker could read it: {type(error).__name__}")

    def _no_worker(self) -> UserError:
        return UserError(
            "the cluster has no worker", where=self.address, todo=f"start some: {_START.format(address=self.address)}"
        )


def prepare_apart(build: str, pool: Pool, task: Task) -> Result:
    """Prepare one document in the process that this thread of a worker keeps for one ``build``."""
    kept: tuple[str, ProcessPool] | None = getattr(_own, "kept", None)
    if kept and (kept[0] != build or not kept[1].active):
        kept[1].stop()  # type: ignore[no-untyped-call]  # pebble leaves it untyped
        kept = None
    _, processes = _own.kept = kept or (build, pool.start())
    return pool.finish(pool.begin(processes, task))


def _version_and_daemon() -> tuple[str, bool]:
    return program_version(), multiprocessing.current_process().daemon
