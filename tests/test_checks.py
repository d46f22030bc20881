"""Lists of boxes gathered from their cell or from a scrambled page, with what stands in their parentheses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.checks import labels_of
from extract.facts import Facts, FlowKind, Mark
from extract.form import CHECK_LISTS
from tests.documents import PARTS, facts_of, plain, swap, tabbed


def sources_of(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return the names beside each box of 入手元 that has some."""
    return {source.kind: source.names for source in facts.sources if source.names}


def test_every_box_of_the_form_is_stated_once() -> None:
    """Nineteen categories, six sources, eight media: no box is missing and none comes twice."""
    for text in (tabbed(), plain()):
        facts = facts_of(text)
        assert [one.category for one in facts.categories] == labels_of("file.categories")
        assert [one.kind for one in facts.sources] == labels_of("get.sources")
        media = [one.medium for one in facts.media if one.of is FlowKind.ACQUISITION]
        assert media == labels_of("get.media")


def test_a_box_that_is_not_found_is_unclear() -> None:
    """A scan that lost three boxes has not emptied them."""
    get = swap("get", " [ ] フラッシュメモリ [ ] 電子メール [○] 専用線", "")
    media = {one.medium: one.mark for one in facts_of(tabbed(get=get)).media if one.of is FlowKind.ACQUISITION}
    assert {media[label].state for label in ("フラッシュメモリ", "電子メール", "専用線")} == {Mark.UNCLEAR}
    assert "見つからない" in media["専用線"].why


def test_names_in_parentheses() -> None:
    """Each name beside a box is one source."""
    get = swap("get", "(国税庁)", "(国税庁、日本年金機構\n全国健康保険協会)")
    assert sources_of(facts_of(tabbed(get=get))) == {
        "行政機関・独立行政法人等": ("国税庁", "日本年金機構", "全国健康保険協会")
    }


def test_a_parenthesis_in_a_parenthesis() -> None:
    """An inner bracket does not end the outer one."""
    get = swap("get", "(国税庁)", "(国税庁（みほん税務署）、日本年金機構)")
    assert sources_of(facts_of(tabbed(get=get))) == {
        "行政機関・独立行政法人等": ("国税庁（みほん税務署）", "日本年金機構")
    }


def test_an_unclosed_parenthesis_ends_at_the_next_box() -> None:
    """A lost bracket does not swallow the list."""
    facts = facts_of(tabbed(get=swap("get", "(国税庁)", "(国税庁")))
    assert sources_of(facts) == {"行政機関・独立行政法人等": ("国税庁",)}
    assert next(one for one in facts.sources if one.kind == "民間事業者").mark.state is Mark.NO


PAGE = """\x0c3. 特定個人情報の入手・使用

①入手元

[ ○ ] 本人又は本人の代理人
[ ○ ] 評価実施機関内の他部署 （
[ ] 行政機関・独立行政法人等 （ ）
[ ] 地方公共団体・地方独立行政法人 {other}
[ ] 民間事業者 （ ）
[ ] その他 （ ）

③入手の時期・頻度

年に一度の申告の時期

市民課、保険年金課 ）
\x0c"""


def test_a_parenthesis_torn_from_its_label() -> None:
    """The only open parenthesis of a page is closed by the only loose end."""
    facts = facts_of(plain(get=PAGE.format(other="（ ）")))
    assert sources_of(facts) == {"評価実施機関内の他部署": ("市民課", "保険年金課")}


def test_an_end_that_fits_two_parentheses_fits_none() -> None:
    """Two open ones and one loose end: whose names these are is not told."""
    facts = facts_of(plain(get=PAGE.format(other="（").replace("[ ] 地方", "[ ○ ] 地方")))
    assert not sources_of(facts)


def test_a_table_inside_a_cell() -> None:
    """The boxes of a nested table belong to the cell that holds it."""
    rows = "<tr><td>[○] 情報提供ネットワークシステム</td><td>[ ] 専用線</td></tr><tr><td>[ ] 紙</td><td>[○] その他 (端末)</td></tr>"
    lines = PARTS["handover"].split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("⑥提供方法"))
    lines[at] = f"⑥提供方法\t<table>{rows}</table>"
    facts = facts_of(tabbed(handover="\n".join(lines)))
    states = {one.medium: one.mark.state for one in facts.media if one.of is FlowKind.PROVISION}
    assert (states["情報提供ネットワークシステム"], states["専用線"]) == (Mark.YES, Mark.NO)
    assert (states["紙"], states["その他"], states["電子メール"]) == (Mark.NO, Mark.YES, Mark.UNCLEAR)


def test_a_list_of_two_columns() -> None:
    """Boxes side by side in two cells are one list."""
    get = swap("get", "[○] 紙 [ ] 電子記録媒体", "[○] 紙\t[ ] 電子記録媒体").replace("[○] 専用線", "\n\t[○] 専用線")
    media = {one.medium: one.mark.state for one in facts_of(tabbed(get=get)).media if one.of is FlowKind.ACQUISITION}
    assert (media["紙"], media["電子記録媒体"], media["専用線"]) == (Mark.YES, Mark.NO, Mark.YES)


