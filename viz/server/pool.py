"""Asks queries in worker processes: so many at once, so many waiting, each within its time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import msgspec

from viz.server.formats import choose_formats
from viz.server.places import clear_abandoned
from viz.server.process import WorkerProcess, start_worker
from viz.server.refusals import Refused, refuse
from viz.server.settings import Settings
from viz.server.shelf import Shelf, View
from viz.server.wire import Answer, Job, Query, Refusing, Reply, Task, Value

_OPEN = "viz.server.worker:opened"
_FIRST_LOOK_SECONDS = 10.0  # after which requests are answered, if only to say that the store is being opened
_REST = 1.0  # seconds until another try to start a process, where one did not start


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to a query: bytes of the type ``media``, and the state of the data that gave it."""

    kind: str
    media: str
    body: bytes
    rows: int
    cut: bool
    seconds: float
    taken: datetime


class QueryPool:
    """The worker processes of a service, and the view of the store that they read."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: asyncio.LifoQueue[WorkerProcess] = asyncio.LifoQueue()
        self._all: set[WorkerProcess] = set()
        self._chores: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self.shelf = Shelf(settings, self._show)

    async def start(self) -> None:
        """Take the first view of the store, and start the processes."""
        clear_abandoned(self._settings.store)
        for _ in range(self._settings.processes):
            self._do(self._add_worker())
        self._do(self.shelf.watch())
        await self.shelf.looked(_FIRST_LOOK_SECONDS)

    async def stop(self) -> None:
        """End every process, and remove what was made for them."""
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        for worker in self._all:
            worker.stop()
        await asyncio.gather(*(worker.ended() for worker in self._all))
        self.shelf.close()

    async def run(  # noqa: PLR0913 -- all but the query by name, as the protocol has them
        self,
        query: str,
        *,
        accept: str = "json",
        timeout: float | None = None,
        row_cap: int | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """Answer a query in the format that ``accept`` (a header, or a short name) asks for; raises Refused.

        Neither ``timeout`` (seconds) nor ``row_cap`` can go beyond the service's own limits.
        """
        with self.shelf.reading() as view:
            job = Query(
                store=str(view.path),
                merged=view.facts.merged,
                text=query,
                formats=choose_formats(accept),
                rows=min(row_cap or self._settings.rows, self._settings.rows),
                size=self._settings.answer_bytes,
                default_graphs=None if default_graphs is None else tuple(default_graphs),
                named_graphs=None if named_graphs is None else tuple(named_graphs),
            )
            started = time.monotonic()
            reply, body = await self._work(job, timeout)
            assert isinstance(reply, Answer)  # noqa: S101 -- a worker answers a query with an answer
            return Result(
                kind=reply.kind,
                media=reply.media,
                body=body,
                rows=reply.rows,
                cut=reply.cut,
                seconds=time.monotonic() - started,
                taken=view.taken,
            )

    async def call(self, name: str, arguments: Mapping[str, object], *, timeout: float | None = None) -> object:
        """Call the program's function ``module:name`` with the open GraphStore and ``arguments``; raises Refused.

        It runs in a worker under the same limits as a query; arguments and result are JSON.
        """
        with self.shelf.reading() as view:
            job = Task(store=str(view.path), name=name, arguments=dict(arguments))
            reply, body = await self._work(job, timeout)
            assert isinstance(reply, Value)  # noqa: S101 -- a worker answers a task with a value
            return msgspec.json.decode(body)

    async def _work(self, job: Job, timeout: float | None) -> tuple[Reply, bytes]:
        seconds = min(timeout or self._settings.seconds, self._settings.seconds)
        async with self._worker() as worker:
            try:
                async with asyncio.timeout(seconds):
                    reply, body = await worker.work(job)
            except TimeoutError as error:
                what = f"the query took longer than {seconds:g} seconds and was stopped"
                raise refuse("time", what, todo="ask for less at once, or narrow it with GRAPH") from error
        if isinstance(reply, Refusing):
            raise Refused(reply.refusal)
        return reply, body

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator[WorkerProcess]:
        worker = await self._next_idle()
        try:
            yield worker
        finally:
            if worker.usable:
                self._idle.put_nowait(worker)
            else:
                self._do(self._replace(worker))

    async def _next_idle(self) -> WorkerProcess:
        if self._idle.empty() and self._waiting >= self._settings.waiting:
            raise refuse("busy", f"{self._waiting} queries are waiting already", todo="try again in a moment")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.patience):
                return await self._idle.get()
        except TimeoutError as error:
            what = f"every process was busy for {self._settings.patience:g} seconds"
            raise refuse("busy", what, todo="try again in a moment") from error
        finally:
            self._waiting -= 1

    async def _replace(self, worker: WorkerProcess) -> None:
        await self._gone(worker)
        await self._add_worker()

    async def _add_worker(self) -> None:
        while True:
            try:
                worker = await start_worker(self._settings.memory)
            except OSError:
                await asyncio.sleep(_REST)
                continue
            self._all.add(worker)
            with suppress(Refused):
                await self._open(worker, self.shelf.current)
            if worker.usable:
                self._idle.put_nowait(worker)
                return
            await self._gone(worker)
            await asyncio.sleep(_REST)

    async def _gone(self, worker: WorkerProcess) -> None:
        worker.stop()
        await worker.ended()
        self._all.discard(worker)

    async def _open(self, worker: WorkerProcess, view: View) -> None:
        """Let the worker open the view, so that the first query need not."""
        await worker.work(Task(store=str(view.path), name=_OPEN, arguments={}))

    async def _show(self, view: View) -> None:
        """Let the idle workers open a new view; the others will with their next query."""
        idle = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        await asyncio.gather(*(self._reopen(worker, view) for worker in idle))

    async def _reopen(self, worker: WorkerProcess, view: View) -> None:
        with suppress(Refused):
            await self._open(worker, view)
        if worker.usable:
            self._idle.put_nowait(worker)
        else:
            self._do(self._replace(worker))

    def _do(self, chore: Coroutine[None, None, None]) -> None:
        """Run a coroutine beside the requests."""
        task = asyncio.create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)
