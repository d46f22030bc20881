"""Which text belongs to which label, in tables and in raw text, also where a label or a cell is lost."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from extract.anchors import find_anchors
from extract.blocks import evidence_at, find_blocks, text_of
from extract.cells import Block
from extract.dumps import is_junk
from extract.evidence import QUOTE_LENGTH, QUOTE_LINES
from extract.pages import mark_pages
from extract.source import source_of_text
from extract.stream import Stream, make_stream
from tests.documents import PARTS, plain, swap, tabbed
from tests.forms.places import squeeze


def blocks_of(text: str) -> tuple[Stream, list[Block]]:
    """Return the stream of a text and its blocks."""
    stream = make_stream(source_of_text(text))
    anchors = find_anchors(stream)
    stream = mark_pages(stream, anchors)
    return stream, find_blocks(stream, anchors)


def texts_of(text: str) -> dict[str, str]:
    """Return the text of the first block of each item."""
    stream, blocks = blocks_of(text)
    texts: dict[str, str] = {}
    for block in blocks:
        texts.setdefault(block.key, text_of(stream, block) or "")
    return texts


class TestTables:
    """Values stand in cells."""

    def test_a_value_stands_beside_its_label(self) -> None:
        """The rest of the row is the item's text, up to the next label."""
        texts = texts_of(tabbed())
        assert texts["business.name"] == "架空市民税に関する事務"
        assert texts["file.department"] == "財務部みほん課"

    def test_a_cell_of_several_lines_is_one_text(self) -> None:
        """A line feed inside a cell ends nothing."""
        business = swap(
            "business", "住民の申告を受け付け、税額を計算する。", "住民の申告を\n受け付け、\n\n税額を計算する。"
        )
        assert texts_of(tabbed(business=business))["business.content"] == "住民の申告を受け付け、税額を計算する。"

    def test_a_row_without_label_after_a_short_cell_is_the_next_item(self) -> None:
        """⑥事務担当部署 whose label the scan lost is found by the form's order."""
        file = swap("file", "⑥事務担当部署\t", "\t")
        stream, blocks = blocks_of(tabbed(file=file))
        (lost,) = [block for block in blocks if block.label_lost]
        assert (lost.key, text_of(stream, lost)) == ("file.department", "財務部みほん課")

    def test_a_row_before_its_label_belongs_to_it(self) -> None:
        """A cell printed above its label, with nothing behind it, is the label's."""
        content = "②事務の内容\t住民の申告を受け付け、税額を計算する。"
        business = swap("business", content, "\t住民の申告を受け付け、税額を計算する。\n\n②事務の内容\n")
        assert texts_of(tabbed(business=business))["business.content"] == "住民の申告を受け付け、税額を計算する。"

    def test_rows_that_slipped_by_one(self) -> None:
        """A label whose text was printed in the row of the next label gets it back, where it alone is empty."""
        get = swap(
            "get",
            "③入手の時期・頻度\t年に一度の申告の時期\n⑥使用目的\t税額の計算",
            "③入手の時期・頻度\t年に一度の申告の時期\n⑥使用目的\t\n\t税額の計算",
        )
        assert texts_of(tabbed(get=get))["use.purpose"] == "税額の計算"

    def test_a_value_before_its_label_is_not_given_to_another(self) -> None:
        """Where the two cells of a row changed places, the value is lost rather than misread."""
        file = swap("file", "⑥事務担当部署\t財務部みほん課", "財務部みほん課\t⑥事務担当部署")
        texts = texts_of(tabbed(file=file))
        assert texts["file.department"] in ("", "財務部みほん課")

    def test_the_same_table_in_markdown_and_html(self) -> None:
        """The way of writing a table makes no difference."""
        markdown = _rows(tabbed(), lambda cells: f"| {' | '.join(cells)} |")
        html = _rows(tabbed(), lambda cells: f"<tr><td>{'</td><td>'.join(cells)}</td></tr>")
        wanted = _squeezed(texts_of(tabbed()))
        assert _squeezed(texts_of(markdown)) == wanted
        assert _squeezed(texts_of(f"<table>{html}</table>")) == wanted

    def test_text_in_angle_brackets_is_kept(self) -> None:
        """<架空市における措置> is a heading of the text, not a tag."""
        risks = swap("risks", "窓口で書類を確かめる。", "<架空市における措置>窓口で書類を確かめる。")
        assert texts_of(tabbed(risks=risks))["risk.0"].startswith("<架空市における措置>")


