"""The movements that the form's own items state; the prose has its own tests."""

from __future__ import annotations

from extract.facts import Carries, Certainty, EndKind, Facts, Flow, FlowKind
from tests.documents import FILE, PARTS, facts_of, swap, tabbed

BOX = '<input type="checkbox"/>'


def flows_of(facts: Facts, kind: FlowKind) -> list[Flow]:
    """Return the movements of one kind."""
    return [flow for flow in facts.flows if flow.kind is kind]


def ends_of(facts: Facts, kind: FlowKind) -> set[tuple[str, str]]:
    """Return source and target of each movement of one kind."""
    return {(flow.source, flow.target) for flow in flows_of(facts, kind)}


def test_an_acquisition_runs_to_the_department_in_charge() -> None:
    """Each named source hands over to ⑥事務担当部署; 本人 stands for itself."""
    facts = facts_of(tabbed())
    department = "財務部みほん課"
    assert ends_of(facts, FlowKind.ACQUISITION) == {
        ("本人又は本人の代理人", department),
        ("国税庁", department),
    }
    person = next(flow for flow in flows_of(facts, FlowKind.ACQUISITION) if flow.source_kind is EndKind.PERSON)
    assert (person.carries, person.target_kind, person.file) == (Carries.NUMBER, EndKind.DEPARTMENT, FILE)


def test_without_department_the_agency_acquires() -> None:
    """The body itself is the receiver that is left."""
    file = swap("file", "⑥事務担当部署\t財務部みほん課\n", "")
    assert ("国税庁", "架空市") in ends_of(facts_of(tabbed(file=file)), FlowKind.ACQUISITION)


def test_boxes_that_are_not_ticked_move_nothing() -> None:
    """Neither an empty box nor one whose mark is lost is a movement, whatever stands beside it."""
    empty = swap("get", "[○] 行政機関・独立行政法人等", "[ ] 行政機関・独立行政法人等")
    assert "国税庁" not in {source for source, _ in ends_of(facts_of(tabbed(get=empty)), FlowKind.ACQUISITION)}
    lost = PARTS["get"].replace("[○]", BOX).replace("[ ]", BOX).replace("(国税庁)", "( )")
    assert ends_of(facts_of(tabbed(get=lost)), FlowKind.ACQUISITION) == set()


def test_the_network_that_is_ticked_is_a_source() -> None:
    """②入手方法：情報提供ネットワークシステム brings data to the department."""
    get = swap("get", "[ ] 情報提供ネットワークシステム", "[○] 情報提供ネットワークシステム")
    assert ("情報提供ネットワークシステム", "財務部みほん課") in ends_of(
        facts_of(tabbed(get=get)), FlowKind.ACQUISITION
    )


def test_an_entrustment_runs_to_the_company() -> None:
    """From the agency to the entrustee, with the file, the medium and the number of the matter."""
    (flow,) = flows_of(facts_of(tabbed()), FlowKind.ENTRUSTMENT)
    assert (flow.source, flow.target, flow.number) == ("架空市", "株式会社見本情報", 1)
    assert (flow.data, flow.medium, flow.carries) == (FILE, "専用線", Carries.NUMBER)


def test_part_of_a_file_may_not_carry_the_number() -> None:
    """A file that goes in part, or holds no number that can be read, says nothing of the number."""
    part = swap("entrust", "[特定個人情報ファイルの全体]", "[特定個人情報ファイルの一部]")
    (flow,) = flows_of(facts_of(tabbed(entrust=part)), FlowKind.ENTRUSTMENT)
    assert flow.carries is Carries.UNCLEAR
    (flow,) = flows_of(
        facts_of(tabbed(file=swap("file", "[○] 個人番号 ", f"{BOX} 個人番号 "), annex="")), FlowKind.ENTRUSTMENT
    )
    assert flow.carries is Carries.UNCLEAR


def test_a_re_entrustment_runs_from_company_to_company() -> None:
    """A named re-entrustee receives from the entrustee, not from the agency."""
    part = swap("entrust", "⑨再委託事項\t-", "⑨再委託事項\t再委託先：株式会社まごうけ")
    facts = facts_of(tabbed(entrust=part.replace("[再委託しない]", "[再委託する]")))
    assert ends_of(facts, FlowKind.RE_ENTRUSTMENT) == {("株式会社見本情報", "株式会社まごうけ")}


def test_an_undecided_company_receives_nothing() -> None:
    """未定 is no body."""
    assert flows_of(facts_of(tabbed(entrust=swap("entrust", "株式会社見本情報", "未定"))), FlowKind.ENTRUSTMENT) == []


