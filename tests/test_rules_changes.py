"""The change table and 重大事故: what was, told apart from what is."""

from __future__ import annotations

import pytest

from extract.facts import Change
from tests.documents import PARTS, facts_of, plain, swap, tabbed

HEAD = "(別添3) 変更箇所\n変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明\n"
DAY = "令和5年4月1日"


def changes_of(table: str) -> tuple[Change, ...]:
    """Return the changes of a table."""
    return facts_of(tabbed(changes=table)).changes


def test_a_row() -> None:
    """Day, item, before, after, time of submission and why."""
    (change,) = changes_of(f"{HEAD}{DAY}\tⅡ 4. 委託先名\t株式会社甲\t株式会社乙\t事後\t契約の更新\n")
    assert (change.date, change.item) == ("2023-04-01", "Ⅱ 4.委託先名")
    assert (change.before, change.after) == ("株式会社甲", "株式会社乙")
    assert (change.timing, change.reason) == ("事後", "契約の更新")


def test_a_row_without_day_belongs_to_the_day_above() -> None:
    """A day is printed once for several rows."""
    found = changes_of(f"{HEAD}{DAY}\tⅠ 7. 部署\t甲課\t乙課\t事後\t-\n\tⅡ 6. 保管場所\t甲室\t乙室\t事後\t-\n")
    assert [(one.date, one.before) for one in found] == [("2023-04-01", "甲課"), ("2023-04-01", "甲室")]


@pytest.mark.parametrize("title", ["変更箇所", "(別添2)変更箇所", "別添3 変更箇所", "（別添３）変更箇所"])
def test_the_table_has_many_titles(title: str) -> None:
    """Each form numbers its annex otherwise."""
    assert len(changes_of(PARTS["changes"].replace("(別添3) 変更箇所", title))) == 1


def test_a_table_in_markdown() -> None:
    """Bars part the cells, and an empty one stays empty."""
    rows = f"| 変更日 | 項目 | 変更前の記載 | 変更後の記載 | 提出時期 | 提出時期に係る説明 |\n| --- | --- | --- | --- | --- | --- |\n| {DAY} | Ⅰ 7. 部署 | 甲課 | 乙課 | 事前 | - |\n"
    (change,) = changes_of(f"(別添3) 変更箇所\n\n{rows}")
    assert (change.before, change.after, change.timing) == ("甲課", "乙課", "事前")


def test_a_cell_of_several_lines() -> None:
    """A line feed inside a cell begins no row."""
    (change,) = changes_of(f"{HEAD}{DAY}\tⅠ 7. 部署\t甲課\n及び丙課\t乙課\t事後\t-\n")
    assert (change.before, change.after) == ("甲課及び丙課", "乙課")


def test_a_day_that_cannot_be() -> None:
    """The 31st of February dates nothing; the row is not lost with it."""
    found = changes_of(
        f"{HEAD}{DAY}\tⅠ 7. 部署\t甲課\t乙課\t事後\t-\n令和5年2月31日\tⅡ 6. 保管場所\t甲室\t乙室\t事後\t-\n"
    )
    assert "2023-02-31" not in {one.date for one in found}
    assert any("乙室" in (one.after or "") or "乙室" in (one.reason or "") for one in found)


def test_a_change_after_publication_is_contradictory() -> None:
    """A day later than 公表日 is kept as printed and reported."""
    facts = facts_of(tabbed(changes=swap("changes", DAY, "令和16年4月1日")))
    assert [one.date for one in facts.changes] == ["2034-04-01"]
    assert [gap.kind for gap in facts.gaps] == ["contradiction"]


def test_raw_text_tells_before_from_after_where_only_two_cells_stand() -> None:
    """Paragraph by paragraph: item, before, after with the time."""
    raw = f"(別添3) 変更箇所\n\n変更日\n\n項目\n\n{DAY}\n\nⅡ 6. 保管場所\n\n甲室\n\n乙室\n\n事後\n\n"
    (change,) = facts_of(plain(changes=raw)).changes
    assert (change.date, change.before, change.after, change.timing) == ("2023-04-01", "甲室", "乙室", "事後")


def test_raw_text_with_more_cells_does_not_guess() -> None:
    """Three paragraphs for two cells: which is which is not told."""
    raw = f"(別添3) 変更箇所\n\n変更日\n\n{DAY}\n\nⅡ 6. 保管場所\n\n甲室\n\n丙室\n\n乙室\n\n事後\n\n"
    (change,) = facts_of(plain(changes=raw)).changes
    assert (change.date, change.before, change.after) == ("2023-04-01", None, None)


def test_the_past_is_no_fact_of_today() -> None:
    """Companies, systems, laws and marks of the change table appear nowhere else."""
    past = "旧みほん統合宛名システムから株式会社ふるいへ送信する。番号法第19条第7号 [○] フラッシュメモリ"
    facts = facts_of(tabbed(changes=f"{HEAD}{DAY}\tⅠ 2. システム1 ②システムの機能\t{past}\t-\t事後\t-\n"))
    rest = (*facts.systems, *facts.flows, *facts.entrustments, *facts.legal_bases, *facts.aliases, *facts.media)
    assert not [fact for fact in rest if any(word in repr(fact) for word in ("ふるい", "旧みほん", "item='7'"))]


