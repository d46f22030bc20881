"""The page of an end of movements, of a law, and of a provision: what it sends, gets and holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.facts import EndKind
from ontology import ONTOLOGY
from viz.explorer.atlas import DocumentEntry, Provision, Statement, Thing
from viz.explorer.describe import Described, Value
from viz.explorer.drawing import Teller
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, name, tag
from viz.explorer.pages.documents import said_table
from viz.explorer.pages.start import documents_table
from viz.explorer.parts import (
    Stretch,
    badges,
    cut,
    egov_link,
    kind_of,
    pager,
    quote,
    shortened,
    table,
    thing_link,
)
from viz.explorer.statements import Said
from viz.explorer.vocabulary import term_label
from viz.server.spaces import TERMS, Spaces

COUNTERPARTS = 50
"""Ends on the other side that a page lists."""
_FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"))
_SECTIONS = (
    (EndKind.SYSTEM, "システム", "Systems"),
    (EndKind.FILE, "特定個人情報ファイル", "Files"),
    (EndKind.DEPARTMENT, "部署", "Departments"),
    (EndKind.BODY, "組織", "Bodies"),
    (EndKind.PLACE, "場所", "Places"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """An end on the other side, the plainest statement that says so, and how many say so."""

    thing: Thing
    first: Statement
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything that a page says of an end."""

    thing: Thing
    documents: Sequence[DocumentEntry]
    documents_total: int
    belongings: Sequence[Thing]
    sends: Sequence[Counterpart]
    gets: Sequence[Counterpart]
    connects: Sequence[Counterpart]
    totals: Mapping[str, int]


def thing_page(
    here: Here, profile: Profile, teller: Teller, mentions: Sequence[Said], documents: Mapping[str, DocumentEntry]
) -> list[Child]:
    """Return the page of an end."""
    thing = profile.thing
    return [
        tag("h1", cut(here, thing.name), " ", tag("small", kind_of(here, thing))),
        _about(here, thing),
        _ways(here, thing),
        _section(here, "sends", here.say("送り先", "Sends to"), profile, teller),
        _section(here, "gets", here.say("入手元", "Gets from"), profile, teller),
        _section(here, "connects", here.say("接続（流れではない）", "Connected with (no flow)"), profile, teller),
        _belongings(here, profile.belongings),
        _mentions(here, mentions, documents),
        _documents(here, profile),
    ]


def _about(here: Here, thing: Thing) -> Markup:
    said: list[tuple[str, Child]] = []
    if thing.owner_name and not thing.is_agency:
        said.append((here.say("機関", "Agency"), tag("a", name(thing.owner_name), href=here.thing(thing.owner))))
    if thing.also:
        said.append((here.say("別の書き方", "Also written"), [[cut(here, one), " "] for one in thing.also]))
    if thing.hub:
        words = here.say(
            "全国共通のネットワーク。経路は、指定しない限りここで止まる。",
            "A national network; traces stop here unless asked to go on.",
        )
        said.append((here.say("注意", "Note"), words))
    said.append((here.say("識別子", "Identifier"), [tag("code", thing.key), _rdf(here, thing.key)]))
    return tag("dl", [[tag("dt", label), tag("dd", value)] for label, value in said], class_="about")


def _ways(here: Here, thing: Thing) -> Markup:
    short = here.short(thing.key)
    links = [
        (here.say("図で見る", "Graph"), "/graph", [("node", short)]),
        (here.say("下流をたどる", "Trace downstream"), "/trace", [("from", thing.name), ("from_id", short)]),
        (here.say("上流をたどる", "Trace upstream"), "/trace", [("to", thing.name), ("to_id", short)]),
    ]
    if thing.is_agency:
        links.append(
            (here.say("同じ事務の機関と比べる", "Compare with the same business"), "/compare", [("agency", short)])
        )
    return tag(
        "p",
        [[tag("a", words, href=here.link(path, pairs), class_="button"), " "] for words, path, pairs in links],
        class_="tools",
    )


def _section(here: Here, which: str, title: str, profile: Profile, teller: Teller) -> Markup | None:
    found: Sequence[Counterpart] = getattr(profile, which)
    if not found:
        return None
    total = profile.totals[which]
    heads = (here.say("相手", "Counterpart"), here.say("記載", "Statement"), here.say("件数", "Count"))
    note = (
        here.say(f"{total:,} のうち多いもの {len(found)}", f"the {len(found)} with most of {total:,}")
        if total > len(found)
        else f"{total:,}"
    )
    rows: list[list[Child]] = [
        [thing_link(here, one.thing), _told(here, one, teller), _count(here, profile.thing, which, one)]
        for one in found
    ]
    return tag(
        "section", tag("h2", title, " ", tag("small", note)), table(heads, rows, class_="counterparts"), id=which
    )


def _told(here: Here, one: Counterpart, teller: Teller) -> list[Child]:
    drawn = teller.tell(one.first)
    place = tag("a", here.say(f"{drawn.line}行", f"line {drawn.line}"), href=drawn.url)
    where = tag("span", name(drawn.agency), " ", name(drawn.document), " ", place, class_="place")
    return [tag("div", badges(here, drawn)), quote(here, drawn.quote), where]


def _count(here: Here, thing: Thing, which: str, one: Counterpart) -> Markup:
    ends = (one.thing.key, thing.key) if which == "gets" else (thing.key, one.thing.key)
    pairs = [("source", here.short(ends[0])), ("target", here.short(ends[1]))]
    if which == "connects":
        pairs.append(("connections", "1"))
    words = here.say(f"{one.count:,} 件", f"{one.count:,}")
    return tag("a", words, href=here.link("/between", pairs))


