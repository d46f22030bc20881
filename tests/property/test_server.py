"""The service holds for whatever is thrown at it."""

from __future__ import annotations

import io
import json
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store, parse_query_results

from graph.iri import mint
from viz.server.faults import point_out
from viz.server.formats import SELECT, choose
from viz.server.reading import read_query
from viz.server.refusals import Refused
from viz.server.spaces import Spaces
from viz.server.syntax import draw_place, find_tokens
from viz.server.tables import write_rows

BASE = "https://example.org/id/"
GAPS = st.lists(st.sampled_from([" ", "\n", "\t", "\r", "# SILENT <a:b>\n", "#\r\n", "#}\n"])).map("".join)
ENDPOINTS = st.sampled_from(["<https://example.org/>", "?x", "$市", "ex:a", ":", "é:b", "e\u0301:b", "a.b:c"])
BEFORE = st.sampled_from(
    ["{ ", "{?s ?p 1.", "{?s ?p 'a'@en.", "{FILTER(1<2)", "{?s ?p <a:b#c>.", "{?s ?p true.", "{{}"]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@st.composite
def services(draw: st.DrawFn) -> str:
    """Return a query with a SERVICE clause, written in one of the ways that the grammar has."""
    word = "".join(draw(st.sampled_from([char, char.lower()])) for char in "SERVICE")
    silent = draw(st.sampled_from(["", "SILENT", "silent"]))
    gap = draw(GAPS)
    return (
        f"ASK {draw(BEFORE)}{draw(GAPS)}{word}{gap}{silent}{draw(GAPS)}{draw(ENDPOINTS)}{draw(GAPS)}{{ ?s ?p ?o }} }}"
    )


@given(services())
def test_service_is_refused_however_it_is_written(query: str) -> None:
    """Case, space, comments, prefixes: nothing hides the clause."""
    with pytest.raises(Refused) as caught:
        read_query(query)
    assert caught.value.refusal.kind == "service"


@given(st.text(st.sampled_from("SELECT ASK{}?ab:<>\"'#\\ \n.;()市％é1"), max_size=60))
@example("ASK { ?s ?p '''\n''' ")
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text breaks the reading, and a place that is told lies in the text."""
    try:
        Store().query(read_query(text).text)
    except Refused as error:
        refusal = error.refusal
    except SyntaxError as error:
        refusal = point_out(text, str(error)).refusal
    else:
        return
    if refusal.line is not None:
        lines = text.replace("\r", "\n").split("\n")
        assert refusal.column is not None
        assert 1 <= refusal.column <= len(lines[refusal.line - 1]) + 1


@given(TEXTS)
def test_the_words_of_a_text_lie_in_their_order(text: str) -> None:
    """Words do not overlap, and each stands where it says."""
    end = 0
    for token in find_tokens(text):
        assert end <= token.start < token.end
        assert text[token.start : token.end] == token.text
        end = token.end
        picture = draw_place(text, *token.span)
        assert picture.count("\n") == 1
        assert picture.endswith("^")


@given(st.lists(TEXTS, min_size=1, max_size=4))
@example(["架空市", "A/B (2)", "", "~", "_", "あ" * 200, "%41", "..", "a.b"])
def test_every_identifier_is_found_at_its_path(names: list[str]) -> None:
    """The way from an identifier to a path and back ends where it began, also through a client's own encoding."""
    spaces = Spaces(base=BASE)
    iri = mint(BASE, *names)
    path = spaces.path_of(iri)
    assert path is not None
    assert path.isascii()
    assert spaces.iri_of(path.encode()) == iri
    assert unquote_to_bytes(path).startswith(b"/id/")


@given(TEXTS)
def test_any_accept_header_is_understood_or_passed_over(header: str) -> None:
    """A choice is one of the offers, or none."""
    assert choose(header, SELECT) in (*SELECT, None)


VALUES = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="ja")),
    TEXTS.map(lambda text: Literal(text, datatype=NamedNode("https://example.org/t"))),
    st.just(NamedNode("https://example.org/市")),
)


def solutions(rows: list[list[Literal | NamedNode]]) -> QuerySolutions:
    """Return rows as the engine gives them."""
    bindings = [{f"v{at}": _cell(term) for at, term in enumerate(row)} for row in rows]
    text = json.dumps({"head": {"vars": ["v0", "v1"]}, "results": {"bindings": bindings}})
    found = parse_query_results(text, format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    return found


def _cell(term: Literal | NamedNode) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    kind = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value} | kind


@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_again(rows: list[list[Literal | NamedNode]]) -> None:
    """JSON and TSV give back the very terms, by the engine's own reader."""
    for form, kind in (("json", QueryResultsFormat.JSON), ("tsv", QueryResultsFormat.TSV)):
        body = write_rows(solutions(rows), form, rows=100, size=1 << 20).body
        found = parse_query_results(io.BytesIO(body), format=kind)
        assert isinstance(found, QuerySolutions)
        assert [list(solution) for solution in found] == rows


@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=8), st.integers(0, 8), st.integers(0, 2000))
def test_a_limit_is_kept(rows: list[list[Literal | NamedNode]], most: int, size: int) -> None:
    """Never more rows than the limit, never bytes far beyond it, and a cut exactly where something is missing."""
    for form in ("json", "xml", "csv", "tsv"):
        written = write_rows(solutions(rows), form, rows=most, size=size)
        assert written.rows <= most
        assert written.cut == (written.rows < len(rows))
        assert len(written.body) <= size + 1000
