"""What the movements of the form's items carry of the number: by the item, and by what the prose says of the same way."""

from __future__ import annotations

from extract.facts import Carries, Flow, FlowKind
from tests.documents import facts_of, swap, tabbed

NETWORK = "[○] 情報提供ネットワークシステム"


def flow_from(text: str, source: str) -> Flow:
    """Return the acquisition from ``source``."""
    flows = facts_of(text).flows
    return next(one for one in flows if one.kind is FlowKind.ACQUISITION and one.source == source)


def flow_to(text: str, target: str) -> Flow:
    """Return the provision to ``target``."""
    flows = facts_of(text).flows
    return next(one for one in flows if one.kind is FlowKind.PROVISION and one.target == target)


def test_one_of_several_ways_leaves_it_open() -> None:
    """What goes over the network and what on paper the item does not say."""
    part = swap("handover", NETWORK, NETWORK).replace("[ ] 紙", "[○] 紙")
    assert flow_to(tabbed(handover=part), "みほん県知事").carries is Carries.UNCLEAR


def test_the_data_may_leave_the_number_out() -> None:
    """③提供する情報 that is without the number goes without it, by any way."""
    part = swap("handover", "③提供する情報	申告の内容", "③提供する情報	申告の内容（個人番号を除く。）")
    flow = flow_to(tabbed(handover=part), "みほん県知事")
    assert (flow.carries, flow.carries_why) == (Carries.NONE, "個人番号を除")


def test_the_prose_tells_of_a_source_that_the_item_names() -> None:
    """A body hands over what the prose says that it does, whoever of the agency takes it."""
    get = swap(
        "get",
        "⑧使用方法	申告の内容を確かめる。",
        "⑧使用方法	架空市は国税庁から個人番号を含む申告の控えを受領する。",
    )
    assert flow_from(tabbed(get=get), "国税庁").carries is Carries.NUMBER


def test_a_file_without_the_number() -> None:
    """What the document states of all that a body gives holds for the item too."""
    get = swap(
        "get",
        "⑧使用方法	申告の内容を確かめる。",
        "⑧使用方法	国税庁から入手するファイルには、個人番号は記録されていない。",
    )
    assert flow_from(tabbed(get=get), "国税庁").carries is Carries.NONE


def test_different_data_on_one_way_leave_it_open() -> None:
    """Where some data come with the number and some without, the item stays unclear."""
    prose = (
        "架空市は国税庁から個人番号を含む申告の控えを受領する。架空市は国税庁から個人番号を除いた還付の一覧を受領する。"
    )
    get = swap("get", "申告の内容を確かめる。", prose)
    assert flow_from(tabbed(get=get), "国税庁").carries is Carries.UNCLEAR
