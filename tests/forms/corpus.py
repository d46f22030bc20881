"""Writes a set of filled forms in one shape, each with its gold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.forms.fill import draw_form
from tests.forms.gold import annotate
from tests.forms.layout import lay_out
from tests.forms.plan import Plan, draw_plan
from tests.forms.render_ocr import render_ocr
from tests.forms.render_plain import render_html, render_markdown, render_plain
from tests.forms.truth import FormTruth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Rendered = list[tuple[FormTruth, Plan, str]]


def _recognised(truths: list[FormTruth]) -> Rendered:
    plans = [draw_plan(truth.seed, len(truth.files)) for truth in truths]
    return [(truth, plan, render_ocr(lay_out(truth), plan)) for truth, plan in zip(truths, plans, strict=True)]


def _clean(truths: list[FormTruth]) -> Rendered:
    return [(truth, Plan(), render_plain(lay_out(truth))) for truth in truths]


def _markdown(truths: list[FormTruth]) -> Rendered:
    return [(truth, Plan(), render_markdown(lay_out(truth))) for truth in truths]


def _html(truths: list[FormTruth]) -> Rendered:
    return [(truth, Plan(), render_html(lay_out(truth))) for truth in truths]


SHAPES: dict[str, Callable[[list[FormTruth]], Rendered]] = {
    "ocr": _recognised,
    "plain": _clean,
    "markdown": _markdown,
    "html": _html,
}
"""How the truths of a set become texts: all at once, for some conversions are slow to start."""

DUMPED = frozenset({"pdfminer", "layout", "pdftotext"})
"""Shapes that pass through a PDF, where a mark can be torn from its label."""


def write_corpus(out: Path, shape: str, seeds: Iterable[int], form: str | None = None) -> list[str]:
    """Write one document for each seed into ``out`` and its annotation into ``out/gold``; return the file names."""
    truths = [draw_form(seed, form) for seed in seeds]
    gold_folder = out / "gold"
    gold_folder.mkdir(parents=True, exist_ok=True)
    names = []
    for truth, plan, text in SHAPES[shape](truths):
        name = f"{truth.seed}_{shape}.txt"
        (out / name).write_text(text, encoding="utf-8")
        gold = annotate(name, text, truth, plan, dumped=shape in DUMPED)
        written = json.dumps(gold, ensure_ascii=False, indent=1)
        (gold_folder / f"{truth.seed}_{shape}.json").write_text(written, encoding="utf-8")
        names.append(name)
    return names
