"""A trace agrees with an oracle that tries everything, on small networks with cycles, hubs and several agencies."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts import Carries, Certainty
from graph.trace.edges import Edge, Kind, Movement, Network, Node
from graph.trace.names import name_key
from graph.trace.question import Answer, Direction, LimitKind, Question
from graph.trace.search import trace

KEYS = "abcdef"
DOCUMENTS = {"一": "架空市", "二": "架空市", "三": "例示町"}


@st.composite
def nodes(draw: st.DrawFn) -> dict[str, Node]:
    """Draw six ends: shared, a hub, of one agency, or an agency itself."""
    roles = (
        Node(key="", name=""),
        Node(key="", name="", hub=True),
        Node(key="", name="", owner="架空市"),
        Node(key="", name="", owner="例示町"),
        Node(key="", name="", owner="架空市", is_agency=True),
    )
    return {key: replace(draw(st.sampled_from(roles)), key=key, name=key) for key in KEYS}


@st.composite
def edges(draw: st.DrawFn) -> Edge:
    """Draw one statement of one of three documents."""
    source, target = draw(st.sampled_from(KEYS)), draw(st.sampled_from(KEYS))
    document = draw(st.sampled_from(sorted(DOCUMENTS)))
    says = Movement(
        source=source,
        target=target,
        kind=draw(st.sampled_from([Kind.NARRATIVE, Kind.NARRATIVE, Kind.CONNECTION])),
        carries=draw(st.sampled_from([Carries.NUMBER, Carries.NUMBER, Carries.UNCLEAR, Carries.NONE])),
        certainty=draw(st.sampled_from([Certainty.STATED, Certainty.STATED, Certainty.UNCLEAR])),
    )
    contested = draw(st.sampled_from([False, False, False, True]))
    return Edge(
        source=source,
        target=target,
        says=says,
        graph=document,
        document=document,
        agency=DOCUMENTS[document],
        contested=contested,
    )


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw a small network."""
    return Network(nodes=draw(nodes()), edges=tuple(draw(st.lists(edges(), max_size=14))), documents=3)


@st.composite
def questions(draw: st.DrawFn, direction: Direction | None = None) -> Question:
    """Draw what may be asked of it."""
    flag = st.booleans()
    return Question(
        direction=direction or draw(st.sampled_from([Direction.DOWNSTREAM, Direction.UPSTREAM])),
        sources=frozenset("a"),
        targets=frozenset("f" if direction else "a"),
        hops=draw(st.integers(1, 5)),
        paths=draw(st.integers(1, 4)),
        only_number=draw(flag),
        with_unclear=draw(flag),
        connections=draw(flag),
        through_hubs=draw(flag),
    )


Step = tuple[str, str, str, str]
Place = tuple[str, str, str]


def steps_of(network: Network, question: Question) -> list[Step]:
    """Return (from, to, document, agency) of every statement that the question may follow, as the search goes."""
    steps: list[Step] = []
    for edge in network.edges:
        says = edge.says
        if says.kind is Kind.CONNECTION and not question.connections:
            continue
        unsettled = edge.contested or says.certainty is Certainty.UNCLEAR
        if question.only_number:
            if says.carries is Carries.NONE:
                continue
            unsettled = unsettled or says.carries is Carries.UNCLEAR
        if unsettled and not question.with_unclear:
            continue
        ends = [(edge.source, edge.target)]
        if question.direction is Direction.UPSTREAM:
            ends = [(edge.target, edge.source)]
        if says.kind is Kind.CONNECTION:
            ends.append(ends[0][::-1])
        steps += [(*pair, edge.graph, edge.agency) for pair in ends if pair[0] != pair[1]]
    return steps


def passes(network: Network, question: Question, place: Place, step: Step) -> bool:
    """Tell whether a walk that stands at ``place`` may go on by ``step``."""
    key, document, agency = place
    node = network.nodes[key]
    if key != step[0]:
        return False
    if not document or question.through_hubs:
        return True
    if node.hub:
        return False
    if document == step[2]:
        return True
    if node.is_agency:
        return agency != step[3] and node.owner in {agency, step[3]}
    return node.owner != ""


