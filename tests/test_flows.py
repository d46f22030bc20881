"""Movements in prose: the examples that a lawyer can read, and what each flow must bring with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from extract.facts import Carries, Certainty, EndKind, FlowKind
from extract.flows.passages import FlowReading, Names, Passage
from extract.flows.reader import find_flows
from extract.source import Span, source_of_text

CASES = Path(__file__).parent / "cases" / "flows.md"


@dataclass
class Case:
    """One example of the file: the sentence, the document around it, and the arrows that it must give."""

    line: int
    title: str
    text: str
    context: dict[str, str]
    arrows: dict[tuple[str, str], str] = field(default_factory=dict)
    denied: set[tuple[str, str]] = field(default_factory=set)


def read_cases() -> list[Case]:
    """Return the examples in the order of the file."""
    cases: list[Case] = []
    context: dict[str, str] = {}
    title = ""
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            context = {}
        elif line.startswith("@"):
            name, _, value = line[1:].partition(" ")
            context = {**context, name: value}
        elif line.startswith("### "):
            title = line[4:]
        elif line.startswith(">"):
            cases.append(Case(number, title, line[1:].strip(), context))
        elif line.startswith("- ✗"):
            source, target = line[3:].strip().split(" → ")
            cases[-1].denied.add((source, target))
        elif line.startswith("- ") and line != "- なし":
            arrow, _, carries = line[2:].partition(" | ")
            source, target = arrow.split(" → ")
            cases[-1].arrows[source, target] = carries
    return cases


def words(value: str | None) -> tuple[str, ...]:
    """Split a list of the context at its commas."""
    return tuple(word.strip() for word in (value or "").split(",") if word.strip())


def read(
    text: str, item: str = "I-1.②", speaker: str | None = None, *, entrusted: bool = False, **names: object
) -> FlowReading:
    """Read one passage of a document with the given names."""
    source = source_of_text(text)
    kind = EndKind.BODY if entrusted else EndKind.SYSTEM if speaker else EndKind.UNKNOWN
    passage = Passage(
        item=item,
        span=Span(0, len(text)),
        speaker=speaker,
        speaker_kind=kind,
        file="資格ファイル",
        entrusted=entrusted,
    )
    return find_flows(source, [passage], Names(**names))  # type: ignore[arg-type]  # the tests name the fields


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: f"{case.line}-{case.title}")
def test_examples(case: Case) -> None:
    """Each example gives its arrows, with what they carry, and no other."""
    context = case.context
    found = read(
        case.text,
        context.get("item", "I-1.②"),
        context.get("speaker") or None,
        agency=context.get("agency"),
        departments=words(context.get("departments")),
        systems=tuple((system,) for system in words(context.get("systems"))),
        bodies=words(context.get("bodies")),
        aliases=dict(alias.split("=") for alias in words(context.get("aliases"))),
    )
    where = f"{CASES.name}:{case.line} {case.text}"
    assert {(f.source, f.target): f.carries.value for f in found.flows} == case.arrows, where
    assert {(d.source, d.target) for d in found.denied} == case.denied, where


def test_a_flow_brings_its_words() -> None:
    """A flow has item, line, exact quote, ends with their kinds, data, means and medium."""
    text = "業務の内容\n税務システムは、庁内ネットワークを介して\n収納システムへ課税情報を送信する。"
    flow = read(text, systems=(("税務システム",), ("収納システム",))).flows[0]
    evidence = flow.evidence[0]
    assert (flow.kind, flow.source, flow.target) == (FlowKind.NARRATIVE, "税務システム", "収納システム")
    assert (flow.source_kind, flow.target_kind) == (EndKind.SYSTEM, EndKind.SYSTEM)
    assert (flow.data, flow.via, flow.medium) == ("課税情報", "庁内ネットワーク", "庁内連携システム")
    assert (flow.certainty, flow.carries, flow.carries_why) == (Certainty.STATED, Carries.UNCLEAR, None)
    assert (evidence.item, evidence.line, flow.file) == ("I-1.②", 2, "資格ファイル")
    assert evidence.quote == text[evidence.start : evidence.end]
    assert evidence.quote.startswith("税務システム")
    assert evidence.quote.endswith("送信する")


def test_an_end_that_is_understood_makes_the_flow_implied() -> None:
    """Where nobody is named the speaker acts, or else the agency, and the flow says so."""
    names = {"agency": "架空市", "systems": (("収納システム",),)}
    by_system = read("納付情報を金融機関から取得する。", speaker="収納システム", **names).flows[0]
    by_agency = read("納付情報を金融機関から取得する。", **names).flows[0]
    assert (by_system.target, by_system.certainty) == ("収納システム", Certainty.IMPLIED)
    assert (by_agency.target, by_agency.certainty) == ("架空市", Certainty.IMPLIED)


def test_no_agency_no_guess() -> None:
    """Without anybody to be understood the sentence stays unread, with its words."""
    found = read("納付情報を金融機関から取得する。")
    assert not found.flows
    assert [e.quote for e in found.unread] == ["納付情報を金融機関から取得する"]


def test_the_agency_goes_by_the_name_that_the_text_gives_it() -> None:
    """An alias that is the end of the agency's name stands for it."""
    found = read(
        "市町村から届出情報を受領する。", agency="みほん県介護広域連合", aliases={"広域連合": "みほん県介護広域連合"}
    )
    assert [(f.source, f.target) for f in found.flows] == [("市町村", "広域連合")]


