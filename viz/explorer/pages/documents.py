"""A document: its whole text with the statements in the margin, one of them open with its words marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ontology import CONCEPT
from viz.explorer.atlas import DocumentEntry, Place
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, name, tag
from viz.explorer.parts import FORMS, cut, document_link, quote, shortened, table
from viz.explorer.statements import Said, Spot
from viz.explorer.vocabulary import concept_label, term_label

_SUMMARY: Mapping[str, tuple[str, ...]] = {
    "SystemConnection": ("connectsText", "connectsToText"),
    "CategoryMark": ("categoryText",),
    "SourceMark": ("sourceKindText", "namedSourceText"),
    "MediumMark": ("mediumText", "detail"),
    "EntrustmentRecord": ("number", "subject", "entrusteeText"),
    "ProvisionRecord": ("number", "recipientText"),
    "TransferRecord": ("number", "recipientText"),
    "StorageRecord": ("siteText",),
    "LegalBasisCitation": ("provision",),
    "Change": ("changeDate", "changeItem"),
    "Gap": ("what",),
    "Alias": ("short", "full"),
    "Incident": ("occurred",),
    "DeclaredCount": ("flowKind", "declaredCount"),
    "Use": ("usedByText",),
}
_OTHERWISE = ("title", "name", "sourceText", "targetText")
_JOINED = {"SystemConnection": " ― ", "Alias": " ＝ "}
_FLAGS = {"true": ("はい", "yes"), "false": ("いいえ", "no")}
_IN_MARGIN = 4  # statements that the margin of one line names
_QUIET = frozenset({"basis", "why", "flowKind", "order", "state", "certainty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page of a document shows: its text (None where none was kept), its statements, and which is open."""

    document: DocumentEntry
    text: str | None
    statements: Sequence[Said]
    chosen: int | None


def summary_of(here: Here, said: Said) -> str:
    """Return in a few words what a statement says."""
    names = _SUMMARY.get(said.kind, _OTHERWISE)
    values = [_shown(here, said.value(one)) for one in names if said.value(one)]
    arrow = " → " if said.value("sourceText") else " "
    return _JOINED.get(said.kind, arrow).join(values)


def _shown(here: Here, value: str) -> str:
    if value in _FLAGS:
        return here.say(*_FLAGS[value])
    return here.say(*concept_label(value)) if value.startswith(CONCEPT) else value


def kind_words(here: Here, said: Said) -> str:
    """Return what kind of statement it is, and the state of a mark."""
    words = here.say(*term_label(said.kind))
    state = said.value("state")
    return f"{words}: {_shown(here, state)}" if state else words


def document_page(here: Here, reading: Reading) -> list[Child]:
    """Return a document with its statements."""
    document = reading.document
    return [
        tag("div", tag("h1", cut(here, document.label)), _about(here, document), class_="head"),
        tag("div", _text(here, reading), _panel(here, reading), class_="reading"),
    ]


def _about(here: Here, document: DocumentEntry) -> Markup:
    form = here.say(*FORMS[document.form]) if document.form in FORMS else ""
    agency = tag("a", name(shortened(document.body)), href=here.thing(document.agency)) if document.body else None
    counts = here.say(
        f"記載 {document.facts:,}、流れ {document.flows:,}、不明な印 {document.unclear:,}、欠落 {document.gaps:,}",
        f"{document.facts:,} statements, {document.flows:,} flows, {document.unclear:,} unclear marks, {document.gaps:,} gaps",
    )
    parts: list[Child] = [agency, form, name(document.name), document.published, counts]
    return tag(
        "p", [[part, tag("span", " ・ ", class_="dot")] for part in parts if part][:-1], [parts[-1]], class_="place"
    )


# The text.


