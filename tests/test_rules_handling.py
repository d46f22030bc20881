"""Entrustments, provisions, transfers, storage, and the counts that the form declares."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from extract.facts import Entrustment, FlowKind, Mark
from tests.documents import FILE, PARTS, facts_of, plain, swap, tabbed

SHAPES = pytest.mark.parametrize("write", [tabbed, plain])


def entrustment_of(part: str) -> Entrustment:
    """Return the only entrustment of a document."""
    (record,) = facts_of(tabbed(entrust=part)).entrustments
    return record


class TestEntrustments:
    """Ⅱ-4, record by record."""

    @SHAPES
    def test_a_record(self, write: Callable[[], str]) -> None:
        """Every item of 様式4."""
        (record,) = facts_of(write()).entrustments
        assert (record.file, record.number, record.subject) == (FILE, 1, "システムの保守")
        assert (record.content, record.scope) == ("架空税務システムの点検", "全体")
        assert (record.subjects, record.headcount) == ("1万人以上10万人未満", "10人未満")
        assert (record.confirmation, record.entrustee) == ("窓口で尋ねることができる。", "株式会社見本情報")
        assert (record.entrustees, record.re_entrusted) == (("株式会社見本情報",), Mark.NO)
        assert (record.permission, record.re_entrusted_matter, record.sub_entrustees) == (None, None, ())

    @pytest.mark.parametrize(
        ("printed", "bodies"),
        [
            ("株式会社見本情報、有限会社ためし", ("株式会社見本情報", "有限会社ためし")),
            ("株式会社 見本情報", ("株式会社見本情報",)),
            ("株式会社見本情報（令和5年4月から有限会社ためし）", ("株式会社見本情報", "有限会社ためし")),
            ("北部地区：株式会社見本情報、南部地区：みほん公社", ("株式会社見本情報", "みほん公社")),
            ("株式会社見本情報及びみほん公社", ("株式会社見本情報", "みほん公社")),
            ("未定", ()),
            ("入札により決定する", ()),
            ("別紙1を参照", ()),
            ("株式会社見本情報（代表企業）、有限会社ためし（構成員）", ("株式会社見本情報", "有限会社ためし")),
            ("みほん電算（株）（令和6年度末まで）", ("みほん電算（株）",)),
            ("みほん電算（株）（ほか、年度により変更）", ("みほん電算（株）",)),
            ("みほん共同企業体（代表者：株式会社見本情報、構成員：有限会社ためし）", ("みほん共同企業体",)),
            ("株式会社見本情報、有限会社ためしの2社", ("株式会社見本情報", "有限会社ためし")),
            ("みほん公社　他1社", ("みほん公社",)),
            ("株式会社見本情報ほか３社", ("株式会社見本情報",)),
            ("株式会社見本情報など", ("株式会社見本情報",)),
            ("株式会社見本情報等", ("株式会社見本情報",)),
            ("人材派遣会社（契約のつど決定）", ()),
            ("運送業者", ()),
            ("委託先は入札により決定", ()),
            ("町の掲示場で公表", ()),
            ("同上", ()),
            ("委託事項3に同じ", ()),
            ("②取扱者数[10人未満]", ()),
            ("-", ()),
        ],
    )
    def test_entrustees(self, printed: str, bodies: tuple[str, ...]) -> None:
        """Each body by itself; a reference names none, and stays as printed."""
        record = entrustment_of(swap("entrust", "株式会社見本情報", printed))
        assert record.entrustees == bodies
        assert record.entrustee == (None if printed == "-" else re.sub(r"\s", "", printed))

    @pytest.mark.parametrize(
        ("printed", "bodies"),
        [
            ("再委託先：株式会社まごうけ", ("株式会社まごうけ",)),
            ("再委託先は株式会社まごうけである。", ("株式会社まごうけ",)),
            ("株式会社まごうけに再委託する。", ("株式会社まごうけ",)),
            ("点検の一部を株式会社まごうけに再委託", ("株式会社まごうけ",)),
            ("株式会社まごうけに再委託しない", ()),
            ("印刷（再委託先　株式会社まごうけ）", ("株式会社まごうけ",)),
            ("印刷（株式会社まごうけほか2社）", ("株式会社まごうけ",)),
            ("保守（まごうけ電算（株））", ("まごうけ電算（株）",)),
            ("保守（再委託先：（有）まごうけ、合同会社例示）、印刷", ("（有）まごうけ", "合同会社例示")),
            (
                "保守（再委託先：合同会社例示）、印刷（再委託先：（株）まごうけ）",
                ("合同会社例示", "（株）まごうけ"),
            ),
            (
                "株式会社まごうけに再委託し、同社はさらに合同会社例示に再々委託する。",
                ("株式会社まごうけ", "合同会社例示"),
            ),
            ("株式会社まごうけに再委託しないこと。", ()),
            ("株式会社まごうけに再委託してはならない。", ()),
            ("株式会社まごうけに再委託していたが、やめた。", ()),
            ("再委託先の株式会社まごうけが行う。", ()),
            ("業務の一部を株式会社まごうけへ再委託している。", ("株式会社まごうけ",)),
            ("再委託先：（1）株式会社まごうけ、（2）合同会社例示", ("株式会社まごうけ", "合同会社例示")),
            ("再委託先：株式会社まごうけ再々委託先：合同会社例示", ("株式会社まごうけ", "合同会社例示")),
            ("印刷（株式会社まごうけ）、保守（合同会社例示）", ("株式会社まごうけ", "合同会社例示")),
            ("保守（株式会社まごうけの製品）", ()),
            ("保守（委託元：株式会社見本情報）", ()),
            ("印刷（庁舎の中で行う）", ()),
            ("印刷と封入。", ()),
            ("再委託先は契約の後に知らせる。", ()),
            ("再委託先の選定を確かめる。", ()),
        ],
    )
    def test_sub_entrustees_are_named_ones_only(self, printed: str, bodies: tuple[str, ...]) -> None:
        """A body behind a re-entrustment is stated where the text names it."""
        part = swap("entrust", "⑨再委託事項\t-", f"⑨再委託事項\t{printed}").replace("[再委託しない]", "[再委託する]")
        record = entrustment_of(part)
        assert (record.re_entrusted, record.sub_entrustees) == (Mark.YES, bodies)

    def test_no_sub_entrustee_where_nothing_is_re_entrusted(self) -> None:
        """A company behind the matter of 再委託しない does no work."""
        part = swap("entrust", "⑨再委託事項\t-", "⑨再委託事項\t印刷（株式会社まごうけ）")
        assert entrustment_of(part).sub_entrustees == ()

    def test_the_entrustee_of_another_record(self) -> None:
        """「委託事項1に同じ」 means who stands there, and stays as printed; 同上 says less and names nobody."""
        second = PARTS["entrust"][PARTS["entrust"].index("委託事項1") :].replace("委託事項1", "委託事項2")
        for printed, bodies in (("委託事項１に同じ", ("株式会社見本情報",)), ("同上", ())):
            part = PARTS["entrust"] + second.replace("株式会社見本情報", printed)
            records = facts_of(tabbed(entrust=part)).entrustments
            assert [(one.entrustee, one.entrustees) for one in records] == [
                ("株式会社見本情報", ("株式会社見本情報",)),
                (printed, bodies),
            ]

    def test_rows_that_have_slipped_by_one(self) -> None:
        """Where each selection stands one row too low, so does everything else."""
        part = """4. 特定個人情報ファイルの取扱いの委託