def test_an_alias_of_the_speaker_is_the_speaker() -> None:
    """A system does not send to itself under another of its names."""
    systems = (("介護保険総合システム", "介護システム"),)
    found = read("認定情報を介護システムに登録する。", speaker="介護保険総合システム", agency="架空市", systems=systems)
    assert [(f.source, f.target) for f in found.flows] == [("架空市", "介護システム")]


def test_a_heading_names_the_speaker() -> None:
    """<Xにおける措置> makes X the one who acts below it."""
    text = "<収納システムにおける措置>\n・金融機関から納付情報を受信する。"
    found = read(text, item="III-2.2", agency="架空市", systems=(("収納システム",),))
    assert [(f.source, f.target) for f in found.flows] == [("金融機関", "収納システム")]


def test_direction_left_open_is_unclear() -> None:
    """連携 between two runs both ways, and which way the data go is not said."""
    found = read(
        "税務システムと収納システムとの間で課税情報を連携する。", systems=(("税務システム",), ("収納システム",))
    )
    assert {f.certainty for f in found.flows} == {Certainty.UNCLEAR}
    assert len(found.flows) == 2


NOT_SENT = [
    "を送信しない",
    "を送信しません",
    "を送信していない",
    "を送信しておらず、紙でも渡さない",
    "を送信することはない",
    "を送信することができない",
    "を送信できない仕組みとしている",
    "の送信を行わない",
    "の送信は行っていない",
    "の送信は実施していない",
    "の送信を禁止している",
    "の送信は認めていない",
    "の送信は一切ない",
    "を送信することはあり得ない",
    "の送信を防止している",
    "を送信する機能はない",
    "を送信する機能を持たない",
    "が送信されることはない",
    "が送信できないよう制御している",
    "を送信しないこととしている",
    "の送信は不可としている",
    "を送信する経路はない",
    "の送信を許可していない",
    "が送信されないようにしている",
    "の送信を取りやめた",
    "を送信していたが、現在は行っていない",
    "が送信されることを防ぐ",
    "を送信してはならない",
    "を送信する仕組みになっていない",
    "を送信せず、媒体でも渡さない",
    "を送信するものではない",
    "を送信しない運用としている",
    "を送信するおそれがある",
    "を誤って送信するリスク",
    "の送信が行われないよう、職員に説明する",
    "を送信するのではなく、画面で確かめる",
]


@pytest.mark.parametrize("item", ["I-2.1.②", "III-3.1"])
@pytest.mark.parametrize("words", NOT_SENT)
def test_what_is_denied_feared_or_given_up_is_never_asserted(words: str, item: str) -> None:
    """However the text says no, it never gives an arrow."""
    systems = (("税務システム",), ("宛名システム",))
    assert not read(f"税務システムから宛名システムへ所得情報{words}。", item, agency="架空市", systems=systems).flows


SENT = [
    "を送信する",
    "を送信し、画面でも確かめる",
    "を送信するだけでなく、媒体でも渡す",
    "を送信しなければならない",
    "を送信するのみならず、媒体でも渡す",
    "を随時送信している",
    "を送信するもので、毎日行う",
]


