"""Whatever the prose holds, reading it never raises, keeps its places and takes time in proportion."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts import EndKind
from extract.flows.passages import FlowReading, Names, Passage
from extract.flows.reader import find_flows
from extract.flows.sentences import find_sentences
from extract.source import Source, Span, source_of_text

NAMES = Names(
    agency="架空市",
    office="架空市長",
    departments=("福祉部(障害)福祉課",),
    systems=(("税務システム", "税システム"), ("収納(消込)システム",)),
    aliases={"支払基金": "社会保険診療報酬支払基金", "": "", "甲": "乙"},
    bodies=("みほん県", "(株)見本"),
)
PIECES = st.sampled_from(
    [
        *"、。・※①()（）「」【】<>＜＞：\n\t 　",
        *"にをへがはでとのからより",
        "税務システム",
        "収納(消込)システム",
        "市区町村の窓口端末",
        "支払基金",
        "住民",
        "職員",
        "情報提供ネットワークシステム",
        "個人番号",
        "を含む",
        "符号を用いる",
        "特定個人情報",
        "から",
        "へ",
        "に対して",
        "を介して",
        "を用いて",
        "との間で",
        "以外には",
        "において",
        "入手元は、",
        "送信する",
        "送信された",
        "受領し、",
        "登録するための",
        "照会を行い、",
        "提供を受け",
        "連携する",
        "授受",
        "届け出た",
        "取り込む",
        "確認できない",
        "使用しない。",
        "<p>",
        "</p>",
        "<税務システムにおける措置>",
        "(以下「甲」という。)",
    ]
)
PROSE = st.lists(PIECES, max_size=60).map("".join)


def read(source: Source, item: str = "I-1.②") -> FlowReading:
    """Read the whole source as one passage of a system."""
    span = Span(0, len(source.text))
    passage = Passage(item=item, span=span, speaker="収納(消込)システム", speaker_kind=EndKind.SYSTEM)
    return find_flows(source, [passage], NAMES)


def check_places(source: Source, reading: FlowReading) -> None:
    """Every quote stands where its evidence says."""
    evidence = [e for fact in (*reading.flows, *reading.denied) for e in fact.evidence]
    for one in (*evidence, *reading.unread):
        assert one.quote == source.text[one.start : one.end]
        assert one.line == source.line_of(one.start)
        assert one.quote


@given(PROSE, st.sampled_from(["I-1.②", "III-2.1"]))
def test_prose_of_the_field(text: str, item: str) -> None:
    """Words of the field in any order: no error, no arrow from a thing to itself, every quote in its place."""
    source = source_of_text(text)
    reading = read(source, item)
    check_places(source, reading)
    assert all(flow.source != flow.target for flow in reading.flows)
    assert all(flow.source and flow.target for flow in reading.flows)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Any text at all."""
    source = source_of_text(text)
    check_places(source, read(source))


@given(PROSE)
def test_sentences_keep_order_and_place(text: str) -> None:
    """The characters of the sentences stand in the source, in order, none twice within a sentence."""
    last = -1
    for sentence in find_sentences(text):
        assert len(sentence.text) == len(sentence.offsets)
        assert list(sentence.offsets) == sorted(sentence.offsets)
        assert sentence.offsets[0] >= last
        last = sentence.offsets[0]


@given(PROSE)
@settings(max_examples=30)
def test_the_same_text_reads_the_same(text: str) -> None:
    """Reading is a function of the text alone."""
    source = source_of_text(text)
    assert read(source) == read(source)


HARD = (
    "税務システムから",
    "住民に送信する",
    "「" * 5 + "(",
    "個人番号は",
    "個人番号を含む情報を送信し、",
    "照会・",
    "の",
    "者",
    "を介して",
    "申請に関する",
    "・①※",
    "<p>",
    "1-①",
    "する",
    "あ" * 50 + "、",
    "\n 　",
)


@pytest.mark.parametrize("piece", HARD)
def test_time_grows_with_the_text(piece: str) -> None:
    """Forty thousand characters of the same awkward piece are read within a few seconds."""
    source = source_of_text((piece * (40_000 // len(piece) + 1))[:40_000])
    begin = time.process_time()
    read(source)
    assert time.process_time() - begin < 5
