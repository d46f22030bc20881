"""The visible part of the network: what stands around some ends, as far as they were opened, and what is hidden."""

# ruff: noqa: S608 -- queries are put together from constants of ours; values are always bound

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.trace.edges import Kind
from viz.explorer.atlas import Atlas, Statement, Thing
from viz.explorer.scope import Scope

MOST = 80
"""Boxes of a view unless more are asked for."""
MOST_EVER = 2_000
"""Boxes of a view at most."""
_MOST_STATEMENTS = 20_000
_MOST_STARTS = 50

BY_AGENCY = "agency"
BY_KIND = "kind"
GROUPINGS = (BY_AGENCY, BY_KIND)
"""How ends can be put together into one box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is looked at: from where, which ends are opened, how they are grouped and what may be followed."""

    starts: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    ungrouped: tuple[str, ...] = ()
    group: str = ""
    most: int = MOST
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of the picture: one end, or a group of ``members`` under the name of what they share.

    ``hidden`` counts the ends next to it that are not shown, ``level`` the steps from the start.
    """

    id: str
    name: str
    thing: Thing
    members: tuple[str, ...] = ()
    level: int = 0
    hidden: int = 0
    is_start: bool = False
    is_open: bool = False

    @property
    def is_group(self) -> bool:
        """Whether it stands for several ends."""
        return bool(self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """All statements from one box to another; connections stand apart from movements."""

    source: str
    target: str
    statements: tuple[Statement, ...]

    @property
    def is_connection(self) -> bool:
        """Whether it shows ticked boxes of the grid, which are no movement."""
        return self.statements[0].kind is Kind.CONNECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is visible: boxes, arrows, how many boxes found no room, and what the filters could choose from."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    left_out: int = 0
    cut: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def look_at(atlas: Atlas, look: Look) -> Part:
    """Return what ``look`` sees."""
    starts = look.starts[:_MOST_STARTS] or _busiest(atlas, look.scope, look.most)
    known = atlas.things(starts)
    reached = _reach(atlas, [key for key in starts if key in known], look)
    groups, left_out = _grouped(atlas.things(reached), look)
    kept = {key: box for box, keys in groups.items() for key in keys}
    statements = _between(atlas, kept, look.scope)
    cut = len(statements) > _MOST_STATEMENTS
    arrows = _arrows(_once(atlas, statements[:_MOST_STATEMENTS], look.starts), kept)
    joined = {end for arrow in arrows for end in (arrow.source, arrow.target)} | set(starts)
    lone = {key for box, keys in groups.items() if box not in joined for key in keys}
    groups = {box: keys for box, keys in groups.items() if box in joined}
    boxes = _boxes(atlas, look, groups, arrows, lone)
    return Part(
        boxes=boxes,
        arrows=arrows,
        left_out=left_out,
        cut=cut,
        facets=_facets(atlas, [*look.starts, *look.opened]),
        missing=tuple(key for key in starts if key not in known),
    )


def _busiest(atlas: Atlas, scope: Scope, most: int) -> tuple[str, ...]:
    """Return the ends of which most is said, for a view without a start."""
    condition, values = scope.condition()
    query = f"""SELECT key FROM (SELECT source AS key FROM edge WHERE {condition}
        UNION ALL SELECT target FROM edge WHERE {condition}) GROUP BY key ORDER BY COUNT(*) DESC, key LIMIT ?"""
    return tuple(row["key"] for row in atlas.rows(query, *values, *values, min(most, MOST_EVER)))


def _reach(atlas: Atlas, starts: Sequence[str], look: Look) -> list[str]:
    """Return the starts and what stands next to the opened ends, those of which most is said first."""
    reached = dict.fromkeys(starts)
    if not look.starts:
        return list(reached)
    for key in (*starts, *look.opened):
        if key in reached:
            reached |= dict.fromkeys(_next_to(atlas, [key], look.scope)[key])
    return list(reached)


def _next_to(atlas: Atlas, keys: Iterable[str], scope: Scope) -> dict[str, Counter[str]]:
    """Return for each of ``keys`` the ends next to it with the number of statements that say so, most first."""
    condition, values = scope.condition()
    wanted = json.dumps(list(keys), ensure_ascii=False)
    query = f"""SELECT near, far, COUNT(*) AS said FROM (
        SELECT source AS near, target AS far FROM edge
          WHERE source IN (SELECT value FROM json_each(?)) AND source <> target AND {condition}
        UNION ALL SELECT target, source FROM edge
          WHERE target IN (SELECT value FROM json_each(?)) AND source <> target AND {condition})
      GROUP BY near, far ORDER BY said DESC, far"""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in atlas.rows(query, wanted, *values, wanted, *values):
        found[row["near"]][row["far"]] = row["said"]
    return found


def _grouped(things: Mapping[str, Thing], look: Look) -> tuple[dict[str, list[str]], int]:
    """Put the ends into boxes in the order of ``things``; return the boxes, and how many found no room."""
    alone = {*look.starts, *look.opened}
    groups: dict[str, list[str]] = {}
    for key, thing in things.items():
        box = key if key in alone else _group_of(thing, look)
        groups.setdefault(box, []).append(key)
    single = {box: keys for box, keys in groups.items() if box.startswith("group:") and len(keys) == 1}
    groups = {(keys[0] if box in single else box): keys for box, keys in groups.items()}
    first = sorted(groups, key=lambda box: box not in look.starts)
    kept = first[: look.most]
    return {box: groups[box] for box in kept}, len(groups) - len(kept)


def _group_of(thing: Thing, look: Look) -> str:
    """Return the box of an end: its group's, or its own where it has none or the group was opened."""
    group = ""
    if look.group == BY_AGENCY and thing.owner and not thing.is_agency:
        group = f"group:agency:{thing.owner}"
    elif look.group == BY_KIND:
        group = f"group:kind:{'hub' if thing.hub else thing.kind}"
    return thing.key if not group or group in look.ungrouped else group