@pytest.mark.parametrize(
    ("printed", "occurred"), [("[発生なし]", "発生なし"), ("[発生あり]", "発生あり"), ("[]", "unclear")]
)
def test_incidents(printed: str, occurred: str) -> None:
    """重大事故: as selected, and unclear where nothing is."""
    (incident,) = facts_of(tabbed(risks=swap("risks", "[発生なし]", printed))).incidents
    assert incident.occurred == occurred


def test_the_content_of_an_incident() -> None:
    """その内容 is kept, a dash is none."""
    risks = swap("risks", "[発生なし]", "[発生あり]").replace("その内容\t-", "その内容\t通知書を誤って送った。")
    (incident,) = facts_of(tabbed(risks=risks)).incidents
    assert incident.content == "通知書を誤って送った。"
    assert facts_of(tabbed()).incidents[0].content is None


def test_a_day_over_several_rows() -> None:
    """A merged cell (HTML) and a ditto mark carry the day on."""
    merged = (
        f"(別添3) 変更箇所\n<table><tr><th>変更日</th><th>項目</th><th>変更前の記載</th><th>変更後の記載</th></tr>"
        f'<tr><td rowspan="2">{DAY}</td><td>Ⅰ 7. 部署</td><td>甲課</td><td>乙課</td><td>事後</td></tr>'
        "\n<tr><td>Ⅱ 6. 保管場所</td><td>甲室</td><td>乙室</td><td>事後</td></tr></table>\n"
    )
    ditto = f"{HEAD}{DAY}\tⅠ 7. 部署\t甲課\t乙課\t事後\t-\n〃\tⅡ 6. 保管場所\t甲室\t乙室\t事後\t〃\n"
    for table in (merged, ditto):
        found = [(one.date, one.item, one.before, one.after) for one in changes_of(table)]
        assert found == [
            ("2023-04-01", "Ⅰ 7.部署", "甲課", "乙課"),
            ("2023-04-01", "Ⅱ 6.保管場所", "甲室", "乙室"),
        ]


def test_an_empty_cell_is_no_reason_to_take_the_next_one_for_it() -> None:
    """What is new has nothing before it."""
    (change,) = changes_of(f"{HEAD}{DAY}\tⅡ 4. 委託先名\t\t株式会社乙\t事後\t契約\n")
    assert (change.before, change.after) == (None, "株式会社乙")


def test_days_and_items_in_columns() -> None:
    """Raw text with as many items as days pairs them; cells that only 事前 and 事後 part follow."""
    days = "令和2年4月1日\n\n令和3年4月1日\n\n"
    items = "Ⅱ 6. 保管場所\n\nⅡ 4. 委託先名\n\n"
    cells = "甲室\n\n乙室\n\n事前\n\n施設の更新\n\n甲社\n\n乙社\n\n事後\n\n契約の更新\n\n"
    found = facts_of(plain(changes=f"(別添3) 変更箇所\n\n変更日\n\n項目\n\n{days}{items}{cells}")).changes
    assert [(one.date, one.item) for one in found] == [("2020-04-01", "Ⅱ 6.保管場所"), ("2021-04-01", "Ⅱ 4.委託先名")]
    assert [(one.before, one.after, one.timing) for one in found] == [
        ("甲室", "乙室", "事前"),
        ("甲社", "乙社", "事後"),
    ]


def test_more_days_than_items_tell_the_days_only() -> None:
    """Which item changed on which day is not told by the order."""
    raw = "(別添3) 変更箇所\n\n変更日\n\n令和2年4月1日\n\n令和3年4月1日\n\nⅡ 6. 保管場所\n\n甲室\n\n乙室\n\n事後\n\n"
    found = facts_of(plain(changes=raw)).changes
    assert [(one.date, one.item, one.before) for one in found] == [
        ("2020-04-01", None, None),
        ("2021-04-01", None, None),
    ]


def test_a_line_that_holds_item_and_words_before() -> None:
    """What stands below 項目 and 変更前 is 変更後; a reason that begins with VRS is no item of Ⅴ."""
    row = "令和4年3月31日 Ⅰ　１．③システムの名称 みほんシステム\nみほんシステム、ためし\nシステム\n事後 VRSの導入\n\n"
    (change,) = facts_of(plain(changes=f"(別添3) 変更箇所\n\n変更日 項目 変更前の記載\n\n{row}")).changes
    assert (change.before, change.after) == ("みほんシステム", "みほんシステム、ためしシステム")


def test_cells_side_by_side_below_others_are_not_told_apart() -> None:
    """Which line belongs to which column is unknown."""
    row = "令和4年3月31日 Ⅱ　１．対象人数 いつの\n数か\n令和3年 令和4年 事後 時点修正\n\n"
    (change,) = facts_of(plain(changes=f"(別添3) 変更箇所\n\n変更日 項目 変更前の記載\n\n{row}")).changes
    assert (change.before, change.after, change.timing) == (None, None, "事後")
