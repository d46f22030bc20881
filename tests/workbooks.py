"""Workbooks for the tests: filled forms as Excel files, and packages with a part exchanged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.plan import Plan, draw_missing
from tests.forms.render_xlsx import write_workbook
from tests.forms.ruling import draw_ruling
from tests.forms.truth import FormTruth


def write_form(folder: Path, seed: int) -> tuple[Path, FormTruth, Plan]:
    """Write the filled form of ``seed`` as Excel; return its path, its truth, and what is missing from it."""
    truth = draw_form(seed)
    plan = draw_missing(truth.seed, len(truth.files))
    path = folder / f"{truth.seed}.xlsx"
    parts = tuple(part for part in lay_out(truth) if part.name not in plan.missing)
    write_workbook(path, parts, draw_ruling(truth.seed))
    return path, truth, plan


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repack(data: bytes, exchanged: Mapping[str, bytes]) -> bytes:
    """Return a package with some parts exchanged or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in exchanged:
                new.writestr(name, old.read(name))
        for name, content in exchanged.items():
            new.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    """Return a part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)
