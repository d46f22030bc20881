"""Where a query is wrong: turns the engine's message into a place, a picture of it, and what was expected.

The engine says how far it looked, not where the fault begins, and a keyword that it tried is counted as looked at,
whole. So the query is read once more with much space between its words, where no try reaches the next word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from ontology import NAMESPACES
from viz.server.refusals import Refusal, Refused
from viz.server.syntax import Token, draw_place, find_tokens, first_keyword, line_and_column

_MESSAGE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<items>.*)", re.DOTALL)
_ITEM = re.compile(r'"(?:[^"\\]|\\.)*"|\[(?:\'(?:\\u\{\w+\}|\\.|[^\\])\'|[^\]\'])*\]|[^,"\[]+')
_KEYWORD = re.compile(r"\w+")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_SPACE = "\n" + " " * 40
_MOST_EXPECTED = 6
_ANYTHING = "[_]"
_ESCAPED = "\\u"  # among what is expected only inside of a string


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """The word that cannot be read on, None at the end, the one before it, and what the engine expected."""

    before: Token
    token: Token | None
    signs: tuple[str, ...]
    sentence: str


Span = tuple[int, int]
"""Where something begins and ends in a query."""


def refuse_at(kind: str, what: str, text: str, span: Span, todo: str = "") -> Refused:
    """Return a refusal that shows the place ``span`` in the query ``text``."""
    line, column = line_and_column(text, span[0])
    picture = draw_place(text, *span)
    return Refused(Refusal(kind=kind, what=what, todo=todo, line=line, column=column, picture=picture))


def point_out(text: str, message: str) -> Refused:
    """Return the refusal of a query that the engine did not read, with its ``message`` made plain."""
    tokens = tuple(find_tokens(text))
    if not tokens:
        return Refused(Refusal(kind="syntax", what="the query is empty"))
    first = first_keyword(text) or tokens[0]
    if first.text.upper() in _UPDATES:
        what = f"{first.text.upper()} is an update, and the service only reads"
        return refuse_at("update", what, text, first.span)
    fault = _find_fault(tokens)
    if fault is None:
        return Refused(Refusal(kind="syntax", what=message))
    return next(tell(text, fault) for fits, tell in _KINDS if fits(fault))


def _find_fault(tokens: Sequence[Token]) -> _Fault | None:
    """Find the fault in the query with much space wherever it has some."""
    spaced = ""
    starts: list[int] = []
    for number, token in enumerate(tokens):
        spaced += _SPACE if number and tokens[number - 1].end < token.start else ""
        starts.append(len(spaced))
        spaced += token.text
    match = _MESSAGE.match(_message_of(spaced + _SPACE))
    if not match:
        return None
    items = [item.strip() for item in _ITEM.findall(match["items"]) if item.strip()]
    keywords = [item for item in items if _KEYWORD.fullmatch(item)]
    others = [item for item in items if item not in keywords and item != _ANYTHING]
    place = _offset(spaced, int(match["line"]), int(match["column"]))
    if keywords and not others:
        place -= min(map(len, keywords))
    at = max(bisect_right(starts, place) - 1, 0)
    beyond = place - starts[at] > len(tokens[at].text)
    return _Fault(
        before=tokens[at] if beyond else tokens[max(at - 1, 0)],
        token=tokens[at] if not beyond else next(iter(tokens[at + 1 :]), None),
        signs=tuple(_unquoted(item) for item in items if item.startswith('"')),
        sentence=next((item for item in others if " " in item and item[0] not in "[\"'"), ""),
    )


def _unquoted(item: str) -> str:
    return item[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _message_of(text: str) -> str:
    try:
        Store().query(text)
    except SyntaxError as error:
        return str(error)
    return ""


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1


def _unclosed(text: str, fault: _Fault) -> Refused:
    quote = next(sign for sign in fault.signs if sign[-1] in "'\"")
    start = text.rfind(quote, 0, fault.before.end)
    line_end = text.find("\n", start)
    return refuse_at("syntax", "this string is not closed", text, (start, line_end if line_end >= 0 else len(text)))


def _undeclared(text: str, fault: _Fault) -> Refused:
    token = fault.token or fault.before
    prefix = token.text.partition(":")[0]
    todo = f"PREFIX {prefix}: <{NAMESPACES.get(prefix, 'https://…')}>"
    return refuse_at("syntax", "this prefix is not declared", text, token.span, todo)


def _no_iri(text: str, fault: _Fault) -> Refused:
    end = (fault.token or fault.before).end
    start = max(text.rfind("<", 0, end), 0)
    return refuse_at("syntax", "this is no absolute IRI", text, (start, end), "write it whole, or declare a BASE")


def _in_other_words(text: str, fault: _Fault) -> Refused:
    if fault.token is None:
        return Refused(Refusal(kind="syntax", what=fault.sentence))
    return refuse_at("syntax", fault.sentence, text, fault.token.span)


def _unexpected(text: str, fault: _Fault) -> Refused:
    token = fault.token or fault.before
    what = f"{token.text!r} cannot stand here" if fault.token else "the query ends too early"
    signs = fault.signs if len(fault.signs) <= _MOST_EXPECTED else ()
    todo = f"what could stand there: {' '.join(sorted(signs))}" if signs else ""
    return refuse_at("syntax", what, text, token.span, todo)


_KINDS: Sequence[tuple[Callable[[_Fault], bool], Callable[[str, _Fault], Refused]]] = (
    (lambda fault: _ESCAPED in fault.signs, _unclosed),
    (lambda fault: "refix" in fault.sentence, _undeclared),
    (lambda fault: "IRI" in fault.sentence, _no_iri),
    (lambda fault: bool(fault.sentence), _in_other_words),
    (lambda _: True, _unexpected),
)
