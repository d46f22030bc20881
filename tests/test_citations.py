"""Citations in running text: the cases a lawyer can read, and the promises of the interface."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest

from extract.citations import (
    carry_of,
    find_citation_run,
    find_citations,
    find_law_definitions,
    judge_numbering,
)
from extract.facts import Citation
from extract.laws import NETWORK_ORDER

CASES = Path(__file__).parent / "cases" / "citations.md"
CASE = re.compile(r"^(?P<title>\S.*)\n\.\n(?P<given>(?:.*\n)*?)\.\n(?P<wanted>(?:.*\n)*?)\.$", re.MULTILINE)


def read_cases() -> list[object]:
    """Return the cases with the line of the file at which each stands."""
    text = CASES.read_text(encoding="utf-8")
    return [
        pytest.param(
            match["given"].removesuffix("\n"),
            match["wanted"].split("\n")[:-1],
            id=f"{CASES.name}:{text.count(chr(10), 0, match.start()) + 1} {match['title']}",
        )
        for match in CASE.finditer(text)
    ]


def canonical(citation: Citation) -> str:
    """Return the citation as the cases write it."""
    parts = (
        citation.law,
        citation.article,
        citation.paragraph,
        citation.item,
        citation.table,
        citation.table_item,
    )
    return "|".join(parts).rstrip("|") + (f" {citation.subitem}" if citation.subitem else "")


def canonicals(raw: str, **given: object) -> list[str]:
    """Return what is cited in ``raw``, each as the cases write it."""
    return [canonical(found.citation) for found in find_citations(raw, **given)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("given", "wanted"), read_cases())
def test_case(given: str, wanted: list[str]) -> None:
    """Each case of citations.md gives exactly the citations that it lists."""
    assert (canonicals(given) or ["なし"]) == wanted


def test_every_case_is_read() -> None:
    """No case is lost by a misplaced dot."""
    dots = CASES.read_text(encoding="utf-8").split("\n").count(".")
    assert dots == 3 * len(read_cases())


def test_printed_stands_at_its_span() -> None:
    """A span counts from the base, and the raw words stand there."""
    raw = "根拠は、<p>番号法 第９条\n第１項</p>です"
    (found,) = find_citations(raw, 100)
    assert raw[found.span.start - 100 : found.span.end - 100] == found.printed == "番号法 第９条\n第１項"


def test_list_shares_its_words() -> None:
    """Every row of a list is quoted with the whole list."""
    found = find_citations("番号法別表第二の2,3の項")
    assert [one.printed for one in found] == ["番号法別表第二の2,3の項"] * 2


def test_carried_law_is_not_quoted() -> None:
    """An article that takes its law from before is quoted with its own words."""
    assert [one.printed for one in find_citations("国民年金法第3条、第7条")] == ["国民年金法第3条", "第7条"]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("番号法第9条", "law"),
        ("番号法施行令第12条", "order"),
        ("番号法別表省令第3条", "order"),
        ("架空市税条例第3条", "ordinance"),
        ("特定個人情報保護評価指針第5", "notice"),
    ],
)
def test_kind(raw: str, kind: str) -> None:
    """A citation tells who made the law."""
    assert [one.kind for one in find_citations(raw)] == [kind]


def test_definitions_of_the_document() -> None:
    """Abbreviations defined elsewhere in the document are understood, what is no law among them is passed over."""
    given = {"番号条例": "みほん市個人番号の利用に関する条例", "法": "介護保険法", "支払基金": "架空支払基金"}
    assert canonicals("番号条例第3条、法第9条、方法第2条", definitions=given) == [
        "みほん市個人番号の利用に関する条例|3",
        "介護保険法|9",
    ]


def test_find_law_definitions() -> None:
    """「以下「…」という」 after a law's name defines it; one short form for two laws defines nothing."""
    raw = (
        "国民健康保険法（昭和33年法律第192号。以下「国保法」という。）及び「みほん市税条例」（以下、「税条例」という。）、"
        "介護保険法（以下「法」という。）、健康保険法（以下「法」という。）、架空システム（以下「標準システム」という。）"
    )
    assert find_law_definitions(raw) == {"国保法": "国民健康保険法", "税条例": "みほん市税条例"}


