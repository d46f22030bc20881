"""The cover and the general items: which assessment, of which body; who is in charge; what short names mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import Evaluation, Form
from tests.documents import PARTS, facts_of, plain, swap, tabbed


def cover_of(text: str) -> Evaluation:
    """Return the cover of a document."""
    return facts_of(text).evaluation


@pytest.mark.parametrize("write", [tabbed, plain])
def test_the_cover(write: Callable[[], str]) -> None:
    """Number, title, form, body, office, business and day, each as the cover has it."""
    cover = cover_of(write())
    assert (cover.number, cover.title) == ("7", "架空市民税に関する事務全項目評価書")
    assert (cover.form, cover.agency, cover.office) == (Form.FULL, "架空市", "架空市長")
    assert (cover.business, cover.published) == ("架空市民税に関する事務", "2024-04-01")
    assert (cover.subjects, cover.remarks) == ("1万人以上10万人未満", "夜間の処理はない。")


@pytest.mark.parametrize(
    ("printed", "number"),
    [("7", "7"), ("第7号", "7"), ("０７", "07"), ("12-3", "12-3"), ("１２", "12")],
)
def test_the_number(printed: str, number: str) -> None:
    """Offices print the number in many ways."""
    assert cover_of(tabbed(cover=swap("cover", "\n7\t", f"\n{printed}\t"))).number == number


@pytest.mark.parametrize(
    "values",
    [
        "評価書番号\t7\n評価書名\t架空市民税に関する事務 全項目評価書",
        "評価書番号\n7\n\n評価書名\n架空市民税に関する事務 全項目評価書",
        "評価書番号\t評価書名\n7\t架空市民税に関する\n事務 全項目評価書",
        "| 評価書番号 | 評価書名 |\n| --- | --- |\n| 7 | 架空市民税に関する事務 全項目評価書 |",
    ],
)
def test_number_and_title_stand_beside_or_below_their_labels(values: str) -> None:
    """A header row, a column of two, lines apart."""
    printed = "評価書番号\t評価書名\n7\t架空市民税に関する事務 全項目評価書"
    cover = cover_of(tabbed(cover=swap("cover", printed, values)))
    assert (cover.number, cover.title) == ("7", "架空市民税に関する事務全項目評価書")


@pytest.mark.parametrize("form", list(Form))
def test_the_form_by_its_title(form: Form) -> None:
    """The title names the form."""
    assert cover_of(tabbed(cover=PARTS["cover"].replace("全項目", form.value))).form is form


@pytest.mark.parametrize(("version", "form"), [("様式4", Form.FULL), ("様式３", Form.FOCUSED), ("様式2", Form.BASIC)])
def test_the_form_by_the_number_of_its_version(version: str, form: Form) -> None:
    """Where no title names it, the number of the form does."""
    cover = PARTS["cover"].replace("全項目評価書", "評価書") + f"[令和6年10月 {version}]\n"
    found = cover_of(tabbed(cover=cover))
    assert (found.form, found.form_version) == (form, f"令和6年10月{version}")


def test_the_form_by_the_items_that_only_it_has() -> None:
    """Without title and version the items tell."""
    assert cover_of(tabbed(cover=PARTS["cover"].replace("全項目評価書", "評価書"))).form is Form.FULL


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("令和6年4月1日", "2024-04-01"),
        ("令 和 ６ 年 ４ 月 １ 日", "2024-04-01"),
        ("平茂28年1月1日", "2016-01-01"),
        ("2024/4/1", "2024-04-01"),
        ("未定", None),
        ("", None),
    ],
)
def test_the_day_of_publication(printed: str, day: str | None) -> None:
    """A day that is not printed is not taken from elsewhere."""
    text = tabbed(cover=swap("cover", "令和6年4月1日", printed), changes="")
    assert cover_of(text).published == day


def test_the_day_of_approval_is_not_that_of_publication() -> None:
    """承認日 has a label of its own."""
    approved = "個人情報保護委員会 承認日 【行政機関等のみ】\n令和5年12月1日\n\n公表日\n"
    assert cover_of(tabbed(cover=swap("cover", "公表日\n", approved))).published == "2024-04-01"


def test_the_body_is_taken_from_the_declaration() -> None:
    """Where the name of the agency is missing, the body that declares is it."""
    assert cover_of(tabbed(cover=swap("cover", "評価実施機関名\n架空市長\n", ""))).agency == "架空市"


def test_nothing_is_invented_for_an_empty_cover() -> None:
    """A cover without values states none."""
    cover = cover_of(tabbed(cover="", changes=""))
    assert (cover.number, cover.title, cover.agency, cover.published) == (None, None, None, None)


def test_the_department_in_charge() -> None:
    """①部署 with ②所属長."""
    (department,) = facts_of(tabbed()).departments
    assert (department.name, department.head) == ("財務部みほん課", "みほん課長")


@pytest.mark.parametrize(
    ("printed", "names"),
    [("-", []), ("なし", []), ("架空市教育委員会", ["架空市教育委員会"]), ("甲町長、乙町長", ["甲町長", "乙町長"])],
)
def test_other_agencies(printed: str, names: list[str]) -> None:
    """他の評価実施機関: each one named, or none."""
    rest = swap("rest", "8. 他の評価実施機関\n-", f"8. 他の評価実施機関\n{printed}")
    assert [one.name for one in facts_of(tabbed(rest=rest)).other_agencies] == names


def test_short_names_hold_for_the_whole_document() -> None:
    """「以下「…」という」 anywhere before the change table is a definition."""
    text = tabbed(
        risks=swap("risks", "窓口で書類を", "みほん電算機構（以下「機構」という。）が窓口で書類を"),
        changes=swap("changes", "株式会社ふるい", "旧みほん機構（以下「旧機構」という。）"),
    )
    assert [(alias.short, alias.full) for alias in facts_of(text).aliases] == [("機構", "みほん電算機構")]


@pytest.mark.parametrize("write", [tabbed, plain])
def test_number_and_title_on_one_line(write: Callable[..., str]) -> None:
    """White space alone parts 7 from the title that follows it."""
    cover = swap("cover", "7\t架空市民税に関する事務 全項目評価書", "7 架空市民税に関する事務　全項目評価書")
    evaluation = facts_of(write(cover=cover.replace("評価書番号\t評価書名", "評価書番号 評価書名"))).evaluation
    assert (evaluation.number, evaluation.title) == ("7", "架空市民税に関する事務全項目評価書")
