"""``mynaflow build``: reads files and folders into a store, and says what became of each file."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extract.facts import Facts, Mark
from extract.pipeline import read_document
from extract.source import Source
from graph.load import Loader, Outcome, State
from graph.store import create_store
from viz.commands.ask import DEFAULT_STORE
from viz.inputs import find_files, read_file
from viz.tables import FORMATS, Value, print_rows, visible

_STATES = {
    State.LOADED: "読み込み / loaded",
    State.UNCHANGED: "変更なし / unchanged",
    State.REPLACED: "置き換え / replaced",
    State.DUPLICATE: "重複 / duplicate",
    State.FAILED: "失敗 / failed",
    State.REMOVED: "除去 / removed",
}
_COLUMNS = ("document", "state", "facts", "yes", "no", "unclear", "gaps", "note")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="ファイルかフォルダ / files or folders")
    parser.add_argument("--store", type=Path, default=DEFAULT_STORE, help="ストアのフォルダ / the store's folder")
    parser.add_argument("--base", help="識別子の先頭 / what identifiers begin with (only for a new store)")
    parser.add_argument("--again", action="store_true", help="変更がなくても読み直す / read even what is unchanged")
    parser.add_argument(
        "--prune", action="store_true", help="与えられなかった文書を除く / take out documents that are not given"
    )
    parser.add_argument(
        "--format", choices=sorted(FORMATS), default="table", help="まとめの形 / how to print the summary"
    )


def run(args: argparse.Namespace) -> int:
    """Load the files; 1 if any of them could not be read."""
    files = find_files(args.paths)
    store = create_store(args.store, base=args.base)
    loader = Loader(store, read_source=read_file, read_facts=_facts_of, again=args.again)
    outcomes = list(_with_progress(loader.load(files), len(files)))
    others = loader.others()
    if args.prune:
        outcomes.extend(loader.prune())
    store.flush()
    print_rows(args.format, _COLUMNS, map(_row, outcomes))
    counts = Counter(outcome.state for outcome in outcomes)
    _say(", ".join(f"{_STATES[state]} {counts[state]}" for state in State if counts[state]))
    if others and not args.prune:
        _say(f"ほかに {len(others)} 件の文書がストアにある（--prune で除く） / {len(others)} more in the store, kept")
    return 1 if counts[State.FAILED] else 0


def _facts_of(source: Source) -> Facts:
    return read_document(source).facts


def _row(outcome: Outcome) -> tuple[Value, ...]:
    if outcome.counts is None:
        return (outcome.name, str(outcome.state), None, None, None, None, None, outcome.note)
    marks = (outcome.counts.marks.get(state, 0) for state in (Mark.YES, Mark.NO, Mark.UNCLEAR))
    return (outcome.name, str(outcome.state), outcome.counts.facts, *marks, outcome.counts.gaps, outcome.note)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _with_progress(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """Show how far the loading is: a bar on a terminal, a line for each file elsewhere."""
    if not sys.stderr.isatty():
        for number, outcome in enumerate(outcomes, start=1):
            _say(f"{number}/{total} {outcome.state} {visible(outcome.path, 200)}")
            yield outcome
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("build", total=total)
        for outcome in outcomes:
            progress.advance(task)
            yield outcome