def test_carry_goes_on_in_the_next_part() -> None:
    """A cell cut at its headings goes on with the running law, article and table."""
    first = find_citation_run("番号法第19条第8号に基づく利用特定個人情報の提供に関する命令 第2条の表48の項")
    assert canonicals("、49の項、第50条", carry=first.carry) == [
        f"{NETWORK_ORDER}|2|||表|49",
        f"{NETWORK_ORDER}|50",
    ]


def test_carry_of_a_law() -> None:
    """A cell whose law stands outside of it can be told."""
    assert canonicals("別表第二の1、2の項", carry=carry_of("番号法")) == [
        "番号法||||別表第二|1",
        "番号法||||別表第二|2",
    ]


def test_a_new_part_does_not_deepen_the_last() -> None:
    """A table that begins a new part is no table of the article that ended the part before."""
    first = find_citation_run("番号法第9条第1項")
    assert canonicals("別表第一の16の項", carry=first.carry) == ["番号法||||別表第一|16"]


def test_table_without_any_law_is_left_out() -> None:
    """別表第二 alone names no law: nothing is guessed."""
    assert canonicals("別表第二の1、2の項") == []


@pytest.mark.parametrize(
    ("citation", "on", "words"),
    [
        (Citation(law="番号法", table="別表第一", table_item="16"), date(2024, 5, 27), "改められた"),
        (Citation(law="番号法", table="別表第一", table_item="16"), date(2024, 5, 26), None),
        (Citation(law="番号法", table="別表", table_item="24"), date(2024, 5, 26), "まだ別表第一"),
        (Citation(law="番号法", table="別表", table_item="24"), date(2024, 5, 27), None),
        (Citation(law="番号法", table="別表第二"), date(2024, 6, 1), "廃止"),
        (Citation(law="番号法", article="19", item="8", table="別表第二"), date(2020, 1, 1), "第7号であった"),
        (Citation(law="番号法", article="19", item="7", table="別表第二"), date(2022, 1, 1), "第8号である"),
        (Citation(law="番号法", article="19", item="8"), date(2020, 1, 1), "指すなら"),
        (Citation(law="番号法", article="19", item="7"), date(2022, 1, 1), "指すなら"),
        (Citation(law="番号法", article="19", item="8"), date(2022, 1, 1), None),
        (Citation(law="番号法", article="9", paragraph="1"), date(2025, 1, 1), None),
        (Citation(law=NETWORK_ORDER, article="2"), date(2024, 1, 1), "まだなかった"),
        (Citation(law="番号法別表第二の主務省令で定める事務及び情報を定める命令"), date(2025, 1, 1), "廃止"),
        (Citation(law="地方自治法", table="別表第一"), date(2025, 1, 1), None),
    ],
)
def test_judge_numbering(citation: Citation, on: date, words: str | None) -> None:
    """Old and new numbering of the number act is judged by the day, and by nothing else."""
    judged = judge_numbering(citation, on)
    assert (judged is None) if words is None else (judged is not None and words in judged)
    assert judge_numbering(citation, None) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "1",
        "1、",
        "第1、",
        "第1条、",
        "第一条の二",
        "1\n",
        "(1",
        "()",
        "の1",
        "法",
        "条例",
        "「",
        "(以下「法」",
        "第9条から",
        "同条",
        "番号法・",
    ],
)
def test_no_pattern_is_slow(pattern: str) -> None:
    """A hundred thousand characters of a pattern take seconds at most: no expression backtracks over the whole text."""
    raw = "番号法" + pattern * (100_000 // len(pattern))
    started = time.process_time()
    find_citations(raw)
    assert time.process_time() - started < 4


def test_a_long_text_is_read_fast() -> None:
    """A hundred thousand characters of prose take a fraction of a second."""
    sentence = "みほん市は、番号法第9条第1項別表第一の16の項及び住民基本台帳法第30条の9に基づき、架空の情報を照会する。"
    raw = sentence * (100_000 // len(sentence))
    started = time.process_time()
    assert len(find_citations(raw)) == 2 * (100_000 // len(sentence))
    assert time.process_time() - started < 2
