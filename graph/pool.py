"""Prepares documents in processes of their own, so that one that crashes, hangs or eats memory costs only itself.

The processes are forked by a small server that has the readers loaded and no threads. Their memory is limited by
the system, and so is their time: if this program is killed, none of them outlives its document by more than that.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from multiprocessing.forkserver import ensure_running
from typing import TYPE_CHECKING, TypeVar

from extract.errors import UserError
from graph.prepare import Failed, Result, Task, Work

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext

    from pebble import ProcessFuture, ProcessPool

AHEAD = 4
"""Documents that are under way for each process: enough that none waits, few enough that results take no memory."""
_LINGER = 5.0
Begun = TypeVar("Begun")
"""A task under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one document may take: ``seconds`` on the clock, ``memory`` in bytes."""

    seconds: float = 60.0
    memory: int = 2 << 30

    @property
    def too_slow(self) -> str:
        """What is said of a document that takes longer."""
        return f"stopped: it took more than {self.seconds:g} s"


@dataclass(frozen=True, slots=True)
class Limited:
    """Work that the system stops soon after its time, even if nobody is left to stop it."""

    work: Work
    limits: Limits

    def __call__(self, task: Task) -> Result:
        """Do the work under an alarm that ends the process."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, self.limits.seconds + _LINGER)
        try:
            return self.work(task)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """``jobs`` processes that do ``work``; ``preload`` names the modules that it needs."""

    work: Work
    jobs: int
    limits: Limits = Limits()
    preload: Sequence[str] = ()

    def warm(self) -> None:
        """Start the server that loads the readers, while there is other work to do."""
        self._context()
        ensure_running()

    def prepare(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results in the order of the tasks, which are taken as they are needed."""
        waiting = iter(tasks)
        first = next(waiting, None)
        if first is None:
            return
        processes = self.start()
        try:
            yield from in_order(
                chain([first], waiting), partial(self.begin, processes), self.finish, lambda: self.jobs * AHEAD
            )
        finally:
            processes.stop()  # type: ignore[no-untyped-call]  # pebble leaves it untyped
            processes.join()

    def start(self) -> ProcessPool:
        """Start the processes."""
        from pebble import ProcessPool

        most = self.limits.memory
        return ProcessPool(max_workers=self.jobs, context=self._context(), initializer=_limit_memory, initargs=[most])

    def _context(self) -> ForkServerContext:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(self.preload))
        return context

    def begin(self, processes: ProcessPool, task: Task) -> ProcessFuture[Result] | Failed:
        """Begin a task in one of the processes."""
        given = with_data(task) if task.given.member else task
        if isinstance(given, Failed):
            return given
        return processes.schedule(Limited(self.work, self.limits), args=[given], timeout=self.limits.seconds)

    def finish(self, begun: ProcessFuture[Result] | Failed) -> Result:
        """Wait for the result of a task, whatever becomes of its process."""
        from pebble import ProcessExpired

        if isinstance(begun, Failed):
            return begun
        try:
            return begun.result()
        except TooLate:
            return Failed(why=self.limits.too_slow, seconds=self.limits.seconds)
        except ProcessExpired as error:
            return Failed(why=crashed(error.exitcode))
        except Exception as error:  # noqa: BLE001 -- a result that cannot be handed over must not cost the others
            return Failed(why=f"{type(error).__name__}: {error}")


def in_order(
    tasks: Iterable[Task], begin: Callable[[Task], Begun], finish: Callable[[Begun], Result], width: Callable[[], int]
) -> Iterator[Result]:
    """Yield the results in the order of the tasks, of which no more than ``width`` are under way at a time."""
    waiting, under_way = iter(tasks), deque[Begun]()
    while True:
        under_way.extend(map(begin, islice(waiting, max(0, width() - len(under_way)))))
        if not under_way:
            return
        yield finish(under_way.popleft())


def with_data(task: Task) -> Task | Failed:
    """Return the task with the bytes of its document, for a process that does not reach the file."""
    try:
        return replace(task, given=task.given.with_data())
    except (UserError, OSError) as error:
        return Failed(why=str(error).partition("\n")[0])


def crashed(code: int | None) -> str:
    """Return what is said of a document whose process ended with this exit code.

    >>> crashed(-9), crashed(3)
    ('its reader crashed (SIGKILL)', 'its reader crashed (exit code 3)')
    """
    how = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
    return f"its reader crashed ({how})"


def _limit_memory(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def default_jobs() -> int:
    """Return how many processors this program may use."""
    return len(os.sched_getaffinity(0))
