"""Loads documents into a store: what is new, what is unchanged, what replaces what, and what is there twice.

Two files with the same bytes are one document. Two files with different bytes whose covers bear the same
agency, number and date are two documents, unless one is the other corrected: read from the same place, or
under the same name with the old one gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import monotonic

from extract.errors import UserError
from extract.source import Source
from graph.given import Given, is_there
from graph.lines import Lines
from graph.prepare import Counts, Failed, Prepared, Result, Task, Work
from graph.shelf import Shelf
from graph.stored import StoredDocument, WritableStore
from graph.texts import drop_text, keep_text

BATCH_BYTES = 40_000_000
"""New documents are put into the store together, up to this much of N-Triples …"""
BATCH_SECONDS = 2.0
"""… or for as long as this, so that what was read is soon safe; the first ones of a build for less …"""
FIRST_SECONDS = 0.2
"""… which begins with this and doubles: a build that is killed again and again gets on."""


class State(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the file ``path``; ``note`` says why where that is not plain, ``seconds`` how long it took to read."""

    path: str
    name: str
    state: State
    note: str = ""
    graph: str | None = None
    counts: Counts | None = None
    seconds: float = 0.0


PrepareAll = Callable[[Iterable[Task]], Iterator[Result]]
"""Prepares many documents and yields the results in the order of the tasks."""


def program_version() -> str:
    """Return the version of the program, by which a document is known to have been read by an older one."""
    try:
        return version("mynaflow")
    except PackageNotFoundError:
        return "0"


def one_by_one(work: Work) -> PrepareAll:
    """Return what prepares documents here and now, one after the other."""

    def prepare(tasks: Iterable[Task]) -> Iterator[Result]:
        return map(work, tasks)

    return prepare


@dataclass(frozen=True, slots=True)
class _Ready:
    """A new document on its way into the store."""

    lines: Lines
    place: str
    source: Source
    outcome: Outcome