def _belongings(here: Here, things: Sequence[Thing]) -> list[Child]:
    shown: list[Child] = []
    for kind, ja, en in _SECTIONS:
        own = [one for one in things if one.kind is kind]
        if own:
            items = [tag("li", thing_link(here, one, owner=False), " ", tag("small", f"{one.edges:,}")) for one in own]
            title = tag("h2", here.say(f"この機関の{ja}", f"{en} of this agency"), " ", tag("small", f"{len(own)}"))
            shown.append(tag("section", title, tag("ul", items, class_="columns")))
    return shown


def _mentions(here: Here, mentions: Sequence[Said], documents: Mapping[str, DocumentEntry]) -> Markup | None:
    if not mentions:
        return None
    title = here.say("欄の記載", "What the items of the form say")
    return tag(
        "section", tag("h2", title, " ", tag("small", f"{len(mentions):,}")), said_table(here, mentions, documents)
    )


def _documents(here: Here, profile: Profile) -> Markup:
    total = profile.documents_total
    return tag(
        "section",
        tag("h2", here.say("文書", "Documents"), " ", tag("small", f"{total:,}")),
        documents_table(here, profile.documents),
    )


def law_page(here: Here, law: tuple[str, str, str, str], provisions: Sequence[tuple[Provision, int]]) -> list[Child]:
    """Return the page of a law (key, name, number, number at e-Gov) with its provisions by number of citations."""
    key, title, number, egov = law
    said: list[tuple[str, Child]] = [(here.say("法令番号", "Law number"), name(number))] if number else []
    said += [("e-Gov", egov_link(here, egov))] if egov else []
    said.append((here.say("識別子", "Identifier"), tag("code", key)))
    rows: list[list[Child]] = [
        [tag("a", name(shortened(one.name)), href=here.thing(one.key)), f"{cited:,}"] for one, cited in provisions
    ]
    return [
        tag("h1", cut(here, title), " ", tag("small", here.say("法令", "law"))),
        tag("dl", [[tag("dt", label), tag("dd", value)] for label, value in said], class_="about"),
        tag("h2", here.say("挙げられた条項", "Provisions cited"), " ", tag("small", f"{len(provisions):,}")),
        table((here.say("条項", "Provision"), here.say("引用箇所", "Citations")), rows),
    ]


def provision_page(
    here: Here,
    provision: Provision,
    citations: Sequence[tuple[str, Child, str]],
    flows: Sequence[Markup],
    stretch: Stretch,
) -> list[Child]:
    """Return the page of a provision: where it is cited (usage, place, quote), and the flows that rest on it."""
    law = tag("a", name(provision.law_name), href=here.thing(provision.law))
    said: list[Child] = [tag("dt", here.say("法令", "Law")), tag("dd", law)]
    if provision.egov:
        said += [tag("dt", "e-Gov"), tag("dd", egov_link(here, provision.egov))]
    rows: list[list[Child]] = [[usage, quote(here, words), place] for usage, place, words in citations]
    heads = (here.say("用途", "Usage"), here.say("記載", "Quote"), here.say("場所", "Place"))
    shown: list[Child] = [
        tag("h1", cut(here, provision.name), " ", tag("small", here.say("条項", "provision"))),
        tag("dl", said, class_="about"),
        tag("h2", here.say("引用箇所", "Where it is cited"), " ", tag("small", f"{stretch.total:,}")),
        pager(here, stretch),
        table(heads, rows),
    ]
    if flows:
        shown.append(tag("section", tag("h2", here.say("これを根拠とする流れ", "Flows that rest on it")), *flows))
    return shown


def plain_page(here: Here, key: str, described: Described) -> list[Child]:
    """Return the page of an identifier of which no more is known than the triples that it stands in."""
    sides = (
        (here.say("記載", "Statements"), described.said),
        (here.say("ここを指すもの", "What refers to it"), described.incoming),
    )
    heads = (here.say("性質", "Property"), here.say("値", "Value"))
    return [
        tag("h1", tag("code", key)),
        _rdf(here, key),
        [
            tag("section", tag("h2", title), table(heads, [_value_row(here, one) for one in values]))
            for title, values in sides
            if values
        ],
    ]


def _value_row(here: Here, value: Value) -> list[Child]:
    words = here.say(*term_label(value.name.removeprefix(ONTOLOGY)))
    text = cut(here, value.text, 300)
    return [words, tag("a", name(shortened(value.text)), href=here.thing(value.iri)) if value.iri else text]


def _rdf(here: Here, key: str) -> Markup | None:
    """Return links to what the graph says of an identifier, where it has an address here."""
    path = Spaces(base=here.base).path_of(key)
    if path is None or path.startswith(TERMS):
        return None
    links: list[Child] = [[tag("a", words, href=f"{path}?accept={form}"), " "] for form, words in _FORMATS]
    return tag("p", links, class_="tools")


def between_page(
    here: Here,
    source: Thing,
    target: Thing,
    statements: Sequence[Markup],
    stretch: Stretch,
) -> list[Child]:
    """Return every statement from one end to another."""
    return [
        tag("h1", thing_link(here, source), " → ", thing_link(here, target)),
        tag("p", here.say(f"記載 {stretch.total:,} 件", f"{stretch.total:,} statements")),
        pager(here, stretch),
        list(statements),
        pager(here, stretch),
    ]
