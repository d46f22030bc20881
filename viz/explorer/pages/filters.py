"""The filters of a graph: what may be followed, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from viz.explorer.language import Here
from viz.explorer.markup import Markup, tag
from viz.explorer.neighbours import BY_AGENCY, BY_KIND, Look
from viz.explorer.parts import carries_words, shortened, sureness_words
from viz.explorer.scope import ALLOWED
from viz.explorer.shell import tongue_field
from viz.palette import KINDS

_MOSTS = (80, 150, 500, 2_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What the filters can choose from: by each property its values with their counts, and the agencies' names."""

    facets: Mapping[str, Mapping[str, int]]
    agencies: Mapping[str, str]


def filters(here: Here, look: Look, offers: Offers) -> Markup:
    """Return the form of the filters; each names how many statements about the opened ends it would let through."""
    scope, facets = look.scope, offers.facets
    groups = (
        ("kind", ("流れの種類", "Kind of flow"), [(str(kind), here.say(*KINDS[kind])) for kind in KINDS]),
        ("carries", ("個人番号", "Carries"), [(code, here.say(*carries_words(code))) for code in ALLOWED["carries"]]),
        ("certainty", ("確かさ", "Certainty"), [(one, here.say(*sureness_words(one))) for one in ALLOWED["certainty"]]),
        ("medium", ("方法", "Medium"), [(one, shortened(one, 40)) for one in facets.get("medium", {})]),
        (
            "agency",
            ("公表した機関", "Published by"),
            [(key, shortened(offers.agencies.get(key, key), 40)) for key in facets.get("agency", {})],
        ),
    )
    shown = [
        _choices(here, field, getattr(scope, field), facets.get(field, {}), (here.say(*title), choices))
        for field, title, choices in groups
    ]
    kept = _kept(here, look)
    return tag(
        "details",
        tag("summary", here.say("絞り込みと表示", "Filters and display")),
        tag(
            "form",
            [tag("input", type="hidden", name=key, value=value) for key, value in kept],
            tongue_field(here),
            shown,
            _connections(here, look, facets.get("connections", {}).get("connection", 0)),
            _display(here, look),
            tag("button", here.say("適用", "Apply")),
            " ",
            tag("a", here.say("条件をなくす", "Clear"), href=here.link("/graph", kept)),
            action="/graph",
            id="filters",
        ),
        open=not scope.is_open or scope.connections,
        class_="filters",
    )


def _kept(here: Here, look: Look) -> list[tuple[str, str]]:
    """Return the fields of the address that a filter leaves as they are."""
    return [
        *(("node", here.short(one)) for one in look.starts),
        *(("open", here.short(one)) for one in look.opened),
        *(("ungroup", here.short(one)) for one in look.ungrouped),
    ]


def _choices(
    here: Here,
    field: str,
    chosen: Sequence[str],
    counts: Mapping[str, int],
    offered: tuple[str, Iterable[tuple[str, str]]],
) -> Markup | None:
    """Return the boxes of one filter, those that would let something through; ``offered`` is its title and values."""
    title, choices = offered
    shown = [
        tag(
            "label",
            tag("input", type="checkbox", name=field, value=here.short(value), checked=value in chosen),
            words,
            " ",
            tag("small", f"{counts.get(value, 0):,}"),
        )
        for value, words in choices
        if value in chosen or counts.get(value)
    ]
    return tag("fieldset", tag("legend", title), shown) if shown else None


def _connections(here: Here, look: Look, count: int) -> Markup:
    box = tag("input", type="checkbox", name="connections", value="1", checked=look.scope.connections)
    words = here.say(f"接続の欄も（{count:,}）", f"ticked connections too ({count:,})")
    return tag("fieldset", tag("legend", here.say("接続", "Connections")), tag("label", box, words))


def _display(here: Here, look: Look) -> Markup:
    groupings = (
        ("", here.say("まとめない", "ungrouped")),
        (BY_AGENCY, here.say("機関ごと", "by agency")),
        (BY_KIND, here.say("種類ごと", "by kind")),
    )
    return tag(
        "fieldset",
        tag("legend", here.say("表示", "Display")),
        tag(
            "label",
            here.say("まとめ方", "Group"),
            tag(
                "select",
                [tag("option", words, value=value, selected=value == look.group) for value, words in groupings],
                name="group",
            ),
        ),
        tag(
            "label",
            here.say("端の数の上限", "Ends at most"),
            tag(
                "select",
                [tag("option", f"{most:,}", value=most, selected=most == look.most) for most in _MOSTS],
                name="most",
            ),
        ),
    )
