"""``mynaflow trace``: the flows upstream, downstream, or between two ends, each with its quote and place."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from extract.errors import UserError
from graph.places import open_place
from graph.trace.answer import DOCUMENTS, answer
from graph.trace.library import Library, Row, open_library, rows_of
from graph.trace.question import Direction, Question
from graph.trace.tell import Told, answer_object
from viz.commands.ask import add_store
from viz.trace_text import text_of

PATHS_BETWEEN = 20
"""Paths shown between two ends unless the user says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--from", dest="source", metavar="NAME", help="流れの始まり / where the flows start")
    parser.add_argument("--to", dest="target", metavar="NAME", help="流れの終わり / where the flows end")
    parser.add_argument(
        "--direction", choices=[str(way) for way in Direction], help="省略時は --from と --to から決める"
    )
    add_scope(parser)
    add_filters(parser)
    parser.add_argument("--hops", type=positive, default=6, metavar="N", help="段階の数の上限 / longest path (6)")
    parser.add_argument(
        "--paths", type=positive, metavar="K", help=f"経路の数の上限 / paths (1; between {PATHS_BETWEEN})"
    )
    parser.add_argument("--most", type=positive, default=2000, metavar="N", help="到達先の数の上限 / ends (2000)")
    parser.add_argument("--format", choices=["table", "json"], default="table")


def add_scope(parser: argparse.ArgumentParser) -> None:
    """Declare which store and which of its documents are meant."""
    add_store(parser)
    parser.add_argument("--document", metavar="FILE", help="この文書だけ / only this document")
    parser.add_argument("--agency", metavar="NAME", help="この評価実施機関だけ / only this agency")
    parser.add_argument(
        "--read", type=positive, default=DOCUMENTS, metavar="N", help="読む文書の数の上限 / documents read"
    )


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Declare which statements are followed."""
    parser.add_argument(
        "--carries", choices=["any", "number"], default="any", help="個人番号を運ぶ流れだけ / what moves"
    )
    parser.add_argument("--connections", action="store_true", help="接続の欄もたどる / ticked connections too")
    parser.add_argument(
        "--with-unclear", action="store_true", help="不明な記載もたどる / follow unclear statements too"
    )
    parser.add_argument("--through-hubs", action="store_true", help="全国共通のものの先もたどる / cross national hubs")


def positive(text: str) -> int:
    """Parse a whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def run(args: argparse.Namespace) -> int:
    """Trace and print the answer."""
    direction = _direction(args)
    told = tell(args, direction, library_of(args))
    if args.format == "json":
        print(json.dumps(answer_object(told), ensure_ascii=False, indent=1))
    else:
        print("\n".join(text_of(told)))
    return 0


def library_of(args: argparse.Namespace) -> Library:
    """Open the store that the arguments name, and the documents of it that they ask for."""
    store = open_place(args.store)

    def select(query: str) -> Iterator[Row]:
        return rows_of(store.select(query))

    return open_library(select, document=args.document, agency=args.agency, base=store.base)


def tell(args: argparse.Namespace, direction: Direction, library: Library) -> Told:
    """Ask ``library`` what the arguments say."""
    question = Question(
        direction=direction,
        hops=args.hops,
        paths=args.paths or (PATHS_BETWEEN if direction is Direction.BETWEEN else 1),
        only_number=args.carries == "number",
        with_unclear=args.with_unclear,
        connections=args.connections,
        through_hubs=args.through_hubs,
        most=args.most,
    )
    return answer(library, question, source=args.source, target=args.target, documents=args.read)


def _direction(args: argparse.Namespace) -> Direction:
    """Return the direction that is asked for, or that follows from the ends that are given."""
    given = (bool(args.source), bool(args.target))
    implied = {(True, False): Direction.DOWNSTREAM, (False, True): Direction.UPSTREAM, (True, True): Direction.BETWEEN}
    if given not in implied:
        raise UserError("trace needs an end to start from", todo="give --from NAME, --to NAME, or both")
    direction = Direction(args.direction) if args.direction else implied[given]
    needed = {Direction.DOWNSTREAM: (True, False), Direction.UPSTREAM: (False, True), Direction.BETWEEN: (True, True)}
    if needed[direction] != given:
        ends = " and ".join(name for name, on in zip(("--from", "--to"), needed[direction], strict=True) if on)
        raise UserError(f"--direction {direction} takes {ends} and nothing else", todo=f"or ask for {implied[given]}")
    return direction
