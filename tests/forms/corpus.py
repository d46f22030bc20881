"""Writes a set of filled forms in one shape, each with its gold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.forms.dump import convert_to_pdf, dump_layout, dump_scrambled, dump_stream
from tests.forms.fill import draw_form
from tests.forms.gold import annotate
from tests.forms.layout import lay_out
from tests.forms.plan import Plan, draw_missing, draw_plan
from tests.forms.render_ocr import render_ocr
from tests.forms.render_plain import render_html, render_markdown, render_plain
from tests.forms.render_xlsx import write_workbook
from tests.forms.ruling import draw_ruling
from tests.forms.truth import FormTruth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Rendered = list[tuple[FormTruth, Plan, str]]


def _recognised(truths: list[FormTruth], _out: Path) -> Rendered:
    plans = [draw_plan(truth.seed, len(truth.files)) for truth in truths]
    return [(truth, plan, render_ocr(lay_out(truth), plan)) for truth, plan in zip(truths, plans, strict=True)]


def _clean(truths: list[FormTruth], _out: Path) -> Rendered:
    return [(truth, Plan(), render_plain(lay_out(truth))) for truth in truths]


def _markdown(truths: list[FormTruth], _out: Path) -> Rendered:
    return [(truth, Plan(), render_markdown(lay_out(truth))) for truth in truths]


def _html(truths: list[FormTruth], _out: Path) -> Rendered:
    return [(truth, Plan(), render_html(lay_out(truth))) for truth in truths]


def _dumped(read: Callable[[Path, float], str]) -> Callable[[list[FormTruth], Path], Rendered]:
    def render(truths: list[FormTruth], out: Path) -> Rendered:
        folder = out / "forms"
        folder.mkdir(exist_ok=True)
        books = [folder / f"{truth.seed}.xlsx" for truth in truths]
        plans = [draw_missing(truth.seed, len(truth.files)) for truth in truths]
        for truth, plan, book in zip(truths, plans, books, strict=True):
            parts = tuple(part for part in lay_out(truth) if part.name not in plan.missing)
            write_workbook(book, parts, draw_ruling(truth.seed))
        pages = convert_to_pdf(books, folder)
        return [
            (truth, plan, read(pdf, draw_ruling(truth.seed).exchanged))
            for truth, plan, pdf in zip(truths, plans, pages, strict=True)
        ]

    return render


SHAPES: dict[str, Callable[[list[FormTruth], Path], Rendered]] = {
    "ocr": _recognised,
    "plain": _clean,
    "markdown": _markdown,
    "html": _html,
    "pdfminer": _dumped(dump_scrambled),
    "layout": _dumped(dump_layout),
    "pdftotext": _dumped(dump_stream),
}
"""How the truths of a set become texts: all at once, for LibreOffice is slow to start.

The dumped shapes leave their workbooks and PDF files in ``forms/``.
"""

DUMPED = frozenset({"pdfminer", "layout", "pdftotext"})
"""Shapes that pass through a PDF, where a mark can be torn from its label."""


def write_corpus(out: Path, shape: str, seeds: Iterable[int], form: str | None = None) -> list[str]:
    """Write one document for each seed into ``out`` and its annotation into ``out/gold``; return the file names."""
    truths = [draw_form(seed, form) for seed in seeds]
    gold_folder = out / "gold"
    gold_folder.mkdir(parents=True, exist_ok=True)
    names = []
    for truth, plan, text in SHAPES[shape](truths, out):
        name = f"{truth.seed}_{shape}.txt"
        (out / name).write_text(text, encoding="utf-8")
        gold = annotate(name, text, truth, plan, dumped=shape in DUMPED)
        written = json.dumps(gold, ensure_ascii=False, indent=1)
        (gold_folder / f"{truth.seed}_{shape}.json").write_text(written, encoding="utf-8")
        names.append(name)
    return names