委託の有無	[委託する] <選択肢> 1) 委託する 2) 委託しない (1) 件
委託事項1	印刷
①委託内容
②委託先における取扱者数	通知書の印刷
③委託先名	[10人未満] <選択肢> 1) 10人未満 2) 10人以上50人未満
再委託	④再委託の有無	有限会社ためし
再委託	⑤再委託の許諾方法	[再委託する] <選択肢> 1) 再委託する 2) 再委託しない
再委託	⑥再委託事項	書面による。
"""
        record = entrustment_of(part)
        assert (record.headcount, record.entrustees, record.re_entrusted) == ("10人未満", ("有限会社ためし",), Mark.YES)
        assert (record.content, record.permission) == ("通知書の印刷", "書面による。")

    def test_permission_and_matter(self) -> None:
        """⑧ and ⑨ each have their cell, whatever the upright label 再委託 does."""
        part = swap("entrust", "許諾方法\t-", "許諾方法\t書面による").replace("再委託事項\t-", "再委託事項\t封入")
        for text in (part, part.replace("再委託\t⑧", "⑧").replace("再委託\t⑨", "⑨")):
            record = entrustment_of(text)
            assert (record.permission, record.re_entrusted_matter) == ("書面による", "封入")

    def test_an_unread_selection_is_unclear(self) -> None:
        """再委託の有無 without a value is neither yes nor no."""
        assert entrustment_of(swap("entrust", "[再委託しない]", "[]")).re_entrusted is Mark.UNCLEAR

    def test_the_focused_form(self) -> None:
        """様式3 asks less, and its numbers differ."""
        part = """4. 特定個人情報ファイルの取扱いの委託
