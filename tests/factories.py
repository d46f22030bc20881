"""Facts of an invented 架空市, for the tests: every kind of fact once, each with its own words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extract.facts import (
    Alias,
    Basis,
    Carries,
    CategoryMark,
    Certainty,
    Change,
    Citation,
    Connection,
    Declared,
    DeniedFlow,
    Department,
    EndKind,
    Entrustment,
    Evaluation,
    Evidence,
    Facts,
    File,
    Flow,
    FlowKind,
    Form,
    Gap,
    Handover,
    Incident,
    LegalBasis,
    Mark,
    MarkRead,
    MediumMark,
    OtherAgency,
    SourceMark,
    Storage,
    System,
    Usage,
    Use,
)
from extract.source import Source, source_of_text

TAX_FILE = "架空市民税ファイル"
TAX_SYSTEM = "架空税務システム"
COMPANY = "株式会社見本情報"


def said(quote: str, item: str = "I-1.②", line: int = 1, start: int = 0) -> tuple[Evidence, ...]:
    """Return evidence that consists of one quote."""
    return (Evidence(item=item, line=line, quote=quote, start=start, end=start + len(quote)),)


def read(
    state: Mark, basis: Basis = Basis.GLYPH, why: str = "印字された○", against: tuple[Evidence, ...] = ()
) -> MarkRead:
    """Return the state of a box."""
    return MarkRead(state=state, basis=basis, why=why, against=against)


def make_source(name: str = "架空市_税.txt", text: str = "架空市の評価書") -> Source:
    """Return a source whose hash is that of its text."""
    return source_of_text(text, name)


def make_evaluation(**changes: Any) -> Evaluation:
    """Return the cover of 架空市's full assessment number 7."""
    cover = Evaluation(
        evidence=said("評価書番号 7", "cover", 1, 0),
        number="7",
        title="個人市民税に関する事務 全項目評価書",
        form=Form.FULL,
        agency="架空市",
        office="架空市長",
        business="個人市民税に関する事務",
        published="2025-04-01",
        form_version="令和6年10月 様式4",
        subjects="10万人以上30万人未満",
    )
    return replace(cover, **changes)


def make_flow(source: str, target: str, line: int = 60, **changes: Any) -> Flow:
    """Return a movement that the prose tells, between two things of unknown kind."""
    quote = changes.pop("quote", f"{source}から{target}へ送信する")
    flow = Flow(
        evidence=said(quote, "I-1.②", line, line * 100),
        kind=FlowKind.NARRATIVE,
        source=source,
        target=target,
        source_kind=EndKind.UNKNOWN,
        target_kind=EndKind.UNKNOWN,
        data="課税情報",
        via=None,
        medium=None,
        carries=Carries.NUMBER,
        carries_why="個人番号を含む課税情報",
        certainty=Certainty.STATED,
    )
    return replace(flow, **changes)


def make_entrustment(number: int = 1, **changes: Any) -> Entrustment:
    """Return an entrustment of the tax file to an invented company."""
    entrustment = Entrustment(
        evidence=said(f"委託事項{number} システム保守", "II-4.1", 40 + number, 4000 + 100 * number),
        file=TAX_FILE,
        number=number,
        subject="システム保守",
        content="税務システムの保守と運用支援",
        scope="全体",
        subjects="10万人以上100万人未満",
        headcount="10人未満",
        confirmation="市の窓口で照会できる",
        entrustee=COMPANY,
        entrustees=(COMPANY,),
        re_entrusted=Mark.NO,
        sub_entrustees=(),
        permission=None,
        re_entrusted_matter=None,
    )
    return replace(entrustment, **changes)


def make_handover(kind: FlowKind, number: int = 1, recipient: str = "みほん県", **changes: Any) -> Handover:
    """Return a recipient of the tax file."""
    handover = Handover(
        evidence=said(f"{recipient}に渡す", "II-5.1", 50 + number, 5000 + 100 * number),
        file=TAX_FILE,
        kind=kind,
        number=number,
        recipient=recipient,
        recipients=(recipient,),
        legal_basis="番号法第19条第8号",
        purpose="所得の確認",
        data="課税情報",
        subjects="10万人以上100万人未満",
        scope="納税義務者",
        frequency="照会を受けた都度",
    )
    return replace(handover, **changes)