def oracle_reached(network: Network, question: Question) -> dict[str, int]:
    """Return the ends reached and their distance, by trying every step from every place, level by level."""
    steps = steps_of(network, question)
    places: set[Place] = {("a", "", "")}
    seen: dict[str, int] = {}
    for hops in range(1, question.hops + 1):
        found = {(s[1], s[2], s[3]) for p in places for s in steps if passes(network, question, p, s) and s[1] != "a"}
        for key, _, _ in found:
            seen.setdefault(key, hops)
        places |= found
    return seen


def oracle_paths(network: Network, question: Question) -> list[list[Step]]:
    """Return every path from a to f that passes no end twice, shortest first."""
    steps = sorted(set(steps_of(network, question)))
    found: list[list[Step]] = []

    def go(place: Place, path: list[Step]) -> None:
        for step in steps:
            if len(path) < question.hops and passes(network, question, place, step):
                if step[1] == "f":
                    found.append([*path, step])
                elif step[1] != "a" and all(step[1] != passed[1] for passed in path):
                    go((step[1], step[2], step[3]), [*path, step])

    go(("a", "", ""), [])
    return sorted(found, key=len)


def unbounded(question: Question) -> Question:
    """Return the same question without anything that could cut the answer short."""
    return replace(question, hops=40, paths=10_000, with_unclear=True, through_hubs=True)


def walked(answer: Answer) -> list[list[Step]]:
    """Return the paths of an answer as the oracle writes them."""
    return [[(arc.source, arc.target, arc.graph, arc.agency) for arc in path] for path in answer.paths]


@settings(max_examples=400, deadline=None)
@given(networks(), questions())
def test_what_is_reached(network: Network, question: Question) -> None:
    """Downstream and upstream reach what the oracle reaches, each end at the least distance."""
    answer = trace(network, question)
    assert {one.node.key: one.hops for one in answer.reached} == oracle_reached(network, question)
    if answer.complete:
        assert set(oracle_reached(network, unbounded(question))) == {one.node.key for one in answer.reached}


@settings(max_examples=400, deadline=None)
@given(networks(), questions())
def test_what_more_hops_would_reach(network: Network, question: Question) -> None:
    """The limit of hops is named if and only if one movement more would reach a new end or context."""
    question = replace(question, through_hubs=True)
    answer = trace(network, question)
    farther = oracle_reached(network, replace(question, hops=question.hops + 1))
    named = any(limit.kind is LimitKind.HOPS for limit in answer.limits)
    assert named or len(farther) == len(answer.reached)


@settings(max_examples=400, deadline=None)
@given(networks(), questions())
def test_a_path_for_each_end(network: Network, question: Question) -> None:
    """Each end reached has a path of its distance, which joins up and runs from source to target."""
    answer = trace(network, replace(question, paths=1))
    for one, path in zip(answer.reached, answer.paths, strict=True):
        assert len(path) == one.hops
        assert all(first.target == second.source for first, second in itertools.pairwise(path))
        ends = (path[0].source, path[-1].target)
        assert ends == (("a", one.node.key) if question.direction is Direction.DOWNSTREAM else (one.node.key, "a"))


@settings(max_examples=400, deadline=None)
@given(networks(), questions(Direction.BETWEEN))
def test_paths_between(network: Network, question: Question) -> None:
    """Between come the shortest of all paths; an answer that is complete has them all."""
    answer = trace(network, question)
    wanted = oracle_paths(network, question)
    assert [len(path) for path in answer.paths] == [len(path) for path in wanted][: question.paths]
    assert all(path in wanted for path in walked(answer))
    if answer.complete:
        assert len(answer.paths) == len(oracle_paths(network, unbounded(question)))


@given(st.text(max_size=20) | st.text("サーバー等システム(株)ｱﾞ①・ 　", max_size=12))
def test_a_names_key_is_its_own_key(name: str) -> None:
    """Making a key twice changes nothing, so that a key can be asked for like a name."""
    assert name_key(name_key(name)) == name_key(name)