委託の有無	[委託する] <選択肢> 1) 委託する 2) 委託しない (1) 件
委託事項1	印刷
①委託内容	通知書の印刷
②委託先における取扱者数	[10人未満] <選択肢> 1) 10人未満
③委託先名	有限会社ためし
再委託	④再委託の有無	[再委託する] <選択肢> 1) 再委託する 2) 再委託しない
再委託	⑤再委託の許諾方法	書面による
再委託	⑥再委託事項	封入
"""
        record = entrustment_of(part)
        assert (record.entrustee, record.permission, record.re_entrusted_matter) == (
            "有限会社ためし",
            "書面による",
            "封入",
        )
        assert (record.scope, record.confirmation) == (None, None)

    def test_a_company_stays_with_its_matter(self) -> None:
        """Where one record has lost its company, the next one's is not taken for it."""
        second = PARTS["entrust"][PARTS["entrust"].index("委託事項1") :]
        second = second.replace("委託事項1", "委託事項2").replace("株式会社見本情報", "有限会社ためし")
        part = swap("entrust", "⑥委託先名\t株式会社見本情報\n", "") + second
        records = facts_of(tabbed(entrust=part)).entrustments
        assert [(one.number, one.entrustees) for one in records] == [(1, ()), (2, ("有限会社ためし",))]


class TestHandovers:
    """Ⅱ-5: recipients."""

    @SHAPES
    def test_a_recipient(self, write: Callable[[], str]) -> None:
        """Every item of a 提供先."""
        (record,) = facts_of(write()).handovers
        assert (record.kind, record.number, record.recipient) == (FlowKind.PROVISION, 1, "みほん県知事")
        assert (record.legal_basis, record.purpose, record.data) == ("番号法第19条第8号", "県税の計算", "申告の内容")
        assert (record.subjects, record.scope) == ("1万人未満", "県税を納める者")
        assert record.frequency == "求めを受けた都度"

    def test_a_transfer(self) -> None:
        """移転先1 is another kind of record, with its own numbers."""
        transfer = "移転先1\t福祉部みほん課\n①法令上の根拠\t番号法第9条第2項\n②移転先における用途\t給付の決定\n③移転する情報\t税額\n⑦時期・頻度\t年に一度\n"
        records = facts_of(tabbed(handover=PARTS["handover"] + transfer)).handovers
        assert [(one.kind, one.number, one.recipient) for one in records] == [
            (FlowKind.PROVISION, 1, "みほん県知事"),
            (FlowKind.TRANSFER, 1, "福祉部みほん課"),
        ]
        assert (records[1].purpose, records[1].frequency) == ("給付の決定", "年に一度")

    def test_a_blank_recipient_is_none(self) -> None:
        """提供先1 whose cells are empty, after 行っていない, is the form's."""
        blank = """5. 特定個人情報の提供・移転(委託に伴うものを除く。)
提供・移転の有無	[ ] 提供を行っている ( ) 件 [ ] 移転を行っている ( ) 件 [○] 行っていない
提供先1	-
①法令上の根拠	-
②提供先における用途	-
⑥提供方法	[ ] 情報提供ネットワークシステム [ ] 専用線 [ ] 紙 [ ] その他 ( )
⑦時期・頻度	-
提供先2～5
"""
        facts = facts_of(tabbed(handover=blank))
        assert facts.handovers == ()
        assert not [one for one in facts.media if one.of is FlowKind.PROVISION]
        assert {one.what: one.mark.state for one in facts.declared if one.mark} == {
            FlowKind.ENTRUSTMENT: Mark.YES,
            FlowKind.PROVISION: Mark.NO,
            FlowKind.TRANSFER: Mark.NO,
        }

    def test_a_recipient_in_an_annex_is_named_as_printed(self) -> None:
        """「別表1のとおり」 is kept; it names no body."""
        (record,) = facts_of(tabbed(handover=swap("handover", "みほん県知事", "別表1に記載"))).handovers
        assert record.recipient == "別表1に記載"


