"""Keeps one index for the service: made and renewed in a process of its own whenever the data have changed."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from viz.explorer.atlas import Atlas, open_atlas
from viz.server.pool import QueryPool
from viz.server.process import start_worker
from viz.server.refusals import Refused, refuse
from viz.server.wire import Refusing, Task

_UPDATE = "viz.explorer.index:update_index"
_FOLDER = "explorer"
_FILE = "index.sqlite3"
_FIRST_SECONDS = 20.0  # how long a page waits for the first documents
_STEP = 0.1
_REST = 3.0  # seconds until another try, where the index could not be made

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many documents of how many are in the index; ``stuck`` says why no more come."""

    done: int
    of: int
    stuck: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.done >= self.of


class Keeper:
    """The index of the store that the service serves."""

    def __init__(self, pool: QueryPool, store: Path) -> None:
        self._pool = pool
        self._store = store
        self._aside: tempfile.TemporaryDirectory[str] | None = None
        self._task: asyncio.Task[None] | None = None
        self._indexed: str | None = None
        self._stuck = ""
        self._rest_until = 0.0
        self._file: Path | None = None

    @property
    def file(self) -> Path:
        """Where the index is kept: in the folder of the store, or elsewhere where that cannot be written."""
        if self._file is None and os.access(self._store, os.W_OK):
            self._file = self._store / _FOLDER / _FILE
        elif self._file is None:
            self._aside = tempfile.TemporaryDirectory(prefix="mynaflow-")
            self._file = Path(self._aside.name) / _FILE
        return self._file

    def renew(self) -> None:
        """See that the index follows the data; raises Refused where there are none."""
        view = self._pool.shelf.current
        is_stale = self._indexed != view.signature or not self.file.exists()
        may_start = time.monotonic() > self._rest_until and (self._task is None or self._task.done())
        if is_stale and may_start:
            self._task = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        """Bring the index up to date with the current view, in a process without limits."""
        worker = await start_worker(0)
        try:
            with self._pool.shelf.reading() as view:
                task = Task(store=str(view.path), name=_UPDATE, arguments={"file": str(self.file)})
                reply, _ = await worker.work(task)
            if isinstance(reply, Refusing):
                raise Refused(reply.refusal)
            self._stuck, self._indexed = "", view.signature
        except Refused as error:
            self._stuck, self._rest_until = error.refusal.what, time.monotonic() + _REST
        finally:
            worker.stop()
            await worker.ended()

    async def stop(self) -> None:
        """End what is at work; the next start goes on from there."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._aside is not None:
            self._aside.cleanup()

    async def read(self, look: Callable[[Atlas], T]) -> T:
        """Return what ``look`` finds in the index, in a thread; waits a little where there is none yet."""
        self.renew()
        await self._first()

        def open_and_look() -> T:
            with open_atlas(self.file) as atlas:
                return look(atlas)

        return await run_in_threadpool(open_and_look)

    async def _first(self) -> None:
        """Wait until there is something to read; raises Refused where that takes too long or will never be."""
        end = time.monotonic() + _FIRST_SECONDS
        while not await run_in_threadpool(self._has_begun):
            if self._stuck and (self._task is None or self._task.done()):
                raise refuse("broken", f"the index cannot be made: {self._stuck}", todo="see that the disk has room")
            if time.monotonic() > end:
                raise refuse("building", "the index is being made", todo="try again in a moment")
            await asyncio.sleep(_STEP)
            self.renew()

    def _has_begun(self) -> bool:
        is_idle = self._task is None or self._task.done()
        return self._counted() > 0 or (is_idle and self.file.exists())

    def _counted(self) -> int:
        """Return how many documents are in the index; 0 where there is none that can be read."""
        try:
            with open_atlas(self.file) as atlas:
                return atlas.value("SELECT COUNT(*) FROM document")
        except sqlite3.Error:
            return 0

    async def progress(self) -> Progress:
        """Return how far the index is."""
        of = self._pool.shelf.current.facts.documents
        if self._indexed == self._pool.shelf.current.signature:
            return Progress(done=of, of=of, stuck=self._stuck)
        return Progress(done=min(of, await run_in_threadpool(self._counted)), of=of, stuck=self._stuck)


def keeper_of(request: Request) -> Keeper:
    """Return the keeper of the service that answers ``request``."""
    keeper: Keeper = request.app.state.keeper
    return keeper