def _text(here: Here, reading: Reading) -> Markup:
    label = here.say("文書の本文", "Text of the document")
    if reading.text is None:
        words = here.say(
            "この文書の本文はストアに保存されていません。記載と根拠の語句は次のとおりです。",
            "The text of this document is not kept in the store; these are its statements with their words.",
        )
        listed = said_table(here, reading.statements, {reading.document.graph: reading.document})
        return tag("section", tag("p", words, class_="notice"), listed, aria_label=label, class_="text")
    return tag("section", _lines(here, reading, reading.text), aria_label=label, class_="text", tabindex="0")


def _lines(here: Here, reading: Reading, text: str) -> Markup:
    starts = [0]
    starts += [at + 1 for at, char in enumerate(text) if char == "\n"]
    margin: dict[int, list[int]] = {}
    for at, said in enumerate(reading.statements):
        if said.spots:
            margin.setdefault(bisect_right(starts, said.spots[0].start), []).append(at)
    spans = _spans(reading, text)
    rows = []
    for number, start in enumerate(starts, start=1):
        end = starts[number] - 1 if number < len(starts) else len(text)
        line = _Line(
            number=number, words=text[start:end], spans=_within(spans, start, end), statements=margin.get(number, [])
        )
        rows.append(_line(here, reading, line))
    return tag("table", tag("tbody", rows), class_="lines")


def _spans(reading: Reading, text: str) -> list[tuple[int, int, bool]]:
    """Return the stretches of the open statement's words, whether each contradicts it, in order without overlap."""
    if reading.chosen is None:
        return []
    found: list[tuple[int, int, bool]] = []
    for spot in sorted(reading.statements[reading.chosen].spots, key=lambda one: one.start):
        start = max(spot.start, found[-1][1] if found else 0)
        if text[spot.start : spot.end] == spot.quote and start < spot.end:
            found.append((start, spot.end, spot.against))
    return found