class TestCounts:
    """委託 n 件, 提供 n 件, 移転 n 件."""

    @SHAPES
    def test_declared_and_found(self, write: Callable[[], str]) -> None:
        """What the form declares stands beside what the text holds."""
        counts = {one.what: (one.count, one.found) for one in facts_of(write()).declared}
        assert counts == {
            FlowKind.ENTRUSTMENT: (1, 1),
            FlowKind.PROVISION: (1, 1),
            FlowKind.TRANSFER: (None, 0),
        }

    @SHAPES
    def test_the_count_of_another_item_is_not_taken(self, write: Callable[..., str]) -> None:
        """An agency that entrusts nothing and provides four times has declared no entrustment."""
        entrust = "4. 特定個人情報ファイルの取扱いの委託\n委託の有無\t[委託しない] <選択肢> 1) 委託する 2) 委託しない ( ) 件\n"
        facts = facts_of(write(entrust=entrust, handover=swap("handover", "(1) 件", "(4) 件")))
        counts = {one.what: one.count for one in facts.declared}
        assert (counts[FlowKind.ENTRUSTMENT], counts[FlowKind.PROVISION]) == (None, 4)

    def test_a_count_settles_a_lost_mark(self) -> None:
        """（4）件 beside a box without state says that something is provided."""
        boxes = '<input type="checkbox"/> 提供を行っている (4) 件 <input type="checkbox"/> 移転を行っている ( ) 件'
        part = swap("handover", "[○] 提供を行っている (1) 件 [ ] 移転を行っている ( ) 件", boxes)
        states = {one.what: one.mark.state for one in facts_of(tabbed(handover=part)).declared if one.mark}
        assert (states[FlowKind.PROVISION], states[FlowKind.TRANSFER]) == (Mark.YES, Mark.UNCLEAR)


class TestStorage:
    """Ⅱ-6: where, how long, how deleted."""

    def test_each_place_that_is_named(self) -> None:
        """A sentence for each place, one record for each."""
        sites = "架空市のデータセンターに設置する。紙の申告書は施錠した書庫に保管する。"
        storages = facts_of(tabbed(keep=swap("keep", "架空市のデータセンターに設置する。", sites))).storages
        assert [one.site for one in storages] == ["架空市のデータセンター", "施錠した書庫"]
        assert {(one.retention, one.deletion) for one in storages} == {("6年以上10年未満", "復元できない方法で消す。")}

    def test_measures_are_no_places(self) -> None:
        """How a room is locked names no place of storage."""
        keep = swap("keep", "架空市のデータセンターに設置する。", "入退室を記録し、権限のある者だけが扱う。")
        assert facts_of(tabbed(keep=keep)).storages == ()
