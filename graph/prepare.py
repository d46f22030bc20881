"""From a given document to the lines that a store takes: the work that needs no store, and may be done anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

from extract.errors import UserError
from extract.facts import Facts, Mark, MarkRead
from extract.source import Source
from graph.given import Given
from graph.lines import Lines
from graph.mapping import map_document, name_apart

ReadSource = Callable[[Given], Source]
ReadFacts = Callable[[Source], Facts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a document states: facts, marks by state, gaps."""

    facts: int
    marks: Mapping[Mark, int]
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A document to prepare for a store whose identifiers begin with ``base``, by a program of this ``version``."""

    given: Given
    base: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A document ready for the store; ``apart`` is the name of its graph where another document has its key."""

    source: Source
    document: Lines
    apart: str
    counts: Counts
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A document that could not be read, and why."""

    why: str
    seconds: float = 0.0


Result = Prepared | Failed


class Work(Protocol):
    """Prepares a document; whatever is wrong with it becomes a ``Failed``."""

    def __call__(self, task: Task) -> Result:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """The work with the readers that it uses: functions of modules, so that it can be handed to other processes."""

    read_source: ReadSource
    read_facts: ReadFacts

    def __call__(self, task: Task) -> Result:
        """Read and map one document."""
        start = perf_counter()
        try:
            return self._prepare(task, start)
        except UserError as error:
            why = "; ".join(filter(None, (error.what, error.todo)))
        except MemoryError:
            why = "it needs more memory than it may use"
        except Exception as error:  # noqa: BLE001 -- one document that breaks a reader must not cost the others
            why = f"{type(error).__name__}: {error}"
        return Failed(why=why, seconds=perf_counter() - start)

    def _prepare(self, task: Task, start: float) -> Prepared:
        source = self.read_source(task.given)
        facts = self.read_facts(source)
        mapped = map_document(facts, source, version=task.version, base=task.base)
        return Prepared(
            source=Source(name=source.name, text=source.text, sha256=source.sha256),
            document=Lines.of(mapped),
            apart=name_apart(mapped.key, source.sha256),
            counts=count_facts(facts),
            remarks=tuple(getattr(source, "remarks", ())),
            seconds=perf_counter() - start,
        )


def count_facts(facts: Facts) -> Counts:
    """Count what a document states."""
    each = facts.each()
    marks = Counter(mark.state for fact in each if isinstance(mark := getattr(fact, "mark", None), MarkRead))
    return Counts(facts=len(each), marks=marks, gaps=len(facts.gaps))