def _within(spans: Iterable[tuple[int, int, bool]], start: int, end: int) -> list[tuple[int, int, bool]]:
    return [(max(a, start) - start, min(b, end) - start, c) for a, b, c in spans if a < end and b > start]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the text: its marked stretches (whether each contradicts), and the statements that begin in it."""

    number: int
    words: str
    spans: Sequence[tuple[int, int, bool]]
    statements: Sequence[int]


def _line(here: Here, reading: Reading, line: _Line) -> Markup:
    words, statements = line.words, line.statements
    pieces: list[Child] = []
    done = 0
    for start, end, against in line.spans:
        pieces += [words[done:start], tag("mark", words[start:end], class_="against" if against else None)]
        done = end
    shown = tag("bdi", [*pieces, words[done:]], lang="ja")
    chosen = reading.chosen is not None and reading.chosen in statements
    return tag(
        "tr",
        tag("td", line.number, class_="no"),
        tag("td", shown),
        tag("td", _margin(here, reading, statements), class_="margin"),
        id=f"L{line.number}",
        class_="chosen" if chosen else None,
    )


def _margin(here: Here, reading: Reading, statements: Sequence[int]) -> list[Child]:
    """Name the statements that begin in a line: a few at once, the others behind a click."""
    links = [_in_margin(here, reading, at) for at in statements]
    if len(links) <= _IN_MARGIN:
        return [links]
    rest = tag("summary", here.say(f"ほか {len(links) - _IN_MARGIN + 1}", f"{len(links) - _IN_MARGIN + 1} more"))
    return [links[: _IN_MARGIN - 1], tag("details", rest, links[_IN_MARGIN - 1 :])]


def _in_margin(here: Here, reading: Reading, at: int) -> Markup:
    said = reading.statements[at]
    summary = shortened(summary_of(here, said), 40)
    state = said.value("state").rpartition("-")[2]
    return tag(
        "a",
        tag("span", kind_words(here, said), class_=f"kind {state}".strip()),
        " ",
        name(summary),
        href=_address(here, reading, at),
        id="here" if at == reading.chosen else None,
        aria_current="true" if at == reading.chosen else None,
    )


def _address(here: Here, reading: Reading, at: int) -> str:
    pairs = [("id", here.short(reading.document.graph)), ("s", str(reading.statements[at].order))]
    return here.link("/document", pairs, anchor="here")


# The panel.


def _panel(here: Here, reading: Reading) -> Markup:
    label = here.say("記載", "Statement")
    total = len(reading.statements)
    if reading.chosen is None:
        first = (
            tag(
                "a",
                here.say("最初の記載から読む", "Begin with the first"),
                href=_address(here, reading, 0),
                class_="button",
            )
            if total
            else None
        )
        words = here.say(
            "余白の記載を選ぶと、ここに内容と根拠の語句が出ます。",
            "Choose a statement in the margin to see what it says and its words.",
        )
        return tag("aside", tag("h2", label, " ", tag("small", f"{total:,}")), tag("p", words), first, aria_label=label)
    said = reading.statements[reading.chosen]
    return tag(
        "aside",
        _steps(here, reading, reading.chosen),
        tag("h2", kind_words(here, said)),
        tag("p", name(shortened(summary_of(here, said))), class_="lead"),
        tag("dl", [_value(here, key, value) for key, value in said.values], class_="said"),
        tag("h3", here.say("根拠の語句", "The words it stands on")),
        [_spot(here, spot) for spot in said.spots],
        aria_label=label,
    )


def _steps(here: Here, reading: Reading, at: int) -> Markup:
    def step(to: int, words: str, which: str) -> Markup:
        if not 0 <= to < len(reading.statements):
            return tag("span", words, class_="off")
        return tag("a", words, href=_address(here, reading, to), rel=which)

    return tag(
        "nav",
        step(at - 1, here.say("← 前の記載", "← Previous"), "prev"),
        tag("span", f"{at + 1:,} / {len(reading.statements):,}"),
        step(at + 1, here.say("次の記載 →", "Next →"), "next"),
        class_="pager",
        aria_label=here.say("記載を順に読む", "Statements in order"),
    )


def _value(here: Here, key: str, value: str) -> list[Markup]:
    return [tag("dt", here.say(*term_label(key))), tag("dd", cut(here, _shown(here, value), 300))]


def _spot(here: Here, spot: Spot) -> Markup:
    at = here.say(f"{spot.line}行", f"line {spot.line}")
    where: list[Child] = [name(spot.item), " ", tag("a", at, href=f"#L{spot.line}")]
    if spot.original:
        where.append(tag("span", " ", here.say("原本", "original"), " ", name(spot.original)))
    against = tag("strong", here.say("反する記載", "contradicts"), " ") if spot.against else None
    return tag("div", against, quote(here, spot.quote), tag("div", where, class_="place"), class_="spot")


# Statements as a table.


def said_table(here: Here, statements: Iterable[Said], documents: Mapping[str, DocumentEntry]) -> Markup:
    """Return statements of any kind as a table: what, where, in which words."""
    heads = (
        here.say("記載", "Statement"),
        here.say("内容", "What it says"),
        here.say("根拠の語句と場所", "Words and place"),
    )
    rows = [
        [kind_words(here, one), _contents(here, one), _words(here, one, documents.get(one.graph))]
        for one in statements
        if one.spots
    ]
    return table(heads, rows, class_="statements")


def _contents(here: Here, said: Said) -> list[Child]:
    pairs = [_value(here, key, value) for key, value in said.values if key not in _QUIET]
    return [
        tag("div", name(shortened(summary_of(here, said)))),
        tag("details", tag("summary", here.say("詳しく", "details")), tag("dl", pairs, class_="said")),
    ]


def _words(here: Here, said: Said, document: DocumentEntry | None) -> list[Child]:
    spot = said.spots[0]
    if document is None:
        return [quote(here, spot.quote)]
    place = Place(doc=document.doc, item=spot.item, line=spot.line, start=spot.start, quote=spot.quote)
    where: list[Child] = [name(document.body), " ", name(spot.item), " ", document_link(here, document, place)]
    return [quote(here, spot.quote), tag("span", where, class_="place")]