@pytest.mark.parametrize("words", SENT)
def test_a_no_about_something_else_denies_nothing(words: str) -> None:
    """だけでなく, しなければならない and のみならず assert the movement."""
    systems = (("税務システム",), ("宛名システム",))
    found = read(f"税務システムから宛名システムへ所得情報{words}。", agency="架空市", systems=systems)
    assert ("税務システム", "宛名システム") in {(f.source, f.target) for f in found.flows}


def test_a_plan_is_not_settled() -> None:
    """What is planned is read, and marked as unclear."""
    found = read("宛名システムから税務システムへ住所情報を送信する予定である。")
    assert [f.certainty for f in found.flows] == [Certainty.UNCLEAR]


def test_the_past_gives_nothing() -> None:
    """What was done before is no movement of today."""
    assert not read("従来は宛名システムから税務システムへ住所情報を送信していた。").flows


def test_a_list_below_a_comma_is_one_sentence() -> None:
    """A sentence goes on in the list below it; a bullet after a full stop begins another."""
    found = read("<p>市は、</p><ul>・県から手帳情報を受領する。・医療機関へ受給者証を送付する。</ul>", agency="架空市")
    assert [(f.source, f.target) for f in found.flows] == [("県", "市"), ("架空市", "医療機関")]


def test_a_wrapped_line_joins() -> None:
    """A line feed inside a word is layout; the quote keeps it and the name does not."""
    text = "毎日の処理で、宛名シス\nテムから税務システムへ住所の異動情報を送信している。"
    flow = read(text).flows[0]
    assert flow.source == "宛名システム"
    assert flow.evidence[0].quote.startswith("宛名シス\nテム")


def test_names_with_a_bracket_inside() -> None:
    """A short bracket inside a name belongs to it; one after it does not."""
    found = read("保険料(税)収納システム(新)から銀行へ口座情報を送付する。", systems=(("保険料(税)収納システム",),))
    assert [(f.source, f.target) for f in found.flows] == [("保険料(税)収納システム", "銀行")]


NO_NUMBER = [
    "個人番号を含まない所得情報を送信する",
    "個人番号を削除した所得情報を送信する",
    "個人番号をマスキングした所得情報を送信する",
    "個人番号を黒塗りにした申告書の写しを送付する",
    "個人番号を宛名番号に置き換えた所得情報を送信する",
    "個人番号欄を空白にした帳票を送付する",
    "個人番号の記載のない申告書を送付する",
    "個人番号を取り除いて所得情報を送信する",
    "個人番号を使わず、宛名番号により所得情報を送信する",
    "所得情報（個人番号を除く。）を送信する",
    "所得情報を送信するが、個人番号は送信しない",
]
NOT_THE_NUMBER = [
    "個人番号カードの交付情報を送信する",
    "個人番号の有無を送信する",
    "個人番号の変更があった者の住所を送信する",
    "個人番号が不明な者の所得情報を送信する",
    "個人番号利用事務に係る所得情報を送信する",
]
WITH_NUMBER = [
    "個人番号及び氏名を送信する",
    "個人番号が記載された申告書を送付する",
    "個人番号をキーとして所得情報を送信する",
    "個人番号の入った異動ファイルを送信する",
    "特定個人情報を送信する",
]
SAID = [
    *((words, "none") for words in NO_NUMBER),
    *((words, "unclear") for words in NOT_THE_NUMBER),
    *((words, "number") for words in WITH_NUMBER),
]


@pytest.mark.parametrize(("words", "carries"), SAID)
def test_what_the_words_say_of_the_number(words: str, carries: str) -> None:
    """The number itself, the number left out, and what only bears its name."""
    found = read("税務システムから宛名システムへ" + words + "。", systems=(("税務システム",), ("宛名システム",)))
    assert [f.carries.value for f in found.flows] == [carries]


STATEMENTS = (
    ("収納システムでは個人番号を使用しない。", "none"),
    ("宛名システムのみ個人番号を保有する。", "none"),
    ("税務システムは個人番号を含む納付情報を作る。", "number"),
    ("納付情報（氏名、個人番号等）を管理する。", "number"),
    ("税務システムから送信する情報には個人番号は記録されていない。", "none"),
    ("収納システム以外への特定個人情報の配信は行わない。", "number"),
    ("窓口では個人番号カードを確認する。", "unclear"),
)


