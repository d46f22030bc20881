"""Two agencies that run the same business, side by side: what both say, and what only one says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from queries.catalog import find_question
from viz.explorer.answers import COMPARED, Side
from viz.explorer.atlas import DocumentEntry
from viz.explorer.grams import plain
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, name, tag
from viz.explorer.pages.start import documents_table
from viz.explorer.parts import cut, shortened, table
from viz.explorer.shell import tongue_field

_WORDS = {"yes": ("あり", "yes"), "unclear": ("不明", "unclear")}


def choose_page(
    here: Here, documents: Sequence[DocumentEntry], first: DocumentEntry | None, others: Sequence[DocumentEntry]
) -> list[Child]:
    """Return the page on which two documents are chosen; ``others`` are of the business of ``first``."""
    return [
        tag("h1", here.say("二つの機関を比べる", "Compare two agencies")),
        tag(
            "p",
            here.say("同じ事務の評価書を二つ選びます。", "Choose two assessments of the same business."),
            class_="lead",
        ),
        _form(here, documents, first, None),
        _others(here, first, others) if first else None,
    ]


def _others(here: Here, first: DocumentEntry, others: Sequence[DocumentEntry]) -> Markup:
    title = here.say(
        f"「{shortened(first.label)}」と同じ事務の文書", f"Documents of the same business as {shortened(first.label)}"
    )
    if not others:
        words = here.say(
            "同じ名の事務の文書は、ほかに読み込まれていません。",
            "No other document of a business of that name is loaded.",
        )
        return tag("section", tag("h2", title), tag("p", words))
    links = [
        tag(
            "li",
            tag(
                "a",
                name(one.body),
                " ",
                name(shortened(one.label)),
                href=here.link("/compare", [("a", here.short(first.graph)), ("b", here.short(one.graph))]),
            ),
        )
        for one in others
    ]
    return tag("section", tag("h2", title), tag("ul", links))


def compare_page(
    here: Here,
    documents: Sequence[DocumentEntry],
    pair: tuple[DocumentEntry, DocumentEntry],
    answers: Mapping[str, Sequence[Sequence[Side]]],
) -> list[Child]:
    """Return two documents side by side."""
    first, second = pair
    return [
        tag("h1", here.say("二つの機関を比べる", "Compare two agencies")),
        _form(here, documents, first, second),
        documents_table(here, pair),
        _files(here, pair),
        [_section(here, which, pair, answers[which]) for which in COMPARED if any(answers[which])],
    ]


def _form(
    here: Here, documents: Sequence[DocumentEntry], first: DocumentEntry | None, second: DocumentEntry | None
) -> Markup:
    def choice(field: str, words: str, chosen: DocumentEntry | None) -> Markup:
        options = [tag("option", "", value="")]
        options += [
            tag("option", shortened(f"{one.body} {one.label}", 70), value=here.short(one.graph), selected=one == chosen)
            for one in documents
        ]
        return tag("label", words, tag("select", options, name=field))

    return tag(
        "form",
        choice("a", here.say("一つ目", "First"), first),
        choice("b", here.say("二つ目", "Second"), second),
        tongue_field(here),
        tag("button", here.say("比べる", "Compare")),
        action="/compare",
        class_="row",
    )


def _files(here: Here, pair: tuple[DocumentEntry, DocumentEntry]) -> Markup:
    asked = [(field, here.short(one.graph)) for field, one in zip("ab", pair, strict=True)]
    forms: tuple[tuple[str, str, list[tuple[str, str]]], ...] = (
        ("csv", "CSV", []),
        ("csv", here.say("CSV（Excel用）", "CSV for Excel"), [("bom", "1")]),
        ("json", "JSON", []),
    )
    links = [
        tag("a", words, href=here.link(f"/compare.{form}", [*asked, *more]), download=True)
        for form, words, more in forms
    ]
    return tag("p", [[link, " "] for link in links], class_="tools")


def _section(
    here: Here, which: str, pair: tuple[DocumentEntry, DocumentEntry], sides: Sequence[Sequence[Side]]
) -> Markup:
    """Return one question: rows that both have first, then those of either."""
    pairs = _paired(sides)
    both = sum(1 for _, left, right in pairs if left and right)
    question = find_question(which)
    heads = (here.say("記載", "Statement"), *(shortened(one.body or one.name, 30) for one in pair))
    rows = [[_said(here, one), _cell(here, pair[0], left), _cell(here, pair[1], right)] for one, left, right in pairs]
    note = here.say(f"共通 {both}、計 {len(pairs)}", f"{both} in common of {len(pairs)}")
    return tag(
        "section",
        tag("h2", here.say(question.ja, question.en), " ", tag("small", note)),
        table(heads, rows, class_="compare"),
    )


def _paired(sides: Sequence[Sequence[Side]]) -> list[tuple[Side, Side | None, Side | None]]:
    """Return what is said, and how either says it: first what both say, then what only the one or the other does."""
    left, right = ({_key(side): side for side in one} for one in sides)
    keys = dict.fromkeys([*(key for key in left if key in right), *left, *right])
    return [(left.get(key) or right[key], left.get(key), right.get(key)) for key in keys]


def _key(side: Side) -> tuple[str, ...]:
    return tuple(map(plain, side.said))


COLUMNS = ("question", "said", "first_line", "first_quote", "second_line", "second_quote")
"""The columns of a comparison as a table."""


def comparison_rows(answers: Mapping[str, Sequence[Sequence[Side]]]) -> list[tuple[str | int | None, ...]]:
    """Return a comparison as rows of COLUMNS."""
    return [
        (which, " ".join(filter(None, one.said)), *_told(left), *_told(right))
        for which in COMPARED
        for one, left, right in _paired(answers[which])
    ]


def _told(side: Side | None) -> tuple[int | None, str | None]:
    return (side.line, side.quote) if side else (None, None)


def _said(here: Here, side: Side) -> list[Child]:
    shown = [here.say(*_WORDS[one]) if one in _WORDS else one for one in side.said if one]
    return [[cut(here, one), " "] for one in shown]


def _cell(here: Here, document: DocumentEntry, side: Side | None) -> Child:
    if side is None:
        return tag("span", here.say("記載なし", "not said"), class_="none")
    if side.line is None:
        return here.say("あり", "said")
    pairs = [("id", here.short(document.graph)), ("line", str(side.line)), ("quote", side.quote[:40])]
    words = here.say(f"{side.line}行", f"line {side.line}")
    return tag("a", words, href=here.link("/document", pairs, anchor="here"), title=shortened(side.quote, 160))
