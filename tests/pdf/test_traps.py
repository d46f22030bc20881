"""What PDF printers do to a form, one by one: each page is drawn here as they draw it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.readers.pdf import read_pdf_file
from extract.readers.pdf.document import PdfSource
from tests.pdf.paper import SYMBOLS, Paper, ruled, write_pdf

Read = Callable[..., PdfSource]

LABELS = (120.0, 360.0)
GROUPED = (30.0, 110.0, 340.0)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return the reading of pages."""

    def run(*papers: Paper) -> PdfSource:
        path = tmp_path / "pages.pdf"
        path.write_bytes(write_pdf(papers))
        return read_pdf_file(path)

    return run


def rows(source: PdfSource) -> list[list[str]]:
    """Return the lines of a rendition with their cells."""
    return [line.split("\t") for line in source.text.replace("\f", "").split("\n") if line.strip()]


class TestCells:
    """Which cell a word stands in."""

    def test_a_row_is_a_line_and_a_cell_a_field(self, read: Read) -> None:
        """The shape that the finders above read best."""
        source = read(ruled([["①事務の名称", "税の事務"], ["②事務の内容", "賦課"]], LABELS))
        assert source.text == "①事務の名称\t税の事務\n②事務の内容\t賦課\n"

    @pytest.mark.parametrize("upright", [True, False], ids=["縦に一字ずつ", "横倒し"])
    def test_a_label_printed_upright(self, read: Read, upright: bool) -> None:
        """再委託 stands in a merged cell beside its three rows, in later rows its place is empty."""
        paper = grouped()
        if upright:
            for at, char in enumerate("再委託"):
                paper.text((50, 82 + 14 * at), char)
        else:
            paper.sideways((58, 110), "再委託", upwards=True)
        assert rows(read(paper)) == [
            ["再委託", "⑦再委託の有無", "再委託する"],
            ["", "⑧再委託の許諾方法", "書面による"],
            ["", "⑨再委託事項", "帳票の印刷"],
        ]

    def test_lines_of_a_cell_are_joined(self, read: Read) -> None:
        """A full line goes on with the next, a bullet begins a new one."""
        paper = Paper()
        paper.frame((40, 60, 110, 120))
        paper.frame((110, 60, 172, 120))
        for at, words in enumerate(("窓口で受け付", "けた届を記録", "・印刷する。")):
            paper.text((113, 76 + 14 * at), words)
        paper.text((45, 90), "事務の内容")
        assert rows(read(paper)) == [["事務の内容", "窓口で受け付けた届を記録 ・印刷する。"]]

    def test_a_form_in_a_frame(self, read: Read) -> None:
        """A frame about the whole page is no cell of the table in it."""
        paper = ruled([["部署", "税務課"], ["所属長", "課長"]], LABELS)
        paper.frame((20, 20, 575, 820))
        assert rows(read(paper)) == [["部署", "税務課"], ["所属長", "課長"]]

    def test_a_double_line_is_one(self, read: Read) -> None:
        """Two strokes side by side hold no cell."""
        paper = ruled([["部署", "税務課"]], LABELS)
        paper.frame((38.5, 58.5, 521.5, 81.5))
        paper.line((161.5, 60), (161.5, 80))
        assert rows(read(paper)) == [["部署", "税務課"]]

    def test_a_white_line_is_none(self, read: Read) -> None:
        """What is drawn in white to hide a border parts nothing."""
        paper = Paper()
        paper.frame((40, 60, 400, 80))
        paper.raw("1 1 1 RG")
        paper.line((120, 60), (120, 80))
        paper.text((90, 73), "一続きの文字列")
        assert rows(read(paper)) == [["一続きの文字列"]]

    def test_shading_is_no_border(self, read: Read) -> None:
        """A filled area behind a heading parts nothing."""
        paper = ruled([["部署", "税務課"]], LABELS)
        paper.commands[:0] = ["0.9 g", "45 760 60 20 re f", "0 g"]
        assert rows(read(paper)) == [["部署", "税務課"]]


def grouped() -> Paper:
    """Return three rows beside a merged cell, which is left empty."""
    paper = Paper()
    paper.frame((40, 60, 70, 120))
    for at, (label, value) in enumerate(
        (("⑦再委託の有無", "再委託する"), ("⑧再委託の許諾方法", "書面による"), ("⑨再委託事項", "帳票の印刷"))
    ):
        top = 60 + 20 * at
        paper.frame((70, top, 180, top + 20))
        paper.frame((180, top, 520, top + 20))
        paper.text((73, top + 13), label)
        paper.text((183, top + 13), value)
    return paper