@pytest.mark.parametrize(("statement", "carries"), STATEMENTS)
def test_what_the_document_states_once(statement: str, carries: str) -> None:
    """A statement about a system or the data decides for the movements elsewhere."""
    found = read("税務システムから収納システムへ納付情報を送信する。\n・" + statement)
    flow = next(f for f in found.flows if f.data == "納付情報")
    assert flow.carries.value == carries
    assert (flow.carries_why is None) == (carries == "unclear")


def test_applications_carry_the_number_that_is_written_on_them() -> None:
    """What the document says of a form holds for the people who hand it in."""
    text = "申請書には個人番号が記載されている。住民は、窓口に支給の申請書を提出する。住民は、窓口に苦情を提出する。"
    found = read(text)
    assert [(f.data, f.carries.value) for f in found.flows] == [("支給の申請書", "number"), ("苦情", "unclear")]


def test_the_network_carries_a_symbol_where_the_document_says_so() -> None:
    """Over 情報提供ネットワークシステム goes a symbol, if the text speaks of one at all."""
    inquiry = "情報提供ネットワークシステムを介して年金保険者に受給状況を照会する。"
    assert {f.carries for f in read(inquiry, agency="架空市").flows} == {Carries.UNCLEAR}
    told = read(inquiry + "照会には符号を用いる。", agency="架空市")
    assert {f.carries for f in told.flows} == {Carries.SYMBOL}


def test_amid_the_risks_only_who_receives_is_understood() -> None:
    """In the measures the one who sends may be anybody; who receives is the agency."""
    sent = read("金融機関へ口座情報を送付する。", item="III-5.1", agency="架空市")
    received = read("金融機関から口座情報を受け取る。", item="III-2.1", agency="架空市")
    assert not sent.flows
    assert [(f.source, f.target) for f in received.flows] == [("金融機関", "架空市")]
    assert len(read("金融機関へ口座情報を送付する。", item="II-3.⑧", agency="架空市").flows) == 1


def test_the_tasks_of_an_entrustee_are_its_own() -> None:
    """In ①委託内容 the entrustee acts; where it is not one alone, nobody is understood, but for what it is handed."""
    by_one = read("検診機関から受診結果を受領する。", "II-4.1.①", "(株)見本", entrusted=True, agency="架空市")
    by_many = read("検診機関から受診結果を受領する。", "II-4.1.①", entrusted=True, agency="架空市")
    handed = read("委託先に宛名データを引き渡す。", "II-4.1.①", "(株)見本", entrusted=True, agency="架空市")
    assert [(f.source, f.target) for f in by_one.flows] == [("検診機関", "(株)見本")]
    assert not by_many.flows
    assert [(f.source, f.target) for f in handed.flows] == [("架空市", "委託先")]


def test_what_others_are_made_to_do_is_not_the_agencys() -> None:
    """入力を行わせる tells of no giver."""
    assert not read("収納システムへの入力を行わせる。", agency="架空市", systems=(("収納システム",),)).flows


def test_counts_what_it_read() -> None:
    """The reading says how many sentences gave something."""
    found = read("県から手帳情報を受領する。画面に表示する。税務課へ通知しない。", agency="架空市")
    assert found.read == 1


NO_ENDS = ("必要な情報を送信する。", "随時に連携する。", "届出の内容を登録する。", "納付情報の取得")


@pytest.mark.parametrize("text", NO_ENDS)
def test_a_movement_that_names_nobody_is_unread(text: str) -> None:
    """Who sends and who receives is not said: no arrow, but the reading owns up to the sentence."""
    found = read(text, agency="架空市")
    assert not found.flows
    assert [one.quote for one in found.unread] == [text.rstrip("。")]


@pytest.mark.parametrize("text", ["個人番号を管理する。", "画面に一覧を表示する。", "操作ログを送信する。"])
def test_what_moves_no_personal_data_is_not_unread(text: str) -> None:
    """Keeping, showing and logs are no movements."""
    found = read(text, agency="架空市")
    assert (found.flows, found.read, found.unread) == ((), 0, ())


