"""Queries are read before the engine sees them: faults have their place, graphs their names, reaching out its no."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from viz.server.faults import point_out
from viz.server.reading import Dataset, read_query
from viz.server.refusals import STATUS, Refusal, Refused

FAULTS = (
    # query, what is underlined, words of the message, words of the advice
    ("SELECT * WHERE { ?s ?p", "?p", "ends too early", ""),
    ("SELECT * WHERE { ?s ?p ?o FILTER(?市 = ) }", ")", "cannot stand here", ""),
    ("SELECT ?x WHERE { ?x a 架空:税 }", "架空:税", "prefix is not declared", "PREFIX 架空: <https://…>"),
    ("SELECT ?x WHERE { ?x a myna:File }", "myna:File", "prefix is not declared", "mynaflow/ontology#>"),
    ("SELECT ?x WHERE { ?x a <relative> }", "<relative>", "no absolute IRI", "BASE"),
    ("SELECT ?x WHERE { ?x a <with space> }", "<with space>", "no absolute IRI", ""),
    ("SELECT ?x WHERE { ?x a 'open }", "'open }", "string is not closed", ""),
    ('SELECT ?x WHERE { ?x a "open }\n}', '"open }', "string is not closed", ""),
    ("SELEKT ?x {}", "SELEKT", "cannot stand here", ""),
    ("SELECT ?x { ?x ?y ?z } ORDRE BY ?x", "ORDRE", "cannot stand here", ""),
    ("SELECT ?x { ?x ?y ?z } LIMIT ?x", "?x", "cannot stand here", ""),
    ("SELECT ?x { ?x ?y ?z ) }", ")", "cannot stand here", ""),
    ("SELECT ?x\n{\n\t?x ?y ?z ; ; ?w\n}", "}", "cannot stand here", ""),
    ("ASK { FILTER(nonsense(?x)) }", "nonsense", "cannot stand here", ""),
    ("ASK {{}", "}", "ends too early", ""),
    ("ASK { VALUES (?x ?y) { (1) } }", "}", "VALUES", ""),
    ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?z ?y }", "", "unbound", ""),
    ("PREFIX ex <https://example.org/> ASK {}", "ex", "cannot stand here", ":"),
    ("", "", "empty", ""),
    ("# 架空", "", "empty", ""),
)


def refusal_of(query: str) -> Refusal:
    """Return why the query is refused, by the reading or else by the engine."""
    try:
        reading = read_query(query)
        Store().query(reading.text)
    except Refused as error:
        return error.refusal
    except SyntaxError as error:
        return point_out(query, str(error)).refusal
    pytest.fail("the query was taken")


def underlined(refusal: Refusal) -> str:
    """Return the words below which the picture has its line."""
    if not refusal.picture:
        return ""
    line, below = refusal.picture.split("\n")
    assert refusal.column is not None
    assert set(below.strip()) <= set("~^")
    width = len(below.strip())
    found, columns = "", 0
    for char in line[refusal.column - 1 :]:
        if columns >= width:
            break
        found += char
        columns += 1 if char.isascii() else 2
    return found


@pytest.mark.parametrize(("query", "place", "what", "todo"), FAULTS)
def test_a_fault_has_its_place(query: str, place: str, what: str, todo: str) -> None:
    """The word at fault is underlined, and what is said of it is plain."""
    refusal = refusal_of(query)
    assert refusal.kind == "syntax"
    assert underlined(refusal) == place
    assert what in refusal.what
    assert todo in refusal.todo


@pytest.mark.parametrize(
    "word", ["INSERT DATA {}", "delete where {}", "WITH <a:b> DELETE {} WHERE {}", "LOAD <a:b>", "CLEAR ALL"]
)
@pytest.mark.parametrize("before", ["", "# PREFIX\n", "BASE <a:b> PREFIX x: <a:SELECT> "])
def test_an_update_is_called_an_update(word: str, before: str) -> None:
    """Whatever stands before it."""
    assert refusal_of(before + word).kind == "update"


@pytest.mark.parametrize(
    ("query", "dataset"),
    [
        ("ASK {}", None),
        ("ASK { ?from ?p 'from <https://example.org/a>' }", None),
        ("# from: all\nASK {}", None),
        ("ASK FROM <a:b> {}", Dataset(default=("a:b",), named=())),
        ("ASK FROM <a:b> FROM NAMED <a:c> FROM <a:d> {}", Dataset(default=("a:b", "a:d"), named=("a:c",))),
        ("PREFIX x: <a:> SELECT * FROM x:市 {}", Dataset(default=("a:市",), named=())),
        (
            "BASE <https://example.org/a/> DESCRIBE ?x FROM <../b> {}",
            Dataset(default=("https://example.org/b",), named=()),
        ),
        ("SELECT ('''\n# ''' AS ?x) FROM # <a:c>\n <a:b> {}", Dataset(default=("a:b",), named=())),
    ],
)
def test_the_graphs_of_a_query(query: str, dataset: Dataset | None) -> None:
    """FROM is read where it is a clause, and with its prefixes."""
    assert read_query(query).dataset == dataset


def test_a_query_with_from_that_is_wrong_is_pointed_at() -> None:
    """Its parser is another than the engine's; the message is of the same kind."""
    refusal = refusal_of("SELECT * FROM <a:b> { ?s ?p ) }")
    assert underlined(refusal) == ")"


def test_kinds_of_refusal_have_a_status() -> None:
    """Each status tells client's faults from the service's."""
    assert all(400 <= status < 600 for status in STATUS.values())
    assert {kind for kind, status in STATUS.items() if status >= 500} == {
        "memory",
        "broken",
        "busy",
        "store",
        "building",
        "time",
    }
