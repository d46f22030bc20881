"""Figures and how they are taken: the best of several runs, for other programs can only make a run slower."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Time in seconds: on the clock, and of processors, which other programs disturb less."""

    clock: float
    cpu: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(clock=self.clock - other.clock, cpu=self.cpu - other.cpu)

    def __mul__(self, share: float) -> Spent:
        return Spent(clock=self.clock * share, cpu=self.cpu * share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured time; ``target`` is the seconds on the clock that it should not exceed, ``note`` what it means.

    >>> print(Figure(name="read", spent=Spent(clock=1.2, cpu=0.8), target=1.0))
    read                                  1200 ms    800 ms   target 1000 ms, MISSED
    """

    name: str
    spent: Spent
    target: float | None = None
    note: str = ""

    def __str__(self) -> str:
        line = f"{self.name:36} {self.spent.clock * 1000:5.0f} ms  {self.spent.cpu * 1000:5.0f} ms"
        if self.target is not None:
            line += f"   target {self.target * 1000:.0f} ms" + (", MISSED" if self.spent.clock > self.target else "")
        return line + (f"   {self.note}" if self.note else "")


def best_of(times: int, run: Callable[[], T]) -> tuple[Spent, T]:
    """Return the shortest of ``times`` runs, and what the last one returned."""
    runs = []
    for _ in range(times):
        gc.collect()
        start = _now()
        result = run()
        runs.append(_now() - start)
    return min(runs, key=lambda spent: spent.clock), result


def best_process(times: int, *words: str) -> Spent:
    """Return the shortest of ``times`` runs of this Python with ``words``, from start to exit."""

    def run() -> None:
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)

    return best_of(times, run)[0]


def _now() -> Spent:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return Spent(clock=perf_counter(), cpu=sum(one.ru_utime + one.ru_stime for one in used))


def ratio(other: Spent, own: Spent) -> str:
    """Say how many times as much of processors ``other`` takes.

    >>> ratio(Spent(clock=2.1, cpu=2.0), Spent(clock=0.3, cpu=0.1))
    '20.0 times as long'
    """
    return f"{other.cpu / own.cpu:.1f} times as long"
