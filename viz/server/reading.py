"""Reads a query before the engine may see it: what reaches out is refused, what it says of graphs is found.

Two things would reach out of the store: SERVICE, which the engine would follow, and an update. The engine takes
no update where a query is asked. SERVICE is refused by its shape in the text, even in a string or a comment: the
shape is wider than the grammar, so that no two parsers need agree on where a string or a comment ends. Only as
part of a variable or of a prefixed name is the word let through, since there it is no keyword for any parser.
Which graphs a query names with FROM is read from its algebra.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Store

from viz.server.faults import point_out, refuse_at
from viz.server.refusals import Refused, refuse
from viz.server.syntax import token_at

_GAP = r"(?:\s|\#[^\n]*\n)*"
_PREFIX = r"[^\s{}()<>\"';,]*:"
_SERVICE = re.compile(rf"(?P<name>[?$:]\w*)?(?P<word>SERVICE){_GAP}(?:SILENT{_GAP})?(?:[?$<]|{_PREFIX})", re.IGNORECASE)
_FROM = re.compile(rf"FROM{_GAP}(?:NAMED{_GAP})?(?:<|{_PREFIX})", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u(?P<short>[0-9A-Fa-f]{4})|\\U(?P<long>[0-9A-Fa-f]{8})")
_FIRST_BEYOND_ASCII = 0x80
_SERVICE_TODO = "ask each endpoint by itself; where this is a string or a comment, put it in other words"
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The graphs that a query speaks of: those of its default graph, and those that GRAPH reaches."""

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A query that may be asked, and the dataset that it names, if it names one."""

    text: str
    dataset: Dataset | None


@lru_cache(maxsize=256)
def read_query(text: str) -> Reading:
    """Read a query; raises Refused where it reaches out of the store or cannot be read.

    >>> read_query("ASK FROM <https://example.org/g> {}").dataset
    Dataset(default=('https://example.org/g',), named=())
    >>> read_query("ASK { SERVICE <https://example.org/> {} }")
    Traceback (most recent call last):
    viz.server.refusals.Refused: SERVICE asks another endpoint, and this one asks none
    """
    text = _LINE_END.sub("\n", text)
    _refuse_escapes(text)
    for found in _SERVICE.finditer(text):
        if not found["name"]:
            what = "SERVICE asks another endpoint, and this one asks none"
            raise refuse_at("service", what, text, found.span("word"), _SERVICE_TODO)
    return Reading(text=text, dataset=_find_dataset(text) if _FROM.search(text) else None)


def _refuse_escapes(text: str) -> None:
    """Refuse an escape that stands for an ASCII character: parsers do not agree on what it may end or begin."""
    for match in _ESCAPE.finditer(text):
        if int(match["short"] or match["long"], 16) < _FIRST_BEYOND_ASCII:
            what = f"{match[0]} stands for a plain character"
            raise refuse_at("syntax", what, text, match.span(), "write the character itself")


def _find_dataset(text: str) -> Dataset | None:
    """Return the graphs that the algebra names; None where it names none."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(text)).algebra
    except ParseException as error:
        raise _unread(text, error.loc) from error
    except RecursionError as error:
        raise _unread(text, None, "it is nested too deep") from error
    except Exception as error:  # the parser has no class of its own for an unknown prefix
        raise _unread(text, None, str(error)) from error
    if not algebra.datasetClause:
        return None
    default = tuple(str(clause.default) for clause in algebra.datasetClause if clause.default)
    named = tuple(str(clause.named) for clause in algebra.datasetClause if clause.named)
    return Dataset(default=default, named=named)


def _unread(text: str, place: int | None, why: str = "") -> Refused:
    """Return the refusal of a query with FROM that its parser did not read, in the engine's words if it has any."""
    try:
        Store().query(text)
    except SyntaxError as error:
        return point_out(text, str(error))
    token = token_at(text, place) if place is not None else None
    if token is None:
        return refuse("syntax", f"the query cannot be read: {why or 'it ends too early'}")
    return refuse_at("syntax", f"the query cannot be read at {token.text!r}", text, token.span)
