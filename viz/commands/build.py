"""``mynaflow build``: reads files, folders and archives into a store, and says what became of each document."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic

from extract.facts import Facts
from extract.readers.ocr import require_library
from extract.source import Source
from graph.cluster import Cluster
from graph.load import Loader, Outcome, PrepareAll, State, program_version
from graph.places import create_place
from graph.pool import Limits, Pool, default_jobs
from graph.prepare import Preparing
from viz.commands.ask import add_store
from viz.commands.trace import positive
from viz.inputs import OCR_HELP, find_documents, read_given
from viz.progress import watch
from viz.report import STATES, Run, check_report, row_of, write_report
from viz.tables import FORMATS, Value, print_rows

_COLUMNS = ("document", "state", "facts", "yes", "no", "unclear", "gaps", "note")
_GIGABYTE = 1 << 30
_LONG_TABLE = 100
_OCR_SECONDS = 3600.0  # recognising a page takes seconds, and a scan has a hundred
_PRELOAD = ("extract.pipeline", "graph.prepare", "viz.inputs", "viz.commands.build")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="ファイル、フォルダ、ZIP / files, folders, archives"
    )
    add_store(parser)
    parser.add_argument("--base", help="識別子の先頭 / what identifiers begin with (only for a new store)")
    parser.add_argument("--again", action="store_true", help="変更がなくても読み直す / read even what is unchanged")
    parser.add_argument(
        "--prune", action="store_true", help="与えられなかった文書を除く / take out documents that are not given"
    )
    parser.add_argument("--ocr", action="store_true", help=OCR_HELP)
    _add_limits(parser)
    parser.add_argument("--report", type=Path, metavar="FILE", help="結果を書き出す（.html .json） / write a report")
    parser.add_argument(
        "--format", choices=sorted(FORMATS), default="table", help="まとめの形 / how to print the summary"
    )


def _add_limits(parser: argparse.ArgumentParser) -> None:
    jobs, limits = default_jobs(), Limits()
    parser.add_argument(
        "--jobs", type=positive, default=jobs, metavar="N", help=f"同時に読む数 / processes that read ({jobs})"
    )
    parser.add_argument(
        "--scheduler", metavar="tcp://HOST:PORT", help="Dask のクラスターで読む / read on a Dask cluster"
    )
    parser.add_argument(
        "--seconds",
        type=positive,
        metavar="N",
        help=f"1文書の時間の上限 / limit of time for a document ({limits.seconds:g}; --ocr {_OCR_SECONDS:g})",
    )
    parser.add_argument(
        "--memory",
        type=positive,
        default=limits.memory // _GIGABYTE,
        metavar="GB",
        help=f"1文書のメモリーの上限 / limit of memory for a document ({limits.memory // _GIGABYTE})",
    )


def run(args: argparse.Namespace) -> int:
    """Load the documents; 1 if any of them could not be read."""
    if args.report:
        check_report(args.report)
    if args.ocr:
        require_library()
    started, clock = datetime.now().astimezone(), monotonic()
    documents = find_documents(args.paths)
    prepare = _preparing(args)
    store = create_place(args.store, base=args.base)
    texts = args.store if isinstance(args.store, Path) else None  # a server keeps no files
    loader = Loader(store, prepare=prepare, again=args.again, texts=texts)
    outcomes = list(watch(loader.load(documents), len(documents)))
    others = loader.others()
    if args.prune:
        outcomes.extend(loader.prune())
    store.flush()
    done = Run(
        started=started,
        seconds=monotonic() - clock,
        store=str(args.store),
        program=program_version(),
        outcomes=outcomes,
    )
    print_rows(args.format, _COLUMNS, map(_row, _worth_telling(outcomes, args.format)))
    _summarise(done, 0 if args.prune else len(others))
    if args.report:
        write_report(done, args.report)
    return 1 if done.states[State.FAILED] else 0


def _preparing(args: argparse.Namespace) -> PrepareAll:
    """Return what reads the documents: processes of this machine, or a cluster."""
    usual = _OCR_SECONDS if args.ocr else Limits().seconds
    limits = Limits(seconds=args.seconds or usual, memory=args.memory * _GIGABYTE)
    pool = Pool(
        work=Preparing(partial(read_given, ocr=args.ocr), _facts_of), jobs=args.jobs, limits=limits, preload=_PRELOAD
    )
    if args.scheduler:
        return Cluster(address=args.scheduler, pool=pool).prepare
    pool.warm()
    return pool.prepare


def _facts_of(source: Source) -> Facts:
    from extract.pipeline import read_document  # in the processes that read; here it would only cost time

    return read_document(source).facts


def _worth_telling(outcomes: Sequence[Outcome], form: str) -> Sequence[Outcome]:
    """Leave out of a long table what is unchanged: nobody reads it, and drawing it takes longer than the build."""
    is_long = form == "table" and len(outcomes) > _LONG_TABLE
    return [one for one in outcomes if one.state is not State.UNCHANGED] if is_long else outcomes


def _row(outcome: Outcome) -> tuple[Value, ...]:
    told = row_of(outcome)
    return tuple(told[name] for name in _COLUMNS)


def _summarise(done: Run, others: int) -> None:
    states = done.states
    _say(", ".join(f"{STATES[state]} {states[state]}" for state in State if states[state]))
    if others:
        _say(f"ほかに {others} 件の文書がストアにある（--prune で除く） / {others} more in the store, kept")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
