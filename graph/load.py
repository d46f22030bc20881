"""Loads documents into a store: what is new, what is unchanged, what replaces what, and what is there twice.

Two files with the same bytes are one document. Two files with different bytes whose covers bear the same
agency, number and date are two documents, unless one is the other corrected: read from the same place, or
under the same name with the old one gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extract.errors import UserError
from extract.facts import Facts, Mark, MarkRead
from extract.source import Source
from graph.mapping import Mapped, map_document
from graph.store import GraphStore, StoredDocument


class State(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a document states: facts, marks by state, gaps."""

    facts: int
    marks: Mapping[Mark, int]
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the file ``path``; ``note`` says why where that is not plain."""

    path: str
    name: str
    state: State
    note: str = ""
    graph: str | None = None
    counts: Counts | None = None


ReadSource = Callable[[Path], Source]
ReadFacts = Callable[[Source], Facts]


def program_version() -> str:
    """Return the version of the program, by which a document is known to have been read by an older one."""
    try:
        return version("mynaflow")
    except PackageNotFoundError:
        return "0"


def count_facts(facts: Facts) -> Counts:
    """Count what a document states."""
    each = facts.each()
    marks = Counter(mark.state for fact in each if isinstance(mark := getattr(fact, "mark", None), MarkRead))
    return Counts(facts=len(each), marks=marks, gaps=len(facts.gaps))


class _Shelf:
    """The stored documents, found by each of the things that tell them apart."""

    _FIELDS = ("graph", "sha256", "path", "key")

    def __init__(self, documents: Iterable[StoredDocument]) -> None:
        self._found: dict[tuple[str, str], dict[str, StoredDocument]] = {}
        for document in documents:
            self.add(document)

    def add(self, document: StoredDocument) -> None:
        for name in self._FIELDS:
            self._found.setdefault((name, getattr(document, name)), {})[document.graph] = document

    def remove(self, document: StoredDocument) -> None:
        for name in self._FIELDS:
            self._found[name, getattr(document, name)].pop(document.graph)

    def by(self, name: str, value: str) -> list[StoredDocument]:
        return list(self._found.get((name, value), {}).values())

    def __iter__(self) -> Iterator[StoredDocument]:
        return (one for (name, _), ones in list(self._found.items()) if name == "graph" for one in list(ones.values()))


class Loader:
    """Loads one set of files into ``store``; ``again`` reads even what is unchanged."""

    def __init__(
        self,
        store: GraphStore,
        *,
        read_source: ReadSource,
        read_facts: ReadFacts,
        program: str | None = None,
        again: bool = False,
    ) -> None:
        self._store = store
        self._read_source = read_source
        self._read_facts = read_facts
        self._program = program or program_version()
        self._again = again
        self._stored = _Shelf(store.documents())
        self._given: dict[str, list[Path]] = {}

    def load(self, paths: Iterable[Path]) -> Iterator[Outcome]:
        """Load the files in the order of their names, and say of each what became of it.

        A file that cannot be read, or whose reading breaks down, costs only itself.
        """
        ordered = sorted(set(paths), key=lambda path: (path.name, str(path)))
        hashes = {path: _hash(path) for path in ordered}
        for path in ordered:
            self._given.setdefault(hashes[path], []).append(path)
        for path in ordered:
            yield self._load(path, hashes[path])

    def others(self) -> list[StoredDocument]:
        """Return the documents in the store that are none of the files loaded."""
        given = {str(path.resolve()) for paths in self._given.values() for path in paths}
        return [one for one in self._stored if one.sha256 not in self._given and one.path not in given]

    def prune(self) -> Iterator[Outcome]:
        """Take these other documents out of the store."""
        for one in self.others():
            self._store.remove(one.graph)
            self._stored.remove(one)
            yield Outcome(path=one.path, name=one.name, state=State.REMOVED, graph=one.graph)

    def _load(self, path: Path, digest: str) -> Outcome:
        outcome = Outcome(path=str(path), name=path.name, state=State.FAILED)
        chosen = self._chosen(digest, path)
        if chosen != path:
            return replace(outcome, state=State.DUPLICATE, note=f"same content as {chosen}")
        old = next(iter(self._stored.by("sha256", digest)), None)
        if old and (old.version, old.name) == (self._program, path.name) and not self._again:
            return replace(outcome, state=State.UNCHANGED, graph=old.graph)
        try:
            return self._read_and_put(path, outcome)
        except UserError as error:
            return replace(outcome, note=self._failure("; ".join(filter(None, (error.what, error.todo))), path))
        except Exception as error:  # noqa: BLE001 -- one document that breaks a reader must not cost the others
            return replace(outcome, note=self._failure(f"{type(error).__name__}: {error}", path))

    def _failure(self, what: str, path: Path) -> str:
        kept = self._stored.by("path", str(path.resolve()))
        return f"{what}; the store keeps what it read here before" if kept else what

    def _chosen(self, digest: str, path: Path) -> Path:
        """Return which of the files with these bytes stands for all: the one stored already, or the first."""
        same = self._given.get(digest) or [path]
        names = {one.name for one in self._stored.by("sha256", digest)}
        return next((one for one in same if one.name in names), same[0]) if digest else path

    def _read_and_put(self, path: Path, outcome: Outcome) -> Outcome:
        source = self._read_source(path)
        facts = self._read_facts(source)
        mapped, replaced, note = self._place(facts, source, path)
        self._store.replace(mapped, path=str(path.resolve()), drop=[one.graph for one in replaced])
        for one in replaced:
            self._stored.remove(one)
        self._stored.add(_stored(mapped, path))
        state = State.REPLACED if replaced else State.LOADED
        return replace(outcome, state=state, note=note, graph=mapped.graph.value, counts=count_facts(facts))

    def _place(self, facts: Facts, source: Source, path: Path) -> tuple[Mapped, list[StoredDocument], str]:
        """Map the document to the graph that is its own, and tell which stored ones it replaces."""
        mapped = map_document(facts, source, version=self._program, base=self._store.base)
        place = str(path.resolve())
        known = [("sha256", source.sha256), ("path", place), ("key", mapped.key)]
        near = {one.graph: one for name, value in known for one in self._stored.by(name, value)}
        replaced = [one for one in near.values() if self._is_past(one, mapped, place)]
        others = [one for one in self._stored.by("graph", mapped.graph.value) if one not in replaced]
        note = ", ".join(sorted({f"was {one.name}" for one in replaced if one.name != path.name}))
        if others:
            mapped = map_document(facts, source, version=self._program, base=self._store.base, distinct=True)
            note = f"same agency, number and date as {others[0].name}, other content: kept apart"
        return mapped, replaced, note

    def _is_past(self, one: StoredDocument, new: Mapped, place: str) -> bool:
        """Tell whether ``one`` is what stood for the ``new`` document before."""
        if one.sha256 == new.sha256:
            return True
        if one.sha256 in self._given:
            return False
        if one.path == place:
            return True
        return (one.key, one.name) == (new.key, new.name) and not Path(one.path).exists()


def _hash(path: Path) -> str:
    """Return the hash of the file's bytes; an empty text if it cannot be read, which reading will report."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _stored(mapped: Mapped, path: Path) -> StoredDocument:
    return StoredDocument(
        graph=mapped.graph.value,
        name=mapped.name,
        sha256=mapped.sha256,
        version=mapped.version,
        key=mapped.key,
        path=str(path.resolve()),
    )
