"""The provisions cited, and for what: by the item in which they stand."""

from __future__ import annotations

import pytest

from extract.facts import Citation, Usage
from extract.laws import NETWORK_ORDER
from tests.documents import facts_of, swap, tabbed


def cited(text: str) -> dict[Usage, list[str]]:
    """Return the provisions of a document by their use."""
    found: dict[Usage, list[str]] = {}
    for basis in facts_of(text).legal_bases:
        found.setdefault(basis.usage, []).append(_short(basis.citation))
    return found


def _short(one: Citation) -> str:
    return "|".join((one.law, one.article, one.paragraph, one.item, one.table, one.table_item)).rstrip("|")


def test_the_use_of_the_number() -> None:
    """Ⅰ-5 cites for 個人番号の利用."""
    assert cited(tabbed())[Usage.NUMBER_USE] == ["番号法|9|1||別表|24"]


def test_without_heading_the_network_is_linkage() -> None:
    """Ⅰ-6 ② without 照会 and 提供 apart says neither."""
    assert cited(tabbed())[Usage.LINKAGE] == ["番号法|19||8"]


@pytest.mark.parametrize(
    "printed",
    [
        "（情報照会の根拠）番号法別表第二の20の項（情報提供の根拠）番号法別表第二の30の項",
        "【照会】番号法別表第二の20の項\n【提供】番号法別表第二の30の項",
        "・情報照会：番号法別表第二の20の項\n・情報提供：番号法別表第二の30の項",
        "<照会>\n番号法別表第二の20の項\n<提供>\n番号法別表第二の30の項",
        "○情報照会<br>番号法別表第二の20の項<br>○情報提供<br>番号法別表第二の30の項",
        "①情報照会の根拠　番号法別表第二の20の項\n②情報提供の根拠　番号法別表第二の30の項",
        "情報照会の根拠　番号法別表第二の20の項\n情報提供の根拠　番号法別表第二の30の項",
        "＜別表第二における情報照会の根拠＞\n20の項\n＜別表第二における情報提供の根拠＞\n30の項",
        "番号法別表第二　情報照会：20の項　情報提供：30の項",
        "番号法別表第二の20の項（照会）\n別表第二の30の項（提供）",
        "番号法別表第二\n【提供】30の項\n【照会】20の項",
    ],
)
def test_headings_part_inquiry_from_supply(printed: str) -> None:
    """What stands below 照会 is cited for inquiring, below 提供 for supplying."""
    found = cited(tabbed(rest=swap("rest", "②法令上の根拠\t番号法第19条第8号", f"②法令上の根拠\t{printed}")))
    assert found[Usage.INQUIRY] == ["番号法||||別表第二|20"]
    assert found[Usage.SUPPLY] == ["番号法||||別表第二|30"]


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (
            "・番号法第19条第8号に基づく主務省令第2条の表\n【提供】30の項\n【照会】20の項\n・上記の項に係る同令第12条",
            {Usage.SUPPLY: ["2|||表|30"], Usage.INQUIRY: ["2|||表|20"], Usage.LINKAGE: ["12"]},
        ),
        (
            "（１）番号法第19条第8号に基づく主務省令\n【照会】第3条\n【提供】第4条\n（２）番号法第19条第8号に基づく主務省令第12条",
            {Usage.SUPPLY: ["4"], Usage.INQUIRY: ["3"], Usage.LINKAGE: ["12"]},
        ),
        (
            "番号法第19条第8号に基づく主務省令第2条の表の20の項（情報照会のみ。）",
            {Usage.INQUIRY: ["2|||表|20"]},
        ),
        (
            "【情報照会】番号法第19条第8号に基づく主務省令第3条\n当市は事務を委託する（同令第12条）。",
            {Usage.INQUIRY: ["3"], Usage.LINKAGE: ["12"]},
        ),
    ],
)
def test_what_speaks_of_both_sides(printed: str, wanted: dict[Usage, list[str]]) -> None:
    """A group beside the headings, or a line about the rows above, is cited for both."""
    found = cited(tabbed(rest=swap("rest", "②法令上の根拠\t番号法第19条第8号", f"②法令上の根拠\t{printed}")))
    of_the_network = {use: found[use] for use in (Usage.SUPPLY, Usage.INQUIRY, Usage.LINKAGE) if use in found}
    named = {use: [one for one in cites if one != NETWORK_ORDER] for use, cites in of_the_network.items()}
    assert {use: cites for use, cites in named.items() if cites} == {
        use: [f"{NETWORK_ORDER}|{one}" for one in cites] for use, cites in wanted.items()
    }


