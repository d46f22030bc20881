"""Turns Excel forms into PDF with LibreOffice, and the PDF into text the way two common programs do."""

from __future__ import annotations

import re
import subprocess
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pdfminer.high_level import extract_text

if TYPE_CHECKING:
    from pathlib import Path


_SPACES = re.compile(r"(?<=\S)[ 　]{2,}|(?<=\[)　(?=\])")


def convert_to_pdf(books: list[Path], folder: Path) -> list[Path]:
    """Convert all workbooks in one run of LibreOffice, for it is slow to start; return the PDF files in order."""
    with TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), *map(str, books)], check=True, capture_output=True)
    return [folder / f"{book.stem}.pdf" for book in books]


def dump_scrambled(pdf: Path) -> str:
    """Return pdfminer's text: runs of spaces as one, and of a new page no more than a space at the start of a line."""
    lines = extract_text(str(pdf)).replace("\f", " ").rstrip().split("\n")
    return "\n".join(_SPACES.sub(" ", line).rstrip(" ") for line in lines) + "\n"


def dump_layout(pdf: Path) -> str:
    """Return the text as ``pdftotext -layout`` sets it out, page breaks kept."""
    return _pdftotext(pdf, "-layout")


def dump_stream(pdf: Path) -> str:
    """Return the text in the reading order that ``pdftotext`` finds."""
    return _pdftotext(pdf)


def _pdftotext(pdf: Path, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, str(pdf), "-"], check=True, capture_output=True)
    return done.stdout.decode()
