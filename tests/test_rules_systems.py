"""The systems of the form, their short names, and the grid of their connections."""

from __future__ import annotations

from extract.facts import Basis, Connection, Facts, Mark
from tests.documents import PARTS, SYSTEM, facts_of, swap, tabbed


def others_of(facts: Facts) -> list[Connection]:
    """Return the connections out of その他（…）."""
    return [one for one in facts.connections if one.other]


def test_a_system_of_the_form() -> None:
    """Number, name, kind and function."""
    (system,) = facts_of(tabbed()).systems
    assert (system.number, system.name, system.kind) == (1, SYSTEM, "tax")
    assert system.function == "申告の内容を記録し、税額を計算する。"


def test_a_name_without_its_notes() -> None:
    """The definition in the cell gives the short name; the note is kept apart."""
    printed = "架空税務システム（以下「税システム」という。）※令和7年に更新"
    (system,) = facts_of(tabbed(systems=swap("systems", SYSTEM, printed))).systems
    assert (system.name, system.aliases) == (SYSTEM, ("税システム",))
    assert system.note is not None
    assert "令和7年" in system.note


def test_a_short_name_defined_elsewhere() -> None:
    """A definition in another item names the same system."""
    business = swap("business", "住民の申告を", f"{SYSTEM}（以下「本システム」という。）で申告を")
    (system,) = facts_of(tabbed(business=business)).systems
    assert system.aliases == ("本システム",)


def test_blank_systems_are_none() -> None:
    """システム2～5 as a mere heading, or with empty cells, is no system."""
    blank = "システム2\n①システムの名称\t\n②システムの機能\t-\n③他のシステムとの接続\t\nシステム6～10\n"
    assert [one.number for one in facts_of(tabbed(systems=PARTS["systems"] + blank)).systems] == [1]


def test_each_name_of_others_is_a_connection() -> None:
    """その他（甲、乙） connects to both."""
    systems = swap("systems", "[ ] その他 ( )", "[○] その他 (みほん収納システム、みほん統計システム)")
    found = [(one.target, one.mark.state) for one in others_of(facts_of(tabbed(systems=systems)))]
    assert found == [("みほん収納システム", Mark.YES), ("みほん統計システム", Mark.YES)]


def test_others_that_are_not_ticked_stay_so() -> None:
    """Names beside an explicitly empty box do not tick it."""
    systems = swap("systems", "[ ] その他 ( )", "[ ] その他 (みほん収納システム)")
    assert [one.mark.state for one in others_of(facts_of(tabbed(systems=systems)))] == [Mark.NO]


def test_names_settle_a_lost_mark() -> None:
    """Where the scan lost the marks, a name in the parenthesis says yes, for その他 alone."""
    box = '<input type="checkbox"/>'
    grid = swap("systems", "[ ] その他 ( )", "[ ] その他 (みほん収納システム)")
    facts = facts_of(tabbed(systems=grid.replace("[ ]", box).replace("[○]", box)))
    assert {one.mark.state for one in facts.connections if not one.other} == {Mark.UNCLEAR}
    (other,) = others_of(facts)
    assert (other.mark.state, other.mark.basis) == (Mark.YES, Basis.PARENTHESIS)


def test_a_system_without_grid_has_no_connections() -> None:
    """What is not printed is not no."""
    systems = PARTS["systems"].partition("③")[0]
    assert facts_of(tabbed(systems=systems)).connections == ()


def test_a_grid_without_system_is_nobodys() -> None:
    """Where the name is lost the boxes are not given to another system."""
    systems = swap("systems", f"①システムの名称\t{SYSTEM}\n", "")
    assert facts_of(tabbed(systems=systems)).connections == ()


def test_the_list_of_the_basic_form() -> None:
    """③システムの名称 of 様式2 is a list: lines, commas or numbers part the names."""
    for printed in (
        "甲システム、乙システム",
        "甲システム\n乙システム",
        "①甲システム ②乙システム",
        "・甲システム\n・乙システム",
    ):
        cover = PARTS["cover"].replace("全項目", "基礎項目")
        business = f"Ⅰ 関連情報\n1. 特定個人情報ファイルを取り扱う事務\n①事務の名称\t架空税の事務\n②事務の概要\t計算\n③システムの名称\t{printed}\n"
        rest = PARTS["rest"].replace("3. 特定個人情報ファイル名", "2. 特定個人情報ファイル名").partition("(別添1)")[0]
        none = dict.fromkeys(("systems", "file", "get", "entrust", "handover", "keep", "annex", "risks"), "")
        systems = facts_of(tabbed(cover=cover, business=business, rest=rest, **none)).systems
        assert [(one.number, one.name) for one in systems] == [(1, "甲システム"), (2, "乙システム")], printed
