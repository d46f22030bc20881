"""Traces over documents of invented places: what is followed, what is not, and what the answer says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.errors import UnknownName
from extract.facts import Carries, Certainty, DeniedFlow, EndKind, Facts, FlowKind, Mark
from graph.mapping import map_document
from graph.store import create_store, memory_store
from graph.trace.answer import answer
from graph.trace.edges import Kind, Network
from graph.trace.find import find_nodes
from graph.trace.library import Library, open_library, rows_of
from graph.trace.load import load_network
from graph.trace.names import is_self, name_key, naming_of
from graph.trace.question import Answer, Direction, LimitKind, Question
from graph.trace.search import trace
from graph.trace.tell import Told, answer_object
from tests.factories import (
    COMPANY,
    TAX_FILE,
    TAX_SYSTEM,
    make_connection,
    make_evaluation,
    make_facts,
    make_flow,
    make_source,
    said,
)
from viz import cli

OFFICE = "財務部市民税課"
NETWORK = "情報提供ネットワークシステム"


def library_of(*documents: Facts, **chosen: str) -> Library:
    """Return a library of these documents, called 1.txt, 2.txt and so on."""
    store = memory_store()
    for number, facts in enumerate(documents, start=1):
        source = make_source(f"{number}.txt", f"{number}件目")
        store.replace(map_document(facts, source, version="1"))
    return open_library(lambda query: rows_of(store.select(query)), **chosen)


def only_flows(*flows: Any, **changes: Any) -> Facts:
    """Return facts of 架空市 whose only statements of movements are ``flows``."""
    empty: dict[str, Any] = {"connections": (), "media": (), "denied_flows": (), "aliases": ()}
    return make_facts(flows=flows, **{**empty, **changes})


def town(*flows: Any, name: str = "例示町", **changes: Any) -> Facts:
    """Return facts of another agency."""
    cover = make_evaluation(agency=name, office=f"{name}長", number="8")
    return only_flows(*flows, evaluation=cover, **changes)


def ask(network: Network, start: str, direction: Direction = Direction.DOWNSTREAM, **settings: Any) -> Answer:
    """Trace from (upstream: to) the end called ``start``."""
    keys = find_nodes(network, start).keys
    return trace(network, Question(direction=direction, sources=keys, targets=keys, **settings))


def names(answer: Answer) -> dict[str, int]:
    """Return the names of what was reached with their distance."""
    return {one.node.name: one.hops for one in answer.reached}


def limits(answer: Answer) -> set[LimitKind]:
    """Return why the answer may lack something."""
    return {limit.kind for limit in answer.limits}


def test_an_alias_and_the_full_name_are_one_end() -> None:
    """A system's alias, and the agency's own office, lead to the same node as the name."""
    network = load_network(
        library_of(only_flows(make_flow("住民", "税システム"), make_flow(TAX_SYSTEM, "庁外センター")))
    )
    assert names(ask(network, "住民")) == {TAX_SYSTEM: 1, "庁外センター": 2}
    assert find_nodes(network, "課税システム").keys == find_nodes(network, TAX_SYSTEM).keys
    assert find_nodes(network, "架空市長").keys == find_nodes(network, "架空市").keys


def test_the_head_of_another_body_is_that_body() -> None:
    """例示町長 of one document and the agency 例示町 of another are one; 市町村長 are nobody in particular."""
    gives = only_flows(make_flow("架空市", "例示町長"), make_flow("架空市", "市町村長"))
    network = load_network(library_of(gives, town(make_flow("例示町", "甲庁"))))
    assert find_nodes(network, "例示町長").keys == find_nodes(network, "例示町").keys
    assert names(ask(network, "架空市")) == {"例示町": 1, "市町村長": 1, "甲庁": 2}


def test_a_defined_short_name_asks_for_the_full_one() -> None:
    """「以下「国保連」という」 lets the user ask for 国保連 even if no flow prints it."""
    full = "みほん県国民健康保険団体連合会"
    network = load_network(library_of(only_flows(make_flow("住民", full), aliases=make_facts().aliases)))
    assert find_nodes(network, "国保連").keys == find_nodes(network, full).keys


def test_two_meanings_of_one_short_name_merge_nothing() -> None:
    """A short name defined twice with different full names stands for neither."""
    naming = naming_of("架空市", None, [], [("担当課", "市民課"), ("担当課", "税務課")])
    assert len({naming.resolve(name) for name in ("担当課", "市民課", "税務課")}) == 3


@pytest.mark.parametrize("name", ["当市", "本市", "市", "評価実施機関"])
def test_how_a_city_speaks_of_itself(name: str) -> None:
    """当市 and its like mean the agency."""
    assert is_self(name, "架空市")


def test_another_bodys_system_of_a_common_name_is_another_system() -> None:
    """照会者の中間サーバー is not the agency's own, a joint system named with its holder is."""
    naming = naming_of("架空市", None, [("中間サーバー",), ("収納総合システム",)], [])
    assert naming.resolve("照会者の中間サーバー") != naming.resolve("中間サーバー")
    assert naming.resolve("みほん県の中間サーバー") != naming.resolve("中間サーバー")
    assert naming.resolve("当市の中間サーバー") == naming.resolve("中間サーバー")
    assert naming.resolve("共同事務組合の収納総合システム") == name_key("収納総合システム")
    listed = naming_of("架空市", None, [("収納総合システム",), ("共同事務組合の収納総合システム",)], [])
    assert listed.resolve("共同事務組合の収納総合システム") == name_key("収納総合システム")