def test_lines_above_a_label_in_the_middle_of_its_cell() -> None:
    """Where the label stands beside the middle line, the lines above it are the item's too."""
    above = "　　　　番号法第9条第1項　別表第一\n法令上の根拠　　24の項、\n　　　　25の項"
    network = (
        "　　　　【照会】\n　　　　番号法別表第二の20の項\n②法令上の根拠　　21の項\n　　　　【提供】\n　　　　30の項"
    )
    rest = swap("rest", "法令上の根拠\t番号法第9条第1項 別表の24の項", above)
    found = cited(tabbed(rest=rest.replace("②法令上の根拠\t番号法第19条第8号", network)))
    assert found[Usage.NUMBER_USE] == ["番号法|9|1||別表第一|24", "番号法|9|1||別表第一|25"]
    assert found[Usage.INQUIRY] == ["番号法||||別表第二|20", "番号法||||別表第二|21"]
    assert found[Usage.SUPPLY] == ["番号法||||別表第二|30"]


def test_the_ordinance_of_another_item() -> None:
    """「同条例」 is the one ordinance that was named before."""
    business = swap("business", "税額を計算する。", "架空市みほん税条例第3条により計算する。")
    found = cited(tabbed(business=business, rest=swap("rest", "番号法第9条第1項 別表の24の項", "同条例第4条")))
    assert found[Usage.NUMBER_USE] == ["架空市みほん税条例|4"]


def test_a_definition_behind_quotation_marks() -> None:
    """A quote and a bullet before the name do not make 番号法 another law."""
    basis = '"・行政手続における特定の個人を識別するための番号の利用等に関する法律（以下「番号法」という。）第9条第1項"'
    found = cited(tabbed(rest=swap("rest", "番号法第9条第1項 別表の24の項", basis)))
    assert (found[Usage.NUMBER_USE], found[Usage.LINKAGE]) == (["番号法|9|1"], ["番号法|19||8"])


@pytest.mark.parametrize(
    ("part", "old", "new", "usage"),
    [
        ("get", "年に一度の申告の時期", "地方税法第20条の11による照会の時", Usage.ACQUISITION),
        ("handover", "番号法第19条第8号", "地方税法第20条の11", Usage.PROVISION),
        ("keep", "地方税の時効に合わせる。", "地方税法第20条の11による。", Usage.STORAGE),
        ("business", "税額を計算する。", "地方税法第20条の11により計算する。", Usage.OTHER),
    ],
)
def test_other_items(part: str, old: str, new: str, usage: Usage) -> None:
    """Each part of the form cites for its own use."""
    assert cited(tabbed(**{part: swap(part, old, new)}))[usage] == ["地方税法|20の11"]


def test_a_transfer() -> None:
    """移転先n ① cites for the transfer."""
    transfer = "移転先1\t福祉課\n①法令上の根拠\t番号法第9条第2項\n②移転先における用途\t給付\n"
    found = cited(tabbed(handover=swap("handover", "⑦時期・頻度\t求めを受けた都度\n", transfer)))
    assert found[Usage.TRANSFER] == ["番号法|9|2"]


def test_a_provision_of_a_file_names_the_file() -> None:
    """Outside section Ⅱ a provision belongs to the whole business."""
    files = {basis.usage: basis.file for basis in facts_of(tabbed()).legal_bases}
    assert files == {Usage.NUMBER_USE: None, Usage.LINKAGE: None, Usage.PROVISION: "架空市民税ファイル"}


def test_abbreviations_of_the_document_are_read() -> None:
    """「以下「条例」という」 in one item names the law of another."""
    business = swap("business", "税額を計算する。", "架空市みほん税条例（以下「条例」という。）により計算する。")
    found = cited(tabbed(business=business, rest=swap("rest", "番号法第9条第1項 別表の24の項", "条例第4条")))
    assert found[Usage.NUMBER_USE] == ["架空市みほん税条例|4"]


def test_a_provision_cited_twice_in_an_item_is_one() -> None:
    """Saying it again adds nothing."""
    rest = swap("rest", "別表の24の項", "別表の24の項\n番号法第9条第1項 別表の24の項")
    assert cited(tabbed(rest=rest))[Usage.NUMBER_USE] == ["番号法|9|1||別表|24"]


def test_rows_after_an_article_are_those_of_the_table_above() -> None:
    """第3条 under 【照会】 does not end the table of which 【提供】 names the rows."""
    basis = "番号法第19条第8号に基づく主務省令第2条の表\n【照会】20の項、第3条\n【提供】30、31の項"
    found = cited(tabbed(rest=swap("rest", "番号法第19条第8号", basis)))
    assert [one.rpartition("|")[2] for one in found[Usage.SUPPLY]] == ["30", "31"]
