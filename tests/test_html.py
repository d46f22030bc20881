"""HTML pages: read in the encoding that they name, as the same facts however their source is wrapped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.errors import UnreadableFile
from extract.facts import Facts
from extract.pipeline import read_document
from extract.readers.html import HtmlSource, blank_page, read_html_file
from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.render_plain import render_html


def read(tmp_path: Path, page: str | bytes, encoding: str = "utf-8") -> HtmlSource:
    """Write a page and read it."""
    (tmp_path / "a.html").write_bytes(page if isinstance(page, bytes) else page.encode(encoding))
    return read_html_file(tmp_path / "a.html")


def said(facts: Facts) -> list[str]:
    """Return the statements without their places."""
    return [re.sub(r"evidence=\(.*|against=\(.*", "", repr(fact)) for fact in facts.each()]


def wrapped(page: str) -> str:
    """Return the page as editors write it: one cell a line, indented."""
    return re.sub(r"(</?(?:tr|td|table)>)", r"\n      \1\n        ", page).replace("、", "、\n          ")


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_line_ends_in_the_source_mean_nothing(tmp_path: Path, seed: int) -> None:
    """A cell is a cell whether its tags stand in one line or in four."""
    page = render_html(lay_out(draw_form(seed)))
    plain = read_document(read(tmp_path, page)).facts
    assert said(read_document(read(tmp_path, wrapped(page))).facts) == said(plain)
    assert len(plain.each()) > 10


def test_every_character_keeps_its_offset_and_line(tmp_path: Path) -> None:
    """Evidence points into the file as an editor shows it."""
    page = "<html>\n<script>x</script>\n<p>公表日\n<td>令和6年4月1日</td>\n"
    source = read(tmp_path, page)
    assert len(source.text) == len(page)
    at = source.text.index("令和")
    assert (page[at : at + 2], source.line_of(at)) == ("令和", 4)


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a < b) alert('提供先1')</script>",
        "<style>td { content: '提供先1' }</style>",
        "<!-- 提供先1 -->",
        "<head><title>提供先1</title></head>",
        "<noscript>提供先1</noscript>",
        "<template>提供先1</template>",
        "<SCRIPT>提供先1",
        "<!-- 提供先1",
    ],
)
def test_what_no_reader_sees_is_not_read(hidden: str) -> None:
    """Programs, styles, comments; also where their end is missing."""
    assert "提供先" not in blank_page(f"<p>前</p>{hidden}")


def test_text_in_angle_brackets_stays() -> None:
    """The forms head measures with the name of a system in half-width brackets."""
    assert "<標準システムにおける措置>" in blank_page("<p><標準システムにおける措置></p>")


def test_readings_above_characters_go() -> None:
    """They would stand in the middle of a name."""
    found = blank_page("<ruby>架空<rp>(</rp><rt>かくう</rt><rp>)</rp></ruby>市長")
    assert "".join(found.split()) == "架空市長"


@pytest.mark.parametrize(("written", "sign"), [("&#9675;", "○"), ("&#x25CB;", "○"), ("&cir;", "○"), ("&yen;", "¥")])
def test_signs_written_as_references(written: str, sign: str) -> None:
    """As long as before, for every offset counts."""
    found = blank_page(f"[{written}]")
    assert len(found) == len(written) + 2
    assert found.replace("\u200b", "") == f"[{sign}]"


@pytest.mark.parametrize("written", ["&lt;", "&amp;", "&nosuchname;", "&#0;x", "&#99999999;"])
def test_references_that_are_left_alone(written: str) -> None:
    """Those that the folding knows, and those that are none; nothing becomes a tag."""
    assert len(blank_page(written)) == len(written)
    assert "<" not in blank_page(written)


@pytest.mark.parametrize(
    ("named", "encoding"),
    [("Shift_JIS", "cp932"), ("x-sjis", "cp932"), ("EUC-JP", "euc_jis_2004"), ("ISO-2022-JP", "iso2022_jp_ext")],
)
def test_a_page_is_decoded_as_it_says(tmp_path: Path, named: str, encoding: str) -> None:
    """With the numerals ① and Ⅰ, which the plain encodings of these names lack."""
    text = "評価書番号" if encoding == "iso2022_jp_ext" else "①評価書番号"
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={named}"><p>{text}</p>'
    source = read(tmp_path, page, encoding)
    assert text in source.text
    assert source.encoding == encoding


@pytest.mark.parametrize("named", ["utf-8", "no-such-charset", "base64", "us-ascii"])
def test_a_page_that_names_a_wrong_encoding(tmp_path: Path, named: str) -> None:
    """Then its bytes tell."""
    source = read(tmp_path, f'<meta charset="{named}"><p>①評価書番号と評価書名</p>', "cp932")
    assert "①評価書番号" in source.text


def test_bad_bytes_in_a_tag(tmp_path: Path) -> None:
    """The words alone decode; the page does not, and that is said."""
    path = tmp_path / "a.html"
    path.write_bytes(b'<td title="' + b"\x81" + '">評価書の表題</td>'.encode("euc-jp") * 9)
    with pytest.raises(UnreadableFile, match="first bad byte"):
        read_html_file(path)


def test_an_empty_page(tmp_path: Path) -> None:
    """Is told, like any empty file."""
    with pytest.raises(UnreadableFile, match="empty"):
        read(tmp_path, b"")


def test_tags_without_end_take_no_time() -> None:
    """Each of many openings could run to the end of the page."""
    assert blank_page("<!--" * 50_000)
    assert blank_page("<script" * 50_000)
    assert blank_page("<head><rt>" * 50_000)
    assert blank_page("&" * 100_000 + "<pre" * 50_000)
