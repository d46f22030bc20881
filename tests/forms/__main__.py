"""Writes filled forms and their gold: ``python -m tests.forms --out DIR --count N --seed S --shape ocr``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.forms.corpus import SHAPES, write_corpus
from tests.forms.fill import FORMS


def main(argv: list[str] | None = None) -> int:
    """Write the documents and ``gold/``; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.forms", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the documents; the gold goes to its gold/")
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0, help="of the first document; the next ones count on from it")
    parser.add_argument("--shape", choices=sorted(SHAPES), default="ocr")
    parser.add_argument("--form", choices=FORMS, help="one form only; otherwise the three in turn")
    args = parser.parse_args(argv)
    names = write_corpus(args.out, args.shape, range(args.seed, args.seed + args.count), args.form)
    sys.stdout.write(f"{len(names)} documents in {args.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