class Loader:
    """Loads one set of files into ``store``; ``again`` reads even what is unchanged.

    ``prepare`` reads them, here or elsewhere. The text of each document is kept in the folder ``texts`` before
    its graph is put in place.
    """

    def __init__(
        self,
        store: WritableStore,
        *,
        prepare: PrepareAll,
        program: str | None = None,
        again: bool = False,
        texts: Path | None = None,
    ) -> None:
        self._store = store
        self._prepare = prepare
        self._program = program or program_version()
        self._again = again
        self._texts = texts
        self._stored = Shelf(store.documents())
        self._given: dict[str, list[Given]] = {}
        self._ready: list[_Ready] = []
        self._since = monotonic()
        self._most_seconds = FIRST_SECONDS

    def load(self, given: Iterable[Given | Path]) -> Iterator[Outcome]:
        """Load the files in the order of their names, and say of each what became of it.

        A file that cannot be read, or whose reading breaks down, costs only itself. What is said to be loaded
        is in the store.
        """
        files = {one if isinstance(one, Given) else Given(path=one) for one in given}
        ordered = sorted(files, key=lambda one: (one.name, str(one)))
        hashes = {one: _digest(one) for one in ordered}
        for one in ordered:
            self._given.setdefault(hashes[one], []).append(one)
        settled = {one: outcome for one in ordered if (outcome := self._settled(one, hashes[one]))}
        base, program = self._store.base, self._program
        tasks = (Task(given=one, base=base, version=program) for one in ordered if one not in settled)
        results = self._prepare(tasks)
        for one in ordered:
            if outcome := settled.get(one):
                yield outcome
            else:
                yield from self._take(one, next(results))
            if self._is_due():
                yield from self._add_ready()
        yield from self._add_ready()

    def others(self) -> list[StoredDocument]:
        """Return the documents in the store that are none of the files loaded."""
        unknown = [one for one in self._stored if one.sha256 not in self._given]
        given = {one.place for ones in self._given.values() for one in ones} if unknown else set()
        return [one for one in unknown if one.path not in given]

    def prune(self) -> Iterator[Outcome]:
        """Take these other documents out of the store."""
        for one in self.others():
            self._store.remove(one.graph)
            self._stored.remove(one)
            self._forget_text(one)
            yield Outcome(path=one.path, name=one.name, state=State.REMOVED, graph=one.graph)

    # Before anything is read.

    def _settled(self, one: Given, digest: str) -> Outcome | None:
        """Return what becomes of a file that need not be read."""
        outcome = Outcome(path=str(one), name=one.name, state=State.DUPLICATE)
        chosen = self._chosen(digest, one)
        if chosen != one:
            return replace(outcome, note=f"same content as {chosen}")
        old = next(iter(self._stored.by("sha256", digest)), None)
        if old and (old.version, old.name) == (self._program, one.name) and not self._again:
            return replace(outcome, state=State.UNCHANGED, graph=old.graph)
        return None

    def _chosen(self, digest: str, one: Given) -> Given:
        """Return which of the files with these bytes stands for all: the one stored already, or the first."""
        same = self._given.get(digest) or [one]
        names = {stored.name for stored in self._stored.by("sha256", digest)}
        return next((other for other in same if other.name in names), same[0]) if digest else one

    # What was read.

    def _take(self, one: Given, result: Result) -> Iterator[Outcome]:
        """Put what was read into the store, or beside what will soon be put there with it."""
        outcome = Outcome(path=str(one), name=one.name, state=State.FAILED, seconds=result.seconds)
        if isinstance(result, Failed):
            yield replace(outcome, note=self._failure(result.why, one))
            return
        document, replaced, note = self._placed(result, one)
        outcome = replace(
            outcome,
            state=State.REPLACED if replaced else State.LOADED,
            note=note,
            graph=document.graph,
            counts=result.counts,
        )
        ready = _Ready(document, one.place, result.source, outcome)
        stored = self._as_stored(document, one, result.source)
        if replaced:
            yield from self._add_ready()
            self._replace(ready, replaced)
            yield outcome
        else:
            self._since = self._since if self._ready else monotonic()
            self._ready.append(ready)
        self._stored.add(stored)

    def _placed(self, result: Prepared, one: Given) -> tuple[Lines, list[StoredDocument], str]:
        """Return the document in the graph that is its own, and tell which stored ones it replaces."""
        document = result.document
        known = [("sha256", result.source.sha256), ("path", one.place), ("key", document.key)]
        near = {old.graph: old for name, value in known for old in self._stored.by(name, value)}
        replaced = [old for old in near.values() if self._is_past(old, result, one)]
        others = [old for old in self._stored.by("graph", document.graph) if old not in replaced]
        notes = sorted({f"was {old.name}" for old in replaced if old.name != one.name})
        if others:
            document = document.moved(result.apart)
            notes = [f"same agency, number and date as {others[0].name}, other content: kept apart"]
        return document, replaced, "; ".join((*notes, *result.remarks))

    def _is_past(self, old: StoredDocument, new: Prepared, one: Given) -> bool:
        """Tell whether ``old`` is what stood for the ``new`` document before."""
        if old.sha256 == new.source.sha256:
            return True
        if old.sha256 in self._given:
            return False
        if old.path == one.place:
            return True
        return (old.key, old.name) == (new.document.key, one.name) and not is_there(old.path)

    def _failure(self, what: str, one: Given) -> str:
        return f"{what}; the store keeps what it read here before" if self._stored.by("path", one.place) else what

    def _as_stored(self, document: Lines, one: Given, source: Source) -> StoredDocument:
        return StoredDocument(
            graph=document.graph,
            name=one.name,
            sha256=source.sha256,
            version=self._program,
            key=document.key,
            path=one.place,
        )

    # Into the store.

    def _is_due(self) -> bool:
        size = sum(len(one.lines.lines) for one in self._ready)
        return bool(self._ready) and (size > BATCH_BYTES or monotonic() - self._since > self._most_seconds)

    def _add_ready(self) -> Iterator[Outcome]:
        ready, self._ready = self._ready, []
        for one in ready:
            self._keep_text(one.source)
        if ready:
            self._store.add([(one.lines, one.place) for one in ready])
            self._most_seconds = min(self._most_seconds * 2, BATCH_SECONDS)
        yield from (one.outcome for one in ready)

    def _replace(self, ready: _Ready, replaced: Sequence[StoredDocument]) -> None:
        self._keep_text(ready.source)
        self._store.put(ready.lines, path=ready.place, drop=[old.graph for old in replaced])
        for old in replaced:
            self._stored.remove(old)
            self._forget_text(old, unless=ready.source.sha256)

    def _keep_text(self, source: Source) -> None:
        if self._texts is not None:
            keep_text(self._texts, source)

    def _forget_text(self, old: StoredDocument, unless: str = "") -> None:
        if self._texts is not None and old.sha256 != unless and not self._stored.by("sha256", old.sha256):
            drop_text(self._texts, old.sha256)


def _digest(one: Given) -> str:
    """Return the hash of the file's bytes; an empty text if it cannot be read, which reading will report."""
    try:
        return one.digest()
    except (OSError, UserError):
        return ""
