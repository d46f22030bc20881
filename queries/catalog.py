"""The questions: SPARQL files with a header that says what they answer, found and asked by name.

A header is the comment lines before the first blank one: ``# ja:`` and ``# en:`` the title, ``# about.ja:``
and ``# about.en:`` what is answered, ``# parameter: NAME TYPE [DEFAULT] 日本語 / English`` and
``# column: NAME TYPE 日本語 / English``. A parameter is bound as a typed term where the text says
``# parameters``; it never becomes part of the query's text otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Protocol

from pyoxigraph import Literal, NamedNode, QuerySolutions

from extract.errors import UnknownName
from ontology import NAMESPACES

Value = str | int | bool | None
"""One cell of an answer; None where nothing is said."""

_FOLDER = Path(__file__).parent
_FIELD = re.compile(r"# (?P<field>[a-z.]+): (?P<value>.*)")
_COLUMN = re.compile(r"(?P<name>\w+) (?P<type>text|integer|boolean|date) (?P<ja>.*?) / (?P<en>.*)")
_PARAMETER = re.compile(r"(?P<name>\w+) (?P<type>text|integer)(?: (?P<default>[0-9]+))? (?P<ja>.*?) / (?P<en>.*)")
_PLACE = "# parameters"
_INTEGER = NAMESPACES["xsd"] + "integer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of an answer."""

    name: str
    type: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What can be given to a question; ``variable`` is the query's own name for it."""

    name: str
    type: str
    ja: str
    en: str
    default: str | None = None
    variable: str = ""

    def term(self, text: str) -> Literal:
        """Return ``text`` as the term to bind; raises UnknownName if it is no such value.

        >>> Parameter(name="least", type="integer", ja="", en="").term("3").value
        '3'
        """
        if self.type == "integer":
            if not re.fullmatch(r"[0-9]{1,9}", text):
                raise UnknownName(f"{self.name} takes a whole number, not {text!r}", todo=f"-p {self.name}=10")
            return Literal(text, datatype=NamedNode(_INTEGER))
        try:
            return Literal(text)
        except ValueError as error:
            raise UnknownName(f"{self.name} holds characters that are no text", todo="type it anew") from error


COMMON = (
    Parameter(
        name="document",
        type="text",
        ja="この文書だけ（ファイル名）",
        en="only this document (file name)",
        variable="document",
    ),
    Parameter(
        name="agency", type="text", ja="この機関の文書だけ", en="only this agency's documents", variable="of_agency"
    ),
)
"""Parameters that every question takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A named question: its header, and its query."""

    name: str
    ja: str
    en: str
    about_ja: str
    about_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    query: str

    def bound(self, values: Mapping[str, str]) -> str:
        """Return the query with ``values`` bound as typed terms; raises UnknownName for an unknown parameter."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                near = _near(name, known) or f"{self.name} takes {', '.join(known)}"
                raise UnknownName(f"{self.name} has no parameter {name!r}", todo=near)
        given = {name: one.default for name, one in known.items() if one.default is not None} | dict(values)
        if not given:
            return self.query
        names = " ".join(f"?{known[name].variable}" for name in given)
        terms = " ".join(str(known[name].term(value)) for name, value in given.items())
        return self.query.replace(_PLACE, f"VALUES ({names}) {{ ({terms}) }}", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows in the order of the question, each cell a plain value."""

    question: Question
    rows: tuple[tuple[Value, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.question.columns)

    def objects(self) -> Iterator[dict[str, Value]]:
        """Yield the rows as flat objects."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


class Asked(Protocol):
    """A store that can be asked."""

    def select(self, query: str) -> QuerySolutions:
        """Return the solutions of a SELECT query."""


def question_names() -> list[str]:
    """Return the names of all questions, in alphabetical order.

    >>> {"evaluations", "systems", "flows"} <= set(question_names())
    True
    """
    return sorted(path.stem for path in _FOLDER.glob("*.rq"))


def find_question(name: str) -> Question:
    """Return the question called ``name``; raises UnknownName, which suggests others.

    >>> find_question("systems").en
    'Systems'
    """
    names = question_names()
    if name not in names:
        raise UnknownName(f"no question {name!r}", todo=_near(name, names) or "mynaflow ask lists them")
    return _parsed(name)


def ask(store: Asked, question: Question, values: Mapping[str, str] | None = None) -> Answer:
    """Ask ``question`` of ``store``, with ``values`` for its parameters."""
    columns = [(column.name, column.type) for column in question.columns]
    solutions = store.select(question.bound(values or {}))
    rows = tuple(tuple(_plain(row[name], kind) for name, kind in columns) for row in solutions)
    return Answer(question=question, rows=rows)


def _plain(term: object, kind: str) -> Value:
    """Return a term as a plain value; engines differ in how they write true.

    >>> _plain(Literal("1"), "boolean"), _plain(Literal(True), "boolean")
    (True, True)
    """
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else None
    if kind == "boolean":
        return term.value in ("true", "1")
    return int(term.value) if term.datatype.value == _INTEGER else term.value


@cache
def _parsed(name: str) -> Question:
    return parse_question(name, (_FOLDER / f"{name}.rq").read_text(encoding="utf-8"))


def parse_question(name: str, text: str) -> Question:
    r"""Read a question's file; raises ValueError where its header is not as this module describes.

    >>> parse_question("x", "# ja: 例\n# en: Ex\n# about.ja: 何\n# about.en: What\n\nSELECT *").ja
    '例'
    """
    header = text.split("\n\n", 1)[0]
    single: dict[str, str] = {}
    columns: list[Column] = []
    parameters: list[Parameter] = []
    for line in header.splitlines():
        match = _FIELD.fullmatch(line)
        if not match:
            msg = f"{name}: no header line: {line}"
            raise ValueError(msg)
        if match["field"] == "column":
            columns.append(Column(**_groups(_COLUMN, match["value"], name)))
        elif match["field"] == "parameter":
            said = _groups(_PARAMETER, match["value"], name)
            parameters.append(Parameter(**said, variable=said["name"]))
        else:
            single[match["field"]] = match["value"]
    return Question(
        name=name,
        ja=single["ja"],
        en=single["en"],
        about_ja=single["about.ja"],
        about_en=single["about.en"],
        parameters=(*COMMON, *parameters),
        columns=tuple(columns),
        query=text,
    )


def _groups(pattern: re.Pattern[str], value: str, name: str) -> dict[str, str]:
    match = pattern.fullmatch(value)
    if not match:
        msg = f"{name}: cannot understand {value!r}"
        raise ValueError(msg)
    return match.groupdict()


def _near(name: str, known: Sequence[str] | Mapping[str, object]) -> str:
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else ""
