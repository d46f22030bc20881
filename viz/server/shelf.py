"""Keeps the view of the store that queries read, and puts a new one in its place when the store has changed."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from extract.errors import StoreError
from graph.store import open_store
from viz.server.process import start_worker
from viz.server.refusals import Refusal, Refused
from viz.server.settings import Settings
from viz.server.snapshot import Facts, is_being_written, signature
from viz.server.wire import Refusing, Task

_FOLDER = "served"
_TAKE = "viz.server.snapshot:take"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A state of the store that queries read; it never changes."""

    path: Path
    number: int
    facts: Facts
    taken: datetime
    signature: str


class Shelf:
    """The current view of the store, or why there is none."""

    def __init__(self, settings: Settings, on_change: Callable[[View], Awaitable[None]]) -> None:
        self._settings = settings
        self._on_change = on_change
        self._current: View | None = None
        self._refusal = Refusal(kind="building", what="the store is being opened", todo="try again in a moment")
        self._readers: Counter[int] = Counter()
        self._past: dict[int, View] = {}
        self._unreadable: str | None = None
        self._taken = 0
        self._elsewhere: Path | None = None
        self.building = False
        """Whether another program writes to the store."""

    @property
    def current(self) -> View:
        """The view to read now; raises Refused where there is none."""
        if self._current is None:
            raise Refused(self._refusal)
        return self._current

    @contextmanager
    def reading(self) -> Iterator[View]:
        """Yield the current view, which stays as long as it is read."""
        view = self.current
        self._readers[view.number] += 1
        try:
            yield view
        finally:
            self._readers[view.number] -= 1
            self._clear()

    async def look(self) -> None:
        """Take a new view if the store has changed and nobody writes to it."""
        store = self._settings.store
        self.building = is_being_written(store)
        if self.building:
            self._refusal = _building(store)
            return
        seen = signature(store)
        if seen is None:
            self._put(None, _absence(store))
        elif seen != self._unreadable and (self._current is None or seen != self._current.signature):
            await self._take(seen)

    async def _take(self, seen: str) -> None:
        self._taken += 1
        path = self._place() / f"{os.getpid()}-{self._taken}"
        worker = await start_worker(0)
        try:
            arguments = {"path": str(self._settings.store), "target": str(path), "most_merged": self._settings.merged}
            reply, body = await worker.work(Task(store=None, name=_TAKE, arguments=arguments))
        except Refused as error:
            reply, body = Refusing(refusal=error.refusal), b""
        finally:
            worker.stop()
            await worker.ended()
        if isinstance(reply, Refusing):
            self._unreadable = seen
            shutil.rmtree(path, ignore_errors=True)
            self._put(None, msgspec.structs.replace(reply.refusal, kind="store"))
        elif facts := msgspec.json.decode(body, type=Facts | None):
            view = View(path=path, number=self._taken, facts=facts, taken=datetime.now(UTC), signature=seen)
            await self._on_change(view)
            self._put(view)

    def _put(self, view: View | None, refusal: Refusal | None = None) -> None:
        if self._current is not None:
            self._past[self._current.number] = self._current
        self._current = view
        self._refusal = refusal or self._refusal
        self._clear()

    def _clear(self) -> None:
        """Remove past views that nobody reads any more."""
        for number in [number for number in self._past if not self._readers[number]]:
            shutil.rmtree(self._past.pop(number).path, ignore_errors=True)

    def _place(self) -> Path:
        """Return the folder for views: in the store, where links to its files can be made, or else elsewhere."""
        folder = self._settings.store / _FOLDER
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        if self._elsewhere is None:
            self._elsewhere = Path(tempfile.mkdtemp(prefix="mynaflow-"))
        return self._elsewhere

    async def watch(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await asyncio.sleep(self._settings.look_seconds)
            await self.look()

    def clear_away(self) -> None:
        """Remove every view of this service and of services that are gone."""
        self._put(None)
        folder = self._settings.store / _FOLDER
        for one in folder.glob("*-*"):
            process, _, number = one.name.partition("-")
            if process.isdigit() and number.isdigit() and not _runs(int(process)):
                shutil.rmtree(one, ignore_errors=True)
        for place in filter(None, (folder, self._elsewhere)):
            with suppress(OSError):
                place.rmdir()
        self._elsewhere = None


def _runs(process: int) -> bool:
    return process != os.getpid() and Path(f"/proc/{process}").exists()


def _building(store: Path) -> Refusal:
    return Refusal(kind="building", what=f"a build is writing to the store {store}", todo="try again when it has ended")


def _absence(store: Path) -> Refusal:
    try:
        open_store(store)
    except StoreError as error:
        return Refusal(kind="store", what=f"{error.what}: {store}", todo=error.todo)
    return Refusal(kind="building", what=f"the store {store} has just appeared", todo="try again in a moment")
