"""What settles a mark that the scan lost, what contradicts one that it kept, and what settles nothing."""

from __future__ import annotations

import re

import pytest

from extract.facts import Basis, Facts, FlowKind, Mark, MarkRead
from tests.documents import FILE, PARTS, facts_of, swap, tabbed

BOX = '<input type="checkbox"/>'


def lost(part: str, label: str) -> str:
    """Return a part of the form in which the scan has lost every mark of one list."""
    lines = PARTS[part].split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith(label))
    lines[at] = re.sub(r"\[[ ○]\]", BOX, lines[at])
    return "\n".join(lines)


def media_of(facts: Facts) -> dict[str, MarkRead]:
    """Return the boxes of 入手方法."""
    return {one.medium: one.mark for one in facts.media if one.of is FlowKind.ACQUISITION}


def categories_of(facts: Facts) -> dict[str, MarkRead]:
    """Return the boxes of 主な記録項目."""
    return {one.category: one.mark for one in facts.categories}


def row(item: str, after: str) -> str:
    """Return a change table with one row."""
    head = PARTS["changes"].rpartition("令和5年")[0]
    return f"{head}令和5年4月1日\t{item}\t[ ] 紙\t{after}\t事後\t-\n"


class TestSentences:
    """A sentence elsewhere may say what the box no longer says."""

    def test_a_sentence_settles(self) -> None:
        """「専用線により入手する」 ticks 専用線, and its siblings stay unclear."""
        get = lost("get", "②").replace("年に一度の申告の時期", "国税庁からの情報は、専用線により入手する。")
        media = media_of(facts_of(tabbed(get=get)))
        assert (media["専用線"].state, media["専用線"].basis) == (Mark.YES, Basis.STATEMENT)
        assert "行" in media["専用線"].why
        assert {mark.state for name, mark in media.items() if name != "専用線"} == {Mark.UNCLEAR}

    @pytest.mark.parametrize(
        "sentence",
        [
            "専用線により入手しない。",
            "専用線は用いない。",
            "専用線の費用を調べた。",
            "変更前は専用線であった。",
            "万一、専用線により入手した場合は、消去する。",
            "令和5年3月までは専用線により入手していたが、改めた。",
            "専用線による入手は廃止した。",
        ],
    )
    def test_a_denial_settles_nothing(self, sentence: str) -> None:
        """A sentence that denies, or speaks of something else, ticks no box."""
        get = lost("get", "②").replace("年に一度の申告の時期", sentence)
        assert media_of(facts_of(tabbed(get=get)))["専用線"].state is not Mark.YES

    def test_a_sentence_against_a_mark_is_kept_beside_it(self) -> None:
        """An explicit empty box stays no; the contradiction is reported."""
        get = swap("get", "[○] 専用線", "[ ] 専用線").replace("年に一度の申告の時期", "専用線により入手する。")
        facts = facts_of(tabbed(get=get))
        mark = media_of(facts)["専用線"]
        assert mark.state is Mark.NO
        assert [one.quote for one in mark.against]
        assert any(gap.kind == "contradiction" for gap in facts.gaps)


class TestParentheses:
    """What stands in the parenthesis behind a box."""

    @pytest.mark.parametrize(
        ("inside", "state"),
        [("みほん銀行", Mark.YES), ("別紙のとおり", Mark.YES), ("なし", Mark.UNCLEAR), ("該当なし", Mark.UNCLEAR)],
    )
    def test_a_name_ticks_and_none_does_not(self, inside: str, state: Mark) -> None:
        """A parenthesis that says 「なし」 says nothing for its box."""
        get = lost("get", "①").replace("民間事業者 ( )", f"民間事業者 ({inside})")
        marks = {one.kind: one.mark.state for one in facts_of(tabbed(get=get)).sources}
        assert marks["民間事業者"] is state


class TestAnnex:
    """別添の記録項目 lists what is recorded."""

    def test_listed_items_settle(self) -> None:
        """個人番号 and 宛名番号 in the annex tick their boxes."""
        marks = categories_of(facts_of(tabbed(file=lost("file", "主な記録項目"))))
        assert marks["個人番号"].basis is marks["その他識別情報(内部番号)"].basis is Basis.ANNEX
        assert marks["災害関係情報"].state is Mark.UNCLEAR

    def test_an_annex_of_several_files_settles_nothing(self) -> None:
        """Whose items are listed is not certain then."""
        section = "".join(PARTS[part] for part in ("file", "get", "keep")).replace(FILE, "みほん収納ファイル")
        facts = facts_of(tabbed(file=lost("file", "主な記録項目"), annex=section + PARTS["annex"]))
        marks = [one.mark.state for one in facts.categories if one.file == FILE and one.category == "個人番号"]
        assert marks == [Mark.UNCLEAR]

    def test_the_reason_given_for_a_category_settles(self) -> None:
        """その妥当性 explains why 地方税関係情報 is recorded: it is."""
        file = lost("file", "主な記録項目").replace("税額の計算に要る。", "地方税関係情報：税額の計算に要る。")
        mark = categories_of(facts_of(tabbed(file=file)))["地方税関係情報"]
        assert (mark.state, mark.basis) == (Mark.YES, Basis.STATEMENT)

    def test_a_reason_against_a_category_settles_nothing(self) -> None:
        """「国税関係情報は保有しない」 ticks no box."""
        file = lost("file", "主な記録項目").replace("税額の計算に要る。", "国税関係情報は保有しない。")
        assert categories_of(facts_of(tabbed(file=file)))["国税関係情報"].state is Mark.UNCLEAR


class TestChanges:
    """The 変更後 column prints a list as it now is."""

    def test_the_column_after_settles(self) -> None:
        """A lost list is read from the row that changed it."""
        text = tabbed(get=lost("get", "②"), changes=row("Ⅱ 3. ②入手方法", "[○] 紙 [ ] 専用線"))
        media = media_of(facts_of(text))
        assert (media["紙"].state, media["紙"].basis) == (Mark.YES, Basis.CHANGE)
        assert media["専用線"].state is Mark.NO
        assert media["電子メール"].state is Mark.UNCLEAR

    def test_a_printed_mark_is_stronger(self) -> None:
        """A list that can be read is not overruled by its past."""
        text = tabbed(changes=row("Ⅱ 3. ②入手方法", "[ ] 紙 [ ] 専用線"))
        assert media_of(facts_of(text))["紙"].state is Mark.YES

    def test_another_items_row_settles_nothing(self) -> None:
        """A row about the entrustment's media says nothing of the acquisition's."""
        text = tabbed(get=lost("get", "②"), changes=row("Ⅱ 4. 委託事項1 ④提供方法", "[○] 紙"))
        assert media_of(facts_of(text))["紙"].state is Mark.UNCLEAR

    def test_the_column_before_settles_nothing(self) -> None:
        """What was ticked once may not be now."""
        head = PARTS["changes"].rpartition("令和5年")[0]
        changes = f"{head}令和5年4月1日\tⅡ 3. ②入手方法\t[○] 紙\t入手方法を改めた\t事後\t-\n"
        assert media_of(facts_of(tabbed(get=lost("get", "②"), changes=changes)))["紙"].state is Mark.UNCLEAR
