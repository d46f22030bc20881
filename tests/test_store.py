"""The store: documents whole or absent, replaced in one step; folders that are no store are left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from pyoxigraph import NamedNode, QueryBoolean, Store

from extract.errors import StoreError, UnknownName, UnreadableFile
from extract.facts import Facts
from extract.source import Source
from graph.given import Given
from graph.load import Loader, Outcome, State, one_by_one
from graph.mapping import map_document
from graph.prepare import Preparing
from graph.store import MARKER, GraphStore, create_store, memory_store, open_store
from tests.factories import make_evaluation, make_facts, make_flow, make_source

ROOT = Path(__file__).parents[1]


def read_source(given: Given) -> Source:
    """Read a test's file: its text is its evaluation number, a comma, and anything."""
    text = given.read_bytes().decode()
    if text == "unreadable":
        raise UnreadableFile("not to be read", where=str(given))
    return make_source(given.name, text)


def read_facts(source: Source) -> Facts:
    """Give each file 架空市's assessment under the number that it holds."""
    if source.text == "breaks":
        raise RuntimeError("a reader that breaks")
    return make_facts(evaluation=make_evaluation(number=source.text.split(",")[0] or None))


def make_loader(store: GraphStore, *, program: str = "1", again: bool = False) -> Loader:
    """Return a loader that reads the tests' files."""
    return Loader(store, prepare=one_by_one(Preparing(read_source, read_facts)), program=program, again=again)


def load(store: GraphStore, folder: Path, *, program: str = "1", again: bool = False) -> dict[str, Outcome]:
    """Load every file of ``folder``; return the outcomes by path below it."""
    loader = make_loader(store, program=program, again=again)
    outcomes = loader.load(path for path in folder.rglob("*.txt"))
    return {str(Path(outcome.path).relative_to(folder)): outcome for outcome in outcomes}


