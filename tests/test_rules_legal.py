"""The provisions cited, and for what: by the item in which they stand."""

from __future__ import annotations

import pytest

from extract.facts import Citation, Usage
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
    ],
)
def test_headings_part_inquiry_from_supply(printed: str) -> None:
    """What stands below 照会 is cited for inquiring, below 提供 for supplying."""
    found = cited(tabbed(rest=swap("rest", "②法令上の根拠\t番号法第19条第8号", f"②法令上の根拠\t{printed}")))
    assert found[Usage.INQUIRY] == ["番号法||||別表第二|20"]
    assert found[Usage.SUPPLY] == ["番号法||||別表第二|30"]


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
