"""The index beside the store: what it holds, and that it follows the data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extract.facts import Carries, Certainty, EndKind, FlowKind
from graph.mapping import map_document
from graph.store import GraphStore, create_store
from graph.trace.edges import Kind
from tests.factories import TAX_SYSTEM, make_evaluation, make_facts, make_flow, make_handover, make_source
from viz.explorer.atlas import Atlas, open_atlas
from viz.explorer.index import update_index
from viz.explorer.neighbours import BY_AGENCY, BY_KIND, Look, look_at
from viz.explorer.scope import Scope
from viz.explorer.search import KINDS, search, suggest

BASE = "https://w3id.org/mynaflow/id/"
CITY, TOWN = "架空市", "例示町"


def put(store: GraphStore, agency: str, number: int = 1, version: str = "1", **changes: object) -> str:
    """Put an assessment of ``agency`` into the store; return its graph."""
    evaluation = make_evaluation(agency=agency, office=f"{agency}長", number=str(number))
    facts = make_facts(evaluation=evaluation, **changes)
    source = make_source(f"{agency}_{number}.txt", f"{agency}の評価書{number}")
    mapped = map_document(facts, source, version=version, base=store.base)
    store.replace(mapped, path=f"/{agency}_{number}.txt")
    return mapped.graph.value


def two_documents(path: Path) -> GraphStore:
    """Return a store with an assessment of 架空市 and one of 例示町."""
    made = create_store(path)
    put(made, CITY)
    put(
        made,
        TOWN,
        flows=(make_flow("宛名システム", "収納システム", source_kind=EndKind.SYSTEM, target_kind=EndKind.SYSTEM),),
    )
    return made


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    """Return a store that a test may change."""
    return two_documents(tmp_path / "store")


@pytest.fixture
def index(tmp_path: Path, store: GraphStore) -> Path:
    """Return the index of that store."""
    assert update_index(store, str(tmp_path / "index.sqlite3")) == 2
    return tmp_path / "index.sqlite3"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index that tests only read."""
    folder = tmp_path_factory.mktemp("index")
    update_index(two_documents(folder / "store"), str(folder / "index.sqlite3"))
    return folder / "index.sqlite3"


def names(atlas: Atlas, asked: str) -> list[str]:
    """Return the names that a search finds."""
    return [one.name for one in search(atlas, asked).names]


