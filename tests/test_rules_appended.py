"""Lists of recipients that agencies append to the form (別紙1): one provision for each row."""

from __future__ import annotations

import pytest

from extract.facts import FlowKind, Handover
from tests.documents import FILE, PARTS, facts_of, swap, tabbed

REFERRING = swap("handover", "みほん県知事", "別紙1のとおり")
TABS = """別紙1 提供先一覧
番号\t提供先\t法令上の根拠\t提供先における用途\t提供する情報
1\tみほん県知事\t番号法別表第二の8の項\t手当の認定\t住民税の額
2\tためし市長\t番号法別表第二の11の項\t保険料の計算\t同上
\t\t番号法別表第二の12の項\t保険料の減免\t住民税の額
"""
HTML = """別紙1 提供先一覧
<table><tr><th>番号</th><th>提供先</th><th>法令上の根拠</th><th>用途</th><th>情報</th></tr>
<tr><td>1</td><td rowspan="2">みほん県知事</td><td>番号法別表第二の8の項</td><td>手当の認定</td><td rowspan="3">住民税の額</td></tr>
<tr><td>2</td><td>番号法別表第二の9の項</td><td>手当の認定</td></tr>
<tr><td>3</td><td>ためし市長</td><td>番号法別表第二の11の項</td><td>保険料の計算</td></tr></table>
"""
PIPES = """別紙1 提供先一覧

| 番号 | 提供先 | 法令上の根拠 | 用途 | 情報 |
|---|---|---|---|---|
| 1 | みほん県知事 | 番号法別表第二の8の項 | 手当の認定 | 住民税の額 |
| 2 | ためし市長 | 番号法別表第二の11の項 |  | 住民税の額 |
"""


def rows_of(appendix: str, handover: str = REFERRING, where: str = "keep") -> list[Handover]:
    """Return the provisions of a document's appendix, which stands behind one of its parts."""
    facts = facts_of(tabbed(handover=handover, **{where: f"{PARTS[where]}\n{appendix}\n"}))
    return [one for one in facts.handovers if one.row]


@pytest.mark.parametrize("where", ["keep", "annex", "changes"])
def test_rows_become_provisions_of_the_item_that_refers_to_them(where: str) -> None:
    """Recipient, basis, purpose and data of each row, wherever the list stands; 同上 is the cell above."""
    first, second, *_ = rows_of(TABS, where=where)
    assert (first.file, first.kind, first.number, first.row) == (FILE, FlowKind.PROVISION, 1, "別紙1.1")
    assert (first.recipients, first.legal_basis) == (("みほん県知事",), "番号法別表第二の8の項")
    assert (first.purpose, first.data) == ("手当の認定", "住民税の額")
    assert (second.recipients, second.data) == (("ためし市長",), "住民税の額")
    assert [one.item for one in first.evidence] == ["別紙1", "別紙1"]
    assert [one.quote for one in first.evidence] == ["みほん県知事", "番号法別表第二の8の項"]


def test_a_cell_over_several_rows_is_a_cell_of_each() -> None:
    """HTML tells how far a cell reaches."""
    rows = rows_of(HTML)
    assert [row.recipient for row in rows] == ["みほん県知事", "みほん県知事", "ためし市長"]
    assert {row.data for row in rows} == {"住民税の額"}


def test_an_empty_cell_moves_no_other() -> None:
    """The data stand in the column of data, although the purpose is empty."""
    _, second = rows_of(PIPES)
    assert (second.purpose, second.data) == (None, "住民税の額")


def test_a_row_without_a_name_is_kept_without_one() -> None:
    """An empty cell may be merged with the one above or lost: nobody is named, and the provision stays."""
    *_, last = rows_of(TABS)
    assert (last.recipient, last.recipients, last.legal_basis) == (None, (), "番号法別表第二の12の項")


def test_an_empty_first_cell_moves_no_other() -> None:
    """Tabs, bars and tags: the row's number is missing, and every word stays in its column."""
    html = HTML.replace("<tr><td>3</td>", "<tr><td></td>")
    pipes = PIPES.replace("| 2 | ためし市長", "|  | ためし市長")
    for table in (html, pipes, TABS.replace("2\tためし市長", "\tためし市長")):
        row = next(one for one in rows_of(table) if one.recipient == "ためし市長")
        assert row.legal_basis == "番号法別表第二の11の項"


def test_a_longer_number_is_another_list() -> None:
    """別紙1-2 is not 別紙1."""
    assert rows_of(TABS, handover=swap("handover", "みほん県知事", "別紙1-2のとおり")) == []


def test_each_row_is_a_movement_with_its_own_provision() -> None:
    """The flow to a recipient cites the provision of its row, and no other."""
    facts = facts_of(tabbed(handover=REFERRING, keep=f"{PARTS['keep']}\n{HTML}\n"))
    cited = {(flow.target, *(one.table_item for one in flow.legal_bases)) for flow in facts.flows if flow.number == 1}
    assert {("みほん県知事", "8"), ("みほん県知事", "9"), ("ためし市長", "11")} <= cited
    assert not any("別紙" in flow.target for flow in facts.flows)


def test_a_list_that_nothing_refers_to_belongs_to_no_item() -> None:
    """Whose recipients they are is not told: no provision is made of them."""
    assert rows_of(TABS, handover=PARTS["handover"]) == []


def test_the_list_ends_what_stood_open_before_it() -> None:
    """No cell of the form runs on into the appendix, and no row of it becomes 提供先n."""
    facts = facts_of(tabbed(handover=f"{REFERRING}\n{TABS}\n"))
    assert [one.number for one in facts.handovers if not one.row] == [1]
    assert facts.handovers[0].frequency == "求めを受けた都度"
    assert facts.storages