class TestMarks:
    """Which box the ring stands in."""

    @pytest.mark.parametrize("sign", "○■☑✓●◯レ")
    def test_a_sign_stays_in_its_box(self, read: Read, sign: str) -> None:
        """Between its brackets, before its label."""
        paper = ruled([["提供方法", ""]], LABELS)
        for x, words in ((163, "["), (172, sign), (185, "]専用線"), (263, "["), (285, "]紙")):
            paper.text((x, 73), words)
        assert rows(read(paper)) == [["提供方法", f"[{sign}]専用線 [ ]紙"]]

    def test_a_ring_drawn_by_hand(self, read: Read) -> None:
        """A circle between two brackets is a ○."""
        paper = ruled([["提供方法", "[    ]専用線    [    ]紙"]], LABELS)
        paper.round((178, 70), 4)
        text = read(paper).text
        assert "[○]専用線" in text
        assert "[ ]紙" in text

    def test_a_tick_of_a_symbol_font(self, read: Read) -> None:
        """Wingdings has code points of its own."""
        paper = ruled([["提供方法", ""]], LABELS)
        paper.text((165, 73), "\uf0fe", font=SYMBOLS)
        paper.text((176, 73), "専用線")
        paper.text((265, 73), "\uf0a8", font=SYMBOLS)
        paper.text((276, 73), "紙")
        assert rows(read(paper)) == [["提供方法", "☑専用線 □紙"]]

    def test_a_mark_that_is_a_form_field(self, read: Read) -> None:
        """A form filled in a viewer holds its values in fields."""
        paper = ruled([["提供方法", "[    ]専用線"]], LABELS)
        paper.field((172, 64, 184, 76), "○")
        assert "[○]専用線" in read(paper).text

    def test_text_printed_twice_to_look_bold(self, read: Read) -> None:
        """Is read once."""
        paper = ruled([["部署", "税務課"]], LABELS)
        paper.text((43.3, 73), "部署")
        paper.text((163.4, 73.2), "税務課")
        assert rows(read(paper)) == [["部署", "税務課"]]


class TestPages:
    """Where one page ends and the next begins."""

    def test_a_cell_cut_by_the_page_break(self, read: Read) -> None:
        """Its open halves are one cell; the row has one label."""
        upper, lower = Paper(), Paper()
        for paper, top, bottom in ((upper, 740, 820), (lower, 30, 90)):
            for x in (40, 160, 520):
                paper.line((x, top), (x, bottom))
        upper.line((40, 740), (520, 740))
        lower.line((40, 90), (520, 90))
        upper.text((43, 760), "事務の内容")
        upper.text((163, 760), "届を受け付け、")
        lower.text((163, 50), "台帳に記録する。")
        assert rows(read(upper, lower)) == [["事務の内容", "届を受け付け、 台帳に記録する。"]]

    def test_a_row_that_goes_on_under_closed_lines(self, read: Read) -> None:
        """Word closes both halves: the label's cell is empty on the next page."""
        upper = ruled([["事務の名称", "税の事務"], ["事務の内容", "届を受け付け、"]], LABELS, top=760)
        lower = ruled([["", "台帳に記録する。"], ["人数", "千人"]], LABELS, top=30)
        assert rows(read(upper, lower)) == [
            ["事務の名称", "税の事務"],
            ["事務の内容", "届を受け付け、 台帳に記録する。"],
            ["人数", "千人"],
        ]

    def test_text_printed_on_both_sides_of_the_break(self, read: Read) -> None:
        """An office program prints all of a cell on both pages and lets each show its part."""
        upper, lower = Paper(), Paper()
        for paper, top, bottom in ((upper, 760, 800), (lower, 30, 60)):
            for x in (40, 520):
                paper.line((x, top), (x, bottom))
            paper.clip((40, top, 520, bottom))
            start = top + 16 if paper is upper else top - 20
            for at, words in enumerate(("一の行である。", "二の行である。", "三の行である。", "四の行である。")):
                paper.text((43, start + 16 * at), words)
            paper.unclip()
        upper.line((40, 760), (520, 760))
        lower.line((40, 60), (520, 60))
        text = read(upper, lower).text
        assert [text.count(f"{number}の行である。") for number in "一二三四"] == [1, 1, 1, 1]

    def test_a_header_printed_again(self, read: Read) -> None:
        """The header of a long table stands on each of its pages, and is read once."""
        head, widths = ["変更日", "項目", "変更前", "変更後"], (60.0, 80.0, 150.0, 150.0)
        papers = [ruled([head, [f"令和{n}年", "部署", "旧", "新"]], widths, top=60) for n in (1, 2, 3)]
        assert rows(read(*papers)) == [head, *([f"令和{n}年", "部署", "旧", "新"] for n in (1, 2, 3))]

    def test_a_row_of_data_like_one_before(self, read: Read) -> None:
        """The first row of a page may say what an earlier row says: only a header is dropped."""
        upper, lower = grouped(), grouped()
        for paper in (upper, lower):
            for at, char in enumerate("再委託"):
                paper.text((50, 82 + 14 * at), char)
        assert len(rows(read(upper, lower))) == 6

    def test_running_lines_and_page_numbers_go(self, read: Read) -> None:
        """What stands in the margin of each page is none of the form's text."""
        papers = [ruled([["部署", f"第{n}課"]], LABELS, top=100) for n in range(1, 6)]
        for number, paper in enumerate(papers, 1):
            paper.text((40, 30), "みほん市評価書")
            paper.text((290, 830), f"- {number} -")
        text = read(*papers).text
        assert text.count("みほん市評価書") == 1
        assert "- 3 -" not in text

    def test_pages_are_parted_by_form_feeds(self, read: Read) -> None:
        """Each word knows its page."""
        source = read(*(ruled([["部署", f"第{n}課"]], LABELS) for n in (1, 2, 3)))
        assert source.text.count("\f") == 2
        assert [place.page for place in source.places] == [1, 1, 2, 2, 3, 3]
