"""Pieces that several pages share: names, quotes, badges, places, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.facts import Carries, Certainty
from graph.trace.edges import Kind
from viz.explorer.atlas import DocumentEntry, Place, Thing
from viz.explorer.drawing import DrawnBasis, DrawnStatement
from viz.explorer.grams import spans_of
from viz.explorer.language import Here
from viz.explorer.markup import EGOV, Child, Markup, name, tag
from viz.explorer.scope import Sureness
from viz.palette import CARRIES, CERTAINTY, KINDS, paint_of

_SHORT = 90
_LONG = 600

FORMS = {
    "full": ("全項目評価書", "Full"),
    "focused": ("重点項目評価書", "Focused"),
    "basic": ("基礎項目評価書", "Basic"),
}
"""The forms of assessment by their codes."""
CONTRADICTED = ("同じ文書で否定", "contradicted")
"""What a statement is called that its document denies elsewhere."""


def sureness_words(sureness: str) -> tuple[str, str]:
    """Return what a degree of certainty is called.

    >>> sureness_words("implied")
    ('黙示', 'implied')
    """
    if sureness == Sureness.CONTRADICTED:
        return CONTRADICTED
    stroke = CERTAINTY[Certainty(sureness)]
    return stroke.ja, stroke.en


def carries_words(carries: str) -> tuple[str, str]:
    """Return what is said of the individual number.

    >>> carries_words("symbol")
    ('符号', 'symbol')
    """
    stroke = CARRIES[Carries(carries)]
    return stroke.ja, stroke.en


def cut(here: Here, words: str, most: int = _SHORT) -> Markup:
    """Return text of a document, cut where it is long, with a way to see all of it."""
    if len(words) <= most:
        return name(words)
    return tag(
        "details",
        tag("summary", name(words[: most - 1] + "…"), tag("span", here.say("全文", "all"), class_="more")),
        tag("div", name(words), class_="all"),
        class_="cut",
    )


def shortened(words: str, most: int = _SHORT) -> str:
    """Return text for where there is no room for more; the page that it leads to has all.

    >>> shortened("あいうえお", 4)
    'あいう…'
    """
    return words if len(words) <= most else words[: most - 1] + "…"


def marked(words: str, spans: Iterable[tuple[int, int]]) -> list[Child]:
    """Return text with some stretches marked."""
    pieces: list[Child] = []
    done = 0
    for start, end in spans:
        pieces += [words[done:start], tag("mark", words[start:end])]
        done = end
    return [*pieces, words[done:]]


def found_in(words: str, wanted: Sequence[str]) -> Markup:
    """Return text of a document with the words of a search marked."""
    return tag("bdi", marked(words, spans_of(words, list(wanted))), lang="ja")


def quote(here: Here, words: str, wanted: Sequence[str] = ()) -> Markup:
    """Return the exact words of a document as a quotation."""
    return tag("blockquote", found_in(words, wanted) if wanted else cut(here, words, _LONG))


def document_link(here: Here, document: DocumentEntry, place: Place | None = None, words: str = "") -> Markup:
    """Return a link to a document, or to a place in it."""
    pairs = [("id", here.short(document.graph))]
    if place is None:
        return tag("a", name(shortened(words or document.label)), href=here.link("/document", pairs))
    at = here.link("/document", [*pairs, ("at", str(place.start))], anchor="here")
    shown = words or here.say(f"{place.line}行", f"line {place.line}")
    return tag("a", shown, href=at)


def place_of(here: Here, document: DocumentEntry, place: Place) -> Markup:
    """Return where a statement stands: body, document, item and line, with a link that opens it there."""
    where: list[Child] = [
        name(shortened(document.body or document.name)),
        " ",
        tag("span", shortened(document.label), lang="ja"),
    ]
    return tag("span", where, " ", name(place.item), " ", document_link(here, document, place), class_="place")


def thing_link(here: Here, thing: Thing, *, owner: bool = True) -> Markup:
    """Return a link to the page of an end, with its agency behind it."""
    link = tag("a", name(shortened(thing.name)), href=here.thing(thing.key), class_="thing")
    if owner and thing.owner_name and not thing.is_agency:
        return tag("span", link, " ", tag("small", name(shortened(thing.owner_name, 40)), class_="owner"))
    return link


def kind_of(here: Here, thing: Thing) -> str:
    """Return what an end is."""
    if thing.is_agency:
        return here.say("評価実施機関", "agency")
    paint = paint_of(thing.node)
    return here.say(paint.ja, paint.en)


def badge(words: str, code: str = "") -> Markup:
    """Return a word in a frame; ``code`` decides its colour."""
    return tag("span", words, class_=f"badge {code}".strip())


def badges(here: Here, statement: DrawnStatement) -> list[Markup]:
    """Return what kind of statement it is, what it carries, and how sure it is."""
    kind = badge(here.say(*KINDS[Kind(statement.kind)]))
    sure = badge(here.say(*sureness_words(statement.certainty)), f"sure-{statement.certainty}")
    if statement.kind == Kind.CONNECTION:
        return [kind, sure]
    return [kind, badge(here.say(*carries_words(statement.carries)), f"carries-{statement.carries}"), sure]


def statement_of(here: Here, statement: DrawnStatement) -> Markup:
    """Return a movement as it is told in lists: its marks, its words, its place, and what else is said."""
    details = [
        (here.say("情報", "data"), statement.data),
        (here.say("経由", "via"), statement.via),
        (here.say("方法", "medium"), statement.medium),
        (here.say("時期・頻度", "frequency"), statement.frequency),
    ]
    said: list[tuple[str, Child]] = [(label, cut(here, value)) for label, value in details if value]
    if statement.bases:
        said.append((here.say("根拠規定", "provision"), tag("span", basis_list(here, statement.bases))))
    way: list[Child] = [name(statement.source), " → ", name(statement.target)]
    return tag(
        "div",
        tag("div", tag("span", way, class_="way"), badges(here, statement)),
        quote(here, statement.quote),
        tag("dl", [[tag("dt", label), tag("dd", value)] for label, value in said], class_="said") if said else None,
        tag(
            "div",
            name(statement.agency),
            " ",
            name(statement.document),
            " ",
            name(statement.item),
            " ",
            tag("a", here.say(f"{statement.line}行", f"line {statement.line}"), href=statement.url),
            class_="place",
        ),
        class_="statement",
    )


def basis_list(here: Here, bases: Iterable[DrawnBasis]) -> list[Child]:
    """Return provisions with links to their pages here and to their laws at e-Gov."""
    shown: list[Child] = []
    for one in bases:
        label = name(one.name)
        shown += ["、" if shown else None, tag("a", label, href=one.url) if one.url else label]
        if one.egov:
            shown += [" ", egov_link(here, one.egov)]
    return shown


def egov_link(here: Here, number: str) -> Markup:
    """Return the link to a law at e-Gov; the reader's click is the only request that leaves the machine."""
    title = here.say("e-Gov法令検索で開く（外部のサイト）", "open at e-Gov (external site)")
    return tag("a", "e-Gov", href=EGOV + number, rel="noreferrer noopener", target="_blank", title=title, class_="out")


