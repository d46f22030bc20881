"""Any citation, in any notation and with any damage of layout, is read back; any text at all is read without harm."""

from __future__ import annotations

import time
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.citations import find_citation_run, find_citations, find_law_definitions
from extract.facts import Citation
from extract.laws import NETWORK_ORDER, NUMBER_ACT, read_laws

_KANJI = "〇一二三四五六七八九"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMERALS = frozenset("0123456789０１２３４５６７８９〇一二三四五六七八九十百千")
_NOISE = (" ", "　", "\n", "\t", "<p>", "</p>", "<br/>")
_TABLES = {
    "別表第一": ("別表第一", "別表第1", "別表第１"),
    "別表第二": ("別表第二", "別表第2", "別表第２"),
    "別表": ("別表",),
}
LAWS = sorted({law.name for law in read_laws() if law.kind == "law"})


def in_kanji(value: int) -> str:
    """Return a number below a thousand as laws write it.

    >>> in_kanji(165), in_kanji(20)
    ('百六十五', '二十')
    """
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    place = lambda digit, unit: "" if not digit else unit if digit == 1 else _KANJI[digit] + unit  # noqa: E731
    return place(hundreds, "百") + place(tens, "十") + (_KANJI[ones] if ones else "")


@dataclass(frozen=True)
class Notation:
    """How numbers are written, and whether 第 is."""

    digits: str
    ordinal: bool

    def number(self, canonical: str) -> str:
        """Return a canonical number (165の2) in this notation."""
        if self.digits == "kanji":
            return "の".join(in_kanji(int(part)) for part in canonical.split("の"))
        return canonical.translate(_FULL) if self.digits == "full" else canonical

    def counted(self, number: str, unit: str, *, after: str = "") -> str:
        """Return a number with its unit: 第165条の2, 9条; after a branch 第 must part the two numbers."""
        head, _, branch = number.partition("の")
        sign = "第" if self.ordinal or self.digits == "kanji" or "の" in after else ""
        return f"{sign}{self.number(head)}{unit}" + (f"の{self.number(branch)}" if branch else "")


NOTATIONS = st.builds(Notation, digits=st.sampled_from(("half", "full", "kanji")), ordinal=st.booleans())
NUMBERS = st.integers(1, 320).map(str)
BRANCHED = st.builds(
    lambda head, branches: "の".join([head, *branches]), NUMBERS, st.lists(st.integers(2, 40).map(str), max_size=2)
)
MAYBE = st.one_of(st.just(""), st.integers(1, 40).map(str))


@st.composite
def articles(draw: st.DrawFn) -> Citation:
    """Return a citation of an article."""
    return Citation(law=draw(st.sampled_from(LAWS)), article=draw(BRANCHED), paragraph=draw(MAYBE), item=draw(MAYBE))


@st.composite
def rows(draw: st.DrawFn) -> Citation:
    """Return a citation of a table's row, with or without an article."""
    if draw(st.booleans()):
        return Citation(law=NETWORK_ORDER, article="2", table="表", table_item=draw(BRANCHED))
    article = draw(MAYBE)
    return Citation(
        law=NUMBER_ACT,
        article=article,
        paragraph=draw(MAYBE) if article else "",
        table=draw(st.sampled_from(sorted(_TABLES))),
        table_item=draw(NUMBERS),
    )


def written(draw: st.DrawFn, citation: Citation, notation: Notation) -> str:
    """Return the words for ``citation``."""
    words = citation.law
    last = ""
    for number, unit in ((citation.article, "条"), (citation.paragraph, "項"), (citation.item, "号")):
        words += notation.counted(number, unit, after=last) if number else ""
        last = number or last
    if citation.table == "表":
        words += f"の表の{notation.number(citation.table_item)}の項"
    elif citation.table:
        words += f"{draw(st.sampled_from(_TABLES[citation.table]))}の{notation.number(citation.table_item)}の項"
    return words


def damaged(draw: st.DrawFn, words: str) -> str:
    """Return ``words`` with white space and tags put in, but not between two numerals."""
    places = [at for at in range(1, len(words)) if not {words[at - 1], words[at]} <= _NUMERALS]
    chosen = draw(st.lists(st.sampled_from(places), max_size=4, unique=True))
    for at in sorted(chosen, reverse=True):
        words = words[:at] + draw(st.sampled_from(_NOISE)) + words[at:]
    return words


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[Citation]]:
    """Return citations and the damaged text that cites them, each with its law."""
    wanted = draw(st.lists(st.one_of(articles(), rows()), min_size=1, max_size=4))
    parts = [damaged(draw, written(draw, citation, draw(NOTATIONS))) for citation in wanted]
    return draw(st.sampled_from(("、", "及び", "\n・", "。"))).join(parts), wanted


@given(texts())
@settings(max_examples=300, deadline=None)
def test_citation_is_read_back(case: tuple[str, list[Citation]]) -> None:
    """What is written in any notation is found, in order, and nothing else."""
    raw, wanted = case
    assert [found.citation for found in find_citations(raw)] == wanted


@given(st.sampled_from(LAWS), st.lists(NUMBERS, min_size=2, max_size=8, unique=True), st.sampled_from("、，,・"))
@settings(deadline=None)
def test_list_of_articles(law: str, numbers: list[str], sign: str) -> None:
    """A list keeps its law."""
    raw = law + sign.join(f"第{number}条" for number in numbers)
    assert [found.citation for found in find_citations(raw)] == [Citation(law=law, article=one) for one in numbers]


_WORDS = st.sampled_from(
    [
        *"第条項号の表別一二三十0123４５①（）()「」『』【】、。・～〜 \n\t<>",
        "別表第",
        "の項",
        "同法",
        "前項",
        "番号法",
        "以下「法」という。",
        "<p>",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=80).map("".join)), st.integers(0, 1000))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_harm(raw: str, base: int) -> None:
    """No text raises, and every span holds the words that it claims."""
    run = find_citation_run(raw, base)
    find_law_definitions(raw)
    for found in run.citations:
        assert found.citation.law
        assert raw[found.span.start - base : found.span.end - base] == found.printed != ""
    find_citations(raw, base, carry=run.carry)


@given(st.lists(_WORDS, max_size=40), st.lists(_WORDS, max_size=40))
@settings(deadline=None)
def test_reading_is_the_same_twice(first: list[str], second: list[str]) -> None:
    """A reading does not depend on what was read before."""
    raw = "".join(first)
    before = find_citations(raw)
    find_citations("".join(second), definitions={"法": "介護保険法"})
    assert find_citations(raw) == before


@given(st.text(alphabet="0123456789一二１、・,の第条項号()（）「」法例 \n", min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_no_text_is_slow(pattern: str) -> None:
    """A hundred thousand characters of any small pattern are read in a few seconds even on a slow machine."""
    raw = "番号法別表第二の" + pattern * (100_000 // len(pattern))
    started = time.process_time()
    find_citations(raw)
    assert time.process_time() - started < 4
