"""Keeps the index of a store up to date: document after document, so that it can be read while it grows."""

# ruff: noqa: S608 -- queries are put together from constants of ours; values are always bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graph.store import GraphStore
from graph.trace.library import code_of
from viz.explorer.grams import plain, tokens
from viz.explorer.harvest import Harvest, Stored, harvest, stored_documents
from viz.explorer.schema import TABLES, VERSION

_BATCH = 20  # documents that are written at once
_PATIENCE = 30.0  # seconds to wait for another program that writes to the index
_ALSO = 12  # other names kept of an end
_OF_DOCUMENT = ("node", "alias", "edge", "basis", "denied", "passage", "citation")
_TOTALS = {
    "documents": "SELECT COUNT(*) FROM document",
    "agencies": "SELECT COUNT(DISTINCT agency) FROM document",
    "systems": "SELECT COUNT(*) FROM thing WHERE kind = 'system'",
    "companies": """SELECT COUNT(DISTINCT target) FROM edge JOIN thing ON key = target
        WHERE edge.kind IN ('entrustment', 're-entrustment') AND thing.kind = 'body'""",
    "flows": "SELECT COALESCE(SUM(flows), 0) FROM document",
    "unclear": "SELECT COALESCE(SUM(unclear), 0) FROM document",
    "gaps": "SELECT COALESCE(SUM(gaps), 0) FROM document",
    "laws": "SELECT COUNT(DISTINCT law) FROM provision",
}


def update_index(store: GraphStore, file: str) -> int:
    """Bring the index in ``file`` up to date with ``store``; return how many documents were taken in or out."""
    with _writing(Path(file)) as index:
        known = dict(index.execute("SELECT graph, state FROM document").fetchall())
        stored = stored_documents(store)
        current = {one.graph: one.state for one in stored}
        gone = [graph for graph in known if graph not in current]
        new = [one for one in stored if known.get(one.graph) != one.state]
        _take_out(index, gone)
        for at in range(0, len(new), _BATCH):
            _take_in(index, store, new[at : at + _BATCH])
        if gone or new:
            _finish(index)
        return len(gone) + len(new)


