"""Where the pages of a raw text begin."""

from __future__ import annotations

import pytest

from extract.anchors import find_anchors
from extract.pages import mark_pages, page_spans
from extract.source import source_of_text
from extract.stream import make_stream


def pages_of(text: str) -> list[str]:
    """Return the folded text of each page."""
    stream = make_stream(source_of_text(text))
    stream = mark_pages(stream, find_anchors(stream))
    return [stream.text[start:end] for start, end in page_spans(stream)]


def test_a_form_feed_begins_a_page() -> None:
    """The plain sign, wherever it stands."""
    assert pages_of("①事務の名称\n\n甲\n\x0c②事務の内容\n\n乙") == ["①事務の名称甲", "②事務の内容乙"]


def test_a_text_without_signs_is_one_page() -> None:
    """Blank lines begin no page."""
    assert len(pages_of("①事務の名称\n\n甲\n\n\n②事務の内容\n\n乙\n")) == 1


def test_a_lone_page_number_ends_a_page() -> None:
    """A number between blank lines, with more blank lines behind it, stands at a page's foot."""
    text = " ①事務の名称\n\n甲\n\n- 12 -\n\n\n ②事務の内容\n\n乙\n"
    assert pages_of(text)[-1] == "②事務の内容乙"


def test_a_number_in_the_text_is_no_page_number() -> None:
    """A value that is a number stands right before the next label."""
    assert len(pages_of("①事務の名称\n\n12\n\n②事務の内容\n\n乙\n")) == 1


@pytest.mark.parametrize("label", ["②システムの機能", "⑥委託先名"])
def test_a_label_with_one_more_space_begins_a_page(label: str) -> None:
    """Text tools print a page's first line a space further right than its like."""
    lines = [" ①事務の名称\n\n甲", " ②事務の内容\n\n乙", " ①システムの名称\n\n丙"]
    text = "\n\n".join(lines) + f"\n  {label}\n\n丁\n"
    assert pages_of(text)[-1].startswith(label)


def test_in_tables_spaces_begin_no_page() -> None:
    """Where values stand in cells, a leading space means nothing."""
    assert len(pages_of(" ①事務の名称\t甲\n ②事務の内容\t乙\n  ①システムの名称\t丙\n")) == 1
