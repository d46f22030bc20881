"""The data of each page, gathered from the open index: between what is asked and what is shown."""

# ruff: noqa: S608 -- queries are put together from constants of ours; values are always bound

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Row

from viz.explorer.atlas import Atlas, DocumentEntry, Place, Provision, Statement, Thing
from viz.explorer.drawing import Teller, teller_of
from viz.explorer.grams import plain
from viz.explorer.language import Here
from viz.explorer.pages.things import COUNTERPARTS, Counterpart, Profile
from viz.explorer.scope import Scope

LISTED = 100
"""Rows of a list on one page."""
_DOCUMENTS = 30
_BELONGINGS = 400

LISTS = {
    "systems": "kind = 'system'",
    "agencies": "is_agency",
    "companies": """kind = 'body' AND key IN (SELECT target FROM edge WHERE edge.kind IN ('entrustment', 're-entrustment'))""",
}
"""The lists of ends, and the condition of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the page of an end is made of."""

    profile: Profile
    teller: Teller


def gather_thing(atlas: Atlas, here: Here, thing: Thing) -> Gathered:
    """Return everything that the page of ``thing`` says, but for the items of the form."""
    ways = {
        "sends": ("source", "target", "kind <> 'connection'"),
        "gets": ("target", "source", "kind <> 'connection'"),
        "connects": ("source", "target", "kind = 'connection'"),
    }
    found = {name: _counterparts(atlas, thing.key, *way) for name, way in ways.items()}
    if not found["connects"][0]:
        found["connects"] = _counterparts(atlas, thing.key, "target", "source", "kind = 'connection'")
    firsts = [one.first for counterparts, _ in found.values() for one in counterparts]
    where = "WHERE doc IN (SELECT doc FROM node WHERE key = ?)"
    profile = Profile(
        thing=thing,
        documents=atlas.documents(where, thing.key, limit=_DOCUMENTS),
        documents_total=atlas.value(f"SELECT COUNT(*) FROM document {where}", thing.key),
        belongings=atlas.belongings(thing.key)[:_BELONGINGS] if thing.is_agency else (),
        sends=found["sends"][0],
        gets=found["gets"][0],
        connects=found["connects"][0],
        totals={name: total for name, (_, total) in found.items()},
    )
    return Gathered(profile=profile, teller=teller_of(atlas, firsts, here))


def _counterparts(atlas: Atlas, key: str, near: str, far: str, which: str) -> tuple[list[Counterpart], int]:
    """Return the ends on the other side of which most is said, and how many there are."""
    where = f"{near} = ? AND source <> target AND {which}"
    total = atlas.value(f"SELECT COUNT(DISTINCT {far}) FROM edge WHERE {where}", key)
    rows = atlas.rows(
        f"SELECT {far} AS far, COUNT(*) AS said FROM edge WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        key,
        COUNTERPARTS,
    )
    counts = {row["far"]: row["said"] for row in rows}
    inside = json.dumps(list(counts), ensure_ascii=False)
    said = atlas.statements(f"{where} AND {far} IN (SELECT value FROM json_each(?))", key, inside)
    first: dict[str, Statement] = {}
    for one in sorted(said, key=lambda one: one.plainness):
        first.setdefault(one.source if far == "source" else one.target, one)
    things = atlas.things(counts)
    return [Counterpart(thing=thing, first=first[key], count=counts[key]) for key, thing in things.items()], total


def gather_list(atlas: Atlas, what: str, offset: int) -> tuple[list[Thing], int]:
    """Return a page of one of LISTS, and how long it is."""
    condition = LISTS[what]
    total = atlas.value(f"SELECT COUNT(*) FROM thing WHERE {condition}")
    rows = atlas.rows(
        f"SELECT key FROM thing WHERE {condition} ORDER BY docs DESC, edges DESC, name LIMIT ? OFFSET ?",
        LISTED,
        offset,
    )
    return list(atlas.things(row["key"] for row in rows).values()), total