def test_a_denial_brings_the_words_that_deny() -> None:
    """The quote of a denied movement holds the negation."""
    denied = read("宛名システムから委託先へ住所情報を提供することはない。").denied[0]
    assert (denied.source, denied.target) == ("宛名システム", "委託先")
    assert denied.evidence[0].quote == "宛名システムから委託先へ住所情報を提供することはない"
    assert "ことはない" in denied.why


def test_a_text_that_contradicts_itself_is_unclear() -> None:
    """What one sentence states and another denies is not settled."""
    text = "税務システムは収納システムへ納付情報を送信する。税務システムから収納システムへの送信は行わない。"
    found = read(text)
    assert [f.certainty for f in found.flows] == [Certainty.UNCLEAR]
    assert len(found.denied) == 1


def test_a_heading_names_the_other_end() -> None:
    """Under 「甲による入手」 an exchange with 乙 runs between the two."""
    text = "◆住民基本台帳ネットワークシステムによる入手\n※月に一度は媒体を使い、収納システムとデータを授受する。"
    found = read(text, agency="架空市", systems=(("収納システム",),))
    network = "住民基本台帳ネットワークシステム"
    assert {(f.source, f.target) for f in found.flows} >= {(network, "収納システム"), ("収納システム", network)}
    assert not [f for f in found.flows if f.source == "架空市"]


def test_a_heading_carries_what_the_text_below_it_says() -> None:
    """A heading that names no data goes by the sentences of the same passage."""
    text = "1 他自治体からの入手\n(1)他自治体からの情報取得では、個人番号により本人を特定する。"
    found = read(text, agency="架空市")
    assert [(f.source, f.carries.value) for f in found.flows] == [("他自治体", "number")] * 2


def test_a_way_leads_on_to_the_answer_and_the_store() -> None:
    """What is asked or fetched by way of a system comes by that way too, also where a later verb says so."""
    names = {"agency": "うみべ市", "systems": (("宛名システム",), ("中間サーバー",), ("税務システム",))}
    asked = read(
        "宛名システム経由で中間サーバーに照会依頼を行い、照会結果を取り込む。", speaker="税務システム", **names
    )
    fetched = read("県税事務所から宛名システムを経由して申告データを入手し、税務システムに取り込む。", **names)
    assert [(f.source, f.target, f.via) for f in asked.flows] == [
        ("税務システム", "中間サーバー", "宛名システム"),
        ("中間サーバー", "税務システム", "宛名システム"),
    ]
    assert [(f.source, f.target, f.via) for f in fetched.flows] == [("県税事務所", "税務システム", "宛名システム")]


def test_the_title_of_numbered_entries_moves_nothing() -> None:
    """2．県への通知 over 2-① is a title; the same line among others of its kind tells what is done."""
    titled = read("２．県への通知\n2-①課税データを県へ送付する。\n", agency="うみべ市")
    listed = read("２．県への通知\n３．住民への通知\n", agency="うみべ市")
    assert [(f.target, f.data) for f in titled.flows] == [("県", "課税データ")]
    assert {f.target for f in listed.flows} == {"県", "住民"}


def test_what_goes_between_unjoined_systems_has_no_settled_direction() -> None:
    """受け渡す between two systems leaves open who gives; that no line joins them leaves only the medium."""
    names = {"systems": (("税務システム",), ("福祉システム",))}
    handed = read("税務システムと福祉システムとの間で課税データを受け渡す。", **names)
    apart = read("税務システムと福祉システムは接続されておらず、データの授受はDVDによる。", **names)
    mutual = read("税務システムと福祉システムとの間で相互に課税データを受け渡す。", **names)
    for reading in (handed, apart):
        assert {f.certainty for f in reading.flows} == {Certainty.UNCLEAR}
    assert {f.certainty for f in mutual.flows} == {Certainty.STATED}


def test_the_means_of_a_system_is_its_way() -> None:
    """A system that sends by a terminal is the sender, and the terminal the way."""
    text = "受給者の一覧を作成し、専用端末を使ってみほん県へ送信する。"
    flow = read(text, speaker="福祉システム", agency="うみべ市", systems=(("福祉システム",),)).flows[0]
    assert (flow.source, flow.via) == ("福祉システム", "専用端末")