def table(heads: Sequence[str], rows: Iterable[Sequence[Child]], *, caption: str = "", class_: str = "") -> Markup:
    """Return a table that scrolls sideways where the window is narrow."""
    head = tag("thead", tag("tr", [tag("th", one, scope="col") for one in heads]))
    body = tag("tbody", [tag("tr", [tag("td", cell) for cell in row]) for row in rows])
    shown = tag("caption", caption) if caption else None
    said = "、".join(one for one in heads if one)
    inside = tag("table", shown, head, body, class_=class_ or None)
    return tag("div", inside, class_="scroll", tabindex="0", role="group", aria_label=said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A page of a longer list: from which of ``total`` rows on, and how many."""

    total: int
    offset: int
    size: int


def pager(here: Here, stretch: Stretch) -> Markup | None:
    """Return links to the pages before and after, where a list does not fit one page."""
    total, offset, size = stretch.total, stretch.offset, stretch.size
    if total <= size:
        return None
    kept = [pair for pair in here.fields.pairs if pair[0] not in ("from", "lang")]

    def link(to: int, words: str) -> Markup:
        return tag("a", words, href=here.link(here.path, [*kept, ("from", str(to))]))

    first, last = offset + 1, min(total, offset + size)
    return tag(
        "nav",
        link(max(0, offset - size), here.say("← 前へ", "← Previous")) if offset else None,
        tag("span", f"{first:,}–{last:,} / {total:,}"),
        link(offset + size, here.say("次へ →", "Next →")) if last < total else None,
        class_="pager",
        aria_label=here.say("ページ", "Pages"),
    )
