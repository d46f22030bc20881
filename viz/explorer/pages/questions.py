"""The auditors' questions: their list, and one question with its parameters and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from queries.catalog import Column, Question, Value
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, name, tag
from viz.explorer.parts import cut, table
from viz.explorer.shell import tongue_field
from viz.explorer.vocabulary import code_label, term_label

_PLACE = frozenset({"document", "line", "quote"})
_GROUPS = (
    (
        ("個人番号はどこへ行くか", "Where does the number go?"),
        ("flows-of-business", "flows", "provisions", "transfers", "acquisitions", "acquisition-methods"),
    ),
    (
        ("何が全国のネットワークに届くか", "What reaches the national networks?"),
        ("reach-network", "connections", "systems"),
    ),
    (
        ("誰に委託し、再委託しているか", "Who is entrusted, and who in turn?"),
        ("companies", "entrustments", "sub-entrustees", "entrustment-methods"),
    ),
    (
        ("根拠は示され、古くないか", "Is there a legal basis, and is it current?"),
        ("flows-without-basis", "outdated-numbering", "legal-bases"),
    ),
    (
        ("何が欠け、何が読めないか", "What is missing, and what cannot be read?"),
        ("declared-and-missing", "gaps", "unreadable-marks", "contradicted-marks"),
    ),
    (("何が変わったか", "What changed?"), ("changes", "replaced")),
    (("文書どうしは合うか", "Do documents agree?"), ("one-sided",)),
    (
        ("文書とファイル", "Documents and files"),
        ("evaluations", "documents", "files", "file-categories", "storage", "incidents"),
    ),
)
"""What an auditor wants to know, and the questions that tell it."""
_CELL = 120
_HEADS = {"finding": "判定", "role": "立場", "about": "種類"}
"""Heads of columns of codes that are no property."""


def _grouped(questions: Iterable[Question]) -> list[tuple[tuple[str, str], list[Question]]]:
    """Return the questions by what an auditor wants to know; one that belongs nowhere stands with the last."""
    known = {one.name: one for one in questions}
    listed = {name for _, names in _GROUPS for name in names}
    found = [(title, [known[name] for name in names if name in known]) for title, names in _GROUPS]
    found[-1][1].extend(one for name, one in known.items() if name not in listed)
    return found


def question_list(here: Here, questions: Iterable[Question]) -> Markup:
    """Return the questions as a short list of links under what an auditor wants to know."""
    items = [
        tag("li", tag("strong", here.say(*title)), tag("div", [[_link(here, one), " "] for one in group]))
        for title, group in _grouped(questions)
    ]
    return tag("ul", items, class_="questions short")


def _link(here: Here, question: Question) -> Markup:
    return tag("a", here.say(question.ja, question.en), href=here.link(f"/questions/{question.name}"))


def questions_page(here: Here, questions: Iterable[Question]) -> list[Child]:
    """Return the page that lists the questions, each with what it asks."""
    sections = [
        tag(
            "section",
            tag("h2", here.say(*title)),
            tag(
                "ul",
                [tag("li", _link(here, one), " ", tag("small", here.say(one.about_ja, one.about_en))) for one in group],
                class_="questions",
            ),
        )
        for title, group in _grouped(questions)
    ]
    return [tag("h1", here.say("監査人の問い", "The auditors' questions")), tag("div", sections, class_="pairs")]


def question_page(
    here: Here, question: Question, given: Mapping[str, str], rows: Sequence[Sequence[Value]], most: int
) -> list[Child]:
    """Return a question with its answer, cut after ``most`` rows."""
    count = here.say(f"{len(rows):,} 行", f"{len(rows):,} rows")
    note = here.say(
        f"最初の {most:,} 行だけを表示しています。全ては CSV か JSON で、または条件で絞ってください。",
        f"Only the first {most:,} rows are shown; take CSV or JSON for all, or narrow it.",
    )
    return [
        tag("h1", here.say(question.ja, question.en)),
        tag("p", here.say(question.about_ja, question.about_en), class_="lead"),
        _parameters(here, question, given),
        tag("p", count if len(rows) <= most else note, " ", _files(here, question, given), class_="tools"),
        _answer(here, question, rows[:most]),
    ]


def _parameters(here: Here, question: Question, given: Mapping[str, str]) -> Markup:
    fields = [
        tag(
            "label",
            here.say(one.ja, one.en),
            tag(
                "input",
                name=one.name,
                value=given.get(one.name, one.default or ""),
                inputmode="numeric" if one.type == "integer" else None,
            ),
        )
        for one in question.parameters
    ]
    action = f"/questions/{question.name}"
    return tag(
        "form", fields, tongue_field(here), tag("button", here.say("絞り込む", "Narrow")), action=action, class_="row"
    )


def _files(here: Here, question: Question, given: Mapping[str, str]) -> list[Child]:
    path, pairs = f"/questions/{question.name}", list(given.items())
    return [
        tag("a", "CSV", href=here.link(f"{path}.csv", pairs), download=True),
        " ",
        tag(
            "a",
            here.say("CSV（Excel用）", "CSV (for Excel)"),
            href=here.link(f"{path}.csv", [*pairs, ("bom", "1")]),
            download=True,
        ),
        " ",
        tag("a", "JSON", href=here.link(f"{path}.json", pairs), download=True),
        " ",
        tag(
            "a",
            here.say("SPARQLで開く", "Open as SPARQL"),
            href=here.link("/console", [("question", question.name), *pairs]),
        ),
    ]


def _answer(here: Here, question: Question, rows: Sequence[Sequence[Value]]) -> Markup:
    columns = question.columns
    if not rows:
        return tag("p", here.say("該当する記載はありません。", "Nothing is stated that fits."))
    used = [at for at, _ in enumerate(columns) if any(row[at] not in (None, "") for row in rows)]
    shown = [at for at in used if columns[at].name not in ("line", "document")]
    has_place = {column.name for column in columns} >= _PLACE
    heads = [here.say(*_head(columns[at])) for at in shown]
    place = [here.say("文書と行", "Document, line")] if has_place else []
    cells = [
        [_cell(here, columns[at], row[at]) for at in shown] + ([_place(here, columns, row)] if has_place else [])
        for row in rows
    ]
    return table([*heads, *place], cells, class_="answer")


def _head(column: Column) -> tuple[str, str]:
    """Return the head of a column: a short description, or the property's name where the description lists codes."""
    words = column.ja.split("（")[0].split("、")[0]
    ja = term_label(column.name)[0] if re.search("[a-z]", words) else words
    return _HEADS.get(column.name, ja), column.name.replace("_", " ")


def _cell(here: Here, column: Column, value: Value) -> Child:
    if value is None or value == "":
        return tag("span", "—", class_="none")
    if isinstance(value, bool):
        return here.say("はい", "yes") if value else here.say("いいえ", "no")
    return cut(here, here.say(*code_label(str(value))), _CELL) if column.type == "text" else name(str(value))


def _place(here: Here, columns: Sequence[Column], row: Sequence[Value]) -> Child:
    said = dict(zip((column.name for column in columns), row, strict=True))
    document, line = str(said["document"]), said["line"]
    if line is None:
        return name(document)
    pairs = [("file", document), ("line", str(line)), ("quote", str(said["quote"] or "")[:40])]
    words = here.say(f"{line}行", f"line {line}")
    return tag(
        "span", name(document), " ", tag("a", words, href=here.link("/document", pairs, anchor="here")), class_="place"
    )
