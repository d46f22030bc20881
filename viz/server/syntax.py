"""The words of a query, and a place in it shown with a line below: for messages only, never for safety.

Knows the terminals of the SPARQL 1.1 grammar as far as pointing at one needs them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_LONG_STRING = r"'''(?:[^'\\]|\\.|''?(?!'))*'''|\"\"\"(?:[^\"\\]|\\.|\"\"?(?!\"))*\"\"\""
_STRING = r"'(?:[^'\\\n\r]|\\.)*'|\"(?:[^\"\\\n\r]|\\.)*\""
_VARIABLE = r"[?$]\w+"
_NAME = r"[\w.-]*:(?:[\w.:%-]|\\[_~.\-!$&'()*+,;=/?#@%])*"
_TOKEN = re.compile(
    rf"(?P<space>\s+|\#[^\n\r]*)|(?P<iri>{_IRI})|(?P<string>{_LONG_STRING}|{_STRING})|(?P<variable>{_VARIABLE})"
    rf"|(?P<name>{_NAME})|(?P<word>\w+)|(?P<sign>.)",
    re.DOTALL,
)
_WIDE = frozenset("WF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of a query, from ``start`` to ``end``."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return self.start, self.end


def find_tokens(query: str) -> Iterator[Token]:
    """Yield the words of a query without space and comments.

    >>> [token.text for token in find_tokens("ASK { ?市 a ex:駅 } # end")]
    ['ASK', '{', '?市', 'a', 'ex:駅', '}']
    """
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(kind=match.lastgroup, text=match[0], start=match.start(), end=match.end())


def first_keyword(query: str) -> Token | None:
    """Return the word that says what is asked, after BASE, PREFIX and VERSION.

    >>> first_keyword("PREFIX ex: <https://example.org/> INSERT DATA {}").text
    'INSERT'
    """
    tokens = find_tokens(query)
    for token in tokens:
        if token.text.upper() == "PREFIX":
            next(tokens, None)
            next(tokens, None)
        elif token.text.upper() in ("BASE", "VERSION"):
            next(tokens, None)
        else:
            return token
    return None


def token_at(query: str, place: int) -> Token | None:
    """Return the word that begins at ``place`` or holds it, or the first after it; None at the end."""
    return next((token for token in find_tokens(query) if token.end > place), None)


def line_and_column(query: str, place: int) -> tuple[int, int]:
    r"""Return the line and the column of ``place``, counted from 1 in characters.

    >>> line_and_column("ASK\n{ 市", 6)
    (2, 3)
    """
    start = query.rfind("\n", 0, place) + 1
    return query.count("\n", 0, place) + 1, place - start + 1


def draw_place(query: str, start: int, end: int) -> str:
    r"""Return the line of the query with ``~~~^`` below what stands from ``start`` to ``end``.

    A wide character takes two columns, as in a terminal.

    >>> print(draw_place("ASK {\n  ?税 a 架空:市\n}", 13, 17))
      ?税 a 架空:市
            ~~~~~~^
    """
    line_start = query.rfind("\n", 0, start) + 1
    line_end = query.find("\n", start)
    line = query[line_start : line_end if line_end >= 0 else len(query)]
    before, under = query[line_start:start], query[start : min(end, line_start + len(line))]
    return f"{_shown(line)}\n{' ' * _columns(before)}{'~' * (_columns(under) - 1)}^"


def _shown(line: str) -> str:
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in line)


def _columns(text: str) -> int:
    r"""Return how many columns of a terminal ``text`` takes.

    >>> _columns("ab税"), _columns("か\u3099")
    (4, 2)
    """
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text if not _takes_none(char))


def _takes_none(char: str) -> bool:
    return unicodedata.combining(char) != 0 or unicodedata.category(char) == "Cf"