def test_cycles_end() -> None:
    """A cycle is walked once, and the start is not reached again."""
    network = load_network(library_of(only_flows(make_flow("甲課", "乙課"), make_flow("乙課", "甲課"))))
    answer = ask(network, "甲課")
    assert names(answer) == {"乙課": 1}
    assert answer.complete


def test_hops_are_bounded_and_it_is_said() -> None:
    """What lies beyond the hops asked for is counted, not shown."""
    chain = [make_flow(a, b) for a, b in ("甲乙", "乙丙", "丙丁")]
    answer = ask(load_network(library_of(only_flows(*chain))), "甲", hops=2)
    assert names(answer) == {"乙": 1, "丙": 2}
    (limit,) = answer.limits
    assert (limit.kind, limit.left_out, [node.name for node in limit.at]) == (LimitKind.HOPS, 1, ["丙"])


def test_a_network_ends_a_path() -> None:
    """What goes into the national network does not come out of it, unless asked for; then each hop says so."""
    library = library_of(only_flows(make_flow("中間サーバー", NETWORK), make_flow(NETWORK, "甲課")))
    network = load_network(library)
    answer = ask(network, "中間サーバー")
    assert names(answer) == {NETWORK: 1}
    assert limits(answer) == {LimitKind.HUB}
    keys = find_nodes(network, "中間サーバー").keys
    question = Question(direction=Direction.DOWNSTREAM, sources=keys, through_hubs=True)
    beyond = trace(network, question)
    assert names(beyond) == {NETWORK: 1, "甲課": 2}
    paths = answer_object(Told(network=network, question=question, answer=beyond))["paths"]
    assert isinstance(paths, list)
    assert [[hop["beyond"] for hop in path] for path in paths] == [[None], [None, NETWORK]]  # type: ignore[index, union-attr, call-overload]


def test_two_agencies_servers_never_meet() -> None:
    """中間サーバー of two agencies are two ends, and both are found by the name."""
    network = load_network(
        library_of(only_flows(make_flow("甲課", "中間サーバー")), town(make_flow("中間サーバー", "乙課")))
    )
    assert names(ask(network, "甲課")) == {"中間サーバー": 1}
    assert len(find_nodes(network, "中間サーバー").keys) == 2


def test_a_company_does_not_join_the_agencies_that_use_it() -> None:
    """Data that one town gives to a company do not reach the other's office through it."""
    network = load_network(
        library_of(
            only_flows(make_flow("住民", COMPANY)),
            town(make_flow("㈱見本情報", "福祉課"), make_flow("税務課", COMPANY)),
        )
    )
    answer = ask(network, "住民")
    assert names(answer) == {COMPANY: 1}
    assert limits(answer) == {LimitKind.SHARED}
    assert set(names(ask(network, COMPANY, Direction.UPSTREAM))) == {"住民", "税務課"}


