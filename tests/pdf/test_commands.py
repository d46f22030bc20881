"""PDF files on the command line: what is read of them, what is said not to be, and recognition on request."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.readers import ocr
from tests.conftest import Told
from tests.forms.fill import draw_form
from tests.pdf.drawing import Style, draw_form_pages
from tests.pdf.paper import Paper, Picture, write_pdf

Run = Callable[..., Told]
SAID = "文字情報がない画像のページ"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Return a filled form with a scanned page behind it."""
    scan = Paper()
    scan.picture(Picture(bytes(range(200)) * 2, 20, 20))
    path = tmp_path / "form.pdf"
    path.write_bytes(write_pdf([*draw_form_pages(draw_form(851), Style()).papers, scan]))
    return path


def test_read_says_which_pages_it_cannot_read(mynaflow: Run, pdf: Path) -> None:
    """For people and for programs."""
    assert SAID in mynaflow("read", pdf).out
    (document,) = json.loads(mynaflow("read", "--json", pdf).out)
    assert [SAID in remark for remark in document["remarks"]] == [True]
    (words, *_) = document["facts"]["evaluation"]["evidence"]
    assert (words["page"], len(words["box"]), words["recognised"]) == (1, 4, False)


def test_build_says_so_too_and_asking_tells_the_page(mynaflow: Run, pdf: Path, tmp_path: Path) -> None:
    """The page of the original stands beside each answer."""
    store = tmp_path / "store"
    (row,) = json.loads(mynaflow("build", pdf, "--store", store, "--format", "json").out)
    assert SAID in row["note"]
    answers = json.loads(mynaflow("ask", "files", "--store", store, "--format", "json").out)
    assert {str(answer["place"]) for answer in answers} == {"1"}


@pytest.mark.parametrize("command", ["read", "build"])
def test_recognition_needs_its_library(
    mynaflow: Run, pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Before anything is read."""
    monkeypatch.setattr(ocr, "find_spec", lambda _: None)
    monkeypatch.chdir(tmp_path)
    told = mynaflow(command, "--ocr", pdf)
    assert told.code
    assert "mynaflow[ocr]" in told.err
