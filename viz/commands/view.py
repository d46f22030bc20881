"""``mynaflow view``: a picture of the flows as one HTML file that opens offline."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extract.errors import UserError
from graph.trace.answer import read_near
from graph.trace.edges import Network
from graph.trace.excerpt import Excerpt, excerpt_around, excerpt_between, excerpt_whole
from graph.trace.find import Found, find_nodes
from graph.trace.library import Library
from graph.trace.question import Direction, Question
from graph.trace.search import trace
from graph.trace.tell import sentences, words_of_found
from viz.commands.trace import PATHS_BETWEEN, add_filters, add_scope, library_of, positive
from viz.picture_page import Heading, page_of

_HOPS_BOTH = 1
_HOPS_ONE_WAY = 3
_HOPS_BETWEEN = 6
_WAYS = {
    "both": (Direction.UPSTREAM, Direction.DOWNSTREAM),
    "downstream": (Direction.DOWNSTREAM,),
    "upstream": (Direction.UPSTREAM,),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "node", nargs="?", metavar="NAME", help="図の中心（省略時は全体） / the middle; all if left out"
    )
    parser.add_argument("--to", dest="target", metavar="NAME", help="ここまでの経路 / paths from NAME to here")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.html", help="書き出すファイル / file to write")
    parser.add_argument("--direction", choices=list(_WAYS), default="both", help="向き / which way (both)")
    add_scope(parser)
    add_filters(parser)
    parser.add_argument("--hops", type=positive, metavar="N", help="段階の数 / hops (1; one way 3; with --to 6)")
    parser.add_argument("--paths", type=positive, default=PATHS_BETWEEN, metavar="K", help="経路の数 / paths with --to")
    parser.add_argument("--most", type=positive, default=80, metavar="N", help="図に入れる端の数 / ends shown (80)")


def run(args: argparse.Namespace) -> int:
    """Draw and write the file."""
    if args.target and not args.node:
        raise UserError("--to needs an end to come from", todo="mynaflow view NAME --to NAME --out FILE.html")
    page = picture(args, library_of(args))
    try:
        args.out.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"cannot write: {error.strerror}", where=str(args.out), todo="name another file") from error
    print(f"{args.out}: {len(page.encode()):,} bytes")
    return 0


def picture(args: argparse.Namespace, library: Library) -> str:
    """Return the page of the picture that the arguments ask for."""
    names = [name for name in (args.node, args.target) if name]
    if not names and len(library.documents) > args.read:
        raise UserError(
            f"{len(library.documents)} documents are too many for one picture",
            todo="name an end, or narrow it with --agency or --document",
        )

    def draw(network: Network) -> tuple[list[Found], Question, Excerpt]:
        found = [_known(find_nodes(network, name, library.past), network) for name in names]
        question = _question(args, found)
        return found, question, _excerpt(network, question, _WAYS[args.direction])

    read = read_near(library, names, lambda network: draw(network)[2].levels, args.read)
    found, question, excerpt = draw(read.network)
    excerpt = replace(excerpt, limits=(*excerpt.limits, *read.limits))
    return page_of(excerpt, _heading(read.network, question, excerpt, found))


def _known(found: Found, network: Network) -> Found:
    if not found.keys:
        raise UserError("; ".join(en for _, en in words_of_found(found, network)), todo="draw another end")
    return found


def _question(args: argparse.Namespace, found: list[Found]) -> Question:
    source, target = (*(one.keys for one in found), frozenset[str](), frozenset[str]())[:2]
    hops = _HOPS_BETWEEN if target else _HOPS_BOTH if args.direction == "both" else _HOPS_ONE_WAY
    return Question(
        direction=Direction.BETWEEN if target else Direction.DOWNSTREAM,
        sources=source,
        targets=target,
        hops=args.hops or hops,
        paths=args.paths,
        only_number=args.carries == "number",
        with_unclear=args.with_unclear,
        connections=args.connections,
        through_hubs=args.through_hubs,
        most=args.most,
    )


def _excerpt(network: Network, question: Question, ways: tuple[Direction, ...]) -> Excerpt:
    if question.targets:
        return excerpt_between(network, question, trace(network, question))
    return excerpt_around(network, question, ways) if question.sources else excerpt_whole(network, question)


def _heading(network: Network, question: Question, excerpt: Excerpt, found: list[Found]) -> Heading:
    match [one.read_as or one.name for one in found]:
        case [name]:
            ja, en = f"「{name}」のまわりの流れ", f"Flows around {name}"
        case [name, other]:
            ja, en = f"「{name}」から「{other}」への流れ", f"Flows from {name} to {other}"
        case _:
            ja, en = "流れの全体", "All flows"
    about = (f"文書 {network.documents} 件", f"documents: {network.documents}")
    for is_asked, words in _asked(question):
        about = (f"{about[0]}・{words[0]}", f"{about[1]}, {words[1]}") if is_asked else about
    return Heading(ja=ja, en=en, about=about, warnings=tuple(_warnings(network, question, excerpt, found)))


def _asked(question: Question) -> Iterator[tuple[bool, tuple[str, str]]]:
    """Yield each setting of the question: whether it holds, and what it means."""
    yield bool(question.sources), (f"{question.hops}段階まで", f"up to {question.hops} hops")
    yield question.only_number, ("個人番号を運ぶ流れだけ", "only what carries the number")
    yield question.connections, ("接続の欄を含む", "with ticked connections")
    yield question.with_unclear, ("不明な記載を含む", "with unclear statements")
    yield question.through_hubs, ("全国共通のものの先を含む", "beyond national hubs")


def _warnings(network: Network, question: Question, excerpt: Excerpt, found: list[Found]) -> Iterator[tuple[str, str]]:
    for one in found:
        yield from words_of_found(one, network)
    if excerpt.left_out:
        yield (
            f"ほかに {excerpt.left_out} の端がある。絞るには --document, --agency, --hops、増やすには --most",
            f"{excerpt.left_out} more ends are left out; narrow it with --document, --agency, --hops, or raise --most",
        )
    if not excerpt.arcs:
        yield "流れの記載はない", "no movement is stated"
    yield from (sentences(limit, question) for limit in excerpt.limits)