def gather_laws(atlas: Atlas, offset: int) -> tuple[list[tuple[str, str, str, int]], int]:
    """Return a page of the laws (key, name, number, citations), the most cited first, and how many there are."""
    rows = atlas.rows(
        """SELECT law.key, law.name, law.number, COUNT(citation.id) AS cited FROM law
        LEFT JOIN provision ON provision.law = law.key LEFT JOIN citation ON citation.provision = provision.key
        GROUP BY law.key ORDER BY cited DESC, law.name LIMIT ? OFFSET ?""",
        LISTED,
        offset,
    )
    return [tuple(row) for row in rows], atlas.value("SELECT COUNT(*) FROM law")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Where a provision is cited, and the flows that rest on it."""

    provision: Provision
    places: tuple[tuple[str, DocumentEntry, Place], ...]
    total: int
    flows: tuple[Statement, ...]
    teller: Teller


def gather_provision(atlas: Atlas, here: Here, provision: Provision, offset: int) -> Cited:
    """Return the places that cite ``provision``, a page of them, and the first flows that rest on it."""
    rows = list(
        atlas.rows(
            "SELECT usage, doc, item, line, start, quote FROM citation WHERE provision = ? ORDER BY doc, start LIMIT ? OFFSET ?",
            provision.key,
            LISTED,
            offset,
        )
    )
    documents = atlas.documents_by_number(row["doc"] for row in rows)
    flows = atlas.statements("id IN (SELECT edge FROM basis WHERE provision = ?)", provision.name, limit=LISTED // 2)
    return Cited(
        provision=provision,
        places=tuple((row["usage"], documents[row["doc"]], _place(row)) for row in rows),
        total=atlas.value("SELECT COUNT(*) FROM citation WHERE provision = ?", provision.key),
        flows=tuple(flows),
        teller=teller_of(atlas, flows, here),
    )


def _place(row: Row) -> Place:
    return Place(doc=row["doc"], item=row["item"], line=row["line"], start=row["start"], quote=row["quote"])


def gather_between(atlas: Atlas, ends: tuple[str, str], scope: Scope, offset: int) -> tuple[list[Statement], int]:
    """Return a page of the statements from one end to another; a connection counts in either direction."""
    condition, values = scope.condition()
    both = "(source = ? AND target = ?) OR (edge.kind = 'connection' AND source = ? AND target = ?)"
    where, bound = f"({both}) AND {condition}", (*ends, *reversed(ends), *values)
    total = atlas.value(f"SELECT COUNT(*) FROM edge WHERE {where}", *bound)
    return atlas.statements(where, *bound, limit=LISTED, offset=offset), total


def same_business(atlas: Atlas, first: DocumentEntry) -> list[DocumentEntry]:
    """Return the documents of other agencies about a business of the same name."""
    wanted = plain(first.business) if first.business else ""
    if wanted:
        return atlas.documents("WHERE business_plain = ? AND agency <> ?", wanted, first.agency, limit=LISTED)
    title = plain(first.title)
    return [one for one in atlas.documents("WHERE agency <> ?", first.agency) if title and plain(one.title) == title][
        :LISTED
    ]


def find_document(atlas: Atlas, here: Here) -> list[DocumentEntry]:
    """Return the documents that an address means: by identifier, or by file name, which several may bear."""
    if wanted := here.fields.one("id"):
        found = atlas.document_of(here.full(wanted))
        return [found] if found else []
    return atlas.documents("WHERE name = ?", here.fields.one("file"), limit=LISTED)


def find_start(atlas: Atlas, here: Here, document: DocumentEntry) -> int:
    """Return the offset of the place that an address means by line and quote; -1 if nothing stands there."""
    line, words = here.fields.number("line", 0, 0, 10**8), here.fields.one("quote")
    rows = atlas.rows("SELECT start, quote FROM passage WHERE doc = ? AND line = ? ORDER BY start", document.doc, line)
    found = [(row["start"], row["quote"]) for row in rows]
    fitting = [start for start, said in found if words and said.startswith(words)]
    return next(iter(fitting or [start for start, _ in found]), -1)


def names_of(atlas: Atlas, keys: Iterable[str]) -> dict[str, str]:
    """Return the names of ends, those unknown under their own key."""
    wanted = list(keys)
    things = atlas.things(wanted)
    return {key: things[key].name if key in things else key for key in wanted}


def agencies_of(atlas: Atlas, most: int = 300) -> dict[str, str]:
    """Return the agencies that published documents, by their names."""
    rows = atlas.rows("SELECT DISTINCT agency, body FROM document WHERE body <> '' ORDER BY body LIMIT ?", most)
    return {row["agency"]: row["body"] for row in rows}
