"""What a search found: names, documents, provisions, quotes, or one of these page by page."""

from __future__ import annotations

from collections.abc import Sequence

from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, tag
from viz.explorer.pages.start import documents_table
from viz.explorer.parts import Stretch, document_link, found_in, kind_of, pager, quote, shortened, table
from viz.explorer.search import FEW, KINDS, PAGE, Found
from viz.explorer.vocabulary import term_label

_TITLES = {
    "names": ("名前", "Names"),
    "documents": ("文書", "Documents"),
    "laws": ("法令と条項", "Laws and provisions"),
    "quotes": ("記載の語句", "Quotes"),
}


def search_page(here: Here, asked: str, kind: str, found: Found, offset: int) -> list[Child]:
    """Return the results of a search."""
    title = (
        here.say(f"「{shortened(asked)}」の検索", f"Search: {shortened(asked)}")
        if asked
        else here.say("検索", "Search")
    )
    if not found.words:
        words = here.say(
            "名前、記載の語句、法令を、語の一部で検索できます。", "Search parts of names, quotes and laws."
        )
        return [tag("h1", title), tag("p", words)]
    if not any(found.counts.values()):
        words = here.say(
            "見つかりませんでした。語を短くするか、別の書き方で試してください。",
            "Nothing found; try a shorter or another word.",
        )
        return [tag("h1", title), _kinds(here, asked, kind, found), tag("p", words)]
    shown = [kind] if kind in KINDS else [one for one in KINDS if found.counts[one]]
    sections = [_section(here, asked, one, found, offset if kind == one else None) for one in shown]
    return [tag("h1", title), _kinds(here, asked, kind, found), *sections]


def _kinds(here: Here, asked: str, kind: str, found: Found) -> Markup:
    links = [("", here.say("すべて", "All"), sum(found.counts.values()))]
    links += [(one, here.say(*_TITLES[one]), found.counts[one]) for one in KINDS]
    tabs = [
        tag(
            "a",
            words,
            " ",
            tag("small", f"{count:,}"),
            href=here.link("/search", [("q", asked), ("kind", one)]),
            aria_current="true" if one == kind else None,
        )
        for one, words, count in links
    ]
    return tag("nav", tabs, class_="tabs", aria_label=here.say("検索の対象", "What is searched"))


def _section(here: Here, asked: str, kind: str, found: Found, offset: int | None) -> Markup:
    """Return what was found of one kind: the first few, or from an offset on."""
    count = found.counts[kind]
    more = None
    if offset is None and count > FEW:
        words = here.say(f"{count:,} 件すべて", f"All {count:,}")
        more = tag("p", tag("a", words, href=here.link("/search", [("q", asked), ("kind", kind)])))
    paging = None if offset is None else pager(here, Stretch(total=count, offset=offset, size=PAGE))
    return tag("section", tag("h2", here.say(*_TITLES[kind])), paging, _results(here, kind, found), more, paging)


def _results(here: Here, kind: str, found: Found) -> Markup:
    if kind == "names":
        return _names(here, found)
    if kind == "documents":
        return documents_table(here, found.documents)
    if kind == "laws":
        return _laws(here, found)
    return tag("ol", [_quote(here, found, at) for at in range(len(found.quotes))], class_="quotes")


def _names(here: Here, found: Found) -> Markup:
    heads = (
        here.say("名前", "Name"),
        here.say("種類", "Kind"),
        here.say("機関", "Agency"),
        here.say("文書", "Documents"),
        here.say("記載", "Statements"),
        "",
    )
    rows: list[list[Child]] = [
        [
            [
                tag("a", found_in(shortened(one.name), found.words), href=here.thing(one.key)),
                _also(one.also, found.words),
            ],
            kind_of(here, one),
            "" if one.is_agency else tag("bdi", shortened(one.owner_name, 40), lang="ja"),
            f"{one.docs:,}",
            f"{one.edges:,}",
            tag("a", here.say("図", "graph"), href=here.link("/graph", [("node", here.short(one.key))])),
        ]
        for one in found.names
    ]
    return table(heads, rows)


def _also(names: Sequence[str], words: Sequence[str]) -> Markup | None:
    """Return the other names of an end that hold what is searched."""
    held = [one for one in names if found_in(one, words).html.count("<mark>")]
    return tag("small", " ＝ ", [found_in(shortened(one, 40), words) for one in held[:2]]) if held else None


def _laws(here: Here, found: Found) -> Markup:
    heads = (here.say("法令・条項", "Law or provision"), here.say("引用箇所", "Citations"))
    rows: list[list[Child]] = [
        [tag("a", found_in(shortened(one.name), found.words), href=here.thing(one.key)), f"{one.cited:,}"]
        for one in found.laws
    ]
    return table(heads, rows)


def _quote(here: Here, found: Found, at: int) -> Markup:
    one = found.quotes[at]
    kinds = "、".join(dict.fromkeys(here.say(*term_label(kind)) for kind in one.kinds))
    return tag(
        "li",
        tag("div", document_link(here, one.document), " ", tag("small", kinds)),
        quote(here, one.place.quote, found.words),
        tag("div", tag("bdi", one.place.item), " ", document_link(here, one.document, one.place), class_="place"),
    )
