"""Scanned pages: cells from the picture's lines, marks from ink; what is not plain is unclear, and all is told as read so."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from extract.errors import UserError
from extract.pipeline import read_document
from extract.readers import ocr
from extract.readers.pdf import read_pdf_file
from extract.readers.pdf.document import PdfSource
from tests.forms.fill import draw_form
from tests.forms.places import squeeze
from tests.pdf.cells import cells_of
from tests.pdf.paper import Paper, ruled, write_pdf
from tests.pdf.scans import FONTS, blank_page, frame, scan_form, scanned, write

needs_engine = pytest.mark.skipif(
    not (FONTS and all(map(find_spec, ("cv2", "rapidocr", "onnxruntime")))),
    reason="mynaflow[ocr] or a Japanese font is not installed",
)


def recognise(folder: Path, *papers: Paper) -> PdfSource:
    """Read pages with recognition."""
    path = folder / "scan.pdf"
    path.write_bytes(write_pdf(papers))
    return read_pdf_file(path, ocr=True)


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said."""
    monkeypatch.setattr(ocr, "find_spec", lambda _: None)
    with pytest.raises(UserError, match="not installed") as caught:
        recognise(tmp_path, ruled([["部署", "税務課"]], (100.0, 200.0)))
    assert "mynaflow[ocr]" in str(caught.value.todo)


@needs_engine
def test_pages_with_text_are_not_recognised(tmp_path: Path) -> None:
    """Only pictures are: text is right as it is."""
    source = recognise(tmp_path, ruled([["部署", "税務課"]], (100.0, 200.0)))
    assert (source.text, source.recognised, source.remarks) == ("部署\t税務課\n", frozenset(), ())
    assert not any(place.recognised for place in source.places)


@needs_engine
@pytest.mark.parametrize(("askew", "noise"), [(0.0, 0.0), (0.6, 12.0)], ids=["きれい", "傾きと雑音"])
def test_marks_are_told_by_their_ink(tmp_path: Path, askew: float, noise: float) -> None:
    """A ring, nothing, and something that is neither."""
    image = blank_page()
    for at, (label, marks) in enumerate((("提供方法", "○ "), ("入手方法", " ～"), ("使用目的", ""))):
        top = 60 + 40 * at
        frame(image, 40, top, 140, top + 40)
        frame(image, 140, top, 540, top + 40)
        write(image, 45, top + 24, label)
        for x, mark, words in zip((150, 300), marks, ("専用線", "電子メール"), strict=False):
            for offset, sign in ((0, "["), (11, mark), (26, "]"), (34, words)):
                write(image, x + offset, top + 24, sign)
    write(image, 150, 164, "税額を計算する。")
    source = recognise(tmp_path, scanned(image, askew=askew, noise=noise))
    rows = [line.replace(" ", "") for line in source.text.splitlines()]
    assert rows[0] == "提供方法\t[○]専用線[]電子メール"
    assert re.fullmatch(r"入手方法\t\[\]専用線\[[^\[\]○]\]電子メール", rows[1])
    assert rows[2:] == ["使用目的\t税額を計算する。"]
    assert source.recognised == {1}
    assert source.remarks == ("1ページ：文字は画像から読み取られたもの（OCR）",)
    assert all(place.recognised and place.page == 1 and place.box for place in source.places)


@needs_engine
@pytest.mark.slow
def test_a_form_is_read_cell_by_cell(tmp_path: Path) -> None:
    """Many cells are exact, and each statement says that it was recognised."""
    truth = draw_form(932)
    source = recognise(tmp_path, *scan_form(truth, (1,), askew=-0.4, noise=8.0))
    wanted = cells_of(truth)
    cells = [squeeze(cell) for line in source.text.splitlines() for cell in line.split("\t") if cell.strip()]
    assert sum(cell in wanted for cell in cells) >= len(cells) * 0.4
    facts = read_document(source).facts
    shown = [evidence for fact in facts.each() for evidence in getattr(fact, "evidence", ()) if evidence.quote]
    assert len(shown) > 10
    assert all(evidence.recognised for evidence in shown)
