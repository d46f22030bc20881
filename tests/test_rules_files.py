"""Section Ⅱ of each file: what it is, what it records, where its data come from, who uses it."""

from __future__ import annotations

import pytest

from extract.facts import FlowKind, Mark
from tests.documents import FILE, PARTS, facts_of, swap, tabbed


def test_a_file() -> None:
    """Every value of Ⅱ-1, 2, 3 and 6."""
    (file,) = facts_of(tabbed()).files
    assert (file.name, file.kind, file.subjects) == (FILE, "システム用ファイル", "1万人以上10万人未満")
    assert (file.scope, file.items, file.since) == ("申告をした住民", "100項目以上", "平成28年1月1日")
    assert (file.department, file.retention) == ("財務部みほん課", "6年以上10年未満")
    assert (file.use_since, file.purpose) == ("平成28年1月1日", "税額の計算")


def test_the_use_of_a_file() -> None:
    """⑦使用の主体 and ⑧使用方法."""
    (use,) = facts_of(tabbed(get=swap("get", "使用部署\t財務部みほん課", "使用部署\t財務部みほん課、市民課"))).uses
    assert (use.departments, use.users) == (("財務部みほん課", "市民課"), "10人以上50人未満")
    assert (use.method, use.matching) == ("申告の内容を確かめる。", "住所と氏名を突き合わせる。")


@pytest.mark.parametrize("value", ["-", "－", "―", "なし", "該当なし", ""])
def test_a_blank_cell_says_nothing(value: str) -> None:
    """What the form's cell leaves open is None, not a word."""
    (file,) = facts_of(tabbed(file=swap("file", "申告をした住民", value))).files
    assert file.scope is None


def test_a_name_of_the_list_without_section_is_a_file() -> None:
    """Ⅰ-3 may list more files than the text has sections for."""
    rest = swap("rest", f"3. 特定個人情報ファイル名\n{FILE}", f"3. 特定個人情報ファイル名\n{FILE}\nみほん収納ファイル")
    files = facts_of(tabbed(rest=rest)).files
    assert [(one.name, one.kind) for one in files] == [(FILE, "システム用ファイル"), ("みほん収納ファイル", None)]


def test_a_lost_name_is_taken_from_the_list() -> None:
    """One section and one name in Ⅰ-3 belong together."""
    file = swap("file", f"1. 特定個人情報ファイル名\n{FILE}\n", "")
    assert [one.name for one in facts_of(tabbed(file=file)).files] == [FILE]


def test_a_lost_name_that_nothing_tells_is_said_to_be_lost() -> None:
    """No name is made up."""
    file = swap("file", f"1. 特定個人情報ファイル名\n{FILE}\n", "")
    rest = swap("rest", f"3. 特定個人情報ファイル名\n{FILE}\n", "")
    (found,) = facts_of(tabbed(file=file, rest=rest)).files
    assert "名称の記載なし" in found.name


def test_what_belongs_to_a_file_names_it() -> None:
    """Two files: no box, record or place of one is the other's."""
    section = "".join(PARTS[part] for part in ("file", "get", "entrust", "handover", "keep"))
    second = section.replace(FILE, "みほん収納ファイル").replace("[○] 紙", "[ ] 紙").replace("国税庁", "日本年金機構")
    facts = facts_of(tabbed(annex=second + PARTS["annex"]))
    assert [one.name for one in facts.files] == [FILE, "みほん収納ファイル"]
    paper = {one.file: one.mark.state for one in facts.media if one.medium == "紙" and one.of is FlowKind.ACQUISITION}
    assert paper == {FILE: Mark.YES, "みほん収納ファイル": Mark.NO}
    names = {one.file: one.names for one in facts.sources if one.names}
    assert names == {FILE: ("国税庁",), "みほん収納ファイル": ("日本年金機構",)}
    assert [one.file for one in facts.entrustments] == [FILE, "みほん収納ファイル"]


def test_the_detail_of_a_medium() -> None:
    """その他（…） keeps its words."""
    get = swap("get", "[ ] その他 ( )\n③入手", "[○] その他 ( 住民基本台帳ネットワークシステム )\n③入手")
    media = [
        one for one in facts_of(tabbed(get=get)).media if one.of is FlowKind.ACQUISITION and one.medium == "その他"
    ]
    assert [(one.detail, one.mark.state) for one in media] == [("住民基本台帳ネットワークシステム", Mark.YES)]