def test_a_provision_over_the_network_carries_a_symbol() -> None:
    """情報提供ネットワークシステム uses 符号 in place of the number."""
    (flow,) = flows_of(facts_of(tabbed()), FlowKind.PROVISION)
    assert (flow.source, flow.target, flow.via) == ("架空市", "みほん県知事", "情報提供ネットワークシステム")
    assert (flow.carries, flow.certainty) == (Carries.SYMBOL, Certainty.STATED)
    assert [(basis.law, basis.article, basis.item) for basis in flow.legal_bases] == [("番号法", "19", "8")]


def test_a_provision_on_paper_carries_the_number() -> None:
    """特定個人情報 that is handed over in another way holds the number."""
    part = swap("handover", "[○] 情報提供ネットワークシステム", "[ ] 情報提供ネットワークシステム").replace(
        "[ ] 紙", "[○] 紙"
    )
    (flow,) = flows_of(facts_of(tabbed(handover=part)), FlowKind.PROVISION)
    assert (flow.carries, flow.medium, flow.via) == (Carries.NUMBER, "紙", None)


def test_every_recipient_of_a_list_receives() -> None:
    """提供先1 甲、乙: both."""
    facts = facts_of(tabbed(handover=swap("handover", "みほん県知事", "みほん県知事、日本年金機構")))
    assert ends_of(facts, FlowKind.PROVISION) == {("架空市", "みほん県知事"), ("架空市", "日本年金機構")}


def test_connections_are_no_movements() -> None:
    """A ticked box of the grid says that systems are connected, no more."""
    text = tabbed(get="", entrust="", handover="")
    assert facts_of(text).connections
    assert facts_of(text).flows == ()


def test_systems_that_only_the_prose_names() -> None:
    """The end of a movement that the form does not list is a system without number, once."""
    prose = (
        "架空税務システムから架空証明システムへ税額を送信する。架空証明システムから架空税務システムへ履歴を送信する。"
    )
    systems = facts_of(tabbed(business=swap("business", "住民の申告を受け付け、税額を計算する。", prose))).systems
    assert [(one.number, one.name) for one in systems] == [(1, "架空税務システム"), (None, "架空証明システム")]


def test_several_companies_that_entrust_on_are_not_paired() -> None:
    """Which of two companies entrusts on the item does not say: one movement, by one of them."""
    part = swap("entrust", "⑨再委託事項\t-", "⑨再委託事項\t再委託先：株式会社まごうけ、株式会社ひまご")
    part = part.replace("[再委託しない]", "[再委託する]").replace(
        "株式会社見本情報", "株式会社見本情報、株式会社架空電算"
    )
    flows = flows_of(facts_of(tabbed(entrust=part)), FlowKind.RE_ENTRUSTMENT)
    assert {(flow.source, flow.target, flow.certainty) for flow in flows} == {
        ("架空市", "株式会社まごうけ", Certainty.IMPLIED),
        ("架空市", "株式会社ひまご", Certainty.IMPLIED),
    }
    assert {flow.via for flow in flows} == {"株式会社見本情報、株式会社架空電算"}


def test_the_basis_of_the_record_before() -> None:
    """①法令上の根拠 同上 is the one of the record before."""
    first = PARTS["handover"]
    second = first[first.index("提供先1") :].replace("提供先1\tみほん県知事", "提供先2\t日本年金機構")
    facts = facts_of(tabbed(handover=first + second.replace("番号法第19条第8号", "同上")))
    bases = {flow.target: [basis.item for basis in flow.legal_bases] for flow in flows_of(facts, FlowKind.PROVISION)}
    assert bases == {"みほん県知事": ["8"], "日本年金機構": ["8"]}


def test_a_medium_that_is_unread_leaves_the_number_open() -> None:
    """Where boxes of ⑥提供方法 are lost nobody knows whether the symbol or the number goes."""
    lost = PARTS["handover"].replace("[○] 情報", f"{BOX} 情報").replace("[ ] 紙", "[○] 紙")
    assert {flow.carries for flow in flows_of(facts_of(tabbed(handover=lost)), FlowKind.PROVISION)} == {Carries.UNCLEAR}


def test_no_movement_ends_at_a_label() -> None:
    """A recipient that is a label or a list of boxes shows that the form is misread: no movement."""
    for name in ("⓵法令上の根拠⓶移転先における用途", "〔〕専用線〔〕電子メール", "同上"):
        facts = facts_of(tabbed(handover=swap("handover", "提供先1\tみほん県知事", f"提供先1\t{name}")))
        assert flows_of(facts, FlowKind.PROVISION) == []


def test_a_system_without_name_is_not_the_agency() -> None:
    """What a system does whose name is unread, the agency does not do."""
    systems = swap("systems", "申告の内容を記録し、税額を計算する。", "みほん県へ申告の内容を送信する。")
    named = ends_of(facts_of(tabbed(systems=systems)), FlowKind.NARRATIVE)
    lost = ends_of(facts_of(tabbed(systems=systems.replace("\t架空税務システム", "\t"))), FlowKind.NARRATIVE)
    assert named == {("架空税務システム", "みほん県")}
    assert lost == set()