def _between(atlas: Atlas, kept: Iterable[str], scope: Scope) -> list[Statement]:
    condition, values = scope.condition()
    shown = json.dumps(list(kept), ensure_ascii=False)
    inside = "(SELECT value FROM json_each(?))"
    where = f"source IN {inside} AND target IN {inside} AND source <> target AND {condition}"
    return atlas.statements(where, shown, shown, *values, limit=_MOST_STATEMENTS + 1)


def _once(atlas: Atlas, statements: list[Statement], starts: Iterable[str]) -> list[Statement]:
    """Leave one statement for each movement of which the prose leaves out who acts.

    Such a movement stands twice: as its agency's, and (derived) as that of the department in charge. The
    department's is shown, unless the view starts from an agency.
    """
    parts = [one for one in statements if one.derived and one.kind is Kind.NARRATIVE]
    if any(thing.is_agency for thing in atlas.things(starts).values()):
        doubles = {one.id for one in parts}
    else:
        agencies = {
            one.doc: one.agency for one in atlas.documents_by_number(one.place.doc for one in statements).values()
        }
        taken = {(end, one.place) for one in parts for end in (one.source, one.target)}
        doubles = {
            one.id
            for one in statements
            if not one.derived and one.kind is Kind.NARRATIVE and (_other_end(one, agencies), one.place) in taken
        }
    return [one for one in statements if one.id not in doubles]


def _other_end(statement: Statement, agencies: Mapping[int, str]) -> str:
    """Return the other end of what an agency sends or gets; an empty text if the agency does neither."""
    agency = agencies.get(statement.place.doc, "")
    if agency == statement.source:
        return statement.target
    return statement.source if agency == statement.target else ""


def _arrows(statements: Iterable[Statement], kept: Mapping[str, str]) -> tuple[Arrow, ...]:
    """Put together what goes from box to box; a connection, which has no direction, stands once."""
    found: dict[tuple[str, str, bool], list[Statement]] = defaultdict(list)
    for one in statements:
        source, target, is_connection = kept[one.source], kept[one.target], one.kind is Kind.CONNECTION
        if source == target:
            continue
        if is_connection and (target, source, True) in found:
            source, target = target, source
        found[source, target, is_connection].append(one)
    return tuple(
        Arrow(source=source, target=target, statements=tuple(sorted(said, key=lambda one: one.plainness)))
        for (source, target, _), said in found.items()
    )


