"""Filled forms drawn in the ways in which programs print them: every cell and every statement comes back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from extract.pipeline import read_document
from extract.readers.pdf import read_pdf_file
from extract.source import Source
from tests.evidence import misquoted
from tests.expected import expect
from tests.forms.fill import draw_form
from tests.forms.plan import draw_missing
from tests.pdf.cells import cells_of, read_cells, read_cells_by_plumber, share_right
from tests.pdf.drawing import Border, Style, draw_form_pages
from tests.pdf.paper import write_pdf
from tests.scoring import compare

LEAST = 0.99
"""The share of cells that must be read exactly."""

STYLES = {
    "線": Style(),
    "塗りつぶした細い棒": Style(border=Border.BARS),
    "四角形": Style(border=Border.FRAMES),
    "破線": Style(border=Border.DASHES),
    "点線": Style(border=Border.DOTS),
    "90度回転": Style(turned=90),
    "180度回転": Style(turned=180),
    "270度回転": Style(turned=270),
    "横倒しのまま": Style(sideways=True),
    "右の枠なし": Style(closed=False),
    "二重印字": Style(doubled=True),
    "ずれ": Style(shaken=0.7),
    "ページ番号": Style(numbered=True),
}


def write_form(path: Path, seed: int, style: Style, missing: frozenset[str] = frozenset()) -> Path:
    """Draw the form of a seed into a PDF file."""
    path.write_bytes(write_pdf(draw_form_pages(draw_form(seed), style, missing).papers))
    return path


@pytest.mark.parametrize(("style", "seed"), [*zip(STYLES.values(), range(820, 833), strict=True)], ids=[*STYLES])
def test_every_statement_comes_back(tmp_path: Path, style: Style, seed: int) -> None:
    """However the borders are drawn and the page is turned; and each quote stands where it says."""
    truth = draw_form(seed)
    plan = draw_missing(truth.seed, len(truth.files))
    source = read_pdf_file(write_form(tmp_path / "form.pdf", seed, style, frozenset(plan.missing)))
    reading = read_document(source)
    tallies = compare(expect(truth, plan, source.text), reading.facts)
    assert [miss for tally in tallies.values() for miss in (*tally.misses, *tally.false_yes)] == []
    assert misquoted(reading) == []


@pytest.mark.parametrize("style", ["線", "四角形", "破線", "270度回転", "右の枠なし"])
def test_cells_against_the_referee(tmp_path: Path, style: str) -> None:
    """No form is read better by pdfplumber, and nearly every cell is read exactly."""
    for seed in (841, 842):
        path = write_form(tmp_path / "form.pdf", seed, STYLES[style])
        wanted = cells_of(draw_form(seed))
        ours = share_right(wanted, read_cells(path))
        assert ours >= LEAST
        assert ours >= share_right(wanted, read_cells_by_plumber(path))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_places_on_the_page_as_it_is_shown(tmp_path: Path, turned: int) -> None:
    """A statement's box is that of its words for a viewer, however the page is turned in the file."""
    form = draw_form_pages(draw_form(843), Style(turned=turned))
    path = tmp_path / "form.pdf"
    path.write_bytes(write_pdf(form.papers))
    upright = read_pdf_file(write_form(tmp_path / "upright.pdf", 843, Style()))
    source = read_pdf_file(path)
    assert source.text == upright.text
    assert [place.page for place in source.places] == [place.page for place in upright.places]
    for place, wanted in zip(source.places, upright.places, strict=True):
        assert place.box == pytest.approx(wanted.box, abs=0.15)


def test_evidence_has_page_line_and_box(tmp_path: Path) -> None:
    """So that a person finds the words in the PDF, and a program can frame them."""
    reading = read_document(read_pdf_file(write_form(tmp_path / "form.pdf", 844, Style())))
    shown = [evidence for fact in reading.facts.each() for evidence in getattr(fact, "evidence", ()) if evidence.quote]
    assert len(shown) > 50
    assert all(evidence.page and evidence.box and evidence.line for evidence in shown)
    assert {evidence.page for evidence in shown} > {1, 3, 4, 5}


def test_one_text_for_all_readers(tmp_path: Path) -> None:
    """The rendition is a Source like any other: offsets, lines and places in the order of the text."""
    source: Source = read_pdf_file(write_form(tmp_path / "form.pdf", 845, Style()))
    assert source.encoding == "pdf"
    assert len(source.sha256) == 64
    places = source.places
    assert all(a.end <= b.start for a, b in pairwise(places))
    assert all(source.text[place.start : place.end].strip() for place in places)
    assert source.text.count("\f") >= 3
