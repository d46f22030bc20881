"""The strengths of breaks: tabs, Markdown, HTML and blank lines part a text in one way."""

from __future__ import annotations

import pytest

from extract.source import source_of_text
from extract.stream import Break, Stream, make_stream


def stream_of(text: str) -> Stream:
    """Return the stream of a text."""
    return make_stream(source_of_text(text))


def break_before(text: str, word: str) -> Break:
    """Return the strength of the break before a word."""
    stream = stream_of(text)
    return Break(stream.breaks[stream.text.index(word)])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲乙", Break.NONE),
        ("甲 乙", Break.SPACE),
        ("甲　乙", Break.SPACE),
        ("甲<b>乙</b>", Break.NONE),
        ("甲\t乙", Break.CELL),
        ("甲 | 乙 |", Break.CELL),
        ("<td>甲</td><td>乙</td>", Break.CELL),
        ("甲\n乙", Break.LINE),
        ("甲\r\n乙", Break.LINE),
        ("甲\n\t乙", Break.LINE),
        ("甲<br>乙", Break.LINE),
        ("<p>甲</p><p>乙</p>", Break.LINE),
        ("</td></tr><tr><td>甲</td></tr><tr><td>乙", Break.LINE),
        ("甲\n\n乙", Break.PARAGRAPH),
        ("甲\n \t \n乙", Break.PARAGRAPH),
        ("<table><tr><td>甲</td></tr></table>乙", Break.PARAGRAPH),
        ("甲\x0c乙", Break.PAGE),
        ("甲\n\x0c\n乙", Break.PAGE),
    ],
)
def test_break(text: str, wanted: Break) -> None:
    """Each kind of layout has its strength; the strongest of several counts."""
    assert break_before(text, "乙") is wanted


def test_the_text_begins_a_page() -> None:
    """The first character stands behind the strongest break."""
    assert stream_of("  甲").breaks[0] == Break.PAGE


def test_markdown_signs_are_no_text() -> None:
    """Headings, emphasis, quotes and the rule below a table's head are layout."""
    text = "## 甲\n> **乙**\n| 丙 | 丁 |\n| --- | :---: |\n| 戊 | 己 |"
    assert stream_of(text).text == "甲乙丙丁戊己"


def test_a_lone_bar_is_text() -> None:
    """One bar makes no table."""
    assert stream_of("甲|乙").text == "甲|乙"


@pytest.mark.parametrize(
    "text", ["甲\t1\n\t乙", "| 甲 | 1 |\n| | 乙 |", "<tr><td>甲</td></tr><tr><td></td><td>乙</td></tr>"]
)
def test_a_row_with_an_empty_first_cell_is_known(text: str) -> None:
    """Such a row belongs to a label above or below it."""
    stream = stream_of(text)
    assert stream.has_cells
    assert stream.text.index("乙") in stream.shifted


def test_plain_text_has_no_cells() -> None:
    """Lines and paragraphs are no table."""
    assert not stream_of("甲\n乙\n\n丙").has_cells


def test_lines_of_the_stream() -> None:
    """The line in which a character stands has a start and an end, the last one too."""
    stream = stream_of("甲乙\n丙丁\n\n戊")
    assert [(stream.line_start(at), stream.line_end(at)) for at in (1, 2, 4)] == [(0, 2), (2, 4), (4, 5)]
    assert stream.line_of(4) == 4
    assert stream.next_break(0, Break.PARAGRAPH) == 4
    assert stream.next_break(4, Break.PARAGRAPH) == len(stream)


def test_raw_and_gap() -> None:
    """Between two folded characters stands exactly what folding took away."""
    stream = stream_of("甲 <b>\n乙")
    assert stream.gap(1) == " <b>\n"
    assert stream.raw(0, 2) == "甲 <b>\n乙"


def test_an_empty_text_is_a_stream() -> None:
    """Nothing to read is nothing found, not an error."""
    stream = stream_of("\n \n")
    assert len(stream) == 0
    assert not stream.has_cells