def _boxes(
    atlas: Atlas, look: Look, groups: Mapping[str, list[str]], arrows: Iterable[Arrow], lone: set[str]
) -> tuple[Box, ...]:
    """Describe the boxes; ``lone`` are ends that stand for nothing but what another one shows."""
    shown = {key for keys in groups.values() for key in keys}
    things = atlas.things(shown)
    levels = levels_of([box for box in groups if box in look.starts] or list(groups), arrows, list(groups))
    hidden = _next_to(atlas, shown, look.scope)
    boxes = []
    for box, keys in groups.items():
        thing = things[keys[0]]
        is_group = box.startswith("group:")
        away = {far for key in keys for far in hidden.get(key, ()) if far not in shown} - lone
        boxes.append(
            Box(
                id=box,
                name=(thing.owner_name if look.group == BY_AGENCY else "") if is_group else thing.name,
                thing=thing,
                members=tuple(keys) if is_group else (),
                level=levels.get(box, 0),
                hidden=len(away),
                is_start=box in look.starts,
                is_open=box in look.starts or box in look.opened,
            )
        )
    return tuple(boxes)


def levels_of(starts: Iterable[str], arrows: Iterable[Arrow], boxes: Iterable[str]) -> dict[str, int]:
    """Give each box its distance from the starts: to the right what they send to, to the left what they get from.

    A box on both sides stands on the side where there is more room.
    """
    ahead: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        ahead[arrow.source].add(arrow.target)
        behind[arrow.target].add(arrow.source)
    levels = dict.fromkeys(starts, 0)
    wave = list(levels)
    order = {box: at for at, box in enumerate(boxes)}
    while wave:
        coming: dict[str, int] = {}
        for box in wave:
            sides = Counter[int]()
            only = [(one, 1) for one in ahead[box] - behind[box]] + [(one, -1) for one in behind[box] - ahead[box]]
            for one, side in sorted(only, key=lambda pair: order[pair[0]]):
                if one not in levels:
                    coming.setdefault(one, levels[box] + side)
                    sides[side] += 1
            for one in sorted(ahead[box] & behind[box], key=order.__getitem__):
                if one not in levels and one not in coming:
                    side = 1 if sides[1] <= sides[-1] else -1
                    coming[one] = levels[box] + side
                    sides[side] += 1
        levels |= coming
        wave = list(coming)
    return levels


def _facets(atlas: Atlas, keys: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count what is said of the opened ends, or of all, by each property that a filter knows."""
    wanted = json.dumps(list(keys), ensure_ascii=False)
    near = (
        "(source IN (SELECT value FROM json_each(?1)) OR target IN (SELECT value FROM json_each(?1)))"
        if keys
        else "?1 = ?1"
    )
    flows = f"FROM edge WHERE {near} AND edge.kind <> 'connection'"
    queries = {
        "kind": f"SELECT kind, COUNT(*) {flows} GROUP BY 1",
        "carries": f"SELECT carries, COUNT(*) {flows} GROUP BY 1",
        "certainty": f"SELECT CASE WHEN contested THEN 'contradicted' ELSE certainty END, COUNT(*) {flows} GROUP BY 1",
        "medium": f"SELECT medium, COUNT(*) {flows} AND medium IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 30",
        "agency": f"""SELECT document.agency, COUNT(*) FROM edge JOIN document USING (doc) WHERE {near}
            AND edge.kind <> 'connection' GROUP BY 1 ORDER BY 2 DESC LIMIT 30""",
        "connections": f"SELECT 'connection', COUNT(*) FROM edge WHERE {near} AND edge.kind = 'connection'",
    }
    return {name: {row[0]: row[1] for row in atlas.rows(query, wanted)} for name, query in queries.items()}
