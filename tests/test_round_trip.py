"""Filled forms of invented places, written in every shape and read again: what comes back is what was filled in."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.documents import read
from tests.evidence import misquoted
from tests.expected import denied_in, expect
from tests.floors import below_floor
from tests.forms.corpus import DUMPED, SHAPES, Rendered
from tests.forms.fill import draw_form
from tests.scoring import Tally, compare, rows_of

SEEDS = range(100, 115)
"""Forms that no rule was written against."""
DUMPED_SEEDS = range(100, 106)
needs_office = pytest.mark.skipif(
    not all(map(shutil.which, ("soffice", "pdftotext"))), reason="soffice and pdftotext are not installed"
)


def render(shape: str, seeds: Iterable[int], folder: Path) -> Rendered:
    """Return the forms of the seeds in one shape."""
    return SHAPES[shape]([draw_form(seed) for seed in seeds], folder)


def scores_of(rendered: Rendered, shape: str) -> dict[str, Tally]:
    """Return the tallies of all documents together; each miss names its seed."""
    total: dict[str, Tally] = {}
    for truth, plan, text in rendered:
        expected = expect(truth, plan, text, dumped=shape in DUMPED)
        for kind, tally in compare(expected, read(text).facts).items():
            tally.misses = [f"{truth.seed} {miss}" for miss in tally.misses]
            tally.false_yes = [f"{truth.seed} {miss}" for miss in tally.false_yes]
            total.setdefault(kind, Tally())
            total[kind] += tally
    return total


def check(shape: str, seeds: Iterable[int], folder: Path, *, update: bool) -> None:
    """Score a shape against its truth: no box falsely ticked, no quote beside its place, no floor missed."""
    rendered = render(shape, seeds, folder)
    tallies = scores_of(rendered, shape)
    assert [miss for tally in tallies.values() for miss in tally.false_yes] == []
    fallen = below_floor(shape, {kind: tally.f1 for kind, tally in tallies.items()}, update=update)
    misses = "\n".join(miss for tally in tallies.values() for miss in tally.misses)
    assert not fallen, "\n".join([*fallen, misses])


@pytest.mark.parametrize("shape", ["plain", "markdown", "html", "ocr"])
def test_texts(shape: str, tmp_path: Path, update_golden: bool) -> None:
    """Clean and recognised texts give back nearly everything."""
    check(shape, SEEDS, tmp_path, update=update_golden)


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize(
    "shape",
    [
        "layout",
        "pdftotext",
        pytest.param(
            "pdfminer",
            marks=pytest.mark.xfail(strict=True, reason="a box torn to the page before is given to another system"),
        ),
    ],
)
def test_dumps(shape: str, tmp_path: Path, update_golden: bool) -> None:
    """Raw texts of PDF files give back less, and nothing false about a box."""
    check(shape, DUMPED_SEEDS, tmp_path, update=update_golden)


@pytest.mark.parametrize("shape", ["plain", "ocr"])
def test_quotes_and_denials(shape: str, tmp_path: Path) -> None:
    """Every quote stands where it says, and nothing that a sentence denies is asserted."""
    for truth, _, text in render(shape, SEEDS, tmp_path):
        reading = read(text)
        assert misquoted(reading) == []
        told = {key for kind, key, _ in rows_of(reading.facts) if kind == "narrative"}
        assert told & denied_in(truth) == set()


def test_shapes_say_the_same(tmp_path: Path) -> None:
    """Tabs, Markdown and HTML are ways of writing one form: the same statements come out."""
    for documents in zip(*(_stated(shape, tmp_path) for shape in ("plain", "markdown", "html")), strict=True):
        assert documents[0] == documents[1] == documents[2]


def _stated(shape: str, folder: Path) -> Iterator[list[tuple[str, tuple[str, ...], str]]]:
    kinds = ("narrative", "denied")
    for _, _, text in render(shape, SEEDS[:6], folder):
        yield sorted(row for row in rows_of(read(text).facts) if row[0] not in kinds)