def test_an_agency_does_not_join_its_own_businesses() -> None:
    """What 架空市 gets for taxes is not what it sends for welfare; its system, however, is one."""
    welfare = make_evaluation(number="9", title="福祉の事務")
    taxes = only_flows(make_flow("住民", "架空市"), make_flow("住民", TAX_SYSTEM))
    other = only_flows(make_flow("架空市", "福祉協会"), make_flow(TAX_SYSTEM, "窓口端末"), evaluation=welfare)
    answer = ask(load_network(library_of(taxes, other)), "住民")
    assert names(answer) == {"架空市": 1, TAX_SYSTEM: 1, "窓口端末": 2}
    assert limits(answer) == {LimitKind.SHARED}


def test_an_agency_that_hands_over_joins_two_documents() -> None:
    """A path goes on in the document of the agency that gets the data."""
    network = load_network(library_of(only_flows(make_flow("住民", "例示町")), town(make_flow("例示町", "福祉課"))))
    assert names(ask(network, "住民")) == {"例示町": 1, "福祉課": 2}


def test_number_follows_only_what_carries_it() -> None:
    """A symbol is not the number; what is unclear is left out, counted, and followed on request."""
    facts = only_flows(
        make_flow("住民", "甲課"),
        make_flow("甲課", "乙課", carries=Carries.SYMBOL),
        make_flow("甲課", "丙課", carries=Carries.UNCLEAR),
    )
    network = load_network(library_of(facts))
    answer = ask(network, "住民", only_number=True)
    assert names(answer) == {"甲課": 1}
    assert limits(answer) == {LimitKind.UNCLEAR}
    assert names(ask(network, "住民", only_number=True, with_unclear=True)) == {"甲課": 1, "丙課": 2}
    assert ask(network, "住民").complete


def test_a_denied_movement_is_not_followed() -> None:
    """Where a document both says and denies a movement, it counts as unclear; a mere denial is nothing."""
    denied = tuple(
        DeniedFlow(evidence=said(f"{target}へは送らない", start=at), source="甲課", target=target, why="送らない")
        for at, target in enumerate("乙丙")
    )
    network = load_network(library_of(only_flows(make_flow("甲課", "乙"), denied_flows=denied)))
    answer = ask(network, "甲課")
    assert names(answer) == {}
    assert limits(answer) == {LimitKind.UNCLEAR}
    assert find_nodes(network, "丙").asides[0].quote == "丙へは送らない"


def test_connections_are_a_layer_of_their_own() -> None:
    """A ticked box is followed only on request, in both directions; a box without mark only as unclear."""
    boxes = (make_connection("宛名システム", Mark.YES), make_connection("収納システム", Mark.UNCLEAR))
    network = load_network(library_of(only_flows(connections=boxes)))
    assert names(ask(network, "宛名システム")) == {}
    answer = ask(network, "宛名システム", connections=True)
    assert names(answer) == {TAX_SYSTEM: 1}
    assert answer.paths[0][0].first.says.kind is Kind.CONNECTION
    assert limits(answer) == {LimitKind.UNCLEAR}
    assert len(names(ask(network, "宛名システム", connections=True, with_unclear=True))) == 2


def test_the_department_that_holds_a_file_hands_it_on() -> None:
    """Ⅱ-2⑥ and Ⅱ-4 together: from the department in charge to the company, implied."""
    network = load_network(
        library_of(only_flows(make_flow("架空市", COMPANY, kind=FlowKind.ENTRUSTMENT, file=TAX_FILE, number=1)))
    )
    answer = ask(network, OFFICE)
    assert names(answer) == {COMPANY: 1}
    says = answer.paths[0][0].first.says
    assert (says.derived, says.certainty) == (True, Certainty.IMPLIED)


def test_who_acts_in_the_prose_is_the_department_unless_the_agency_is_named() -> None:
    """「申請を受け付ける」 is the department in charge; 「架空市が受け付ける」 is the city."""
    unsaid = make_flow("申請者", "架空市", certainty=Certainty.IMPLIED, quote="申請者から受け付ける")
    printed = make_flow("届出者", "架空市", certainty=Certainty.IMPLIED, quote="架空市が届出者から受け付ける")
    network = load_network(library_of(only_flows(unsaid, printed)))
    assert names(ask(network, "申請者")) == {OFFICE: 1, "架空市": 1}
    assert names(ask(network, "届出者")) == {"架空市": 1}


