"""``mynaflow receipt``: how much of each document was read, and what is missing from it."""

from __future__ import annotations

import argparse
from pathlib import Path

from viz.commands import read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="ファイルかフォルダ / files or folders")
    parser.add_argument("--json", action="store_true", help="JSONで出力する / print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the receipt of every file; 1 if any of them could not be read."""
    return read.print_receipts(args.paths, as_json=args.json)
