"""From names to an answer: which documents are read, which ends the names mean, and what is found.

A store may hold tens of thousands of documents. Those that name what is asked for are read first; then, as
long as a path may go on there, those that speak of the same systems, departments and agencies.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from graph.registry import find_national
from graph.trace.edges import Network
from graph.trace.find import find_nodes
from graph.trace.library import Library
from graph.trace.load import load_network
from graph.trace.names import name_key
from graph.trace.question import Direction, Limit, LimitKind, Question
from graph.trace.search import trace
from graph.trace.tell import Told

DOCUMENTS = 100
"""Documents that one answer reads unless the user says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The network of the documents that were read, and how many that matter were not."""

    network: Network
    left_out: int = 0

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What the reading left out."""
        return (Limit(kind=LimitKind.DOCUMENTS, left_out=self.left_out),) if self.left_out else ()


def answer(
    library: Library, question: Question, *, source: str | None, target: str | None, documents: int = DOCUMENTS
) -> Told:
    """Answer ``question``, whose ends are given by name, reading at most so many ``documents`` of ``library``.

    Raises UnknownName for a name that no document knows.
    """
    names = [name for name in (source, target) if name]
    backward = question.direction is Direction.UPSTREAM

    def ask(network: Network) -> Told:
        found = [find_nodes(network, name, library.past) for name in names]
        keys = dict(zip(names, (one.keys for one in found), strict=True))
        asked = replace(
            question, sources=keys.get(source or "", frozenset()), targets=keys.get(target or "", frozenset())
        )
        return Told(network=network, question=asked, answer=trace(network, asked), found=tuple(found))

    def reach(network: Network) -> frozenset[str]:
        told = ask(network)
        starts = told.question.targets if backward else told.question.sources
        return starts | {one.node.key for one in told.answer.reached}

    read = read_near(library, names, reach, documents)
    told = ask(read.network)
    return replace(told, answer=replace(told.answer, limits=(*told.answer.limits, *read.limits)))


def read_near(
    library: Library, names: Collection[str], reach: Callable[[Network], Collection[str]], most: int = DOCUMENTS
) -> Read:
    """Read the documents that ``names`` and what they ``reach`` stand in; all, if ``library`` has at most ``most``."""
    if len(library.documents) <= most:
        return Read(network=load_network(library))
    wanted = library.naming(_spellings(names))
    agencies = {document.agency for document in library.documents.values()}
    while True:
        graphs = wanted[:most]
        network = load_network(library.only(graphs))
        reached = reach(network) if graphs else ()
        further = [key for key in reached if key in agencies or network.nodes[key].owner]
        more = sorted(set(library.mentioning(further)) - set(wanted))
        if not more or len(wanted) >= most:
            return Read(network=network, left_out=len(wanted) + len(more) - len(graphs))
        wanted += more


def _spellings(names: Collection[str]) -> list[str]:
    nationals = [find_national(name_key(name)) for name in names]
    return [*names, *(national.name for national in nationals if national)]
