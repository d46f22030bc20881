"""An answer as one plain object: the contract of ``mynaflow trace --format json``.

``reached`` names each end as it is called over all documents; in ``paths`` the ends of a hop are named as
its quote's document names them there, and ``source_node`` and ``target_node`` as in ``reached``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from graph.trace.edges import Aside, Network, Node
from graph.trace.find import Found
from graph.trace.ground import Stand, barrier
from graph.trace.question import Answer, Arc, Limit, LimitKind, Path, Question, Reached

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]

_LIMITS = {
    LimitKind.HOPS: (
        "{hops}段階で打ち切った。その先に少なくとも{n}件ある（--hops）",
        "stopped after {hops} hops; at least {n} more beyond (--hops)",
    ),
    LimitKind.PATHS: (
        "経路を{paths}本で打ち切った（--paths）",
        "stopped after {paths} paths (--paths)",
    ),
    LimitKind.REACHED: (
        "到達先を{most}か所で打ち切った（--agency, --document で絞る）",
        "stopped after {most} ends; narrow it with --agency or --document",
    ),
    LimitKind.WORK: (
        "経路の探索を{work}歩で打ち切った（--hops を減らす）",
        "the search for paths stopped after {work} steps; lower --hops",
    ),
    LimitKind.DOCUMENTS: (
        "関わる文書のうち少なくとも{n}件は読んでいない（--agency, --document で絞る、--read で増やす）",
        "at least {n} documents that matter were not read; narrow it with --agency or --document, or raise --read",
    ),
    LimitKind.HUB: (
        "全国共通のネットワークの先はたどっていない: {at}（--through-hubs）",
        "not followed beyond national networks: {at} (--through-hubs)",
    ),
    LimitKind.SHARED: (
        "複数の文書に共通の相手を経て別の文書へは進んでいない: {at}（--through-hubs）",
        "not followed into another document through ends that several share: {at} (--through-hubs)",
    ),
    LimitKind.UNCLEAR: (
        "不明な記載をたどっていない。その先に少なくとも{n}件ある: {at}（--with-unclear）",
        "unclear statements are not followed; at least {n} beyond: {at} (--with-unclear)",
    ),
}
_AT_MOST = 5  # names in a sentence
_LISTED = 50  # names in an object


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer together with the question and the network, so that it can be written down."""

    network: Network
    question: Question
    answer: Answer
    found: tuple[Found, ...] = ()

    def beyond(self, path: Path) -> list[str | None]:
        """Return for each hop the network or shared end that the path crossed just before it."""
        crossed: list[str | None] = [None]
        for came, goes in pairwise(path):
            node = self.network.nodes[goes.source]
            stop = barrier(node, Stand(node.key, came.graph, came.agency), goes)
            crossed.append(node.name if stop else None)
        return crossed

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield what the reader must know of the names asked for, in Japanese and in English."""
        for one in self.found:
            yield from words_of_found(one, self.network)


def sentences(limit: Limit, question: Question) -> tuple[str, str]:
    """Say in Japanese and in English what ``limit`` left out of the answer to ``question``."""
    names = [node.name for node in limit.at]
    at = ", ".join(names[:_AT_MOST]) + (" …" if len(names) > _AT_MOST else "")
    words = {"hops": question.hops, "paths": question.paths, "most": question.most, "work": question.work}
    ja, en = (form.format(n=limit.left_out, at=at, **words) for form in _LIMITS[limit.kind])
    return ja, en


def words_of_found(found: Found, network: Network) -> Iterator[tuple[str, str]]:
    """Yield in Japanese and in English how a name was understood, unless it is plain."""
    if found.read_as:
        yield f"「{found.name}」を「{found.read_as}」と読んだ", f"{found.name!r} was read as {found.read_as!r}"
    if len(found.keys) > 1:
        yield _several(found, [network.nodes[key] for key in sorted(found.keys)])
    for aside in found.asides[:_AT_MOST]:
        yield _aside(found.name, aside)


def _several(found: Found, nodes: list[Node]) -> tuple[str, str]:
    owners = sorted({node.owner_name for node in nodes if node.owner_name})
    at = ", ".join(owners[:_AT_MOST]) + (" …" if len(owners) > _AT_MOST else "")
    return (
        f"「{found.name}」は{len(nodes)}つある: {at}（--agency で絞る）",
        f"{found.name!r} means {len(nodes)} ends: {at} (narrow it with --agency)",
    )


def _aside(name: str, aside: Aside) -> tuple[str, str]:
    ja, en = aside.why.split(" / ")
    place = f"{aside.document}:{aside.line}"
    return f"「{name}」は{ja}（{place}）", f"{name!r} stands {en} ({place})"


def answer_object(told: Told) -> dict[str, Value]:
    """Return the answer as one object of plain values."""
    answer = told.answer
    return {
        "reached": [_reached(one) for one in answer.reached],
        "paths": [_path(told, path) for path in answer.paths],
        "complete": answer.complete,
        "limits": [_limit(told, limit) for limit in answer.limits],
        "searched": _searched(told),
        "notes": [{"ja": ja, "en": en} for ja, en in told.notes()],
    }


def _reached(one: Reached) -> Value:
    node = one.node
    return {
        "name": node.name,
        "hops": one.hops,
        "kind": str(node.kind),
        "agency": node.owner_name or None,
        "hub": node.hub,
        "also": list(node.also),
    }


def _path(told: Told, path: Path) -> Value:
    nodes = told.network.nodes
    return [
        _hop(arc, nodes[arc.source], nodes[arc.target], over) for arc, over in zip(path, told.beyond(path), strict=True)
    ]


def _hop(arc: Arc, source: Node, target: Node, beyond: str | None) -> Value:
    says = arc.first.says
    return {
        "source": says.source,
        "target": says.target,
        "source_node": source.name,
        "target_node": target.name,
        "kind": str(says.kind),
        "carries": str(says.carries),
        "via": says.via,
        "medium": says.medium,
        "data": says.data,
        "certainty": str(says.certainty),
        "contested": arc.first.contested,
        "quote": says.quote,
        "item": says.item,
        "line": says.line,
        "document": arc.first.document,
        "legal_bases": list(says.legal_bases),
        "more": len(arc.statements) - 1,
        "beyond": beyond,
    }


def _limit(told: Told, limit: Limit) -> Value:
    ja, en = sentences(limit, told.question)
    return {
        "kind": str(limit.kind),
        "left_out": limit.left_out,
        "at": [node.name for node in limit.at[:_LISTED]],
        "ja": ja,
        "en": en,
    }


def _searched(told: Told) -> Value:
    asked, searched = told.question, told.answer.searched
    return {
        "from": _asked(told, asked.sources),
        "to": _asked(told, asked.targets),
        "documents": searched.documents,
        "statements": searched.statements,
        "followed": searched.followed,
        "direction": str(asked.direction),
        "hops": asked.hops,
        "carries": "number" if asked.only_number else "any",
        "connections": asked.connections,
        "with_unclear": asked.with_unclear,
        "through_hubs": asked.through_hubs,
    }


def _asked(told: Told, keys: frozenset[str]) -> Value:
    nodes = [told.network.nodes[key] for key in sorted(keys)]
    return [{"name": node.name, "agency": node.owner_name or None} for node in nodes]
