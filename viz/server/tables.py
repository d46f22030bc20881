"""Writes solutions and yes or no as SPARQL 1.1 results: JSON, XML, CSV, TSV.

Row by row and up to a limit, which the engine's own writers do not know. An answer that was cut says so where
its format has a place for it: a member of the JSON object, a comment in XML, a last record in CSV and TSV.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from viz.server.limits import NOT_XML, Written, cut_note

Term = NamedNode | BlankNode | Literal | Triple
Cells = Sequence[Term | None]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_PLAIN = frozenset({_STRING, _LANG_STRING})
_NEEDS_QUOTES = re.compile('[",\r\n]')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How one format begins, writes a row, and ends."""

    head: Callable[[Sequence[str]], str]
    row: Callable[[Sequence[str], Cells], str]
    between: str
    foot: Callable[[Sequence[str], int, bool], str]


def write_rows(solutions: QuerySolutions, form: str, *, rows: int, size: int) -> Written:
    """Write ``solutions`` as ``form`` (json, xml, csv, tsv), up to ``rows`` rows and about ``size`` bytes."""
    names = [variable.value for variable in solutions.variables]
    how = _FORMS[form]
    pieces = [how.head(names).encode()]
    length = count = 0
    cut = False
    for piece in _written(solutions, names, how):
        if count == rows or length + len(piece) > size:
            cut = True
            break
        pieces.append(piece)
        length += len(piece)
        count += 1
    pieces.append(how.foot(names, count, cut).encode())
    return Written(body=b"".join(pieces), rows=count, cut=cut)


def _written(solutions: QuerySolutions, names: Sequence[str], how: _Form) -> Iterator[bytes]:
    between = ""
    for solution in solutions:
        yield (between + how.row(names, tuple(solution))).encode()
        between = how.between


def write_boolean(value: bool, form: str) -> bytes:
    """Write yes or no as ``form`` (json or xml).

    >>> write_boolean(True, "json")
    b'{"head":{},"boolean":true}'
    """
    word = "true" if value else "false"
    if form == "json":
        return f'{{"head":{{}},"boolean":{word}}}'.encode()
    return f"{_XML_START}<head></head><boolean>{word}</boolean></sparql>".encode()


# JSON


def _json_head(names: Sequence[str]) -> str:
    return f'{{"head":{{"vars":{json.dumps(names, ensure_ascii=False)}}},"results":{{"bindings":['


def _json_row(names: Sequence[str], cells: Cells) -> str:
    bound = (f"{_quoted(name)}:{_json(cell)}" for name, cell in zip(names, cells, strict=True) if cell is not None)
    return f"{{{','.join(bound)}}}"


def _json_foot(_: Sequence[str], rows: int, cut: bool) -> str:
    return f']}},"cut":{_quoted(cut_note(rows))}}}' if cut else "]}}"


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _json(term: Term) -> str:
    if isinstance(term, Literal):
        return f'{{"type":"literal","value":{_quoted(term.value)}{_json_kind(term)}}}'
    if isinstance(term, NamedNode):
        return f'{{"type":"uri","value":{_quoted(term.value)}}}'
    if isinstance(term, BlankNode):
        return f'{{"type":"bnode","value":{_quoted(term.value)}}}'
    parts = zip(("subject", "predicate", "object"), term, strict=True)
    return f'{{"type":"triple","value":{{{",".join(f"{_quoted(name)}:{_json(part)}" for name, part in parts)}}}}}'


def _json_kind(literal: Literal) -> str:
    if literal.language:
        return f',"xml:lang":{_quoted(literal.language)}'
    datatype = literal.datatype.value
    return "" if datatype in _PLAIN else f',"datatype":{_quoted(datatype)}'


# XML

_XML_START = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _xml_head(names: Sequence[str]) -> str:
    variables = "".join(f"<variable name={_attribute(name)}/>" for name in names)
    return f"{_XML_START}<head>{variables}</head><results>"


def _xml_row(names: Sequence[str], cells: Cells) -> str:
    bound = (
        f"<binding name={_attribute(name)}>{_xml(cell)}</binding>"
        for name, cell in zip(names, cells, strict=True)
        if cell is not None
    )
    return f"<result>{''.join(bound)}</result>"


def _xml_foot(_: Sequence[str], rows: int, cut: bool) -> str:
    return f"</results>{f'<!-- {cut_note(rows)} -->' if cut else ''}</sparql>"


def _xml(term: Term) -> str:
    if isinstance(term, Literal):
        return f"<literal{_xml_kind(term)}>{_text(term.value)}</literal>"
    if isinstance(term, NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_text(term.value)}</bnode>"
    parts = zip(("subject", "predicate", "object"), term, strict=True)
    return f"<triple>{''.join(f'<{name}>{_xml(part)}</{name}>' for name, part in parts)}</triple>"


def _xml_kind(literal: Literal) -> str:
    if literal.language:
        return f" xml:lang={_attribute(literal.language)}"
    datatype = literal.datatype.value
    return "" if datatype in _PLAIN else f" datatype={_attribute(datatype)}"


def _text(text: str) -> str:
    """Return ``text`` for XML; a carriage return is kept from being read as a line feed."""
    return escape(NOT_XML.sub("\ufffd", text), quote=False).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    held = escape(NOT_XML.sub("\ufffd", text))
    return f'"{held}"'


# CSV and TSV


def _csv_head(names: Sequence[str]) -> str:
    return ",".join(map(_csv_cell, names)) + "\r\n"


def _csv_row(_: Sequence[str], cells: Cells) -> str:
    return ",".join(_csv_cell(_csv_value(cell)) for cell in cells) + "\r\n"


def _csv_value(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def _csv_cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _csv_foot(names: Sequence[str], rows: int, cut: bool) -> str:
    return _csv_cell(cut_note(rows)) + "," * (len(names) - 1) + "\r\n" if cut else ""


def _tsv_head(names: Sequence[str]) -> str:
    return "\t".join(f"?{name}" for name in names) + "\n"


def _tsv_row(_: Sequence[str], cells: Cells) -> str:
    return "\t".join("" if cell is None else str(cell).replace("\t", "\\t") for cell in cells) + "\n"


def _tsv_foot(names: Sequence[str], rows: int, cut: bool) -> str:
    return str(Literal(cut_note(rows))) + "\t" * (len(names) - 1) + "\n" if cut else ""


_FORMS: Mapping[str, _Form] = {
    "json": _Form(head=_json_head, row=_json_row, between=",", foot=_json_foot),
    "xml": _Form(head=_xml_head, row=_xml_row, between="", foot=_xml_foot),
    "csv": _Form(head=_csv_head, row=_csv_row, between="", foot=_csv_foot),
    "tsv": _Form(head=_tsv_head, row=_tsv_row, between="", foot=_tsv_foot),
}
