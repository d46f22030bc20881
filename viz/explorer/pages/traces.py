"""A trace: what is asked, whether the answer is complete, the picture, and each path hop by hop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from viz.explorer.drawing import Drawing
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, name, tag
from viz.explorer.pages.board import arrows_table, board
from viz.explorer.parts import shortened, statement_of, table
from viz.explorer.scope import ALLOWED
from viz.explorer.shell import tongue_field
from viz.explorer.told import DRAWN, LISTED, Asked, ToldEnd, ToldHop, ToldTrace
from viz.palette import KINDS

_OPENED = 10  # paths that are open at first
_HOPS = 12
_PATHS = 50


def trace_page(here: Here, asked: Asked, told: ToldTrace | None, agencies: Mapping[str, str]) -> list[Child]:
    """Return the page of a trace; without an answer, the form alone."""
    title = tag("h1", here.say("流れをたどる", "Trace flows"))
    form = trace_form(here, asked, agencies)
    if told is None:
        words = here.say(
            "「から」だけを入れると下流、「まで」だけを入れると上流、両方を入れるとその間の経路をたどります。",
            "Give only a start for what lies downstream, only an end for upstream, both for the paths between.",
        )
        return [title, form, tag("p", words, class_="lead")]
    if told.unknown:
        words = here.say("この名前を記す文書はありません。", "No document has that name.")
        search = tag(
            "a", here.say("検索する", "Search"), href=here.link("/search", [("q", asked.source or asked.target)])
        )
        return [title, form, tag("p", words, " ", name(told.suggestion), " ", search, class_="notice")]
    return [
        title,
        form,
        _summary(here, told),
        _picture(here, told.drawing) if told.drawing else None,
        _paths(here, told),
        _reached(here, told.reached),
    ]


def trace_form(here: Here, asked: Asked, agencies: Mapping[str, str]) -> Markup:
    """Return the form by which a trace is asked for."""
    ends = [
        _end_field("from", here.say("から（始まり）", "From"), asked.source, here.short(asked.source_key)),
        _end_field("to", here.say("まで（終わり）", "To"), asked.target, here.short(asked.target_key)),
    ]
    boxes = (
        ("number", here.say("個人番号を運ぶ流れだけ", "only what carries the number"), asked.only_number),
        ("unclear", here.say("不明な記載もたどる", "follow unclear statements too"), asked.with_unclear),
        ("connections", here.say("接続の欄もたどる", "follow ticked connections too"), asked.connections),
        ("hubs", here.say("全国共通のものの先もたどる", "go on beyond national networks"), asked.through_hubs),
    )
    return tag(
        "form",
        tag("div", ends, tag("button", here.say("たどる", "Trace")), class_="row"),
        tag(
            "details",
            tag("summary", here.say("条件", "Conditions")),
            tag("div", [_checkbox(*box) for box in boxes], class_="row"),
            tag("div", _number(here, asked), _agency(here, asked, agencies), class_="row"),
            _kinds(here, asked),
            open=asked
            != Asked(
                source=asked.source,
                source_key=asked.source_key,
                target=asked.target,
                target_key=asked.target_key,
                paths=asked.paths,
            ),
        ),
        tongue_field(here),
        action="/trace",
        class_="trace",
    )


def _end_field(field: str, words: str, value: str, key: str) -> Markup:
    return tag(
        "label",
        words,
        tag("input", type="search", name=field, value=value, data_suggest=f"{field}_id", autocomplete="off", lang="ja"),
        tag("input", type="hidden", name=f"{field}_id", value=key),
    )


def _checkbox(field: str, words: str, checked: bool) -> Markup:
    return tag("label", tag("input", type="checkbox", name=field, value="1", checked=checked), words)


def _number(here: Here, asked: Asked) -> list[Markup]:
    rows = (
        ("hops", here.say("段階の上限", "Hops at most"), asked.hops, _HOPS),
        ("paths", here.say("経路の数", "Paths"), asked.paths, _PATHS),
    )
    return [
        tag("label", words, tag("input", type="number", name=field, value=value, min="1", max=str(most)))
        for field, words, value, most in rows
    ]


def _agency(here: Here, asked: Asked, agencies: Mapping[str, str]) -> Markup:
    options = [tag("option", here.say("すべて", "all"), value="")]
    options += [
        tag("option", shortened(words, 40), value=here.short(key), selected=key in asked.agency)
        for key, words in agencies.items()
    ]
    return tag("label", here.say("公表した機関", "Published by"), tag("select", options, name="agency"))


def _kinds(here: Here, asked: Asked) -> Markup:
    boxes = [
        tag(
            "label",
            tag("input", type="checkbox", name="kind", value=str(kind), checked=str(kind) in asked.kind),
            here.say(*words),
        )
        for kind, words in KINDS.items()
        if str(kind) in ALLOWED["kind"]
    ]
    return tag(
        "fieldset",
        tag("legend", here.say("流れの種類（選ばなければすべて）", "Kind of flow (all unless chosen)")),
        boxes,
    )


def _summary(here: Here, told: ToldTrace) -> Markup:
    verdict = (
        here.say("完全な答え", "The answer is complete")
        if told.complete
        else here.say("完全ではない答え", "The answer is not complete")
    )
    searched = here.say(
        f"到達 {len(told.reached):,}、経路 {told.paths_total:,}。文書 {told.documents:,} の記載 {told.statements:,} のうち {told.followed:,} を対象にした。",
        f"{len(told.reached):,} ends reached, {told.paths_total:,} paths; {told.followed:,} of {told.statements:,} statements in {told.documents:,} documents could be followed.",
    )
    return tag(
        "section",
        tag(
            "p", tag("strong", verdict, class_="complete" if told.complete else "limited"), " ", searched, role="status"
        ),
        tag("ul", [tag("li", words) for words in (*told.limits, *told.notes)]) if told.limits or told.notes else None,
        class_="summary",
    )


def _picture(here: Here, drawing: Drawing) -> Markup:
    note = None
    if drawing.left_out:
        words = here.say(
            f"図は近い {DRAWN} の端まで。ほかの {drawing.left_out:,} は下の一覧にあります。",
            f"The picture has the nearest {DRAWN} ends; {drawing.left_out:,} more are listed below.",
        )
        note = tag("p", words, class_="notice")
    beside = tag("section", arrows_table(here, drawing), id="side", aria_label=here.say("表", "Table"))
    return tag("div", note, tag("div", board(here, drawing), beside, class_="graph"), class_="picture")


def _paths(here: Here, told: ToldTrace) -> Markup | None:
    if not told.paths:
        return tag("p", here.say("経路はありません。", "There is no path."))
    note = None
    if told.paths_total > len(told.paths):
        note = tag("p", here.say(f"最初の {LISTED} 本を示します。", f"The first {LISTED} are shown."))
    items = [_one_path(here, number, path) for number, path in enumerate(told.paths, start=1)]
    return tag(
        "section",
        tag("h2", here.say("経路", "Paths"), " ", tag("small", f"{told.paths_total:,}")),
        note,
        items,
        id="paths",
    )


def _one_path(here: Here, number: int, path: Sequence[ToldHop]) -> Markup:
    names: list[Child] = [name(shortened(path[0].source.name, 40))]
    for hop in path:
        names += [" → ", name(shortened(hop.target.name, 40))]
    hops = [tag("li", _hop(here, hop)) for hop in path]
    return tag(
        "details",
        tag("summary", tag("span", f"{number}.", class_="no"), " ", names),
        tag("ol", hops, class_="hops"),
        open=number <= _OPENED,
        class_="path",
    )


def _hop(here: Here, hop: ToldHop) -> list[Child]:
    beyond = None
    if hop.beyond:
        beyond = tag("p", here.say(f"「{hop.beyond}」の先", f"beyond {hop.beyond}"), class_="beyond")
    more = None
    if hop.more > 0:
        more = tag(
            "p",
            tag(
                "a",
                here.say(f"同じ文書にほか {hop.more:,} 件", f"{hop.more:,} more in the document"),
                href=hop.more_url,
            ),
        )
    ends = tag("div", _named(hop.source), tag("b", "→"), _named(hop.target), class_="ends")
    return [beyond, ends, statement_of(here, hop.statement), more]


def _named(end: ToldEnd) -> Markup:
    owner: list[Child] | None = (
        [" ", tag("small", name(shortened(end.owner, 30)), class_="owner")] if end.owner else None
    )
    return tag("span", tag("a", name(shortened(end.name)), href=end.url), owner)


def _reached(here: Here, reached: Sequence[ToldEnd]) -> Markup | None:
    if not reached:
        return None
    heads = (here.say("到達した端", "End reached"), here.say("機関", "Agency"), here.say("段階", "Hops"))
    rows: list[list[Child]] = [
        [tag("a", name(shortened(one.name)), href=one.url), name(shortened(one.owner, 40)), one.hops] for one in reached
    ]
    return tag(
        "section",
        tag("h2", here.say("到達した端", "Ends reached"), " ", tag("small", f"{len(reached):,}")),
        table(heads, rows),
    )