def tables(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the contents of the tables that are asked for, but for numbers of rows."""
    said = {
        "document": "SELECT graph, agency, facts, flows FROM document",
        "thing": "SELECT * FROM thing",
        "edge": "SELECT source, target, kind, line, quote FROM edge",
        "word": "SELECT key, name FROM name_word",
        "total": "SELECT * FROM total",
        "passage": "SELECT start, quote FROM passage",
    }
    with closing(sqlite3.connect(file)) as index:
        return {name: sorted(index.execute(query).fetchall()) for name, query in said.items()}


class TestFollowing:
    """Whatever happened to the store, the index is what a new one would be."""

    def test_nothing_is_done_where_nothing_changed(self, store: GraphStore, index: Path) -> None:
        """A second time takes nothing in or out."""
        assert update_index(store, str(index)) == 0

    def test_documents_come_and_go(self, store: GraphStore, index: Path, tmp_path: Path) -> None:
        """After one came, one went and one was read anew, it equals an index that was made anew."""
        put(store, CITY, 2)
        gone = put(store, "消える村")
        assert update_index(store, str(index)) == 2
        with open_atlas(index) as atlas:
            assert "消える村" in names(atlas, "消える")
        store.remove(gone)
        put(store, TOWN, version="2")
        assert update_index(store, str(index)) == 2
        assert update_index(store, str(tmp_path / "other.sqlite3")) == 3
        assert tables(index) == tables(tmp_path / "other.sqlite3")
        with open_atlas(index) as atlas:
            assert names(atlas, "消える") == []
            assert search(atlas, "消える").counts == dict.fromkeys(KINDS, 0)

    @pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\x00" + b"x" * 5000])
    def test_a_damaged_index_is_made_anew(self, store: GraphStore, index: Path, damage: bytes) -> None:
        """A file that is empty or no database is replaced."""
        whole = tables(index)
        index.write_bytes(damage)
        assert update_index(store, str(index)) == 2
        assert tables(index) == whole

    def test_another_layout_is_made_anew(self, store: GraphStore, index: Path) -> None:
        """An index that another version left is replaced."""
        with closing(sqlite3.connect(index)) as opened:
            opened.execute("PRAGMA user_version = 99")
        assert update_index(store, str(index)) == 2


class TestSearching:
    """Words are found anywhere in names, documents, laws and quotes."""

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("税務シス", TAX_SYSTEM),
            ("税", TAX_SYSTEM),
            ("架空税務 システム", TAX_SYSTEM),
            ("ｼｽﾃﾑ", TAX_SYSTEM),
            ("課税システム", TAX_SYSTEM),
            ("架空", CITY),
        ],
        ids=["inside", "one sign", "two words", "half width", "another name", "an agency"],
    )
    def test_names(self, file: Path, asked: str, found: str) -> None:
        """A name is found by a part of it, by several, in any width, and by its other spellings."""
        with open_atlas(file) as atlas:
            assert found in names(atlas, asked)

    @pytest.mark.parametrize("asked", ["存在しない", '"', "*", "a OR b", "'; DROP TABLE edge", "", "   ", "長" * 5000])
    def test_nothing_breaks_a_search(self, file: Path, asked: str) -> None:
        """Signs that mean something to the engine are words like others."""
        with open_atlas(file) as atlas:
            assert search(atlas, asked).names == ()

    def test_quotes_and_laws(self, file: Path) -> None:
        """A quote is found with its place, a law by a part of its name."""
        with open_atlas(file) as atlas:
            found = search(atlas, "収納システムへ送信")
            assert [(one.document.body, one.place.line) for one in found.quotes] == [(TOWN, 60)]
            assert search(atlas, "番号").laws

    def test_the_exact_name_comes_first(self, file: Path) -> None:
        """Of many names that hold a word, the word itself is the first."""
        with open_atlas(file) as atlas:
            assert suggest(atlas, "宛名システム")[0].name == "宛名システム"


class TestLooking:
    """The visible part of the network."""

    def test_one_hop_and_what_is_hidden(self, file: Path) -> None:
        """Around an end stand those next to it, each with the number of those that are not shown."""
        start = f"{BASE}organization/{TOWN}/system/宛名システム"
        with open_atlas(file) as atlas:
            part = look_at(atlas, Look(starts=(start,)))
            assert {box.name for box in part.boxes} == {"宛名システム", "収納システム"}
            assert [box.id for box in part.boxes if box.is_start] == [start]
            whole = look_at(atlas, Look())
            busiest = max(whole.boxes, key=lambda box: box.thing.edges)
            few = look_at(atlas, Look(starts=(busiest.id,), most=3))
            assert len(few.boxes) <= 3
            assert few.left_out > 0
            near = next(box for box in look_at(atlas, Look(starts=(busiest.id,))).boxes if box.hidden)
            opened = look_at(atlas, Look(starts=(busiest.id,), opened=(near.id,)))
            assert next(box.hidden for box in opened.boxes if box.id == near.id) == 0

    @pytest.mark.parametrize("group", [BY_AGENCY, BY_KIND])
    def test_groups_hold_their_members_movements(self, file: Path, group: str) -> None:
        """Grouping loses no statement but those inside a group."""
        with open_atlas(file) as atlas:
            whole = {one.id for arrow in look_at(atlas, Look()).arrows for one in arrow.statements}
            grouped = look_at(atlas, Look(group=group))
            kept = {one.id for arrow in grouped.arrows for one in arrow.statements}
            assert kept
            assert kept <= whole
            assert any(box.members for box in grouped.boxes)

    @pytest.mark.parametrize(
        ("scope", "fits"),
        [
            (Scope(kind=("provision",)), lambda one: one.kind is Kind.PROVISION),
            (Scope(carries=("number",)), lambda one: one.carries is Carries.NUMBER),
            (Scope(certainty=("implied",)), lambda one: one.certainty is Certainty.IMPLIED),
            (Scope(connections=True, kind=("transfer",)), lambda one: one.kind in (Kind.TRANSFER, Kind.CONNECTION)),
        ],
        ids=["kind", "carries", "certainty", "connections"],
    )
    def test_filters_act_in_the_search(self, tmp_path: Path, scope: Scope, fits: object) -> None:
        """Every statement that is shown fits the filter."""
        store = create_store(tmp_path / "store")
        handovers = tuple(make_handover(kind, 1) for kind in (FlowKind.PROVISION, FlowKind.TRANSFER))
        put(store, CITY, handovers=handovers, flows=(make_flow("甲", "乙", certainty=Certainty.IMPLIED),))
        update_index(store, str(tmp_path / "index.sqlite3"))
        with open_atlas(tmp_path / "index.sqlite3") as atlas:
            said = [one for arrow in look_at(atlas, Look(scope=scope)).arrows for one in arrow.statements]
        assert said
        assert callable(fits)
        assert all(fits(one) for one in said)