def test_a_ticked_medium_that_is_a_system_is_a_source() -> None:
    """②入手方法 [○] 情報提供ネットワークシステム: the file's department gets data from the network."""
    medium = replace(make_facts().media[0], medium=NETWORK, detail="")
    network = load_network(library_of(only_flows(media=(medium,))))
    assert names(ask(network, NETWORK)) == {OFFICE: 1}


def test_between_shows_the_shortest_paths_first() -> None:
    """Between two ends come the k shortest paths, and the answer says if there are more."""
    flows = [make_flow(a, b) for a, b in ("甲乙", "乙丁", "甲丁", "甲丙", "丙乙")]
    network = load_network(library_of(only_flows(*flows)))
    start, end = (find_nodes(network, name).keys for name in "甲丁")
    question = Question(direction=Direction.BETWEEN, sources=start, targets=end, paths=2)
    answer = trace(network, question)
    assert [len(path) for path in answer.paths] == [1, 2]
    assert limits(answer) == {LimitKind.PATHS}
    assert trace(network, replace(question, paths=3)).complete
    assert limits(trace(network, replace(question, paths=9, hops=2))) == {LimitKind.HOPS}


def test_a_path_that_both_hops_and_a_network_cut_is_not_denied() -> None:
    """Where the hops end before the network does, the answer does not claim that there is no way."""
    flows = (make_flow("甲課", "中間サーバー"), make_flow("中間サーバー", NETWORK), make_flow(NETWORK, "丙庁"))
    network = load_network(library_of(only_flows(*flows)))
    ends = {"sources": find_nodes(network, "甲課").keys, "targets": find_nodes(network, "丙庁").keys}
    near = trace(network, Question(direction=Direction.BETWEEN, hops=1, **ends))
    far = trace(network, Question(direction=Direction.BETWEEN, hops=5, **ends))
    assert (near.paths, limits(near)) == ((), {LimitKind.HOPS})
    assert (far.paths, limits(far)) == ((), {LimitKind.HUB})


def test_ends_and_work_are_bounded() -> None:
    """No question runs away: the ends listed and the steps spent have bounds, and the answer says that it hit them."""
    letters = "甲乙丙丁戊己庚辛壬癸"
    dense = [make_flow(a, b) for a in letters for b in letters if a != b]
    network = load_network(library_of(only_flows(*dense)))
    answer = ask(network, "甲", most=4)
    assert len(answer.reached) == 4
    assert LimitKind.REACHED in limits(answer)
    start, end = (find_nodes(network, name).keys for name in "甲癸")
    endless = Question(direction=Direction.BETWEEN, sources=start, targets=end, hops=9, paths=10**6, work=500)
    assert LimitKind.WORK in limits(trace(network, endless))


def test_names_that_no_document_knows() -> None:
    """An unknown name is refused with the nearest ones; the end of a known one is taken for it and named."""
    network = load_network(library_of(only_flows(make_flow("市町村の窓口端末", "甲課"))))
    found = find_nodes(network, "窓口端末")
    assert found.read_as == "市町村の窓口端末"
    with pytest.raises(UnknownName) as error:
        find_nodes(network, "市町村の窓口端")
    assert "市町村の窓口端末" in error.value.todo


def test_a_name_of_the_past_leads_nowhere_and_says_why() -> None:
    """What stands only in the 変更前 column is known, but nothing flows there."""
    library = library_of(only_flows(make_flow("住民", "甲課")))
    network = load_network(library)
    found = find_nodes(network, "株式会社ふるい", library.past)
    assert (found.keys, found.asides[0].line) == (frozenset(), 80)


def test_only_documents_that_matter_are_read() -> None:
    """Of many documents those are read that name the end asked for, and those into which a path goes on."""
    others = [town(make_flow("住民", "他課"), name=f"第{number}町") for number in range(5)]
    library = library_of(only_flows(make_flow("申請窓口", "例示町")), town(make_flow("例示町", "福祉課")), *others)
    question = Question(direction=Direction.DOWNSTREAM)
    few = answer(library, question, source="申請窓口", target=None, documents=3)
    assert (names(few.answer), few.network.documents, few.answer.complete) == ({"例示町": 1, "福祉課": 2}, 2, True)
    assert names(answer(library, question, source="申請窓口", target=None).answer) == names(few.answer)
    many = answer(library, question, source="住民", target=None, documents=2)
    (limit,) = many.answer.limits
    assert (limit.kind, limit.left_out) == (LimitKind.DOCUMENTS, 3)


