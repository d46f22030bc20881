"""What cannot be read of a PDF is said, page by page; a file that cannot be opened costs only itself."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from extract.errors import UnreadableFile
from extract.readers.pdf import document, read_pdf_file
from tests.pdf.paper import UNMAPPED, Paper, Picture, lock, ruled, write_pdf

TABLE = ([["事務の名称", "税の事務"]], (120.0, 360.0))


def write(folder: Path, *papers: Paper) -> Path:
    """Write pages into a file."""
    path = folder / "pages.pdf"
    path.write_bytes(write_pdf(papers))
    return path


def scan() -> Paper:
    """Return a page that is a picture."""
    paper = Paper()
    paper.picture(Picture(bytes(range(200)) * 2, 20, 20))
    return paper


class TestFiles:
    """Files that cannot be read at all."""

    @pytest.mark.parametrize(
        ("spoil", "said"),
        [
            pytest.param(lock, "encrypted", id="暗号化"),
            pytest.param(lambda _: b"", "empty", id="空"),
            pytest.param(lambda data: data[:40], "damaged", id="先頭だけ"),
            pytest.param(lambda data: b"<html>" + b"x" * len(data), "damaged", id="PDFでない"),
            pytest.param(lambda data: data.replace(b"/Kids", b"/Sdik"), "no text", id="ページがない"),
        ],
    )
    def test_a_file_that_cannot_be_opened(self, tmp_path: Path, spoil: object, said: str) -> None:
        """The error names the file, what is wrong with it, and what to do."""
        assert callable(spoil)
        path = write(tmp_path, ruled(*TABLE))
        path.write_bytes(spoil(path.read_bytes()))
        with pytest.raises(UnreadableFile, match=said) as caught:
            read_pdf_file(path)
        assert caught.value.where == str(path)
        assert caught.value.todo

    def test_a_file_without_end(self, tmp_path: Path) -> None:
        """Where the list of objects stands is lost; pdfium finds them again."""
        path = write(tmp_path, ruled(*TABLE))
        path.write_bytes(path.read_bytes().partition(b"startxref")[0])
        assert read_pdf_file(path).text == "事務の名称\t税の事務\n"

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """Like any other file."""
        with pytest.raises(UnreadableFile, match="cannot read"):
            read_pdf_file(tmp_path / "none.pdf")

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [("MAX_BYTES", 100, "too large"), ("MAX_PAGES", 2, "too many pages"), ("MAX_SECONDS", -1.0, "too long")],
    )
    def test_bounds(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: float, said: str) -> None:
        """Of bytes, pages and time."""
        path = write(tmp_path, *[ruled(*TABLE)] * 3)
        monkeypatch.setattr(document, name, value)
        with pytest.raises(UnreadableFile, match=said):
            read_pdf_file(path)


class TestPages:
    """Pages of which nothing, or not all, can be read."""

    def test_scanned_pages_are_named(self, tmp_path: Path) -> None:
        """The others are read."""
        source = read_pdf_file(write(tmp_path, ruled(*TABLE), scan(), scan(), ruled(*TABLE)))
        assert source.remarks == ("2～3ページ：文字情報がない画像のページ（--ocr で読み取れる）",)
        assert source.text.count("税の事務") == 2

    def test_a_scan_is_no_text(self, tmp_path: Path) -> None:
        """What to do about it is said."""
        with pytest.raises(UnreadableFile, match="a scan: 2 pages") as caught:
            read_pdf_file(write(tmp_path, scan(), scan()))
        assert "--ocr" in str(caught.value.todo)

    def test_blank_pages_are_no_text(self, tmp_path: Path) -> None:
        """Nothing is invented."""
        with pytest.raises(UnreadableFile, match="no text"):
            read_pdf_file(write(tmp_path, Paper(), Paper()))

    def test_fonts_that_do_not_tell_their_characters(self, tmp_path: Path) -> None:
        """Each page says how many it could not read; in the text they stand as unknown."""
        paper = ruled(*TABLE)
        paper.text((163, 105), "読めない字", font=UNMAPPED)
        source = read_pdf_file(write(tmp_path, ruled(*TABLE), paper))
        assert source.remarks == ("2ページ：14字のうち5字は、フォントに文字コードの対応表がなく、読めない",)
        assert "\ufffd" * 5 in source.text

    def test_text_laid_over_a_scan(self, tmp_path: Path) -> None:
        """It was recognised by whoever made the file: said, and known of each place."""
        paper = scan()
        paper.text((40, 60), "特定個人情報保護評価書", mode=3)
        source = read_pdf_file(write(tmp_path, ruled(*TABLE), paper))
        assert source.remarks == ("2ページ：文字は画像から読み取られたもの（OCR）",)
        assert source.recognised == {2}
        assert "特定個人情報保護評価書" in source.text

    def test_text_that_no_page_shows(self, tmp_path: Path) -> None:
        """A row too low for its text hides a part of it; a reader of the page does not see it either."""
        paper = ruled(*TABLE)
        paper.clip((40, 100, 520, 112))
        paper.text((43, 110), "見える行")
        paper.text((43, 140), "枠からはみ出して見えない行")
        paper.unclip()
        source = read_pdf_file(write(tmp_path, paper))
        assert "見える行" in source.text
        assert "見えない行" not in source.text
        assert [remark for remark in source.remarks if "表示されない文字" in remark]


def test_five_hundred_pages(tmp_path: Path) -> None:
    """Take seconds, and the memory of a few pages."""
    rows = [[f"項目{at}", "届を受け付け、台帳に記録する事務である。" * 2] for at in range(30)]
    path = write(tmp_path, *[ruled(rows, (80.0, 420.0))] * 500)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    source = read_pdf_file(path)
    assert time.process_time() - start < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    assert source.places[-1].page == 500