def test_two_lists_with_the_same_labels_on_one_page() -> None:
    """紙 of the acquisition is not 紙 of the entrustment."""
    facts = facts_of(plain(get=swap("get", "[○] 紙", "[ ] 紙"), entrust=swap("entrust", "[ ] 紙", "[○] 紙")))
    states = {one.of: one.mark.state for one in facts.media if one.medium == "紙"}
    assert (states[FlowKind.ACQUISITION], states[FlowKind.ENTRUSTMENT]) == (Mark.NO, Mark.YES)


def test_a_label_is_known_by_its_own_list_only() -> None:
    """No text stands for two boxes of one list."""
    for rows in CHECK_LISTS.values():
        texts = [text for row in rows for check in row for text in check.texts]
        assert len(texts) == len(set(texts))


def test_why_a_mark_is_as_it_is() -> None:
    """Every mark says in Japanese on what it rests."""
    facts = facts_of(tabbed(get=swap("get", "[○] 紙", "<input type='checkbox'/> 紙")))
    marks = [one.mark for one in facts.media] + [one.mark for one in facts.sources]
    marks += [one.mark for one in facts.categories] + [one.mark for one in facts.connections]
    assert all(mark.why for mark in marks)


MEDIA = "[○] 紙 [ ] 電子記録媒体(フラッシュメモリを除く。) [ ] フラッシュメモリ [ ] 電子メール [○] 専用線 [ ] 庁内連携システム [ ] 情報提供ネットワークシステム [ ] その他 ( )"
BEHIND = "紙[○] 電子記録媒体(フラッシュメモリを除く。)[ ] フラッシュメモリ[ ] 電子メール[ ] 専用線[○] 庁内連携システム[ ] 情報提供ネットワークシステム[ ] その他( )[ ]"
GLUED = "紙○　電子記録媒体(フラッシュメモリを除く。)　フラッシュメモリ　電子メール　専用線○　庁内連携システム　情報提供ネットワークシステム　その他( )"


def media_of(printed: str, write: Callable[..., str] = tabbed) -> dict[str, Mark]:
    """Return the states of ②入手方法 as ``printed``."""
    facts = facts_of(write(get=swap("get", MEDIA, printed)))
    return {one.medium: one.mark.state for one in facts.media if one.of is FlowKind.ACQUISITION}


@pytest.mark.parametrize("write", [tabbed, plain])
@pytest.mark.parametrize(
    "printed",
    [
        MEDIA,
        BEHIND,
        MEDIA.replace("[○]", "( ○ )").replace("[ ]", "(　　)"),
        MEDIA.replace("[○]", r"[$\bigcirc$]").replace("[ ]", "[]"),
        "\n- [".join(["", *MEDIA.replace("[○]", "[x]").split("[")[1:]]),
        MEDIA.replace("[○]", "〔レ〕").replace("[ ]", "〔　〕"),
    ],
)
def test_styles_of_marks(printed: str, write: Callable[..., str]) -> None:
    """Behind the labels, in round brackets, as TeX, as a task list, over lines: the same two are ticked."""
    states = media_of(printed, write)
    assert {medium for medium, state in states.items() if state is Mark.YES} == {"紙", "専用線"}
    assert {state for medium, state in states.items() if medium not in ("紙", "専用線")} == {Mark.NO}


def test_brackets_that_open_in_one_line_and_close_in_the_next() -> None:
    """Raw text parts a bracket; where every one is closed at once by its label, none is in doubt."""
    states = media_of(MEDIA.replace("[○] ", "[ ○\n] ").replace("[ ] ", "[\n] "), plain)
    assert {medium for medium, state in states.items() if state is Mark.YES} == {"紙", "専用線"}


@pytest.mark.parametrize("write", [tabbed, plain])
def test_a_circle_belongs_to_the_label_that_it_touches(write: Callable[..., str]) -> None:
    """紙○ 電子記録媒体: the second label is not ticked by the first one's circle."""
    assert {medium for medium, state in media_of(GLUED, write).items() if state is Mark.YES} <= {"紙", "専用線"}


def test_a_box_unlike_the_ticked_and_the_empty_ones_says_nothing() -> None:
    """An unchecked input in brackets, beside checked ones and empty brackets, is neither."""
    odd = MEDIA.replace("[○]", '[<input checked="" type="radio"/>]').replace(
        "[ ] 電子メール", '[<input type="radio"/>] 電子メール'
    )
    states = media_of(odd)
    assert (states["紙"], states["電子メール"], states["フラッシュメモリ"]) == (Mark.YES, Mark.UNCLEAR, Mark.NO)
