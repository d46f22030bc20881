"""What stands in and behind the name of a body, and what is no name."""

from __future__ import annotations

import pytest

from extract.bodies import hide_forms, holds_form, is_class, names_body, show_forms, without_notes


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("株式会社みほん", "株式会社みほん"),
        ("みほん電算（株）", "みほん電算（株）"),
        ("(有)ためし", "(有)ためし"),
        ("（公財）みほん財団（受託者）", "（公財）みほん財団"),
        ("みほん電算（株）（令和3年度末まで）", "みほん電算（株）"),
        ("みほん電算（ためし電算（株）の後継）", "みほん電算（ためし電算（株）の後継）"),
        ("みほん電算（旧：ためし電算（株））", "みほん電算"),
        ("みほん・ためしコンソーシアム（みほん電算（株）、ためし公社）", "みほん・ためしコンソーシアム"),
        ("株式会社みほん　外2社", "株式会社みほん"),
        ("株式会社みほん、他", "株式会社みほん"),
        ("みほん県医師会連合会（医連合会）", "みほん県医師会連合会"),
        ("都道府県等", "都道府県等"),
        ("（みほん）", "（みほん）"),
        ("みほん）", "みほん）"),
    ],
)
def test_notes_are_no_part_of_a_name(printed: str, name: str) -> None:
    """Roles, periods and counts go; a body in a parenthesis and the legal form stay."""
    assert without_notes(printed) == name


def test_hidden_forms_come_back() -> None:
    """What is hidden is shown again as printed, in both widths."""
    for text in ("（株）みほん(有)（社福）ためし会（代表）", "みほん", ""):
        assert show_forms(hide_forms(text)) == text


@pytest.mark.parametrize(
    "name",
    [
        "人材派遣会社",
        "運送業者",
        "印刷・封入封緘業者",
        "落札者",
        "町が指定する業者",
        "その関連会社",
        "システム保守事業者等",
    ],
)
def test_a_class_of_companies_names_none(name: str) -> None:
    """Only words of trade before 会社 or 業者."""
    assert is_class(name)


@pytest.mark.parametrize("name", ["みほん運送会社", "株式会社みほん", "みほん印刷株式会社", "例示市事業者会館"])
def test_a_name_is_no_class(name: str) -> None:
    """A word that is no trade's makes it a name."""
    assert not is_class(name)


@pytest.mark.parametrize("name", ["みほん公社", "へいさか町", "みほん電算（株）", "㈱ためし"])
def test_bodies(name: str) -> None:
    """The words of a body, also behind a place in hiragana."""
    assert names_body(name)


@pytest.mark.parametrize(
    "text",
    [
        "みほん課①法令上の根拠",
        "提供先における用途",
        "みほん課⓶ためし事務",
        "[ ]専用線",
        "□紙",
        "2) 再委託しない",
        "<選択肢>",
    ],
)
def test_the_form_itself_is_no_name(text: str) -> None:
    """Labels, options, boxes and inner numbers show that the cell's edges were lost."""
    assert holds_form(text)


@pytest.mark.parametrize(
    "text", ["みほん資格システム①", "①みほん課", "みほん課（①の担当）", "5) みほん課", "保管場所管理課"]
)
def test_names_hold_no_form(text: str) -> None:
    """A number at either end, or in a note, is no sign of the form."""
    assert not holds_form(text)
