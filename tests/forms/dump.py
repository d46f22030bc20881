"""Turns Excel forms into PDF with LibreOffice, and the PDF into text the way two common programs do."""

from __future__ import annotations

import re
import subprocess
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextBox

if TYPE_CHECKING:
    from pathlib import Path


_SPACES = re.compile(r"(?<=\S)[ 　]{2,}|(?<=\[)　(?=\])")
_LEADING = re.compile(r"^[ 　]{3,}")


def convert_to_pdf(books: list[Path], folder: Path) -> list[Path]:
    """Convert all workbooks in one run of LibreOffice, for it is slow to start; return the PDF files in order."""
    with TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), *map(str, books)], check=True, capture_output=True)
    return [folder / f"{book.stem}.pdf" for book in books]


def dump_scrambled(pdf: Path, share: float = 0.0) -> str:
    """Return pdfminer's text: runs of spaces as one, and of a new page no more than a space at the start of a line.

    A page drawn by an office suite comes out from top to bottom. In the dumps of published forms, lower stretches
    of a page stand before upper ones; ``share`` is the share of stretches that are so exchanged.
    """
    rng = Random(pdf.stem)  # noqa: S311 -- invented test data, not a secret
    pages = [[box.get_text() for box in page if isinstance(box, LTTextBox)] for page in extract_pages(pdf)]
    text = " ".join("\n".join(exchange(page, rng, share)) for page in pages)
    return "\n".join(_SPACES.sub(" ", _LEADING.sub("", line)).rstrip(" ") for line in text.rstrip().split("\n")) + "\n"


def exchange(boxes: list[str], rng: Random, share: float) -> list[str]:
    """Return the text boxes of a page with some neighbouring stretches the other way round.

    >>> exchange(["一", "二", "三"], Random(0), 0.0)
    ['一', '二', '三']
    """
    left, out = list(boxes), []
    while left:
        length = rng.randint(6, 20)
        stretch, left = left[:length], left[length:]
        cut = rng.randint(len(stretch) // 3, 2 * len(stretch) // 3)
        out += stretch[cut:] + stretch[:cut] if rng.random() < share else stretch
    return out


def dump_layout(pdf: Path, _share: float = 0.0) -> str:
    """Return the text as ``pdftotext -layout`` sets it out, page breaks kept."""
    return _pdftotext(pdf, "-layout")


def dump_stream(pdf: Path, _share: float = 0.0) -> str:
    """Return the text in the reading order that ``pdftotext`` finds."""
    return _pdftotext(pdf)


def _pdftotext(pdf: Path, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, str(pdf), "-"], check=True, capture_output=True)
    return done.stdout.decode()
