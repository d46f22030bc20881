"""Reading as a whole: what is an assessment, and that every statement stands where it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from extract.errors import NotAnAssessment
from extract.facts import Facts
from extract.pipeline import read_document
from extract.source import source_of_text
from tests.documents import PARTS, plain, read, tabbed
from tests.evidence import misquoted


@pytest.mark.parametrize("write", [tabbed, plain])
def test_every_quote_is_found_again(write: Callable[[], str]) -> None:
    """At its offsets, exactly as printed, in its line."""
    assert misquoted(read(write())) == []


@pytest.mark.parametrize("write", [tabbed, plain])
def test_both_shapes_say_the_same(write: Callable[[], str]) -> None:
    """A table and its plain text state the same things, the change table apart, which needs its cells."""
    assert _stated(read(write()).facts) == _stated(read(tabbed()).facts)


def _stated(facts: Facts) -> list[object]:
    bare = [replace(fact, evidence=fact.evidence[:1]) for fact in replace(facts, changes=()).each()]
    return [
        (type(fact), *(getattr(fact, field.name) for field in fields(fact) if field.name != "evidence"))
        for fact in bare
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ただの文章である。",
        "特定個人情報保護評価書について\n委員会は、評価の方法を示した。",
        "特定個人情報ファイルの取扱いの委託について説明する。\n委託先名は公表する。\n使用目的と保管場所を確かめる。",
        "1. 目的\n2. 定義\n3. 手続\n" * 50,
    ],
)
def test_a_text_that_is_no_assessment(text: str) -> None:
    """Speaking of assessments makes none."""
    with pytest.raises(NotAnAssessment) as caught:
        read_document(source_of_text(text, "お知らせ.txt"))
    assert caught.value.where == "お知らせ.txt"
    assert caught.value.todo


@pytest.mark.parametrize("part", PARTS)
def test_any_part_may_be_missing(part: str) -> None:
    """A document without one of its parts is read, and the parts that are there keep their words."""
    reading = read(tabbed(**{part: ""}))
    assert misquoted(reading) == []
    whole = {fact for fact in read(tabbed()).facts.each() if fact.evidence[0].item.startswith("II-4")}
    if part not in ("entrust", "file"):
        assert len(reading.facts.entrustments) == len([one for one in whole if one.evidence[0].item == "II-4.1"])


def test_the_same_text_is_read_the_same() -> None:
    """Reading twice gives equal facts in equal order."""
    assert read(tabbed()).facts.each() == read(tabbed()).facts.each()


def test_widths_and_line_ends_make_no_difference() -> None:
    """Windows line ends, full-width brackets and digits: the same statements."""
    wide = str.maketrans("[]()0123456789", "［］（）０１２３４５６７８９")
    states = [(one.medium, one.mark.state) for one in read(tabbed()).facts.media]
    for text in (tabbed().replace("\n", "\r\n"), tabbed().translate(wide)):
        assert [(one.medium, one.mark.state) for one in read(text).facts.media] == states