@contextmanager
def _writing(file: Path) -> Iterator[sqlite3.Connection]:
    """Open the index for writing; make it anew where it has another layout or is damaged."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as index:
        if not _is_usable(index):
            index.close()
            for one in file.parent.glob(f"{file.name}*"):
                one.unlink(missing_ok=True)
            index = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)  # noqa: PLW2901 -- the damaged one is closed
        index.execute("PRAGMA journal_mode = WAL")
        index.execute("PRAGMA synchronous = NORMAL")
        if index.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            index.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        with closing(index):
            yield index


def _is_usable(index: sqlite3.Connection) -> bool:
    """Tell whether the file is empty, or an index of this layout; raises OperationalError where it is in use."""
    try:
        version = index.execute("PRAGMA user_version").fetchone()[0]
        tables = index.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
        sound = index.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
    return sound and version in (VERSION, 0) and bool(version) == bool(tables)


@contextmanager
def _transaction(index: sqlite3.Connection) -> Iterator[None]:
    index.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        index.execute("ROLLBACK")
        raise
    index.execute("COMMIT")


def _take_out(index: sqlite3.Connection, graphs: Iterable[str]) -> None:
    with _transaction(index):
        touched: set[str] = set()
        for graph in graphs:
            touched |= _remove(index, graph)
        _refresh(index, touched)


def _take_in(index: sqlite3.Connection, store: GraphStore, documents: list[Stored]) -> None:
    gathered = [(one, harvest(store, one)) for one in documents]
    with _transaction(index):
        touched: set[str] = set()
        for one, found in gathered:
            touched |= _remove(index, one.graph) | _insert(index, one, found)
        _refresh(index, touched)


def _remove(index: sqlite3.Connection, graph: str) -> set[str]:
    """Take the rows of a document out; return the ends that it named."""
    row = index.execute("SELECT doc FROM document WHERE graph = ?", (graph,)).fetchone()
    if row is None:
        return set()
    (doc,) = row
    touched = {key for (key,) in index.execute("SELECT key FROM node WHERE doc = ?", (doc,))}
    _unlist(index, "document_gram", [(doc, _words_of_document(index, doc))])
    passages = index.execute("SELECT id, quote FROM passage WHERE doc = ?", (doc,)).fetchall()
    _unlist(index, "passage_gram", passages)
    for table in ("document", *_OF_DOCUMENT):
        index.execute(f"DELETE FROM {table} WHERE doc = ?", (doc,))
    return touched


def _insert(index: sqlite3.Connection, document: Stored, found: Harvest) -> set[str]:
    """Put the rows of a document in; return the ends that it names."""
    doc = _insert_document(index, document, found)
    _insert_all(index, "node (doc, key, name, kind, owner, is_agency, hub)", doc, found.nodes)
    _insert_all(index, "alias (doc, key, name)", doc, dict.fromkeys(found.aliases))
    columns = (
        "source, target, kind, carries, certainty, contested, derived, source_text, target_text, via, medium, data"
    )
    rest = "frequency, item, line, start, quote, bases"
    _insert_all(index, f"edge (doc, {columns}, {rest})", doc, found.edges)
    _insert_all(index, "denied (doc, source, target, line, quote)", doc, found.denied)
    index.execute(
        "INSERT INTO basis SELECT DISTINCT value, edge.id, doc FROM edge, json_each(bases) WHERE doc = ? AND bases <> '[]'",
        (doc,),
    )
    for passage in found.passages:
        row = index.execute(
            "INSERT INTO passage (doc, start, end, line, item, quote, kinds) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (doc, *passage),
        )
        _list(index, "passage_gram", row.lastrowid, str(passage[4]))
    _insert_all(index, "citation (doc, provision, usage, line, start, item, quote)", doc, found.citations)
    _insert_laws(index, found)
    return {str(key) for key, *_ in found.nodes}


def _insert_document(index: sqlite3.Connection, document: Stored, found: Harvest) -> int:
    cover = found.cover
    names = ("body", "office", "title", "business")
    said = {name: cover.get(name, "") for name in names}
    row = index.execute(
        f"INSERT INTO document VALUES (NULL, {', '.join('?' * 17)})",
        (
            document.graph,
            document.name,
            document.sha256,
            document.state,
            cover.get("agency") or document.graph,
            *(said[name] for name in names),
            plain(said["business"]),
            cover.get("number", ""),
            code_of(cover.get("form", "")),
            cover.get("published", ""),
            *(found.counts[name] for name in ("facts", "marks", "gaps", "flows")),
        ),
    )
    doc = int(row.lastrowid or 0)
    _list(index, "document_gram", doc, _words_of_document(index, doc))
    return doc


def _words_of_document(index: sqlite3.Connection, doc: int) -> str:
    said = index.execute("SELECT title, business, body, office, name, number FROM document WHERE doc = ?", (doc,))
    return "\n".join(said.fetchone())


def _insert_all(index: sqlite3.Connection, table: str, doc: int, rows: Iterable[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * (table.count(",") + 1))
    index.executemany(f"INSERT INTO {table} VALUES ({marks})", ((doc, *row) for row in rows))


def _insert_laws(index: sqlite3.Connection, found: Harvest) -> None:
    index.executemany("INSERT OR REPLACE INTO law VALUES (?, ?, ?, ?)", found.laws)
    index.executemany("INSERT OR REPLACE INTO provision VALUES (?, ?, ?)", found.provisions)
    for key, name in [*(row[:2] for row in found.laws), *((row[0], row[2]) for row in found.provisions)]:
        _list_once(index, "law", str(key), str(name))


def _list_once(index: sqlite3.Connection, what: str, key: str, name: str) -> None:
    row = index.execute(
        f"INSERT OR IGNORE INTO {what}_word (key, name, plain) VALUES (?, ?, ?)", (key, name, plain(name))
    )
    if row.rowcount:
        _list(index, f"{what}_gram", row.lastrowid, name)


def _list(index: sqlite3.Connection, table: str, number: int | None, text: str) -> None:
    index.execute(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", (number, tokens(text)))


def _unlist(index: sqlite3.Connection, table: str, rows: Iterable[tuple[int, str]]) -> None:
    index.executemany(
        f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)",
        [(number, tokens(text)) for number, text in rows],
    )


def _refresh(index: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Say anew what all documents together say of the ends ``keys``."""
    for key in sorted(keys):
        names = [name for (name,) in index.execute("SELECT DISTINCT name FROM alias WHERE key = ?", (key,))]
        listed = index.execute("SELECT id, name FROM name_word WHERE key = ?", (key,)).fetchall()
        past = [(number, name) for number, name in listed if name not in names]
        _unlist(index, "name_gram", past)
        index.executemany("DELETE FROM name_word WHERE id = ?", [(number,) for number, _ in past])
        for name in names:
            _list_once(index, "name", key, name)
        index.execute("DELETE FROM thing WHERE key = ?", (key,))
        if names:
            _insert_thing(index, key, sorted(names))


def _insert_thing(index: sqlite3.Connection, key: str, names: list[str]) -> None:
    """Describe an end by the name that most documents give it, and by how much is said of it."""
    name, owner, docs = index.execute(
        """SELECT name, MAX(owner), (SELECT COUNT(*) FROM node WHERE key = ?1) FROM node WHERE key = ?1
        GROUP BY name ORDER BY COUNT(*) DESC, name LIMIT 1""",
        (key,),
    ).fetchone()
    kind, is_agency, hub = index.execute(
        "SELECT kind, is_agency, hub FROM node WHERE key = ? ORDER BY is_agency DESC, hub DESC, kind = 'unknown', kind LIMIT 1",
        (key,),
    ).fetchone()
    (edges,) = index.execute("SELECT COUNT(*) FROM edge WHERE source = ?1 OR target = ?1", (key,)).fetchone()
    also = json.dumps([one for one in names if one != name][:_ALSO], ensure_ascii=False)
    row = (key, name, plain(name), kind, owner, is_agency, hub, docs, edges, also)
    index.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _finish(index: sqlite3.Connection) -> None:
    """Count everything, and let the engine know how the tables are filled."""
    with _transaction(index):
        index.execute("DELETE FROM total")
        for name, query in _TOTALS.items():
            index.execute(f"INSERT INTO total SELECT '{name}', ({query})")
    index.execute("PRAGMA optimize")
    index.execute("PRAGMA wal_checkpoint(PASSIVE)")