def _rows(text: str, write: Callable[[list[str]], str]) -> str:
    return "\n".join(write(line.split("\t")) if "\t" in line else line for line in text.split("\n"))


def _squeezed(texts: dict[str, str]) -> dict[str, str]:
    return {key: squeeze(text) for key, text in texts.items()}


class TestRawText:
    """Values stand behind their labels, or where the page order put them."""

    def test_a_value_stands_below_its_label(self) -> None:
        """Without tables the next lines are the text."""
        texts = texts_of(plain())
        assert texts["business.name"] == "架空市民税に関する事務"
        assert texts["entrust.entrustee"] == "株式会社見本情報"

    def test_labels_stacked_above_their_values(self) -> None:
        """Two short cells printed label under label, then value under value."""
        rest = swap(
            "rest",
            "①部署\t財務部みほん課\n②所属長の役職名\tみほん課長",
            "①部署\n\n②所属長の役職名\n\n財務部みほん課\n\nみほん課長\n",
        )
        texts = texts_of(plain(rest=rest))
        assert (texts["department.name"], texts["department.head"]) == ("財務部みほん課", "みほん課長")

    def test_text_after_a_full_cell_belongs_to_the_label_that_waits(self) -> None:
        """A paragraph torn from its label comes after a neighbour whose cell is complete."""
        get = swap("get", "⑥使用目的\t税額の計算\n", "⑥使用目的\n\n")
        get = get.replace(
            "使用部署\t財務部みほん課\n", "使用部署\n財務部みほん課\n\n税額を正しく計算し、通知するため。\n\n"
        )
        assert texts_of(plain(get=get))["use.purpose"] == "税額を正しく計算し、通知するため。"

    def test_printed_options_are_no_text(self) -> None:
        """What the form offers is not what the agency wrote."""
        get = swap("get", "税額の計算", "税額の計算 <選択肢> 1) 10人未満 2) 10人以上50人未満")
        assert texts_of(plain(get=get))["use.purpose"] == "税額の計算"


def test_boxes_and_page_numbers_are_junk() -> None:
    """A paragraph of boxes, options or a page number is never an item's text; words are."""
    junk = ("[○] 紙 [ ] 電子メール", "[", "12", "<選択肢> 1) 10人未満 2) 10人以上50人未満", "[ 10人未満 ]", "（ ）")
    words = ("財務部みほん課", "紙の申告書", "12人の職員", "十分である。")
    for texts, wanted in ((junk, True), (words, False)):
        for text in texts:
            stream = make_stream(source_of_text(text))
            assert is_junk(stream, (0, len(stream))) is wanted, text


def test_a_long_quote_is_cut_at_its_limits() -> None:
    """A quote is the first words of a passage, exactly as printed, at most so many characters and lines."""
    long = make_stream(source_of_text("あ" * 1000))
    tall = make_stream(source_of_text("い\n" * 100))
    assert len(evidence_at(long, "I", 0, len(long)).quote) == QUOTE_LENGTH
    assert evidence_at(tall, "I", 0, len(tall)).quote.count("\n") == QUOTE_LINES - 1


def test_every_block_lies_in_the_text_in_order() -> None:
    """No piece of text belongs to two labels."""
    for text in (tabbed(), plain()):
        stream, blocks = blocks_of(text)
        pieces = sorted(piece for block in blocks for piece in block.pieces)
        assert all(0 <= start < end <= len(stream) for start, end in pieces)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(pieces))


def test_no_part_of_the_form_is_needed() -> None:
    """Any one part may be missing, and the blocks of the others stay."""
    whole = {block.key for block in blocks_of(tabbed())[1]}
    for part in PARTS:
        stream, blocks = blocks_of(tabbed(**{part: ""}))
        assert {block.key for block in blocks} <= whole, part
        assert len(stream) > 0
