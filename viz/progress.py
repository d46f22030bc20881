"""How far a build is: a bar on a terminal, lines elsewhere, both with the rate and the time left."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

from graph.load import Outcome
from viz.tables import visible

_WINDOW = 30.0
_EVERY = 10.0
_FIRST = 3.0


@dataclass(slots=True)
class Pace:
    """How fast outcomes come, by those of the last half minute; times are seconds of a clock that only runs on."""

    start: float
    _seen: deque[float] = field(default_factory=deque)

    def count(self, now: float) -> None:
        """Take notice of one more."""
        self._seen.append(now)
        while self._seen[0] < now - _WINDOW:
            self._seen.popleft()

    def rate(self, now: float) -> float:
        """Return how many come in a second."""
        return len(self._seen) / max(min(now - self.start, _WINDOW), 0.001)

    def tell(self, now: float, left: int) -> str:
        """Say the rate, and how long ``left`` more will take.

        >>> pace = Pace(start=0.0)
        >>> for second in range(1, 21):
        ...     pace.count(float(second))
        >>> pace.tell(20.0, 90)
        '1.0 /s, 残り / left 1:30'
        """
        rate = self.rate(now)
        minutes, seconds = divmod(round(left / rate) if rate else 0, 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
        return f"{rate:.1f} /s, 残り / left {clock}"


def watch(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """Pass the outcomes on and show on the error stream how far they are."""
    return _with_bar(outcomes, total) if sys.stderr.isatty() else _with_lines(outcomes, total)


def _with_lines(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    pace = Pace(monotonic())
    told = pace.start + _FIRST - _EVERY
    for number, outcome in enumerate(outcomes, start=1):
        now = monotonic()
        pace.count(now)
        print(f"{number}/{total} {outcome.state} {visible(outcome.path, 200)}", file=sys.stderr)
        if now - told > _EVERY:
            told = now
            print(f"… {number}/{total}, {pace.tell(now, total - number)}", file=sys.stderr)
        yield outcome


def _with_bar(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    pace = Pace(monotonic())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("build", total=total, pace="")
        for number, outcome in enumerate(outcomes, start=1):
            now = monotonic()
            pace.count(now)
            progress.update(task, advance=1, pace=pace.tell(now, total - number))
            yield outcome
