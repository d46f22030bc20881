"""Selections: the value of a cell, wherever the scan has put its brackets, and never what is only offered."""

from __future__ import annotations

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


def test_one_numbered_option_is_no_value_where_the_list_is_printed() -> None:
    """In loose text that prints the list elsewhere, one option of it may be what is left of the list."""
    entrust = swap("entrust", OFFERED, "1) 10人未満")
    (record,) = facts_of(tabbed(entrust=entrust)).entrustments
    assert record.headcount is None


def test_a_numbered_option_with_its_count() -> None:
    """「1) 委託する （1）件」 is a selection, where no list is printed."""
    entrust = swap("entrust", "[委託する] <選択肢> 1) 委託する 2) 委託しない (1) 件", "1) 委託する （1）件")
    assert [one.mark.state.value for one in facts_of(tabbed(entrust=entrust)).declared if one.mark][:1] == ["yes"]
