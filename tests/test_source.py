"""Lines and spans of a text: what every quote rests on."""

from __future__ import annotations

import pytest

from extract.source import Span, source_of_text


@pytest.mark.parametrize(("offset", "line"), [(0, 1), (2, 1), (3, 2), (4, 3), (5, 3)])
def test_lines_count_from_one(offset: int, line: int) -> None:
    """The line feed belongs to the line that it ends."""
    assert source_of_text("甲乙\n\n丙丁").line_of(offset) == line


def test_a_line_is_quoted_without_its_line_feed() -> None:
    """Also the last one, which has none."""
    source = source_of_text("甲乙\n\n丙丁")
    assert [source.quote(source.line_span(line)) for line in (1, 2, 3)] == ["甲乙", "", "丙丁"]


def test_only_a_line_feed_ends_a_line() -> None:
    """Form feeds and separators stand inside lines, so that an editor counts as we do."""
    assert len(source_of_text("甲\x0c乙\u2028丙\x85丁\n").line_starts) == 2


def test_an_empty_span_is_false() -> None:
    """A span that covers nothing quotes nothing."""
    assert not Span(3, 3)
    assert Span(3, 4)