def states(outcomes: dict[str, Outcome]) -> dict[str, State]:
    """Return what became of each file."""
    return {name: outcome.state for name, outcome in outcomes.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two documents."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("1,甲", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text("2,乙", encoding="utf-8")
    return tmp_path / "in"


class TestOpening:
    """Which folders are stores."""

    def test_what_was_written_is_read_again(self, tmp_path: Path) -> None:
        """A store outlives the program that wrote it."""
        store = create_store(tmp_path / "s", base="https://example.org/id/")
        store.replace(map_document(make_facts(), make_source(), version="1", base=store.base))
        store.flush()
        del store
        again = open_store(tmp_path / "s")
        assert [one.name for one in again.documents()] == ["架空市_税.txt"]
        assert again.base == "https://example.org/id/"

    def test_a_file_is_no_store(self, tmp_path: Path) -> None:
        """A path that is a file is refused, and the file stays as it was."""
        path = tmp_path / "file"
        path.write_text("mine")
        for opener in (create_store, open_store):
            with pytest.raises(StoreError, match="file"):
                opener(path)
        assert path.read_text() == "mine"

    def test_another_programs_folder_is_left_alone(self, tmp_path: Path) -> None:
        """A folder that holds anything but a store is refused, and nothing is added to it."""
        (tmp_path / "theirs.db").write_text("theirs")
        for opener in (create_store, open_store):
            with pytest.raises(StoreError, match="something else"):
                opener(tmp_path)
        assert [one.name for one in tmp_path.iterdir()] == ["theirs.db"]

    @pytest.mark.parametrize("marker", ["", "{}", "[1]", '{"format": "x", "base": ""}', "\x00"])
    def test_a_broken_marker_is_told(self, tmp_path: Path, marker: str) -> None:
        """A marker that cannot be understood is not overwritten."""
        (tmp_path / MARKER).write_text(marker)
        with pytest.raises(StoreError, match="marker"):
            create_store(tmp_path)
        assert (tmp_path / MARKER).read_text() == marker

    def test_a_later_layout_is_told(self, tmp_path: Path) -> None:
        """A store of a later program is refused by its number."""
        (tmp_path / MARKER).write_text('{"format": 99, "base": "https://example.org/"}')
        with pytest.raises(StoreError, match="layout 99"):
            open_store(tmp_path)

    def test_there_is_nothing_to_read_yet(self, tmp_path: Path) -> None:
        """Asking an absent or empty folder says how to fill it."""
        for path in (tmp_path, tmp_path / "absent"):
            with pytest.raises(StoreError, match="no store") as caught:
                open_store(path)
            assert "mynaflow build" in caught.value.todo

    def test_a_half_made_store_is_finished(self, tmp_path: Path) -> None:
        """A program killed before the marker was in place leaves a folder that can be used."""
        (tmp_path / f"{MARKER}.new").write_text("{")
        assert create_store(tmp_path).documents() == ()

    def test_two_writers_are_refused(self, tmp_path: Path) -> None:
        """A second build on the same store is told that the first still runs."""
        store = create_store(tmp_path / "s")
        with pytest.raises(StoreError, match="another program"):
            create_store(tmp_path / "s")
        assert store.documents() == ()

    def test_a_place_that_cannot_be_written(self) -> None:
        """Where no folder can be made, the error says so."""
        with pytest.raises(StoreError, match="cannot be opened"):
            create_store(Path("/proc/no/store"))

    def test_an_engine_that_cannot_be_opened(self, tmp_path: Path) -> None:
        """A store whose files are damaged gives an error of ours, not a trace."""
        store = create_store(tmp_path / "s")
        del store
        (tmp_path / "s" / "oxigraph" / "CURRENT").write_text("nonsense\n")
        with pytest.raises(StoreError, match="cannot be opened"):
            open_store(tmp_path / "s")

    def test_a_file_that_a_build_takes_away_is_waited_for(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Between reading which files there are and opening them, the engine that writes may have put others there."""
        create_store(tmp_path / "s")
        gone = [OSError("Corruption: IO error: No such file or directory: 000123.sst")] * 3

        def read_only(path: str) -> Store:
            if gone:
                raise gone.pop()
            return Store(path)

        monkeypatch.setattr("graph.store.Store", SimpleNamespace(read_only=read_only))
        assert open_store(tmp_path / "s").documents() == ()
        assert not gone

    def test_a_file_that_is_missing_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Not waited for without end, and not told in the engine's words."""
        store = create_store(tmp_path / "s")
        store.replace(map_document(make_facts(), make_source(), version="1"))
        store.flush()
        del store
        for file in (tmp_path / "s" / "oxigraph").glob("*.sst"):
            file.unlink()
        monkeypatch.setattr("graph.store._PATIENCE", 0.1)
        with pytest.raises(StoreError, match="missing"):
            open_store(tmp_path / "s")

    @pytest.mark.parametrize("base", ["no iri", "https://example.org/id", "relative/"])
    def test_a_base_that_is_none(self, tmp_path: Path, base: str) -> None:
        """Identifiers must be able to begin with the base; a refused one makes no store."""
        with pytest.raises(StoreError):
            create_store(tmp_path / "s", base=base)
        assert not (tmp_path / "s").exists()

    def test_the_base_of_a_store_stays(self, tmp_path: Path) -> None:
        """Two bases in one store would make two of every system."""
        store = create_store(tmp_path / "s", base="https://example.org/a/")
        del store
        with pytest.raises(StoreError, match="begin with"):
            create_store(tmp_path / "s", base="https://example.org/b/")


class TestLoading:
    """What becomes of each file."""

    def test_new_documents_are_loaded_and_then_unchanged(self, folder: Path) -> None:
        """Loading twice changes nothing."""
        store = memory_store()
        assert set(states(load(store, folder)).values()) == {State.LOADED}
        assert set(states(load(store, folder)).values()) == {State.UNCHANGED}
        assert len(store.documents()) == 2

    def test_unchanged_documents_are_read_again_on_request_or_by_a_new_program(self, folder: Path) -> None:
        """A later version of the program may read more."""
        store = memory_store()
        load(store, folder)
        assert set(states(load(store, folder, again=True)).values()) == {State.REPLACED}
        assert set(states(load(store, folder, program="2")).values()) == {State.REPLACED}
        assert {one.version for one in store.documents()} == {"2"}
        assert len(store.documents()) == 2

    @pytest.mark.parametrize("text", ["1,甲の改訂", "9,番号も変わる", ",番号がない"])
    def test_a_changed_file_replaces_its_document(self, folder: Path, text: str) -> None:
        """What a file held before is gone, also if its number changed."""
        store = memory_store()
        load(store, folder)
        (folder / "a.txt").write_text(text, encoding="utf-8")
        assert states(load(store, folder)) == {"a.txt": State.REPLACED, "b.txt": State.UNCHANGED}
        assert [one.name for one in store.documents()] == ["a.txt", "b.txt"]

    def test_the_same_content_twice_is_one_document(self, folder: Path) -> None:
        """A copy under another name is reported, not loaded."""
        (folder / "copy.txt").write_text("1,甲", encoding="utf-8")
        store = memory_store()
        outcomes = load(store, folder)
        assert outcomes["copy.txt"].state is State.DUPLICATE
        assert "a.txt" in outcomes["copy.txt"].note
        assert len(store.documents()) == 2
        assert load(store, folder)["copy.txt"].state is State.DUPLICATE

    def test_two_documents_with_one_key_are_kept_apart(self, folder: Path) -> None:
        """Same agency, number and date, other content: nothing is lost, and it is said."""
        (folder / "c.txt").write_text("1,別の内容", encoding="utf-8")
        store = memory_store()
        outcomes = load(store, folder)
        assert outcomes["c.txt"].state is State.LOADED
        assert "a.txt" in outcomes["c.txt"].note
        assert len({one.graph for one in store.documents()}) == 3
        assert set(states(load(store, folder)).values()) == {State.UNCHANGED}

    def test_one_name_in_two_folders_is_two_documents(self, folder: Path) -> None:
        """A file's name alone does not make it another's newer version, in one run or in two."""
        (folder / "x").mkdir()
        (folder / "x" / "a.txt").write_text("1,同名の別文書", encoding="utf-8")
        store = memory_store()
        load(store, folder / "x")
        load(store, folder)
        assert [one.name for one in store.documents()] == ["a.txt", "a.txt", "b.txt"]

    def test_a_renamed_file_is_the_same_document(self, folder: Path) -> None:
        """Its answers bear the new name."""
        store = memory_store()
        load(store, folder)
        (folder / "a.txt").rename(folder / "z.txt")
        assert states(load(store, folder)) == {"b.txt": State.UNCHANGED, "z.txt": State.REPLACED}
        assert [one.name for one in store.documents()] == ["b.txt", "z.txt"]

    def test_a_moved_and_corrected_file_replaces_its_document(self, folder: Path) -> None:
        """Same key and name, and the old place is empty: the newer text stands for the older."""
        store = memory_store()
        load(store, folder)
        (folder / "a.txt").unlink()
        (folder / "new").mkdir()
        (folder / "new" / "a.txt").write_text("1,訂正", encoding="utf-8")
        assert load(store, folder)["new/a.txt"].state is State.REPLACED
        assert len(store.documents()) == 2

    @pytest.mark.parametrize("text", ["unreadable", "breaks"])
    def test_one_bad_file_costs_only_itself(self, folder: Path, text: str) -> None:
        """The others are loaded, and what was read of it before stays."""
        store = memory_store()
        load(store, folder)
        (folder / "a.txt").write_text(text, encoding="utf-8")
        (folder / "c.txt").write_text("3,丙", encoding="utf-8")
        outcomes = load(store, folder)
        assert states(outcomes) == {"a.txt": State.FAILED, "b.txt": State.UNCHANGED, "c.txt": State.LOADED}
        assert "keeps" in outcomes["a.txt"].note
        assert [one.name for one in store.documents()] == ["a.txt", "b.txt", "c.txt"]

    def test_a_file_that_vanishes_fails(self, folder: Path) -> None:
        """Between listing and reading a file may go."""
        store = memory_store()
        loader = make_loader(store)
        (outcome,) = loader.load([folder / "gone.txt"])
        assert outcome.state is State.FAILED

    def test_documents_that_are_not_given_stay_until_pruned(self, folder: Path) -> None:
        """Nothing is deleted in silence."""
        store = memory_store()
        load(store, folder)
        (folder / "a.txt").unlink()
        loader = make_loader(store)
        list(loader.load(folder.rglob("*.txt")))
        assert [one.name for one in loader.others()] == ["a.txt"]
        assert len(store.documents()) == 2
        assert [one.state for one in loader.prune()] == [State.REMOVED]
        assert [one.name for one in store.documents()] == ["b.txt"]

    def test_the_order_of_the_files_makes_no_difference(self, folder: Path) -> None:
        """The same set of files gives the same graphs."""
        (folder / "c.txt").write_text("1,別の内容", encoding="utf-8")
        paths = list(folder.rglob("*.txt"))
        found = []
        for shuffled in (paths, paths[::-1]):
            store = memory_store()
            list(make_loader(store).load(shuffled))
            found.append([(one.graph, one.name) for one in store.documents()])
        assert found[0] == found[1]


def test_the_engines_log_stays_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens the store reads all of the log before anything else."""
    monkeypatch.setattr("graph.store._LONG_LOG", 50_000)
    store = create_store(tmp_path / "s")
    logs = []
    for turn in range(12):
        flows = tuple(make_flow("甲", f"乙{n}-{turn}", line=n) for n in range(60))
        store.replace(map_document(make_facts(flows=flows), make_source(), version="1"))
        logs.append(sum(path.stat().st_size for path in (tmp_path / "s" / "oxigraph").glob("*.log")))
    assert max(logs) < 6_000_000
    store.remove(store.documents()[0].graph)


def test_removing_leaves_nothing_of_a_document() -> None:
    """Neither its graph nor the note of its loading."""
    store = memory_store()
    before = len(store.engine)
    document = map_document(make_facts(), make_source(), version="1")
    store.replace(document, path="/a")
    store.remove(document.graph.value)
    assert len(store.engine) == before


def test_readers_see_the_old_or_the_new_document_and_never_none(tmp_path: Path) -> None:
    """Replacing is one step to those who read meanwhile."""
    store = create_store(tmp_path / "s")
    facts = make_facts(flows=tuple(make_flow("甲", f"乙{n}", line=n) for n in range(60)))
    document = map_document(facts, make_source(), version="1")
    store.replace(document)
    counts: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            counts.add(sum(1 for _ in store.quads(document.graph)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(12):
        store.replace(document)
        time.sleep(0.005)
    done.set()
    watcher.join()
    assert counts == {len(document.triples)}


def test_the_vocabulary_is_the_same_in_every_store() -> None:
    """Also its axioms, which have no names in the file."""
    one, other = (sorted(map(str, memory_store().engine)) for _ in range(2))
    assert one == other


def test_a_select_is_a_select() -> None:
    """An update or an ASK cannot come in through select."""
    store = memory_store()
    with pytest.raises(TypeError):
        store.select("ASK {}")
    with pytest.raises(SyntaxError):
        store.select("DROP ALL")
    assert isinstance(store.engine.query("ASK { GRAPH ?g { ?s ?p ?o } }"), QueryBoolean)


_ENDLESS = """
import sys
from pathlib import Path
from graph.mapping import map_document
from graph.prepare import Preparing
from graph.store import create_store
from tests.factories import make_facts, make_flow, make_source, make_evaluation
store = create_store(Path(sys.argv[1]))
print("ready", flush=True)
for turn in range(1_000_000):
    number = turn % 7
    facts = make_facts(evaluation=make_evaluation(number=str(number)),
                       flows=tuple(make_flow("甲", f"乙{n}-{turn}", line=n) for n in range(200)))
    store.replace(map_document(facts, make_source(f"{number}.txt", str(turn)), version="1"))
"""


@pytest.mark.slow
def test_killing_at_any_moment_leaves_every_document_whole_or_absent(tmp_path: Path) -> None:
    """After kill -9 the store opens, no document is cut, and loading goes on."""
    path = tmp_path / "s"
    chance = random.Random(20250401)  # noqa: S311 -- when to kill is no secret
    whole = {f"{n}": None for n in range(7)}
    for _ in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", _ENDLESS, str(path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.05, 0.6))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        store = open_store(path)
        sizes = {one.name: sum(1 for _ in store.quads(NamedNode(one.graph))) for one in store.documents()}
        assert len(sizes) <= len(whole)
        assert len(set(sizes.values())) <= 1, sizes
        assert len(store.graphs()) == len(sizes)
        del store
    store = create_store(path)
    store.replace(map_document(make_facts(), make_source("last.txt", "last"), version="1"))
    assert "last.txt" in [one.name for one in store.documents()]


def test_an_unknown_document_cannot_be_exported() -> None:
    """The error names the question that lists those there are."""
    from graph.export import select_graphs

    with pytest.raises(UnknownName, match="no document"):
        select_graphs(memory_store(), document="x.txt")
