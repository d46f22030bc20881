"""Labels: which words are the form's labels, which item each is, and which are only prose."""

from __future__ import annotations

import pytest

from extract.anchors import Anchor, find_anchors
from extract.source import source_of_text
from extract.stream import make_stream
from tests.documents import PARTS, swap, tabbed


def anchors_of(text: str) -> list[Anchor]:
    """Return the labels found in a text."""
    return find_anchors(make_stream(source_of_text(text)))


def keys_of(text: str) -> list[str]:
    """Return the items whose labels stand in a text."""
    return [anchor.key for anchor in anchors_of(text)]


def test_a_label_inside_a_sentence_is_prose() -> None:
    """「個人番号の利用」 and 「委託先名」 in the middle of a sentence open no item."""
    prose = "委託先名を公表し、個人番号の利用と保管場所について、事務の内容を職員に周知する。"
    text = tabbed(business=swap("business", "住民の申告を受け付け、税額を計算する。", prose))
    assert keys_of(text) == keys_of(tabbed())


def test_a_sentence_that_begins_with_a_label_is_prose() -> None:
    """A line may begin with the words of a label and go on."""
    prose = "住民の申告。\n委託先名の確認方法は窓口で示す。\n再委託の有無を確かめる。\n使用目的に照らして計算する。"
    text = tabbed(business=swap("business", "住民の申告を受け付け、税額を計算する。", prose))
    assert keys_of(text) == keys_of(tabbed())


def test_a_table_of_contents_is_dropped() -> None:
    """項目一覧 names every part of the form and opens none."""
    contents = """項目一覧

Ⅰ 基本情報
(別添1) 事務の内容
Ⅱ 特定個人情報ファイルの概要
(別添2) 特定個人情報ファイル記録項目
Ⅲ 特定個人情報ファイルの取扱いプロセスにおけるリスク対策
Ⅳ その他のリスク対策
Ⅴ 開示請求、問合せ
Ⅵ 評価実施手続
(別添3) 変更箇所
"""
    with_contents = keys_of(tabbed(cover=PARTS["cover"] + contents))
    headings = ("cover.contents", "I")
    assert [key for key in with_contents if key not in headings] == [key for key in keys_of(tabbed()) if key != "I"]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("②事務の内容 ※", "business.content"),
        ("② 事務の内容", "business.content"),
        ("２ 事務の内容", "business.content"),
        ("②事 務 の 内 容", "business.content"),
        ("②<b>事務の内容</b>", "business.content"),
        ("②事務の概要", "business.content"),
        ("②事務の内容※(別添1)", "business.content"),
    ],
)
def test_a_label_may_be_printed_in_many_ways(label: str, key: str) -> None:
    """Numbers, widths, notes, spaces and tags vary between documents."""
    text = tabbed(business=swap("business", "②事務の内容", label))
    assert key in keys_of(text)


@pytest.mark.parametrize(
    ("number", "label", "key"),
    [
        ("③", "委託先名", "entrust.entrustee"),
        ("⑥", "委託先名", "entrust.entrustee"),
        ("", "委託先名", "entrust.entrustee"),
        ("②", "委託先における取扱者数", "entrust.headcount"),
        ("④", "再委託の有無", "entrust.re_entrusted"),
    ],
)
def test_numbers_shift_between_the_forms(number: str, label: str, key: str) -> None:
    """様式3 numbers the items of an entrustment otherwise than 様式4: the words decide."""
    entrust = (
        f"4. 特定個人情報ファイルの取扱いの委託\n委託事項1\t点検\n①委託内容\t点検の補助\n{number}{label}\tみほん\n"
    )
    assert key in keys_of(tabbed(entrust=entrust))


def test_the_same_words_are_other_items_in_other_parts() -> None:
    """法令上の根拠 is asked for the number, the network, each recipient and each transfer."""
    transfer = """移転先1	福祉課
①法令上の根拠	番号法第9条第2項
②移転先における用途	給付
"""
    found = keys_of(tabbed(handover=PARTS["handover"] + transfer))
    basis = [key for key in found if key.endswith(".basis")]
    assert basis == ["number.basis", "network.basis", "provide.basis", "transfer.basis"]


@pytest.mark.parametrize(
    ("heading", "number", "is_range"),
    [
        ("委託事項2", 2, False),
        ("委 託 事 項 2", 2, False),
        ("委託事項２", 2, False),
        ("委託事項2～5", 2, True),
        ("委託事項2〜5", 2, True),
        ("委託事項2から5", 2, True),
    ],
)
def test_numbered_headings(heading: str, number: int, is_range: bool) -> None:
    """A heading for several blank blocks at once is told from a record's own."""
    (found,) = [
        anchor
        for anchor in anchors_of(tabbed(entrust=PARTS["entrust"] + f"{heading}\t\n"))
        if anchor.is_record and anchor.group == "entrust" and anchor.number != 1
    ]
    assert (found.number, found.is_range) == (number, is_range)


def test_a_numbered_heading_inside_a_sentence_is_prose() -> None:
    """「委託事項1と同じ」 opens no record."""
    entrust = swap("entrust", "架空税務システムの点検", "委託事項3の受託者と同じ者が、システム2から点検する。")
    assert keys_of(tabbed(entrust=entrust)) == keys_of(tabbed())


def test_labels_of_the_past_are_not_labels() -> None:
    """In the change table the form's words name items; they open none."""
    changes = PARTS["changes"] + "令和5年5月1日\t⑥委託先名\t委託先名\n①委託内容\t保守\t事後\t-\n"
    found = keys_of(tabbed(changes=changes))
    assert found.index("changes") == len(found) - 1


def test_every_label_knows_its_place() -> None:
    """A label is quoted from its number to its end."""
    stream = make_stream(source_of_text(tabbed()))
    anchor = next(anchor for anchor in find_anchors(stream) if anchor.key == "business.content")
    assert stream.text[anchor.start : anchor.end] == "②事務の内容"
    assert anchor.printed == "②"


def test_a_text_without_labels_has_none() -> None:
    """Nothing is found in nothing, and nothing in a novel."""
    assert anchors_of("") == []
    assert anchors_of("むかしむかし、ある所に番号のない人がいた。") == []
