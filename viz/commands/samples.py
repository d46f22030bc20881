"""``mynaflow samples``: writes the shipped sample assessments of invented places to a folder."""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path

from extract.errors import UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="書き出し先 / where to write them")


def run(args: argparse.Namespace) -> int:
    """Write every sample; a file of the same name with other content is kept, and said."""
    folder: Path = args.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sample in sorted(resources.files("extract").joinpath("samples").iterdir(), key=lambda one: one.name):
            if sample.name.endswith(".txt"):
                _write(folder / sample.name, sample.read_bytes())
    except OSError as error:
        raise UserError(
            f"cannot write: {error.strerror}", where=str(folder), todo="name a folder you may write to"
        ) from error
    return 0


def _write(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() != content:
        raise UserError("another file of this name is there", where=str(path), todo="name another folder")
    path.write_bytes(content)
    print(path)