def make_connection(target: str, state: Mark, line: int = 20, **changes: Any) -> Connection:
    """Return one box of the tax system's grid."""
    box = Connection(
        evidence=said(f"[{'○' if state is Mark.YES else ''}] {target}", "I-2.1.③", line, line * 100),
        system=TAX_SYSTEM,
        target=target,
        other=False,
        mark=read(state),
    )
    return replace(box, **changes)


def make_facts(**changes: Any) -> Facts:
    """Return the facts of one assessment of 架空市, every kind of fact at least once."""
    facts = Facts(
        evaluation=make_evaluation(),
        departments=(Department(evidence=said("財務部市民税課", "I-7", 2, 200), name="財務部市民税課", head="課長"),),
        other_agencies=(OtherAgency(evidence=said("架空市教育委員会", "I-8", 3, 300), name="架空市教育委員会"),),
        aliases=(
            Alias(
                evidence=said("みほん県国民健康保険団体連合会（以下「国保連」という。）", "I-1.②", 4, 400),
                short="国保連",
                full="みほん県国民健康保険団体連合会",
            ),
        ),
        systems=(
            System(
                evidence=said("システム1 架空税務システム", "I-2.1.①", 10, 1000),
                number=1,
                name=TAX_SYSTEM,
                aliases=("税システム", "課税システム"),
                kind="tax",
                function="課税計算と証明書の発行",
            ),
            System(
                evidence=said("中間サーバー", "I-2.2.①", 11, 1100),
                number=2,
                name="中間サーバー",
                aliases=(),
                kind="intermediate-server",
            ),
            System(
                evidence=said("宛名システムを参照", "I-1.②", 12, 1200),
                number=None,
                name="宛名システム",
                aliases=(),
                kind="address",
            ),
        ),
        connections=(
            make_connection("情報提供ネットワークシステム", Mark.NO, 20),
            make_connection("宛名システム等", Mark.YES, 21),
            make_connection(
                "収納消込システム", Mark.UNCLEAR, 22, other=True, mark=read(Mark.UNCLEAR, Basis.LOST, "印が読めない")
            ),
        ),
        files=(
            File(
                evidence=said(TAX_FILE, "II-1.1", 30, 3000),
                name=TAX_FILE,
                kind="システム用ファイル",
                subjects="10万人以上100万人未満",
                scope="納税義務者とその扶養親族",
                items="100項目以上",
                since="平成28年1月1日",
                department="財務部市民税課",
                retention="6年以上10年未満",
                use_since="平成28年1月1日",
                purpose="課税の公平",
            ),
        ),
        categories=(
            CategoryMark(
                evidence=said("[○] 個人番号", "II-2.④", 31, 3100),
                file=TAX_FILE,
                category="個人番号",
                mark=read(Mark.YES),
            ),
            CategoryMark(
                evidence=said("[] 災害関係情報", "II-2.④", 32, 3200),
                file=TAX_FILE,
                category="災害関係情報",
                mark=read(Mark.NO, against=said("災害減免のため罹災証明を記録", "II-2.④", 33, 3300)),
            ),
        ),
        sources=(
            SourceMark(
                evidence=said("[○] 行政機関・独立行政法人等（国税庁、日本年金機構）", "II-3.①", 34, 3400),
                file=TAX_FILE,
                kind="行政機関・独立行政法人等",
                names=("国税庁", "日本年金機構"),
                mark=read(Mark.YES),
            ),
            SourceMark(
                evidence=said("[] 民間事業者（）", "II-3.①", 35, 3500),
                file=TAX_FILE,
                kind="民間事業者",
                names=(),
                mark=read(Mark.NO),
            ),
        ),
        media=(
            MediumMark(
                evidence=said("[○] 紙", "II-3.②", 36, 3600),
                file=TAX_FILE,
                of=FlowKind.ACQUISITION,
                number=None,
                medium="紙",
                detail="",
                mark=read(Mark.YES),
            ),
            MediumMark(
                evidence=said("[○] 専用線", "II-4.1.④", 37, 3700),
                file=TAX_FILE,
                of=FlowKind.ENTRUSTMENT,
                number=1,
                medium="専用線",
                detail="",
                mark=read(Mark.YES),
            ),
            MediumMark(
                evidence=said("[○] 情報提供ネットワークシステム", "II-5.1.⑥", 38, 3800),
                file=TAX_FILE,
                of=FlowKind.PROVISION,
                number=1,
                medium="情報提供ネットワークシステム",
                detail="",
                mark=read(Mark.YES),
            ),
        ),
        uses=(
            Use(
                evidence=said("財務部市民税課、収納課", "II-3.⑦", 39, 3900),
                file=TAX_FILE,
                departments=("財務部市民税課", "財務部収納課"),
                users="10人以上50人未満",
                method="課税計算に用いる",
                matching="住民記録との突合",
            ),
        ),
        entrustments=(
            make_entrustment(1),
            make_entrustment(
                2,
                subject="通知書の印刷",
                entrustee="有限会社ためし印刷",
                entrustees=("有限会社ためし印刷",),
                re_entrusted=Mark.YES,
                sub_entrustees=("(株)見本情報", "ためし運輸株式会社"),
                permission="書面による承認",
                re_entrusted_matter="封入と封緘",
            ),
        ),
        handovers=(
            make_handover(FlowKind.PROVISION),
            make_handover(FlowKind.TRANSFER, recipient="福祉部保護課"),
        ),
        storages=(
            Storage(
                evidence=said("データセンターに保管", "II-6.①", 55, 5500),
                file=TAX_FILE,
                site="データセンター",
                retention="6年以上10年未満",
                deletion="復元できない方法で消去",
            ),
        ),
        legal_bases=(
            LegalBasis(
                evidence=said("番号法第9条第1項 別表24の項", "I-5", 56, 5600),
                usage=Usage.NUMBER_USE,
                citation=Citation(law="番号法", article="9", paragraph="1", table="別表", table_item="24"),
            ),
            LegalBasis(
                evidence=said("番号法第19条第8号", "I-6.②", 57, 5700),
                usage=Usage.SUPPLY,
                citation=Citation(law="番号法", article="19", item="8"),
            ),
        ),
        flows=(
            make_flow("宛名システム", TAX_SYSTEM, 60),
            make_flow(
                "国税庁",
                "財務部市民税課",
                61,
                kind=FlowKind.ACQUISITION,
                target_kind=EndKind.DEPARTMENT,
                file=TAX_FILE,
                via="地方税ポータルシステム",
            ),
            make_flow(
                "架空市",
                COMPANY,
                62,
                kind=FlowKind.ENTRUSTMENT,
                file=TAX_FILE,
                number=1,
                target_kind=EndKind.BODY,
                carries=Carries.UNCLEAR,
                carries_why=None,
            ),
            make_flow(
                "架空市",
                "みほん県",
                63,
                kind=FlowKind.PROVISION,
                file=TAX_FILE,
                number=1,
                target_kind=EndKind.BODY,
                medium="情報提供ネットワークシステム",
                carries=Carries.SYMBOL,
                certainty=Certainty.IMPLIED,
                legal_bases=(Citation(law="番号法", article="19", item="8"),),
            ),
        ),
        denied_flows=(
            DeniedFlow(
                evidence=said("中間サーバーへは直接接続しない", "I-2.1.②", 70, 7000),
                source=TAX_SYSTEM,
                target="中間サーバー",
                why="直接接続しない",
            ),
        ),
        changes=(
            Change(
                evidence=said("令和6年4月1日 委託先", "annex-3", 80, 8000),
                date="2024-04-01",
                item="Ⅱ ４．委託事項1 ⑥委託先名",
                before="株式会社ふるい",
                after=COMPANY,
                timing="事後",
                reason="契約の更新",
            ),
        ),
        incidents=(Incident(evidence=said("発生なし", "III-7.⑨", 81, 8100), occurred="発生なし", content=None),),
        declared=(
            Declared(
                evidence=said("委託する （3）件", "II-4", 82, 8200),
                file=TAX_FILE,
                what=FlowKind.ENTRUSTMENT,
                count=3,
                found=2,
                mark=read(Mark.YES),
            ),
        ),
        gaps=(Gap(evidence=said("別添2のとおり", "II-2.④", 83, 8300), kind="annex", what="別添2が本文にない"),),
    )
    return replace(facts, **changes)
