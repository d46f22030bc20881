"""Folding keeps the way back to every character; cleaning keeps what a reader would copy."""

from __future__ import annotations

import pytest

from extract.normalize import BARE_INPUT, BARE_RADIO, CHECKED_INPUT, clean, fold, folded


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("特 定 個\n人　情報", "特定個人情報"),
        ("Ａｂ１２（株）", "Ab12(株)"),
        ("㈱みほん", "(株)みほん"),
        ("①②⑳", "①②⑳"),
        ("⓵❷➂➍⓫", "①②③④⑪"),
        ("システム2〜5、2～5、2∼5", "システム2~5、2~5、2~5"),
        ("―‐−─ー", "----ー"),
        ("［○］〔○〕", "[○][○]"),
        ("<p>甲</p><br/>乙<td class='a'>丙</td>", "甲乙丙"),
        ("<架空市における措置>乙<EUC機能>", "<架空市における措置>乙<EUC機能>"),
        ("A &lt; B &amp;&nbsp;C", "A<B&C".replace("A<", "A<")),
        ("ｱｲｳｶﾞ", "アイウガ"),
        ("\u200b甲\ufeff乙", "甲乙"),
    ],
)
def test_folding(raw: str, wanted: str) -> None:
    """What differs only by width, layout or tags is one text; field numbers and angle brackets stay."""
    assert folded(raw) == wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("情報提供ネツトワ一クシステム", "情報提供ネットワークシステム"),
        ("電子メ一ル、フラツシユメモリ", "電子メール、フラッシュメモリ"),
        ("通知力ード、シ口アリ、ア一イ", "通知カード、シロアリ、アーイ"),
        ("再委記先、株式会仕みほん、概耍", "再委託先、株式会社みほん、概要"),
        ("平成３O年、第l0条、別表第一の８、ｌ１、１ｌの項", "平成30年、第10条、別表第一の8、11、11の項"),
    ],
)
def test_slips_of_recognition_are_put_right(raw: str, wanted: str) -> None:
    """Where its neighbours leave no doubt a sign is read as what it was, character for character."""
    view = fold(raw)
    assert view.text == wanted
    assert view.offsets == tuple(range(len(raw)))


@pytest.mark.parametrize(
    "text",
    ["スポーツセンター", "データ入力システム", "サーバ一台", "データ一元化", "社会仕様", "委員会", "1O項目", "3O日本"],
)
def test_words_that_only_look_like_slips_stay(text: str) -> None:
    """A kanji beside katakana, a large kana or a letter by itself is what it is."""
    assert folded(text) == text


@pytest.mark.parametrize(
    ("tag", "sign"),
    [
        ('<input type="checkbox"/>', BARE_INPUT),
        ("<INPUT TYPE=checkbox>", BARE_INPUT),
        ('<input checked="" type="checkbox"/>', CHECKED_INPUT),
        ("<input type='radio' checked>", CHECKED_INPUT),
        ('<input type="radio"/>', BARE_RADIO),
    ],
)
def test_an_input_is_one_sign(tag: str, sign: str) -> None:
    """A box of a converter is neither text nor nothing."""
    assert folded(f"[{tag}] 紙") == f"[{sign}]紙"


def test_every_folded_character_knows_where_it_was() -> None:
    """A span of folded text gives exactly the raw characters, tags and spaces inside them included."""
    raw = "前 <b>特 定</b>\n㈱後"
    view = fold(raw, base=100)
    span = view.span(view.text.index("特"), view.text.index("後"))
    assert raw[span.start - 100 : span.end - 100] == "特 定</b>\n㈱"


def test_one_character_that_folds_to_several_is_quoted_whole() -> None:
    """Half of ㈱ cannot be quoted."""
    view = fold("㈱甲")
    span = view.span(1, 2)
    assert "㈱甲"[span.start : span.end] == "㈱"


def test_empty_ranges_have_empty_spans() -> None:
    """Nothing is quoted as nothing, also behind the end."""
    view = fold("甲乙", base=5)
    assert not view.span(1, 1)
    assert view.span(9, 9).start == 7


def test_the_way_back_by_offset() -> None:
    """The folded index of an offset is that of the first character at or behind it."""
    view = fold("甲 \n 乙")
    assert [view.at(offset) for offset in range(6)] == [0, 1, 1, 1, 1, 2]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("特 定 個人\n情報 ファイル", "特定個人情報ファイル"),
        ("Web Service と PC を 使う", "Web ServiceとPCを使う"),
        ("<ul style='a'><li>甲<li>乙", "甲乙"),
        ("<標準システムにおける措置>", "<標準システムにおける措置>"),
        ("  \n ", ""),
        ("１２３Ａ", "１２３Ａ"),
    ],
)
def test_cleaning(raw: str, wanted: str) -> None:
    """Layout goes, width stays."""
    assert clean(raw) == wanted


@pytest.mark.parametrize("raw", ["<a" * 2000, "<p " * 2000, "&amp" * 2000, "< " * 4000])
def test_unclosed_tags_are_text(raw: str) -> None:
    """A tag without end swallows nothing behind it."""
    assert folded(raw + "終").endswith("終")
    assert clean(raw + "終").endswith("終")


def test_a_line_with_a_page_number_only() -> None:
    """- 5 - between two lines of a cell is no part of it; a number between dashes elsewhere stays."""
    assert folded("福祉部\n- 5 -\nみほん課") == "福祉部みほん課"
    assert clean("福祉部\n ― 12 ―\nみほん課") == "福祉部みほん課"
    assert folded("区分 - 5 - 6") == "区分-5-6"
