"""What a document announces, declares or refers to and does not hold: one gap for each, and none for a whole one."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import pytest

from tests.documents import PARTS, facts_of, plain, swap, tabbed

BOX = '<input type="checkbox"/>'


def gaps_of(text: str) -> dict[str, list[str]]:
    """Return what is missing, by the kind of gap."""
    found: dict[str, list[str]] = {}
    for gap in facts_of(text).gaps:
        found.setdefault(gap.kind, []).append(gap.what)
    return found


@pytest.mark.parametrize("write", [tabbed, plain])
def test_a_whole_document_has_no_gap(write: Callable[[], str]) -> None:
    """Nothing is reported as missing that is there."""
    assert gaps_of(write()) == {}


CASES = MappingProxyType(
    {
        "表紙の公表日がない": ("value", "公表日", {"cover": swap("cover", "公表日\n令和6年4月1日", "")}),
        "表紙の評価書番号がない": ("value", "評価書番号", {"cover": swap("cover", "7\t架空", "\t架空")}),
        "システムの節がない": ("item", "システムの名称", {"systems": ""}),
        "個人番号の利用の根拠がない": ("item", "法令上の根拠", {"rest": PARTS["rest"].replace("法令上の根拠", "根拠")}),
        "入手元がない": ("section", "入手元", {"get": ""}),
        "保管場所がない": ("section", "保管場所", {"keep": ""}),
        "別添の内容がない": (
            "annex",
            "記録項目",
            {"annex": "(別添2) 特定個人情報ファイル記録項目\n別紙のとおり\n"},
        ),
        "参照する別紙がない": (
            "annex",
            "別紙3",
            {"get": swap("get", "年に一度の申告の時期", "別紙3を参照")},
        ),
        "委託の件数が合わない": ("count", "委託は3件", {"entrust": swap("entrust", "(1) 件", "(3) 件")}),
        "提供の件数が合わない": ("count", "提供は20件", {"handover": swap("handover", "(1) 件", "(20) 件")}),
        "件数が書かれていない": ("count", "件数の記載がない", {"handover": swap("handover", "(1) 件", "( ) 件")}),
        "システムの番号が飛ぶ": (
            "count",
            "システム2",
            {
                "systems": PARTS["systems"]
                + PARTS["systems"].partition("\n")[2].replace("システム1", "システム3").replace("架空税務", "甲")
            },
        ),
        "選択が読めない": ("value", "再委託の有無", {"entrust": swap("entrust", "[再委託しない]", "[]")}),
        "委託先が未定": ("value", "未定", {"entrust": swap("entrust", "株式会社見本情報", "未定")}),
        "印が読めない": (
            "mark",
            "入手方法",
            {"get": swap("get", "[○] 紙", f"{BOX} 紙").replace("[○] 専用線", f"{BOX} 専用線")},
        ),
        "変更日が公表日より後": (
            "contradiction",
            "2034-04-01",
            {"changes": swap("changes", "令和5年4月1日", "令和16年4月1日")},
        ),
    }
)
"""For each kind of loss: the kind of gap, a word of what is said, and the parts of the form that suffer it."""


@pytest.mark.parametrize("name", CASES)
def test_a_loss_is_reported(name: str) -> None:
    """The loss gives a gap of its kind that says in Japanese what is missing."""
    kind, word, parts = CASES[name]
    found = gaps_of(tabbed(**parts))
    assert any(word in what for what in found.get(kind, [])), found


@pytest.mark.parametrize("write", [tabbed, plain])
def test_a_cut_document_says_where_it_ends(write: Callable[..., str]) -> None:
    """What comes after the last item is missing, and is said to be."""
    text = write()
    found = gaps_of(text[: text.index("④委託先への")])
    assert len(found["cut"]) == 1


def test_an_annex_that_is_there_is_no_gap() -> None:
    """A reference to an annex printed below refers to something."""
    get = swap("get", "年に一度の申告の時期", "別紙3を参照")
    assert "annex" not in gaps_of(
        tabbed(get=get, annex=PARTS["annex"] + "\n別紙3\n申告の時期は、毎年二月から三月までとする。\n")
    )


def test_a_table_of_a_law_is_no_annex() -> None:
    """「別表第二に掲げる」 refers to the law."""
    assert "annex" not in gaps_of(tabbed(get=swap("get", "年に一度の申告の時期", "番号法別表第二に掲げる時期")))


def test_an_annex_is_reported_once() -> None:
    """Three references to one missing annex are one gap."""
    get = swap("get", "年に一度の申告の時期", "別紙3を参照").replace("申告の内容を確かめる。", "別紙3のとおり。")
    assert len(gaps_of(tabbed(get=get))["annex"]) == 1


def test_the_basic_form_misses_less() -> None:
    """様式2 has no section Ⅱ; what it never had is not missing."""
    none = dict.fromkeys(("file", "get", "entrust", "handover", "keep", "annex", "risks", "systems"), "")
    business = "Ⅰ 関連情報\n1. 特定個人情報ファイルを取り扱う事務\n①事務の名称\t税\n②事務の概要\t計算\n③システムの名称\t甲システム\n"
    cover = PARTS["cover"].replace("全項目", "基礎項目")
    rest = PARTS["rest"].partition("(別添1)")[0]
    assert gaps_of(tabbed(cover=cover, business=business, rest=rest, **none)) == {}


def test_every_gap_has_its_place() -> None:
    """A gap is quoted from the text, too."""
    for _, _, parts in CASES.values():
        text = tabbed(**parts)
        for gap in facts_of(text).gaps:
            assert all(text[one.start : one.end] == one.quote for one in gap.evidence)
