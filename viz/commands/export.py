"""``mynaflow export``: writes the graph as RDF, as a network, or as cells."""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from extract.errors import UserError
from graph.export import FORMATS, Selection, find_cells, select_graphs, write_graphml, write_rdf
from graph.places import open_place
from viz.commands.ask import add_store
from viz.tables import print_csv

_CELLS = ("graph", "subject", "predicate", "object", "datatype")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_store(parser)
    parser.add_argument("--format", choices=[*FORMATS, "graphml", "csv"], default="nq", help="出力の形 / the format")
    parser.add_argument("--document", metavar="FILE", help="この文書だけ / only this document")
    parser.add_argument("--vocabulary", action="store_true", help="語彙も書き出す / the ontology and concepts too")
    parser.add_argument("--out", type=Path, metavar="FILE", help="書き出す先 / where to write (standard output)")


def run(args: argparse.Namespace) -> int:
    """Write the chosen graphs."""
    selection = select_graphs(open_place(args.store), document=args.document, vocabulary=args.vocabulary)
    with _output(args.out) as out:
        if args.format == "graphml":
            write_graphml(selection, out)
        elif args.format == "csv":
            _write_csv(selection, out)
        else:
            write_rdf(selection, args.format, out)
    return 0


def _write_csv(selection: Selection, out: IO[bytes]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    print_csv(_CELLS, find_cells(selection), text)
    text.flush()
    text.detach()


@contextmanager
def _output(path: Path | None) -> Iterator[IO[bytes]]:
    """Yield where to write: a file that appears only when it is whole, or standard output."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
            try:
                yield draft.file
            except BaseException:
                Path(draft.name).unlink()
                raise
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(path)
    except OSError as error:
        raise UserError(f"cannot write: {error.strerror}", where=str(path), todo="name another file") from error
