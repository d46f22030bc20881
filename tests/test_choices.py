"""Selections: the value of a cell, wherever the scan has put its brackets, and never what is only offered."""

from __future__ import annotations

import re

from extract.facts import Mark
from tests.casebook import Case, each_case
from tests.documents import facts_of, plain, swap, tabbed

OFFERED = "[10人未満] <選択肢> 1) 10人未満 2) 10人以上50人未満"


@each_case("choices.md")
def test_case(case: Case) -> None:
    """Each cell gives the value that its case names, or none."""
    (record,) = facts_of(tabbed(entrust=swap("entrust", OFFERED, case.given))).entrustments
    assert [record.headcount or "なし"] == list(case.wanted)


def test_a_retention_is_not_the_end_of_a_longer_one() -> None:
    """「12年」 does not select 2年, and 20年以上 is not 0年."""
    for printed, wanted in (("[12年]", None), ("[10年以上20年未満]", "10年以上20年未満"), ("[20年以上]", "20年以上")):
        (file,) = facts_of(tabbed(keep=swap("keep", "[6年以上10年未満]", printed))).files
        assert file.retention == wanted


def test_a_value_printed_away_from_its_cell_is_found_by_counting() -> None:
    """On a raw page the only loose value belongs to the only cell that has none."""
    entrust = swap("entrust", OFFERED, "\n\n[\n\n<選択肢>\n1) 10人未満\n2) 10人以上50人未満\n\n]\n")
    entrust = entrust.replace("窓口で尋ねることができる。", "窓口で尋ねることができる。\n\n10人未満\n\n")
    (record,) = facts_of(plain(entrust=f"\x0c{entrust}\x0c")).entrustments
    assert record.headcount == "10人未満"


def test_a_value_printed_away_from_its_cell_is_no_neighbours_text() -> None:
    """The item behind whose text a loose value stands has not said it."""
    entrust = swap("entrust", "窓口で尋ねることができる。", "窓口で尋ねることができる。\n\n50人以上100人未満\n\n")
    (record,) = facts_of(plain(entrust=f"\x0c{entrust}\x0c")).entrustments
    assert record.confirmation == "窓口で尋ねることができる。"


def test_loose_values_that_do_not_count_up_are_nobodys() -> None:
    """Two loose values for one cell select neither."""
    entrust = swap("entrust", OFFERED, "\n\n[\n\n]\n\n10人未満\n\n50人以上100人未満\n\n")
    (record,) = facts_of(plain(entrust=f"\x0c{entrust}\x0c")).entrustments
    assert record.headcount is None


def test_an_unread_selection_is_a_gap() -> None:
    """A cell that offers options and selects none is reported."""
    gaps = facts_of(tabbed(entrust=swap("entrust", "[10人未満]", "[]"))).gaps
    assert any("委託先における取扱者数" in gap.what for gap in gaps)


def numbered(text: str) -> str:
    """Print every selection as the numbered option alone, without the list."""
    return re.sub(
        r"\[([^\[\]]{2,})\] <選択肢>(?:[^\n]*?(\d)\) \1)?(?: \d\) [^\s(]+(?:\([^()\d]*\))?)*", r"\2) \1", text
    )


def test_selections_by_number() -> None:
    """A form that prints no lists selects by 「2) 10人以上50人未満」, and 「1) 委託する (1) 件」 is read too."""
    facts = facts_of(numbered(tabbed()))
    (record,), (file,) = facts.entrustments, facts.files
    assert (record.headcount, record.re_entrusted) == ("10人未満", Mark.NO)
    assert (file.kind, file.subjects) == ("システム用ファイル", "1万人以上10万人未満")
    assert [one.mark.state for one in facts.declared if one.mark][:1] == [Mark.YES]


def test_one_numbered_option_is_no_value_where_lists_are_printed() -> None:
    """It may be what is left of the list."""
    for left in ("1) 10人未満", "2) 10人以上50人未満"):
        (record,) = facts_of(tabbed(entrust=swap("entrust", OFFERED, left))).entrustments
        assert record.headcount is None


def test_a_list_around_its_label_selects_nothing() -> None:
    """A label that stands in the middle of its list has one option before it and one behind."""
    text = numbered(tabbed()).replace("⑦再委託の有無\t2) 再委託しない", "1) 再委託する\n⑦再委託の有無\t2) 再委託しない")
    (record,) = facts_of(text).entrustments
    assert record.re_entrusted is Mark.UNCLEAR
