"""What holds in the explorer for any text: it is found by its parts, shown as it is, and kept by addresses."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from viz.explorer.grams import match_of, plain, spans_of, tokens, words_of
from viz.explorer.language import Here, Tongue
from viz.explorer.markup import tag
from viz.explorer.scope import ALLOWED, Fields, scope_of
from viz.plain import printable

TEXTS = st.text(
    st.one_of(st.sampled_from("市税住民ーｱﾊﾞA1 　\"'*()<>&-"), st.characters(exclude_categories=("Cs",))), max_size=30
)


class Reader(HTMLParser):
    """Notes tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data


@given(TEXTS, TEXTS)
def test_text_is_never_a_tag(words: str, value: str) -> None:
    """An element holds exactly its text, and an attribute exactly its value."""
    read = Reader(tag("b", words, title=value).html)
    assert read.tags == [("b", [("title", printable(value))])]
    assert read.text == printable(words)


@given(TEXTS, st.data())
def test_a_text_is_found_by_any_part_of_it(words: str, data: st.DataObject) -> None:
    """Whatever stands in a text, in whatever width, finds it; and the part is marked where it stands."""
    whole = plain(words)
    start = data.draw(st.integers(0, len(whole)))
    part = whole[start : data.draw(st.integers(start, len(whole)))]
    asked = words_of(part)
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE grams USING fts5 (words, content='', tokenize='ascii')")
        index.execute("INSERT INTO grams (rowid, words) VALUES (1, ?)", (tokens(words),))
        if asked:
            assert index.execute("SELECT COUNT(*) FROM grams WHERE grams MATCH ?", (match_of(asked),)).fetchone() == (
                1,
            )
            assert spans_of(words, asked)


@given(TEXTS, TEXTS.filter(lambda word: len(words_of(word)) == 1))
def test_nothing_else_is_found(words: str, asked: str) -> None:
    """A text is found only if it holds the word."""
    (word,) = words_of(asked)
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE grams USING fts5 (words, content='', tokenize='ascii')")
        index.execute("INSERT INTO grams (rowid, words) VALUES (1, ?)", (tokens(words),))
        (found,) = index.execute("SELECT COUNT(*) FROM grams WHERE grams MATCH ?", (match_of([word]),)).fetchone()
    assert bool(found) == (word in plain(words))


@given(st.lists(st.tuples(TEXTS, TEXTS.filter(bool))), st.sampled_from(Tongue))
def test_addresses_keep_their_fields(pairs: list[tuple[str, str]], tongue: Tongue) -> None:
    """What a link says is read back as it was."""
    link = Here(path="/", fields=Fields(), tongue=tongue).link("/graph", pairs)
    read = parse_qsl(urlsplit(link).query, keep_blank_values=True)
    assert read == pairs + ([("lang", "en")] if tongue is Tongue.EN else [])
    assert link.isascii()


@given(st.lists(st.tuples(st.sampled_from(["kind", "carries", "certainty", "medium", "agency", "connections"]), TEXTS)))
def test_filters_of_an_address_are_only_values(pairs: list[tuple[str, str]]) -> None:
    """Nothing of an address becomes a part of the condition; what is no value of a filter is passed over."""
    scope = scope_of(Fields(tuple(pairs)))
    assert set(scope.kind) <= set(ALLOWED["kind"])
    condition, values = scope.condition()
    assert condition.count("?") == len(values)
