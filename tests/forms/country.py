"""Writes as many assessments as a country has: ``python -m tests.forms.country --out DIR --count N`` (``make corpus``).

Mostly the short form, a few large ones; a few bodies with many, many bodies with a few; mostly text as recognised
from scans, beside it plain text, pages, tables and workbooks. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.plan import draw_plan
from tests.forms.render_ocr import render_ocr
from tests.forms.render_plain import render_html, render_markdown, render_plain
from tests.forms.render_xlsx import write_workbook
from tests.forms.ruling import draw_ruling

if TYPE_CHECKING:
    from tests.forms.truth import FormTruth

FORMS = {"基礎項目": 84, "重点項目": 8, "全項目": 8}
"""How many in a hundred are of which form."""
SHAPES = {".ocr.txt": 70, ".plain.txt": 14, ".html": 8, ".md": 6, ".xlsx": 2}
"""How many in a hundred are written in which shape."""

_FIRST = "雛架仮試例想作模擬夢幻虚絵影鏡霞"
_SECOND = "野山川原沢田島崎浜谷森丘橋宮里池"
_KINDS = ("市", "町", "村")
_PER_FOLDER = 200


def bodies() -> list[tuple[str, str]]:
    """Return invented municipalities, each with its office; first those that publish most.

    >>> len(bodies()) == len(set(bodies()))
    True
    """
    names = [f"{first}{second}{kind}" for kind, second, first in product(_KINDS, _SECOND, _FIRST)]
    return [(name, f"{name}長") for name in names]


def body_of(rng: Random, count: int) -> tuple[str, str]:
    """Return whose assessment it is, of ``count`` in all: one body in seven has most of them."""
    known = bodies()[: max(3, count // 8)]
    return known[int(len(known) * rng.random() ** 2)]


def draw_assessment(seed: int, count: int) -> tuple[FormTruth, str]:
    """Return one of ``count`` assessments, and the ending of its file's name."""
    rng = Random(f"country/{seed}")  # noqa: S311 -- invented test data, not a secret
    form = rng.choices(list(FORMS), list(FORMS.values()))[0]
    shape = rng.choices(list(SHAPES), list(SHAPES.values()))[0]
    truth = draw_form(seed, form, body_of(rng, count))
    return replace(truth, number=str(1 + seed % 97)), shape


def write_assessment(folder: Path, seed: int, count: int) -> Path:
    """Write one of ``count`` assessments below ``folder``; return its path."""
    truth, shape = draw_assessment(seed, count)
    parent = folder / f"{seed // _PER_FOLDER:03d}"
    parent.mkdir(parents=True, exist_ok=True)
    path = parent / f"{seed:05d}_{truth.agency}{shape}"
    parts = lay_out(truth)
    if shape == ".xlsx":
        write_workbook(path, parts, draw_ruling(truth.seed))
        return path
    texts = {
        ".ocr.txt": lambda: render_ocr(parts, draw_plan(truth.seed, len(truth.files))),
        ".plain.txt": lambda: render_plain(parts),
        ".html": lambda: render_html(parts),
        ".md": lambda: render_markdown(parts),
    }
    path.write_text(texts[shape](), encoding="utf-8")
    return path


def main(argv: list[str] | None = None) -> int:
    """Write the assessments; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.forms.country", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the documents")
    parser.add_argument("--count", type=int, default=500)
    args = parser.parse_args(argv)
    size = sum(write_assessment(args.out, seed, args.count).stat().st_size for seed in range(args.count))
    sys.stdout.write(f"{args.count} documents, {size / 1e6:.1f} MB, in {args.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