def test_an_end_is_found_among_many_documents_however_it_is_printed() -> None:
    """Width and the like make no difference where only some documents are read either."""
    others = [town(make_flow("住民", "他課"), name=f"第{number}町") for number in range(3)]
    library = library_of(only_flows(make_flow("申請サーバー", "甲課")), *others)
    told = answer(library, Question(direction=Direction.DOWNSTREAM), source="申請 ｻｰﾊﾞ等", target=None, documents=2)
    assert names(told.answer) == {"甲課": 1}
    with pytest.raises(UnknownName):
        answer(library, Question(direction=Direction.DOWNSTREAM), source="乙課", target=None, documents=2)


def test_kinds_of_ends_are_known() -> None:
    """A node's kind is what the form or the prose says of it."""
    network = load_network(library_of(make_facts()))
    kinds = {node.name: node.kind for node in network.nodes.values()}
    assert kinds[TAX_SYSTEM] is EndKind.SYSTEM
    assert kinds["架空市"] is EndKind.BODY
    assert kinds[OFFICE] is EndKind.DEPARTMENT


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return the folder of a store with one document."""
    path = tmp_path / "store"
    made = create_store(path)
    made.replace(map_document(make_facts(), make_source("架空市_税.txt"), version="1"))
    made.flush()
    return path


def test_the_command_prints_the_contract(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--format json`` prints one object with the promised keys, every hop with its quote and place."""
    words = ["trace", "--store", str(store), "--from", "国税庁", "--document", "架空市_税.txt", "--format", "json"]
    assert cli.main(words) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) >= {"reached", "paths", "complete", "limits", "searched"}
    assert {"name": OFFICE, "hops": 1}.items() <= answer["reached"][0].items()
    hop = answer["paths"][0][0]
    keys = {"source", "target", "kind", "carries", "via", "certainty", "quote", "line", "document", "legal_bases"}
    assert keys <= set(hop)
    assert (hop["line"], hop["document"], hop["carries"]) == (61, "架空市_税.txt", "number")


def test_a_provision_is_cited_with_its_law(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The hop of a provision names the article that the form gives."""
    cli.main(["trace", "--store", str(store), "--to", "みほん県", "--format", "json"])
    hops = [path[-1] for path in json.loads(capsys.readouterr().out)["paths"]]
    assert all(any("第19条第8号" in basis for basis in hop["legal_bases"]) for hop in hops)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--from NAME"),
        (["--from", "どこにもない名"], "no document names"),
        (["--from", "架空市", "--direction", "upstream"], "takes --to"),
        (["--from", "架空市", "--agency", "みほん市"], "no document for"),
        (["--from", "架空市", "--document", "no.txt"], "架空市_税.txt"),
    ],
    ids=["no end", "unknown name", "wrong way", "unknown agency", "unknown document"],
)
def test_the_users_mistakes(store: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    """A mistake is answered with what, where and what to do, and exit code 2."""
    assert cli.main(["trace", "--store", str(store), *words]) == 2
    assert told in capsys.readouterr().err


def test_text_of_documents_does_not_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences in names and quotes are shown as signs."""
    made = create_store(tmp_path / "store")
    facts = only_flows(make_flow("住民\x1b[2J", "甲\u202e課", quote="\x1b]0;題\x07送る"))
    made.replace(map_document(facts, make_source(), version="1"))
    made.flush()
    assert cli.main(["trace", "--store", str(tmp_path / "store"), "--from", "住民\x1b[2J"]) == 0
    shown = capsys.readouterr().out
    assert not {"\x1b", "\u202e", "\x07"} & set(shown)


@pytest.mark.parametrize("words", [["--from", "国税庁"], ["--from", "国税庁", "--to", COMPANY], ["--to", COMPANY]])
def test_the_table_shows_quotes_and_places(store: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """The text for people names ends, quotes and places, and says whether it is complete."""
    assert cli.main(["trace", "--store", str(store), *words]) == 0
    shown = capsys.readouterr().out
    assert "架空市_税.txt:" in shown
    assert "完全 / complete" in shown
