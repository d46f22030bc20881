"""The sample assessments: what each shows, and that its gold stands in it.

| sample | form | shape | shows |
|---|---|---|---|
| 10001_kakuu | 全項目, two files | recognised text, tab tables | most notations of marks, lost lists, scrambled selections, a lost heading, \
shifted rows, missing annexes, 同上 and 未定, an impossible date |
| 10002_mihon_cho | 重点項目 | scrambled PDF dump | split marks, grids before their headings, parentheses apart |
| 10003_reiji_mura | 基礎項目 | plain text | list of systems, change table, threshold questions |
| 10004_mihon_ken | 重点項目 | HTML tables, some nested | a list settled by the change table, merged cells; shares a company with 10001 |
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extract.normalize import folded

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "extract" / "samples").glob("*.txt"))
NAMES = [path.stem for path in SAMPLES]

SHOWN = {
    "10001_kakuu": {
        "tab table": r"^①事務の名称\t",
        "label after its value": r"\n\n②事務の内容 ※\n\n",
        "unclosed list": r'<ul style="[^"]*">(?!.*</ul>)',
        "text in half brackets": r"<架空市における措置>",
        "checked input": r'\[<input checked="" type="radio"/>\]',
        "scanned ring": r'\[<input type="radio"/>\]',
        "bare boxes": r'①入手元 ※\t<input type="checkbox"/> 本人',
        "half bracket": r"\[○ 電子記録媒体",
        "letter": r"\[O\] 専用線",
        "several notations in a line": r'\[<input type="radio"/>\] 紙 \[ \] .*\[O\].*\[ ○ \].*\[○\]',
        "value before its brackets": r"50人以上100人未満 \[\] <選択肢>",
        "value without opening bracket": r"\t10万人以上100万人未満\] <選択肢>",
        "lost label": r"^\t資格を正しく管理し",
        "shifted rows": r"^④入手に係る妥当性\t\n⑤本人への明示\t届出だけでは",
        "lost heading row": r"^①法令上の根拠\tこども部子育て支援課 番号法",
        "grid repeated": r"\[\] 宛名システム等 \[<input type=\"radio\"/>\] 税務システム\n",
        "nested table": r"⑥提供方法\t<table",
        "continued cell": r"\n\n\t<p>・国保連から送られた",
        "blank block": r"^提供先1\t\n①法令上の根拠\t\n",
        "two lists side by side": r"^1\.宛名番号\t1\.資格取得年月日$",
        "missing annex": r"別紙1を参照",
        "count that does not match": r"提供を行っている \(4\) 件",
        "same as above": r"⑥委託先名\t同上",
        "not decided": r"⑥委託先名\t未定",
        "recognition slip": r"平茂28年",
        "spaces in a word": r"特 定 個 人 情 報",
        "full-width digits": r"第２条の表の１３１の項",
        "unbalanced bracket": r"\(再委託先は有限会社みほんオペレーション$",
        "impossible date": r"^令和17年4月1日\t",
        "the past": r"\t住民情報統合宛名システム\t団体内統合宛名システム\t",
        "definition": r"\(以下「国保システム」という。\)",
    },
    "10002_mihon_cho": {
        "page start": r"^  [^ ]",
        "open mark at a line's end": r"\[ ○$",
        "label without its bracket": r"^\] 税務システム$",
        "grid before its system": r"税務システム[\s\S]*^ システム1$",
        "content above its heading": r"①委託内容[\s\S]*^ 委託事項1$",
        "upright label": r"^再\n委\n託$",
        "parenthesis apart": r"その他 （\n\n）",
        "options later": r"^＜選択肢＞$",
    },
    "10003_reiji_mura": {
        "list of systems": r"③システムの名称\n1．村民税システム\n2．",
        "change table": r"^変更箇所\n",
        "incident": r"重大事故が発生したか\n\[ 発生なし \]",
        "old numbering in the past": r"別表第一の16の項\t別表の24の項",
    },
    "10004_mihon_ken": {
        "nested table": r"<td><table><tr><td>\[<input type=\"radio\"/>\] 本人",
        "merged cells": r"⑤保有開始日\t平成28年1月1日 保健医療部",
        "all boxes alike": r"<td>\[<input type=\"checkbox\"/>\] 紙</td><td>\[<input type=\"checkbox\"/>\] 電子記録媒体",
        "settled by the change table": r"\[○\] 紙 \[ \] フラッシュメモリ \[○\] 情報提供ネットワークシステム",
        "several entrustees": r"かくう印刷協同組合及び例示ビジネスサービス株式会社",
        "full and half brackets": r"＜みほん県における措置＞[\s\S]*<中間サーバー・プラットフォームにおける措置>",
    },
}


def _text(name: str) -> str:
    return (ROOT / "extract" / "samples" / f"{name}.txt").read_text(encoding="utf-8")


def _gold(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((ROOT / "tests" / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return gold


def test_every_sample_is_listed() -> None:
    """A sample that nobody describes is a sample that nobody checks."""
    assert sorted(SHOWN) == NAMES


@pytest.mark.parametrize(("name", "what"), [(name, what) for name in SHOWN for what in SHOWN[name]])
def test_sample_shows_what_it_announces(name: str, what: str) -> None:
    """Each damage and each turn of the story is really in the text."""
    assert re.search(SHOWN[name][what], _text(name), re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_gold_quotes_stand_at_their_lines(name: str) -> None:
    """A movement's quote begins on the line that the gold names."""
    lines = _text(name).split("\n")
    for row in _gold(name)["flows"]:
        near = folded("".join(lines[row["line"] - 1 : row["line"] + 40]))
        assert folded(row["quote"])[:60] in near, row


@pytest.mark.parametrize("name", NAMES)
def test_gold_names_its_document(name: str) -> None:
    """The scorer pairs a gold file with its text by this name."""
    assert _gold(name)["document"] == f"{name}.txt"


def test_one_company_serves_two_bodies() -> None:
    """架空市 and みほん県 entrust the same company, which re-entrusts to different ones."""
    company = "株式会社サンプルデータ"
    subs = [
        set(row["sub_entrustees"])
        for name in ("10001_kakuu", "10004_mihon_ken")
        for row in _gold(name)["entrustments"]
        if company in row["entrustees"]
    ]
    assert len(subs) == 2
    assert not subs[0] & subs[1]


def test_two_documents_disagree() -> None:
    """架空市 says that it provides to みほん県; みほん県 names no municipality among its sources."""
    recipients = [row["recipient"] for row in _gold("10001_kakuu")["provisions"]]
    sources = {row["source_kind"]: row for row in _gold("10004_mihon_ken")["acquisitions"]}
    assert "みほん県知事" in recipients
    assert sources["地方公共団体・地方独立行政法人"]["state"] == "no"
