"""Keeps the view of the store that queries read, and puts a new one in its place when the store has changed."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from extract.errors import StoreError
from graph.store import open_store
from viz.server.places import Place, leave_place, make_place
from viz.server.process import start_worker
from viz.server.refusals import Refusal, Refused
from viz.server.settings import Settings
from viz.server.snapshot import Facts, is_being_written, signature
from viz.server.wire import Refusing, Task

_TRY_AGAIN_SECONDS = 20.0
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
        self._unreadable: tuple[str, float] | None = None
        self._taken = 0
        self._place: Place | None = None
        self._looked = asyncio.Event()
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
        elif not self._failed_before(seen) and (self._current is None or seen != self._current.signature):
            await self._take(seen)

    def _failed_before(self, seen: str) -> bool:
        """Tell whether this state of the store could not be read a short time ago."""
        if self._unreadable is None:
            return False
        state, when = self._unreadable
        return state == seen and time.monotonic() < when + _TRY_AGAIN_SECONDS

    async def _take(self, seen: str) -> None:
        self._taken += 1
        path = self._new_path()
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
            self._unreadable = seen, time.monotonic()
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

    def _new_path(self) -> Path:
        """Return where the next view will be; a store that was moved has taken the last place with it."""
        if self._place and not self._place.path.is_dir():
            leave_place(self._place)
            self._place = None
        self._place = self._place or make_place(self._settings.store)
        return self._place.path / str(self._taken)

    async def watch(self) -> None:
        """Look again and again until cancelled."""
        while True:
            try:
                await self.look()
            except OSError as error:
                self._refusal = Refusal(kind="store", what=f"the store cannot be looked at: {error.strerror}")
            self._looked.set()
            await asyncio.sleep(self._settings.look_seconds)

    async def looked(self, seconds: float) -> None:
        """Wait until the store was looked at for the first time, but no longer than ``seconds``."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._looked.wait(), seconds)

    def close(self) -> None:
        """Remove every view."""
        self._put(None)
        if self._place:
            leave_place(self._place)
            self._place = None


def _building(store: Path) -> Refusal:
    return Refusal(kind="building", what=f"a build is writing to the store {store}", todo="try again when it has ended")


def _absence(store: Path) -> Refusal:
    try:
        open_store(store)
    except StoreError as error:
        return Refusal(kind="store", what=f"{error.what}: {store}", todo=error.todo)
    return Refusal(kind="building", what=f"the store {store} has just appeared", todo="try again in a moment")
